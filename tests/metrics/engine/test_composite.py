"""Composite scores: points between base and challenge by hand, caps, and quarters passed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.engine.composite import component_score
from metrics.engine.figures import Figures
from metrics.model.periods import window

NAN = float("nan")


# The first row of each: distance to target with cap 1, by way of ORACLES.md: (0, 5, 11) against 10 -> 0, .5, 1.
@pytest.mark.parametrize(
    ("values", "base", "challenge", "cap", "expected"),
    [
        ([0, 5, 11], 0, 10, 1.0, [0, 0.5, 1]),
        ([0, 5, 11, 13], 0, 10, 1.2, [0, 0.5, 1.1, 1.2]),
        ([-3, NAN], 0, 10, 1.0, [0, NAN]),
        ([12, 9, 6, 3], 12, 6, 1.0, [0, 0.5, 1, 1]),
        ([5], 5, 5, 1.0, [NAN]),
    ],
)
def test_points(values: list[float], base: float, challenge: float, cap: float, expected: list[float]) -> None:
    found = component_score(np.array(values, dtype=float), base, challenge, cap)
    assert found == pytest.approx(expected, nan_ok=True)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.floats(1, 100), st.floats(1, 2), st.booleans())
def test_more_of_the_better_never_earns_less(first: float, second: float, span: float, cap: float, lower: bool) -> None:
    low, high = sorted((first, second))
    worse, better = component_score(
        np.array([high, low] if lower else [low, high]), span if lower else 0.0, 0.0 if lower else span, cap
    )
    assert 0 <= worse <= better <= cap


def test_quarters_passed_count_the_quarters_of_the_year(sample: Figures) -> None:
    """By single quarters: each quarter's own score against the pass mark."""
    row, score, unit = (
        sample.axes.metric_index("hall_quarters_passed"),
        sample.axes.metric_index("hall_composite"),
        sample.axes.unit_index("DY"),
    )
    mark = sample.axes.metrics[row].pass_mark
    passed = [
        sample.over(window(month, "quarter")).value[score, unit] >= mark
        for month in ("2025-03", "2025-06", "2025-09", "2025-11")
    ]
    assert sample.over(window("2025-11", "ytd")).value[row, unit] == sum(passed)
    assert sample.monthly_values.value[row, unit, sample.axes.months.index("2025-11")] == sum(passed)
