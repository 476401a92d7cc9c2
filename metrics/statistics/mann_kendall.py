"""Trends over all months: the Mann-Kendall test with the Theil-Sen slope, and the last run of steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.statistics.arrays import Array, Flags, rounding_tolerance, row_median

EXACT = {4: np.inf, 5: 10, 6: 13, 7: 15, 8: 18, 9: 20, 10: 23}
"""Up to ten points: the |S| that is significant at .05, two-sided (no ties).

Four points can never be. Source: Gilbert 1987, table A18.
"""
FEWEST = 4


@dataclass(frozen=True)
class MannKendall:
    """Arrays [rows].

    `slope` is per month, `intercept` the line's value at the first month (column 0), in the units of the values.
    """

    n: Array
    s: Array
    tau: Array
    variance: Array
    z: Array
    p: Array
    significant: Flags
    slope: Array
    intercept: Array


def mann_kendall(values: Array, level: float = 0.05) -> MannKendall:
    """The Mann-Kendall test and the Theil-Sen slope of each row of [rows, months].

    NaN months are skipped, but keep their place in time. NaN below two known months.
    variance: corrected for ties.
    p: two-sided, exact (without ties) up to ten points, normal with continuity correction beyond.
    significant: at the two-sided `level`, never below five points.
    Source: Mann 1945, Kendall 1975, Sen 1968; Python package pymannkendall.
    """
    values = np.asarray(values, dtype=float)
    rows, months = values.shape
    slack = rounding_tolerance(values)
    known = ~np.isnan(values)
    n = known.sum(axis=1).astype(float)
    s, same = np.zeros(rows), np.zeros((rows, months))
    slopes = [np.full((rows, 1), np.nan)]
    for first in range(months - 1):
        change = values[:, first + 1 :] - values[:, first : first + 1]
        s += (change > slack).sum(axis=1) - (change < -slack).sum(axis=1).astype(float)
        tied = np.abs(change) <= slack
        same[:, first] += tied.sum(axis=1)
        same[:, first + 1 :] += tied
        slopes.append(change / np.arange(1, months - first))
    slope = row_median(np.concatenate(slopes, axis=1))
    # A group of t equal values has t members, each with t - 1 others: the sum over groups of t (t - 1) (2t + 5) is one
    # over members.
    ties = np.where(known, same * (2 * (same + 1) + 5), 0.0).sum(axis=1)
    enough = n >= 2
    n_known = np.where(enough, n, np.nan)
    variance = (n_known * (n_known - 1) * (2 * n_known + 5) - ties) / 18
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(s == 0, 0.0 * variance, (s - np.sign(s)) / np.sqrt(variance))
    p = np.where(n <= max(EXACT), _exact_p(n, s), 2 * special.ndtr(-np.abs(z)))
    p = np.where(enough, p, np.nan)
    middle = row_median(np.where(known, np.arange(months, dtype=float), np.nan))
    return MannKendall(
        n,
        np.where(enough, s, np.nan),
        s / (n_known * (n_known - 1) / 2),
        variance,
        z,
        p,
        (n > FEWEST) & (p < level),
        slope,
        row_median(values) - middle * slope,
    )


def exact_p(n: int) -> Array:
    """P(|S| >= s) for s = 0 .. n (n - 1) / 2 without ties: the share of the n! orders.

    Source: Kendall 1975, by counting inversions.
    """
    orders = np.ones(1)
    for size in range(2, n + 1):
        orders = np.convolve(orders, np.ones(size))
    pairs = n * (n - 1) // 2
    scores = np.abs(pairs - 2 * np.arange(len(orders)))
    return np.array([orders[scores >= s].sum() for s in range(pairs + 1)]) / orders.sum()


def _exact_p(n: Array, s: Array) -> Array:
    """The exact p of each row; NaN beyond ten points."""
    found = np.full(len(n), np.nan)
    for size in range(2, max(EXACT) + 1):
        of_size = n == size
        if of_size.any():
            found[of_size] = exact_p(size)[np.abs(s[of_size]).astype(int)]
    return found


def last_run_of_steps(values: Array) -> Array:
    """The length of the last run of steps in one direction [rows]: 3 = rose three times, -3 = fell three times.

    To the last known month of [rows, months]. A step leads to the next month: a gap ends the run. 0 where the last step
    is none; NaN below two known months.
    """
    values = np.asarray(values, dtype=float)
    months, known = values.shape[1], ~np.isnan(values)
    if months < 2:
        return np.full(len(values), np.nan)
    steps = np.diff(values, axis=1)
    moved = np.where(np.abs(steps) > rounding_tolerance(values), np.sign(steps), 0.0)
    last = months - 1 - known[:, ::-1].argmax(axis=1)
    back = last[:, None] - 1 - np.arange(months - 1)
    direction = np.where(back >= 0, np.take_along_axis(moved, np.maximum(back, 0), axis=1), 0.0)
    direction = np.where(np.isnan(np.take_along_axis(steps, np.maximum(back, 0), axis=1)), 0.0, direction)
    same = np.logical_and.accumulate(direction == direction[:, :1], axis=1).sum(axis=1)
    return np.asarray(np.where(known.sum(axis=1) < 2, np.nan, direction[:, 0] * same))
