"""Shades: ends, middle, and ink that reads on every one."""

from __future__ import annotations

import pytest

from charts.shades import SCALE, heat_colours
from tests.charts.test_theme import contrast


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_stronger_the_nearer_the_last_colour(mode: str) -> None:
    assert tuple(heat_colours(strength, mode)[0] for strength in (0.0, 0.5, 1.0)) == SCALE[mode]
    assert (heat_colours(-3.0, mode), heat_colours(9.0, mode)) == (heat_colours(0.0, mode), heat_colours(1.0, mode))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_read_well_on_every_shade(mode: str) -> None:
    for place in range(101):
        ground, ink = heat_colours(place / 100, mode)
        assert contrast(ink, ground) >= 4.5, place
