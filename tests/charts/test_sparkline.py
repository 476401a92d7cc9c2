"""Sparklines from literals."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from charts.sparkline import sparkline
from charts.theme import LIGHT

SVG = "{http://www.w3.org/2000/svg}"


def parts(values: list[float | None], **options: object) -> ElementTree.Element:
    return ElementTree.fromstring(sparkline(values, LIGHT, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "lines", "dots"),
    [([1, 2, 3], 1, 1), ([1, 2, None, 3, 4], 2, 1), ([1, None, 3], 0, 3), ([5], 0, 2), ([0, 0, 0], 1, 1)],
)
def test_shapes(values: list[float | None], lines: int, dots: int) -> None:
    drawn = parts(values)
    assert len(drawn.findall(f".//{SVG}polyline")) == lines
    assert len(drawn.findall(f".//{SVG}circle")) == dots


def test_nothing_known_draws_nothing() -> None:
    assert sparkline([None, float("nan")], LIGHT) == ""


def test_the_higher_value_is_higher_on_screen() -> None:
    first, last = parts([1.0, 9.0]).find(f".//{SVG}polyline").get("points", "").split()  # type: ignore[union-attr]
    assert float(first.split(",")[1]) > float(last.split(",")[1])


def test_target_is_dashed_if_in_sight() -> None:
    assert parts([10, 11], target=10.5).find(f".//{SVG}line") is not None
    assert parts([10, 11], target=900).find(f".//{SVG}line") is None


def test_limits_are_a_band_behind_the_line() -> None:
    drawn = parts([10, 11, 12], lower=[9, 9, None], upper=[13, 13, None])
    band = drawn.find(f"{SVG}polygon")
    assert band is not None
    assert len(band.get("points", "").split()) == 4, "two known months, two sides"
    assert list(drawn).index(band) < list(drawn).index(drawn.find(f"{SVG}g")), "behind"  # type: ignore[arg-type]
    assert parts([10, 11]).find(f"{SVG}polygon") is None


def test_the_last_point_takes_the_colour_of_its_signal() -> None:
    assert parts([1, 2], paint=LIGHT.worse).findall(f".//{SVG}circle")[-1].get("fill") == LIGHT.worse
