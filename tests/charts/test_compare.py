"""The comparison from literals."""

from __future__ import annotations

import pandas as pd

from charts.compare import compare_dots


def test_value_average_and_target() -> None:
    frame = pd.DataFrame(
        {"label": ["Hall", "Net"], "value": [80.0, None], "average": [78.0, 70.0], "target": [79.0, None]}
    )
    figure = compare_dots(frame, name="大洋", average="Province", form="score", decimals=2)
    average, target, value = figure.data
    assert list(figure.layout.yaxis.ticktext) == ["Net", "Hall"]
    assert list(value.text) == ["<b>–</b>", "<b>80.00</b>"]
    assert target.marker.symbol == "line-ns"
    assert list(average.x) == [70.0, 78.0]
    assert len(figure.layout.shapes) == 1
