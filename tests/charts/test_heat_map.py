"""The heat map from literals."""

from __future__ import annotations

import pandas as pd

from charts.heat_map import heat_map
from metrics.metric import Metric


def test_places_as_shades(rate: Metric, share: Metric) -> None:
    cells = pd.DataFrame(
        [
            ("A", "rate", 1.0, 1.0, 3),
            ("B", "rate", 2.0, 2.0, 3),
            ("C", "rate", 3.0, 3.0, 3),
            ("A", "share", 50.0, None, 0),
        ],
        columns=["unit", "metric", "value", "rank", "peers"],
    )
    figure = heat_map(cells, [rate, share], {"A": "甲", "B": "乙", "C": "丙"}, chosen="B")
    light, dark, cells_ = figure.data
    assert [list(row) for row in light.z] == [[None, 0.5, 1.0], [None, None, None]]
    assert [list(row) for row in light.text] == [["", "2", "3"], ["", "", ""]]
    assert [list(row) for row in dark.z] == [[0.0, None, None], [None, None, None]]
    assert [list(row) for row in dark.text] == [["1", "", ""], ["", "", ""]]
    assert list(figure.layout.xaxis.ticktext) == ["甲", "<b>乙</b>", "丙"]
    assert cells_.hovertext[1] == "乙 · Rate · 2.0 · 2 of 3"
    assert [tuple(cell) for cell in cells_.customdata][3:] == [("A", "share"), ("B", "share"), ("C", "share")]
