"""Axes hold what is drawn, and the names above it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from reports.scales import round_scale, scale_with_headroom


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
@example(0.0, 5e-324)
def test_round_scales_hold_what_is_drawn(low: float, spread: float) -> None:
    least, most, step = round_scale(low, low + spread)
    assert least <= low
    assert most >= low + spread
    assert step > 0
    assert (most - least) / step <= 12
    assert least >= 0 or low < 0


@given(st.floats(-1e4, 1e4), st.floats(0.1, 1e4), st.integers(0, 4))
def test_rows_of_names_stand_above_what_is_drawn(low: float, spread: float, rows: int) -> None:
    least, most, _ = scale_with_headroom(low, low + spread, rows, 0.08)
    assert most - 0.08 * rows * (most - least) >= low + spread - 1e-6 * (most - least)
