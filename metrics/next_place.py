"""What gains the next place, in natural counts of the numerator."""

from __future__ import annotations

import numpy as np

from metrics.rollup import Array, Flags

NOISE = 1e-9


def next_place(numerator: Array, denominator: Array, scale: Array, next_value: Array, lower_is_better: Flags) -> Array:
    """How many fewer (lower is better) or more (higher is better) in the numerator reach `next_value`, the base unchanged.

    Whole numbers, at least 1: a tie with the next better peer shares its rank. NaN where there is no next place or no numerator.
    `denominator` is 1 for metrics without one; all arrays broadcast to [metric, peer].
    """
    needed = next_value * denominator / scale
    gap = np.where(lower_is_better, numerator - needed, needed - numerator)
    slack = NOISE * np.maximum(1.0, np.abs(numerator))
    return np.where(np.isnan(gap), np.nan, np.maximum(1.0, np.ceil(gap - slack)))
