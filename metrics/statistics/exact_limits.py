"""Exact limits of rare counts: what the other months of a series make of one month's count.

The months of a level give its rate with a gamma distribution, and a further month of the same rate is negative
binomial: that holds however few the cases are, and allows for how few months are behind the rate. Counts that vary more
than chance alone get that variation into the limits.
Source: Gelman and others 2013, section 2.6 (Poisson with Jeffreys' prior); Cameron and Trivedi 1990 for dispersion.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.statistics.arrays import Array, Codes, Flags

PRIOR = 0.5
"""Jeffreys' prior of a rate: half a case."""
RARE_MEAN = 5.0
"""Mean count below which limits of a normal distribution give false alarms."""
DISPERSED = 0.01


@dataclass(frozen=True)
class RareCounts:
    """Counts held against the other months of their level: arrays [rows, months].

    expected, lower, upper: counts. jump: 1 above, -1 below, 0 within or not known. dispersion: [rows], 1 by chance.
    """

    expected: Array
    lower: Array
    upper: Array
    jump: Codes
    dispersion: Array


def rare_counts(count: Array, base: Array, level: Array, alarm_rate: float) -> RareCounts:
    """Judges `count` over `base` [rows, months] within the months that share a number in `level` [rows, months].

    NaN is not known. Each month is judged by the others of its level; then, without the jumps, limits are drawn.
    """
    known = ~np.isnan(count) & (base > 0)
    jump = np.zeros(count.shape, dtype=np.int8)
    dispersion = np.ones(len(count))
    for _ in range(2):
        kept = known & (jump == 0)
        cases, months = _sums(np.where(kept, count, 0.0), level), _sums(np.where(kept, base, 0.0), level)
        own = kept * 1.0
        others = np.where(kept, cases - np.nan_to_num(count), cases), months - own * np.nan_to_num(base)
        dispersion = _dispersion(count, base, kept, cases, months)
        mean, size = _predictive(others[0], others[1], base, dispersion)
        jump = _sides(count, mean, size, alarm_rate) * known
    kept = known & (jump == 0)
    cases, months = _sums(np.where(kept, count, 0.0), level), _sums(np.where(kept, base, 0.0), level)
    usual = np.where(base > 0, base, np.nan)
    mean, size = _predictive(cases, months, usual, dispersion)
    share = size / (size + mean)
    lower = stats.nbinom.ppf(alarm_rate / 2, size, share)
    upper = stats.nbinom.ppf(1 - _upper_rate(size, share, alarm_rate), size, share)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(months > 0, cases / months * usual, np.nan)
    return RareCounts(expected, np.maximum(lower, 0.0), upper, jump, dispersion)


def _sums(values: Array, level: Array) -> Array:
    """The sum of each month's level, at every month."""
    found = np.zeros(values.shape)
    for number in range(int(level.max(initial=0)) + 1):
        inside = level == number
        found += inside * np.where(inside, values, 0.0).sum(axis=1, keepdims=True)
    return found


def _predictive(cases: Array, months: Array, base: Array, dispersion: Array) -> tuple[Array, Array]:
    """(mean, size) of the negative binomial of a further month with `base`."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (cases + PRIOR) / months * base
        variance = dispersion[:, None] * mean + mean**2 / (cases + PRIOR) * dispersion[:, None]
        size = mean**2 / (variance - mean)
    good = np.isfinite(mean) & np.isfinite(size) & (months > 0)
    return np.where(good, mean, np.nan), np.where(good, size, np.nan)


def _upper_rate(size: Array, share: Array, alarm_rate: float) -> Array:
    """The rate of alarms above: all of it where no count is too small to be usual."""
    return np.where(share**size > alarm_rate / 2, alarm_rate, alarm_rate / 2)


def _sides(count: Array, mean: Array, size: Array, alarm_rate: float) -> Codes:
    share = size / (size + mean)
    above = stats.nbinom.sf(count - 1, size, share) < _upper_rate(size, share, alarm_rate)
    below = stats.nbinom.cdf(count, size, share) < alarm_rate / 2
    return (above * 1 - below * 1).astype(np.int8)


def _dispersion(count: Array, base: Array, kept: Flags, cases: Array, months: Array) -> Array:
    """Pearson's dispersion of each row without its most extreme month; 1 unless it is beyond chance."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = cases / months * base
        parts = np.where(kept & (mean > 0), (count - mean) ** 2 / mean, 0.0)
    freedom = np.maximum(kept.sum(axis=1) - 2, 1)
    rest = parts.sum(axis=1) - parts.max(axis=1, initial=0.0)
    more = stats.chi2.sf(rest, freedom) < DISPERSED
    return np.where(more, np.maximum(rest / freedom, 1.0), 1.0)
