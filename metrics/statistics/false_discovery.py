"""Which of many findings to list so that few of those listed are false: the false discovery rate.

Source: Benjamini and Hochberg 1995.
"""

from __future__ import annotations

import numpy as np

from metrics.statistics.arrays import Array, Flags

DISCOVERY_RATE = 0.10
"""Of what is listed as changed, weak or a warning, at most this share is chance."""


def adjusted_p_values(p_values: Array) -> Array:
    """The smallest false discovery rate at which each finding is still listed; NaN stays NaN and counts for nothing."""
    p_values = np.asarray(p_values, dtype=float)
    found = np.full(p_values.shape, np.nan)
    known = np.flatnonzero(~np.isnan(p_values))
    if not len(known):
        return found
    order = known[np.argsort(p_values[known], kind="stable")]
    raised = p_values[order] * len(known) / np.arange(1, len(known) + 1)
    found[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return found


def discoveries(p_values: Array, rate: float = DISCOVERY_RATE) -> Flags:
    """Which of the p-values stand for findings, at most `rate` of them false; NaN never does."""
    adjusted = adjusted_p_values(p_values)
    return np.asarray(np.nan_to_num(adjusted, nan=2.0) <= rate)
