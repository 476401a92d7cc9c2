"""The funnel chart from literals: what lies outside is coloured by its direction."""

from __future__ import annotations

import pandas as pd

from charts.funnel import funnel_chart
from charts.theme import LIGHT
from metrics.model.metric import Metric

UNITS = pd.DataFrame(
    [
        ("a", "<A>", 12.0, 900.0, None, False),
        ("b", "B", 30.0, 400.0, "concerning", False),
        ("c", "C", 2.0, 500.0, "improving", True),
        ("d", "D", None, 5.0, None, True),
    ],
    columns=["unit", "name", "value", "base", "variation", "little"],
)
CURVE = pd.DataFrame(
    {
        "base": [400.0, 900.0],
        "lower": [5.0, 8.0],
        "upper": [20.0, 16.0],
        "inner_lower": [8.0, 10.0],
        "inner_upper": [16.0, 14.0],
    }
)


def test_points_and_colours(rate: Metric) -> None:
    points = funnel_chart(UNITS, CURVE, 12.0, rate, base_title="Base", chosen="a").data[-1]
    assert list(points.x) == [900, 400, 500]
    assert list(points.marker.color) == [LIGHT.accent, LIGHT.worse, LIGHT.better]
    assert list(points.marker.symbol) == ["circle", "circle", "circle-open"]
    assert points.text[0] == "<b>&lt;A&gt;</b>"
    assert list(points.customdata) == ["a", "b", "c"]


def test_the_axis_holds_every_limit_that_is_drawn(rate: Metric) -> None:
    wide = CURVE.assign(lower=[1.0, 4.0], upper=[60.0, 45.0])
    figure = funnel_chart(UNITS, wide, 12.0, rate, base_title="Base")
    low, high = figure.layout.yaxis.range
    assert low < 1.0
    assert high > 60.0
    assert [(trace.line.dash, list(trace.y)) for trace in figure.data[:4]] == [
        ("dot", [8.0, 10.0]),
        ("dot", [16.0, 14.0]),
        ("solid", [1.0, 4.0]),
        ("solid", [60.0, 45.0]),
    ]
