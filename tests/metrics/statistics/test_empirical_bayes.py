"""Shrunken estimates against hand calculation and simulated peers."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.empirical_bayes import shrunken

NAN = np.nan


@pytest.mark.parametrize(
    ("value", "centre", "tau2", "error", "expected"),
    [
        (20, 10, 4, 1, 18),  # 10 + 10 * 4 / 5
        (20, 10, 4, 4, 12),  # 10 + 10 * 4 / 20
        (0, 10, 4, 2, 5),  # half way
        (20, 10, 0, 1, 10),  # no peer differs: all are the centre
        (20, 10, 4, 0, 20),  # certain
        (20, 10, 0, 0, 20),
        (NAN, 10, 4, 1, NAN),
        (20, 10, 4, NAN, NAN),
    ],
)
def test_by_hand(value: float, centre: float, tau2: float, error: float, expected: float) -> None:
    assert shrunken(value, centre, tau2, error) == pytest.approx(expected, nan_ok=True)


def test_estimates_are_nearer_to_the_truth_than_the_values() -> None:
    """The mean square error of the best estimate is tau2 s^2 / (tau2 + s^2): here 36 / 13 against 9."""
    rng = np.random.default_rng(5)
    true = rng.normal(50, 2, 100_000)
    seen = rng.normal(true, 3)
    assert ((seen - true) ** 2).mean() == pytest.approx(9, rel=0.02)
    assert ((shrunken(seen, 50, 4, 3) - true) ** 2).mean() == pytest.approx(36 / 13, rel=0.02)
