"""Attainment: the reference values of the targets' source, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.attainment import MET_THRESHOLD, attainment, met


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
    assert bool(met(actual, target, lower)) == bool(attainment(actual, target, lower) >= MET_THRESHOLD)


@pytest.mark.parametrize(("actual", "target"), [(np.nan, 5.0), (5.0, np.nan)])
def test_not_known_stays_not_known(actual: float, target: float) -> None:
    assert np.isnan(attainment(actual, target, False))


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.booleans())
def test_100_means_met_exactly(actual: float, target: float, lower: bool) -> None:
    reached = actual <= target if lower else actual >= target
    assert bool(attainment(actual, target, lower) >= MET_THRESHOLD) == reached or actual == pytest.approx(target)


# 396 scores of 85.3: their sum over their number is 85.29999999999998.
MEAN = sum([85.3] * 396) / 396


@pytest.mark.parametrize(("value", "expected"), [(85.3, 1.0), (MEAN, 1.0), (85.2999, 0.0), (np.nan, np.nan)])
def test_met_is_one_rule(value: float, expected: float) -> None:
    assert float(met(value, 85.3, False)) == pytest.approx(expected, nan_ok=True)


def test_a_mean_that_equals_its_target_falls_short_by_the_last_digit_only() -> None:
    assert float(attainment(MEAN, 85.3, False)) < 100
