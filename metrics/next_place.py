"""What gains the next place, or reaches the average or the target, in natural counts of the numerator."""

from __future__ import annotations

import numpy as np

from metrics.statistics.arrays import Array, Flags

NOISE = 1e-9


def next_place(numerator: Array, denominator: Array, scale: Array, next_value: Array, lower_is_better: Flags) -> Array:
    """As `cases_to` the value of the next better peer, but at least 1: a tie with it shares its rank. NaN where there is no next place.

    `denominator` is 1 for metrics without one; all arrays broadcast to [metric, peer].
    """
    return np.maximum(1.0, cases_to(numerator, denominator, scale, next_value, lower_is_better))


def cases_to(numerator: Array, denominator: Array, scale: Array, wanted: Array, lower_is_better: Flags) -> Array:
    """How many fewer (lower is better) or more (higher is better) in the numerator reach `wanted`, the base unchanged.

    Whole numbers, 0 where it is reached. NaN where a number is not known. Shapes as in `next_place`.
    """
    needed = wanted * denominator / scale
    gap = np.where(lower_is_better, numerator - needed, needed - numerator)
    slack = NOISE * np.maximum(1.0, np.abs(numerator))
    return np.where(np.isnan(gap), np.nan, np.maximum(0.0, np.ceil(gap - slack)))
