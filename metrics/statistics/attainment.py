"""Attainment of a target, in per cent, and whether it is met."""

from __future__ import annotations

import numpy as np

from metrics.statistics.arrays import Array

MET_THRESHOLD = 100.0 - 1e-9
"""Attainment from which a target is met: a mean that equals it, as 396 scores of 85.3 do, may fall short by its last
binary digit.
"""


def attainment(
    actual: Array | float,
    target: Array | float,
    lower_is_better: Array | bool,
    base: Array | float = np.nan,
    challenge: Array | float = np.nan,
) -> Array:
    """Higher is better: A / T. Lower is better: 1 - (A - T) / T. Uncapped. All broadcast.

    There is no share of a target that is zero or negative (2 A / T of a loss would be twice as good): then it is the
    position between `base` (0) and `challenge` (100), NaN where these are not known or the same; see `met`.
    NaN where the figure or the target is not known.
    """
    actual, target = np.asarray(actual, dtype=float), np.asarray(target, dtype=float)
    lower = np.asarray(lower_is_better, dtype=bool)
    base, challenge = np.asarray(base, dtype=float), np.asarray(challenge, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(lower, 1 - (actual - target) / target, actual / target)
        position = np.where(base == challenge, np.nan, (actual - base) / (challenge - base))
    return np.where(np.isnan(actual) | np.isnan(target), np.nan, 100 * np.where(target > 0, share, position))


def met(actual: Array | float, target: Array | float, lower_is_better: Array | bool) -> Array:
    """1 where the target is met, 0 where it is not, NaN where the figure or the target is not known; all broadcast.

    A target of any sign is met to 1e-11 of its size, which is an attainment of MET_THRESHOLD of a positive one.
    """
    actual, target = np.asarray(actual, dtype=float), np.asarray(target, dtype=float)
    better = np.where(np.asarray(lower_is_better, dtype=bool), target - actual, actual - target)
    reached = better >= -(1 - MET_THRESHOLD / 100) * np.abs(target)
    return np.where(np.isnan(better), np.nan, reached.astype(float))
