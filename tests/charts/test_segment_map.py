"""The segment map from literals."""

from __future__ import annotations

import pandas as pd

from charts.segment_map import segment_map
from metrics.metric import Metric


def test_cells_stand_where_they_belong_and_the_unknown_stays_empty(rate: Metric) -> None:
    frame = pd.DataFrame(
        [("A", "fees", 3, 1.5), ("A", "net", 1, 0.5), ("B", "fees", 4, 2.0)],
        columns=["unit", "segment", "numerator", "value"],
    )
    figure = segment_map(
        frame, rate, units={"B": "Beta", "A": "Alpha"}, segments=[("net", "Network"), ("fees", "Fees")]
    )
    light, dark, points = figure.data
    assert [list(row) for row in light.z] == [[None, None], [0.5, 1.5]]
    assert [list(row) for row in light.text] == [["", ""], ["0.50", "1.50"]]
    assert [list(row) for row in dark.text] == [["", "2.00"], ["", ""]]
    assert list(figure.layout.xaxis.ticktext) == ["Network", "Fees"]
    assert [tuple(cell) for cell in points.customdata][:2] == [("B", "net"), ("B", "fees")]
