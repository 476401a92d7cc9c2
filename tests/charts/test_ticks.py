"""The numbers along an axis from literals."""

from __future__ import annotations

from typing import Any

import pytest

from charts.ticks import number_axis, round_ticks

AUTO = {"nticks": 6, "tickformat": ",", "ticksuffix": ""}


@pytest.mark.parametrize(
    ("low", "high", "most", "ticks"),
    [
        (307_000.0, 362_000.0, 6, [310_000, 320_000, 330_000, 340_000, 350_000, 360_000]),
        (0.0, 1.0, 5, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (-3.0, 7.0, 4, [0.0, 5.0]),
    ],
)
def test_ticks_are_round_and_inside(low: float, high: float, most: int, ticks: list[float]) -> None:
    assert list(round_ticks(low, high, most)) == pytest.approx(ticks)


@pytest.mark.parametrize(
    ("low", "high", "form", "lang", "axis"),
    [
        (0.0, 99_999.0, "count", "en", AUTO),
        (0.0, 100.0, "percent", "en", AUTO | {"ticksuffix": "%"}),
        (0.0, 500_000.0, "number", "en", AUTO),
        (
            300_000.0,
            360_000.0,
            "count",
            "en",
            {
                "tickvals": [300_000, 310_000, 320_000, 330_000, 340_000, 350_000, 360_000],
                "ticktext": ["300K", "310K", "320K", "330K", "340K", "350K", "360K"],
            },
        ),
        (
            0.0,
            150_000.0,
            "count",
            "zh_Hans",
            {"tickvals": [0, 50_000, 100_000, 150_000], "ticktext": ["0", "5万", "10万", "15万"]},
        ),
        (500_000.0, 500_000.0, "count", "en", AUTO),
    ],
)
def test_an_axis_speaks_as_the_values_beside_it(
    low: float, high: float, form: str, lang: str, axis: dict[str, Any]
) -> None:
    assert number_axis(low, high, form, lang) == axis
