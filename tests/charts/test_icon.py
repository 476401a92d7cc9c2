"""Verdict icons and target bars: what they say in colour, shape and words."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from charts.icon import assurance_icon, variation_icon
from charts.target_bar import target_bar
from charts.theme import DARK, LIGHT

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("kind", "colour"),
    [
        ("common", LIGHT.muted),
        ("improving", LIGHT.better),
        ("concerning", LIGHT.worse),
        ("neither_high", LIGHT.ink),
        ("neither_low", LIGHT.ink),
    ],
)
def test_the_ring_has_the_colour_of_the_verdict(kind: str, colour: str) -> None:
    drawn = ElementTree.fromstring(variation_icon(kind, True, LIGHT, "words"))
    assert drawn.find(f"{SVG}circle").get("stroke") == colour  # type: ignore[union-attr]
    assert drawn.findtext(f"{SVG}title") == "words"


def heights(svg: str) -> list[float]:
    return [float(dot.get("cy", "0")) for dot in ElementTree.fromstring(svg).findall(f"{SVG}circle")[1:]]


def test_dots_rise_or_fall_with_the_value() -> None:
    rising, falling = (heights(variation_icon("improving", up, LIGHT, "")) for up in (True, False))
    assert rising == sorted(rising, reverse=True)
    assert falling == sorted(falling)


def goal_and_shift(kind: str, lower: bool) -> tuple[float, float]:
    wave, goal = ElementTree.fromstring(assurance_icon(kind, lower, DARK, "")).findall(f"{SVG}path")
    return float(goal.get("d", "").split()[1]), float(wave.get("transform", "").split()[1].rstrip(")"))


@pytest.mark.parametrize(
    ("kind", "lower", "wave_is_above"),
    [("passes", False, True), ("passes", True, False), ("fails", False, False), ("fails", True, True)],
)
def test_the_wave_lies_on_its_side_of_the_target(kind: str, lower: bool, wave_is_above: bool) -> None:
    goal, shift = goal_and_shift(kind, lower)
    assert (11 + shift < goal) == wave_is_above


def test_hit_or_miss_crosses_the_target() -> None:
    assert goal_and_shift("hit_or_miss", False) == (11.0, 0.0)


def test_no_verdict_draws_nothing_and_words_are_escaped() -> None:
    assert variation_icon("", True, LIGHT, "x") == ""
    assert assurance_icon("", True, LIGHT, "x") == ""
    assert "<b>" not in variation_icon("common", True, LIGHT, "<b>")


@pytest.mark.parametrize(("attainment", "share"), [(0, 0), (75, 0.5), (150, 1), (400, 1), (-20, 0)])
def test_bar_length(attainment: float, share: float) -> None:
    bars = ElementTree.fromstring(target_bar(attainment, LIGHT, width=102)).findall(f"{SVG}rect")
    assert float(bars[1].get("width", "")) == pytest.approx(100 * share)
    assert float(bars[2].get("x", "")) == pytest.approx(100 * 100 / 150 - 0.75, abs=0.1)


def test_no_bar_without_a_target() -> None:
    assert target_bar(None, LIGHT) == ""
    assert target_bar(float("nan"), LIGHT) == ""
