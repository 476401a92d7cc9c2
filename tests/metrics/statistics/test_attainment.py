"""Attainment: the reference values of the targets' source, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.attainment import attainment, meets_target, met, misses_target


@pytest.mark.parametrize(
    ("actual", "target", "lower", "expected"),
    [
        (50, 50, True, 100),
        (100, 50, True, 0),
        (200, 50, True, -200),
        (0, 50, True, 200),
        (352_700, 320_050, False, 110.2015),
        (40, 50, False, 80),
    ],
)
def test_reference_values(actual: float, target: float, lower: bool, expected: float) -> None:
    assert float(attainment(actual, target, lower)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(
    ("actual", "target", "lower", "base", "challenge", "expected"),
    [
        (1, 0, True, np.nan, np.nan, np.nan),
        (0, 0, True, np.nan, np.nan, np.nan),
        (-6, -3, False, np.nan, np.nan, np.nan),  # twice the loss: no 200 %
        (-6, -3, False, -9, -1, 37.5),
        (4, 0, True, 8, 0, 50),
        (10, 0, True, 8, 0, -25),
        (4, 0, True, 8, 8, np.nan),
        (40, 50, False, 0, 100, 80),
    ],
)
def test_a_target_of_zero_or_less_has_no_share(
    actual: float, target: float, lower: bool, base: float, challenge: float, expected: float
) -> None:
    assert float(attainment(actual, target, lower, base, challenge)) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("actual", "target", "lower", "expected"),
    [
        (0, 0, True, 1),
        (1e-9, 0, True, 0),
        (-1, 0, True, 1),
        (-1, 0, False, 0),
        (-2, -3, False, 1),
        (-4, -3, False, 0),
        (-4, -3, True, 1),
        (85.29999999999998, 85.3, False, 1),
        (85.29, 85.3, False, 0),
        (np.nan, 5, True, np.nan),
        (5, np.nan, True, np.nan),
    ],
)
def test_met_by_the_figure_itself(actual: float, target: float, lower: bool, expected: float) -> None:
    assert float(met(actual, target, lower)) == pytest.approx(expected, nan_ok=True)


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.booleans())
def test_met_says_what_the_attainment_says(actual: float, target: float, lower: bool) -> None:
    assert bool(met(actual, target, lower)) == bool(meets_target(attainment(actual, target, lower)))


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
