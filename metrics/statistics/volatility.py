"""Volatility: how much a value moves from month to month, and whether that is more than its peers'."""

from __future__ import annotations

import numpy as np

from metrics.statistics.arrays import Array, known_first, row_mean

SCREENING_FACTOR = 3.267
"""A moving range of this many times their mean is a shock: Wheeler's upper limit of a range of two."""


def mean_moving_range(values: Array, screen: bool = False) -> Array:
    """The mean moving range of each row of [rows, months]: mean size of the step from known month to known month.

    Shape [rows], in the units of the values, 0 or more; NaN below two known.
    `screen` drops steps of SCREENING_FACTOR times their mean and more, once, so that one shock does not count for
    years.
    Source: Wheeler 1993, the mR of an XmR chart.
    """
    steps = np.abs(np.diff(known_first(np.asarray(values, dtype=float))[0], axis=1))
    average = row_mean(steps)
    if not screen:
        return average
    usual = row_mean(np.where(steps < SCREENING_FACTOR * average[:, None], steps, np.nan))
    return np.where(average > 0, usual, average)


def volatility_ratio(volatility: Array) -> Array:
    """Each volatility of [rows, peers] over the median of the other peers' in its row: 2 = twice as much as usual.

    A ratio, 0 or more. The unit itself does not count among its peers. NaN where the unit or all others are not known,
    or where the others do not move at all.
    """
    volatility = np.asarray(volatility, dtype=float)
    rows, peers = volatility.shape
    order = np.argsort(volatility, axis=1, kind="stable")
    ordered = np.take_along_axis(volatility, order, axis=1)
    count = (~np.isnan(volatility)).sum(axis=1)[:, None]
    place = np.arange(peers)[None, :]

    def other(index: np.ndarray) -> Array:
        """The value at `index` among the others in order: those from the unit's own place on stand one further."""
        return np.take_along_axis(ordered, np.clip(index + (index >= place), 0, max(peers - 1, 0)), axis=1)

    if not peers:
        return volatility
    middle = (other((count - 2) // 2 + 0 * place) + other((count - 1) // 2 + 0 * place)) / 2
    middle = np.where((count >= 2) & (place < count) & (middle > 0), middle, np.nan)
    found = np.full((rows, peers), np.nan)
    np.put_along_axis(found, order, ordered / middle, axis=1)
    return found
