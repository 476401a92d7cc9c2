"""Attainment: the reference values of the targets' source, and what must always hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.attainment import attainment


@pytest.mark.parametrize(
    ("actual", "target", "lower", "expected"),
    [
        (50, 50, True, 100), (100, 50, True, 0), (200, 50, True, -200), (0, 50, True, 200), (1, 0, True, 0), (0, 0, True, 100),
        (352_700, 320_050, False, 110.2015), (40, 50, False, 80), (-1, 0, False, 0), (3, 0, False, 100),
    ],
)  # fmt: skip
def test_reference_values(actual: float, target: float, lower: bool, expected: float) -> None:
    assert float(attainment(actual, target, lower)) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("actual", "target"), [(np.nan, 5.0), (5.0, np.nan)])
def test_not_known_stays_not_known(actual: float, target: float) -> None:
    assert np.isnan(attainment(actual, target, False))


@given(st.floats(0.01, 1e6), st.floats(0.01, 1e6), st.booleans())
def test_100_means_met_exactly(actual: float, target: float, lower: bool) -> None:
    met = actual <= target if lower else actual >= target
    assert (float(attainment(actual, target, lower)) >= 100 - 1e-9) == met or actual == pytest.approx(target)
