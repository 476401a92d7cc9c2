"""Intervals of proportions, counts, rates, means and differences. NaN in, NaN out; nothing to divide by is NaN."""

from __future__ import annotations

import numpy as np
from scipy import special

from metrics.statistics.arrays import Array, Numbers, broadcast_floats

EXACT_BELOW = 10
NONE_SEEN = 1e-100
"""A fraction of an event that is none; the quantile of so little is not defined."""


def normal_quantile(level: float) -> float:
    """z of a two-sided interval: 0.95 -> 1.96. `level` lies between 0 and 1."""
    return float(special.ndtri((1 + level) / 2))


def wilson_interval(x: Numbers, n: Numbers, level: float = 0.95) -> tuple[Array, Array]:
    """Interval (low, high) of the proportion x / n, both within 0..1.

    Shapes: any that broadcast. Units: shares of 1. Precondition: 0 <= x <= n and n > 0, else NaN.
    Source: Wilson 1927, as in PHEindicatormethods.
    """
    x, n = broadcast_floats(x, n)
    valid = (x >= 0) & (x <= n) & (n > 0)
    x, n = np.where(valid, x, np.nan), np.where(valid, n, np.nan)
    z = normal_quantile(level)
    half = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    return (
        np.clip((2 * x + z**2 - half) / (2 * (n + z**2)), 0, 1),
        np.clip((2 * x + z**2 + half) / (2 * (n + z**2)), 0, 1),
    )


def exact_count_interval(x: Numbers, level: float = 0.95) -> tuple[Array, Array]:
    """Exact interval (low, high) of a Poisson mean of which x was seen, by quantiles of chi-square.

    Shapes: any.
    Units: counts; fractions are accepted, because expected counts have them.
    Precondition: x >= 0, else NaN.
    Source: Garwood 1936: chi2(alpha / 2; 2x) / 2 and chi2(1 - alpha / 2; 2x + 2) / 2.
    """
    (x,) = broadcast_floats(x)
    x = np.where(x >= 0, x, np.nan)
    tail = (1 - level) / 2
    none = x < NONE_SEEN
    low = np.where(none, 0.0, special.gammaincinv(np.where(none, np.nan, x), tail))
    return low, np.asarray(special.gammaincinv(x + 1, 1 - tail))


def count_interval(x: Numbers, level: float = 0.95) -> tuple[Array, Array]:
    """Interval (low, high) of a count: exact below 10, Byar's approximation otherwise.

    Shapes: any. Units: counts. Precondition: x >= 0, else NaN. Source: PHEindicatormethods; Breslow and Day 1987.
    """
    (x,) = broadcast_floats(x)
    x = np.where(x >= 0, x, np.nan)
    z = normal_quantile(level)
    few = x < EXACT_BELOW
    exact_low, exact_high = exact_count_interval(np.where(few, x, np.nan), level)
    many = np.where(few, np.nan, x)
    low = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
    more = many + 1
    high = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.where(few, exact_low, low), np.where(few, exact_high, high)


def rate_interval(x: Numbers, base: Numbers, scale: Numbers = 1.0, level: float = 0.95) -> tuple[Array, Array]:
    """Interval (low, high) of the rate x / base * scale, from the interval of the count x.

    Shapes: any that broadcast.
    Units: events per `scale` of the base.
    Precondition: base > 0 and known without error, else NaN.
    Source: PHEindicatormethods.
    """
    x, base, scale = broadcast_floats(x, base, scale)
    low, high = count_interval(x, level)
    each = scale / np.where(base > 0, base, np.nan)
    return low * each, high * each


def mean_interval(mean: Numbers, sd: Numbers, n: Numbers, level: float = 0.95) -> tuple[Array, Array]:
    """Interval (low, high) of a mean, by Student's t with n - 1 degrees of freedom.

    Shapes: any that broadcast.
    Units: those of the mean. `sd` is the sample's (divisor n - 1).
    Precondition: n >= 2, else NaN.
    Source: Student 1908, as in PHEindicatormethods.
    """
    mean, sd, n = broadcast_floats(mean, sd, n)
    n = np.where(n >= 2, n, np.nan)
    half = special.stdtrit(n - 1, (1 + level) / 2) * sd / np.sqrt(n)
    return mean - half, mean + half


def difference_of_proportions(
    x1: Numbers, n1: Numbers, x2: Numbers, n2: Numbers, level: float = 0.95
) -> tuple[Array, Array]:
    """Interval (low, high) of x1 / n1 - x2 / n2, two independent proportions.

    Shapes: any that broadcast. Units: shares of 1, within -1..1. Precondition: 0 <= x <= n and n > 0, else NaN.
    Source: Newcombe 1998, method 10 (square and add Wilson's limits).
    """
    x1, n1, x2, n2 = broadcast_floats(x1, n1, x2, n2)
    (low1, high1), (low2, high2) = wilson_interval(x1, n1, level), wilson_interval(x2, n2, level)
    p1, p2 = x1 / np.where(n1 > 0, n1, np.nan), x2 / np.where(n2 > 0, n2, np.nan)
    below = np.sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    above = np.sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return p1 - p2 - below, p1 - p2 + above
