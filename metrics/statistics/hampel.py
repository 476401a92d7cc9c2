"""Hampel's filter: single months far from the running median of the months about them.

Source: Hampel 1974; Pearson and others 2016.
"""

from __future__ import annotations

import numpy as np

from metrics.statistics.arrays import Array, Flags, known_first, rounding_tolerance, row_median

HAMPEL_MONTHS, HAMPEL_LIMIT = 7, 3.5
NORMAL_MAD = 1.4826
"""Median absolute deviation -> standard deviation of a normal distribution."""
LEAST_SCALE = 0.7
"""Of a series that hardly varies the standard deviation, times this, stands in for the median deviation of nothing."""
LONGEST = 2
"""Months in a row on one side that are still single ones: more are a level of their own."""


def hampel_outliers(values: Array) -> Flags:
    """Single months far from the running median of the months about them (Hampel's filter) [rows, months]."""
    known, order = known_first(values)
    points = known.shape[1]
    if points < HAMPEL_MONTHS:
        return np.zeros(values.shape, dtype=bool)
    count = (~np.isnan(known)).sum(axis=1)
    first = np.clip(np.arange(points)[None, :] - HAMPEL_MONTHS // 2, 0, np.maximum(count - HAMPEL_MONTHS, 0)[:, None])
    windows = np.lib.stride_tricks.sliding_window_view(known, HAMPEL_MONTHS, axis=1)
    medians = np.sort(windows, axis=2)[:, :, HAMPEL_MONTHS // 2]
    gap = known - np.take_along_axis(medians, np.minimum(first, medians.shape[1] - 1), axis=1)
    away = np.abs(gap)
    middle = NORMAL_MAD * row_median(away)
    with np.errstate(invalid="ignore"):
        deviation = np.sqrt(np.nanmean(away**2, axis=1, where=~np.isnan(away)))
    scale = np.maximum(middle, LEAST_SCALE * np.nan_to_num(deviation))
    far = (count >= HAMPEL_MONTHS)[:, None] & (away > HAMPEL_LIMIT * scale[:, None] + rounding_tolerance(values))
    found = np.zeros(values.shape, dtype=bool)
    np.put_along_axis(found, order, far & ~_in_a_row(far * np.nan_to_num(np.sign(gap)), LONGEST + 1), axis=1)
    return found


def _in_a_row(sides: Array, length: int) -> Flags:
    """Which columns belong to `length` or more neighbours of one side (1 or -1; 0 belongs to none)."""
    found = np.zeros(sides.shape, dtype=bool)
    for first in range(sides.shape[1] - length + 1):
        part = sides[:, first : first + length]
        found[:, first : first + length] |= (np.abs(part.sum(axis=1)) == length)[:, None]
    return found
