"""Attainment: the reference values of the targets' source, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.attainment import attainment, meets_target, misses_target


@pytest.mark.parametrize(
    ("actual", "target", "lower", "expected"),
    [
        (50, 50, True, 100),
        (100, 50, True, 0),
        (200, 50, True, -200),
        (0, 50, True, 200),
        (1, 0, True, 0),
        (0, 0, True, 100),
        (352_700, 320_050, False, 110.2015),
        (40, 50, False, 80),
        (-1, 0, False, 0),
        (3, 0, False, 100),
    ],
)
def test_reference_values(actual: float, target: float, lower: bool, expected: float) -> None:
    assert float(attainment(actual, target, lower)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("actual", "target"), [(np.nan, 5.0), (5.0, np.nan)])
def test_not_known_stays_not_known(actual: float, target: float) -> None:
    assert np.isnan(attainment(actual, target, False))


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.booleans())
def test_100_means_met_exactly(actual: float, target: float, lower: bool) -> None:
    reached = actual <= target if lower else actual >= target
    assert bool(meets_target(attainment(actual, target, lower))) == reached or actual == pytest.approx(target)


# 396 scores of 85.3: their sum over their number is 85.29999999999998.
MEAN = sum([85.3] * 396) / 396


@pytest.mark.parametrize(
    ("reached", "is_met", "is_missed"),
    [
        (100.0, True, False),
        (float(attainment(MEAN, 85.3, False)), True, False),
        (99.9999, False, True),
        (np.nan, False, False),
    ],
)
def test_met_is_one_rule(reached: float, is_met: bool, is_missed: bool) -> None:
    assert (bool(meets_target(reached)), bool(misses_target(reached))) == (is_met, is_missed)
    assert (meets_target(np.array([reached])).tolist(), misses_target(np.array([reached])).tolist()) == (
        [is_met],
        [is_missed],
    )


def test_a_mean_that_equals_its_target_falls_short_by_the_last_digit_only() -> None:
    assert float(attainment(MEAN, 85.3, False)) < 100
