"""The fan of the months to come from literals."""

from __future__ import annotations

import pandas as pd

from charts.fan import Fan
from charts.line import trend_chart
from metrics.model.metric import Metric

FRAME = pd.DataFrame({"month": ["2025-09", "2025-10"], "value": [1.0, 3.0]})
FAN = Fan(
    ["2025-11", "2025-12"], [3.1, 3.2], {80: [(2.5, 3.7), (2.3, 4.1)], 95: [(2.0, 4.2), (1.5, 4.9)]}, ("2025-10", 3.0)
)


def test_bands_open_from_the_last_point_and_the_axis_goes_on(rate: Metric) -> None:
    figure = trend_chart(FRAME, rate, name="A", fan=FAN)
    outer, inner, expected, own = figure.data
    assert list(zip(outer.x, outer.y, strict=True)) == [
        ("2025-10", 3.0), ("2025-11", 2.0), ("2025-12", 1.5), ("2025-12", 4.9), ("2025-11", 4.2), ("2025-10", 3.0),
    ]  # fmt: skip
    assert (min(inner.y), max(inner.y)) == (2.3, 4.1)
    assert list(expected.y) == [3.0, 3.1, 3.2]
    assert list(expected.hovertext) == [
        "",
        "2025-11: 3.1 expected; 80%: 2.5 – 3.7; 95%: 2.0 – 4.2",
        "2025-12: 3.2 expected; 80%: 2.3 – 4.1; 95%: 1.5 – 4.9",
    ]
    assert list(own.x) == ["2025-09", "2025-10"]
    assert list(figure.layout.xaxis.categoryarray) == ["2025-09", "2025-10", "2025-11", "2025-12"]
    low, high = figure.layout.yaxis.range
    assert (low < 1.0, high > 4.9) == (True, True)


def test_without_a_point_before_the_fan_stands_alone(rate: Metric) -> None:
    alone = Fan(FAN.months, FAN.expected, FAN.bands)
    assert list(trend_chart(FRAME, rate, name="A", fan=alone).data[2].y) == [3.1, 3.2]
