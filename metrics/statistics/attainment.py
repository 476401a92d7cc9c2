"""Attainment of a target, in per cent: 100 means met."""

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.statistics.arrays import Array

MET_THRESHOLD = 100.0 - 1e-9
"""Attainment from which a target is met: a mean that equals it, as 396 scores of 85.3 do, may fall short by its last
binary digit.
"""


def attainment(actual: Array | float, target: Array | float, lower_is_better: Array | bool) -> Array:
    """Higher is better: A / T. Lower is better: 1 - (A - T) / |T|. Uncapped.

    With T = 0: met exactly (or better) is 100, else 0, because no share of zero exists. NaN where either is not known.
    """
    actual, target = np.asarray(actual, dtype=float), np.asarray(target, dtype=float)
    lower = np.asarray(lower_is_better, dtype=bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(lower, 1 - (actual - target) / np.abs(target), actual / target)
    met = np.where(lower, actual <= target, actual >= target)
    at_zero = np.where(met, 1.0, 0.0)
    unknown = np.isnan(actual) | np.isnan(target)
    return np.where(unknown, np.nan, 100 * np.where(target == 0, at_zero, share))


def meets_target(reached: Any) -> Any:
    """Whether an attainment in per cent (a number, array or column) meets the target; what is not known does not."""
    return reached >= MET_THRESHOLD


def misses_target(reached: Any) -> Any:
    """Whether an attainment falls short of the target; what is not known does not."""
    return reached < MET_THRESHOLD
