"""Funnels: which peers differ from all of them together by more than their size explains."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics.statistics.arrays import Array, Codes, Flags, Numbers, broadcast_floats
from metrics.statistics.heterogeneity import dispersion, overdispersion
from metrics.statistics.intervals import exact_count_interval, normal_quantile

LEVEL = 0.998
THIN = 5
"""With fewer expected events (or their opposites) the normal limits are rough."""


@dataclass(frozen=True)
class FunnelResult:
    """The funnel of each row: arrays [rows, peers], but centre, phi, tau2 and expected_false [rows].

    flag: 1 above the upper limit, -1 below the lower one, else 0.
    error: the standard error that chance alone gives each value.
    thin: too few events for the limits to be exact.
    phi: the spread of the scores, 1 on average where only chance makes it. tau2: the variance between peers.
    expected_false: the flags that chance alone would give.
    """

    value: Array
    centre: Array
    lower: Array
    upper: Array
    flag: Codes
    error: Array
    thin: Flags
    phi: Array
    tau2: Array
    expected_false: Array

    def scaled(self, scale: float) -> FunnelResult:
        """The same funnel with its values, centre and limits in `scale` (100 = per cent); tau2 in scale squared."""
        return replace(
            self,
            value=scale * self.value,
            centre=scale * self.centre,
            lower=scale * self.lower,
            upper=scale * self.upper,
            error=scale * self.error,
            tau2=scale**2 * self.tau2,
        )


def standardised_ratio_limits(expected: Numbers, level: float = 0.95) -> tuple[Array, Array]:
    """Limits (low, high) of observed / expected, exact Poisson. Any shape; ratios, 0 or more; expected > 0, else NaN.

    `expected` is the rate of all peers times the unit's base. Source: Spiegelhalter 2005, R package FunnelPlotR.
    """
    (expected,) = broadcast_floats(expected)
    expected = np.where(expected > 0, expected, np.nan)
    low, high = exact_count_interval(expected, level)
    return low / expected, high / expected


def limits_of_ratios(
    centre: Numbers, tau2: Numbers, denominator: Numbers, proportion: bool, level: float = LEVEL
) -> tuple[Array, Array]:
    """Limits (low, high) about `centre` for bases of any size: the funnel's curves.

    All broadcast; shares of 1 or events per base.

    centre +- z sqrt(s^2 + tau2), s^2 = p (1 - p) / n of proportions and u / n of rates; clamped to what is possible.
    """
    centre, tau2, denominator = broadcast_floats(centre, tau2, denominator)
    variance = centre * (1 - centre if proportion else 1.0) / np.where(denominator > 0, denominator, np.nan)
    half = normal_quantile(level) * np.sqrt(variance + tau2)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0 if proportion else np.inf)


def funnel_of_ratios(
    numerator: Array,
    denominator: Array,
    proportion: bool,
    level: float = LEVEL,
    overdispersed: bool = True,
    minimum: float = 0.0,
    rescaled: bool = True,
) -> FunnelResult:
    """The funnel of each row of [rows, peers]: of proportions (the numerator is part of the denominator) or of rates.

    The centre is the ratio of sums. Values are shares of 1, or events per unit of base: scale them for display.
    Peers with an unknown or empty base are left out; one below `minimum` counts in the centre but is not judged, nor
    is it part of phi and tau2.
    `overdispersed` adds tau2 to every variance, so that a spread that all peers share flags nobody.
    `rescaled`: phi and tau2 make up for the winsorising (heterogeneity.dispersion); else they are the published ones.
    `expected_false` is the number of judged peers times 1 - level.
    Source: Spiegelhalter 2005; z on the plain scale.
    """
    x, n = broadcast_floats(numerator, denominator)
    valid = (x >= 0) & (n > 0) & ((x <= n) if proportion else True)
    x, n = np.where(valid, x, np.nan), np.where(valid, n, np.nan)
    value = x / n
    with np.errstate(invalid="ignore"):
        centre = np.where(valid.any(axis=1), np.nansum(x, axis=1) / np.nansum(n, axis=1), np.nan)
    other = 1 - centre if proportion else np.ones_like(centre)
    fewest = np.minimum(centre, other) if proportion else centre
    judged = np.where(n >= minimum, n, np.nan)
    error = np.sqrt((centre * other)[:, None] / n)
    phi, tau2 = _spread(value, centre, np.where(np.isnan(judged), np.nan, error), rescaled)
    lower, upper = limits_of_ratios(centre[:, None], _widening(tau2, overdispersed)[:, None], judged, proportion, level)
    return _flagged(value, centre, (lower, upper), error, n * fewest[:, None] < THIN, (phi, tau2), level)


def limits_of_means(
    centre: Numbers, tau2: Numbers, base: Numbers, deviation: Numbers, level: float = LEVEL
) -> tuple[Array, Array]:
    """Limits (low, high) about `centre` for means of `base` responses that spread by `deviation`.

    All broadcast; not clamped.
    """
    centre, tau2, base, deviation = broadcast_floats(centre, tau2, base, deviation)
    half = normal_quantile(level) * np.sqrt(deviation**2 / np.where(base > 0, base, np.nan) + tau2)
    return centre - half, centre + half


def pooled_deviation(deviation: Array, base: Array) -> Array:
    """The standard deviation within peers [rows] of deviations and responses [rows, peers].

    sqrt(sum (n - 1) s^2 / sum (n - 1)); NaN if none is known.
    """
    s, n = broadcast_floats(deviation, base)
    known = ~np.isnan(s) & (n > 1)
    degrees = np.where(known, n - 1, 0.0)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.sqrt((degrees * np.where(known, s, 0.0) ** 2).sum(axis=1) / degrees.sum(axis=1)))


def funnel_of_means(
    mean: Array,
    base: Array,
    deviation: Array,
    level: float = LEVEL,
    overdispersed: bool = True,
    minimum: float = 0.0,
    rescaled: bool = True,
) -> FunnelResult:
    """The funnel of mean scores of `base` responses with standard deviations `deviation`, all [rows, peers].

    The centre is the mean of all responses; every peer is judged by the deviation pooled over peers, so that a few
    responses that happen to agree are not taken for certainty. Peers below two responses are left out; of those below
    `minimum`, and of `rescaled`, see `funnel_of_ratios`.
    """
    x, n = broadcast_floats(mean, base)
    valid = ~np.isnan(x) & (n >= 2)
    x, n = np.where(valid, x, np.nan), np.where(valid, n, np.nan)
    with np.errstate(invalid="ignore"):
        centre = np.nansum(x * n, axis=1) / np.where(valid.any(axis=1), np.nansum(n, axis=1), np.nan)
    within = pooled_deviation(deviation, n)
    judged = np.where(n >= minimum, n, np.nan)
    error = within[:, None] / np.sqrt(n)
    phi, tau2 = _spread(x, centre, np.where(np.isnan(judged), np.nan, error), rescaled)
    wider = _widening(tau2, overdispersed)[:, None]
    limits = limits_of_means(centre[:, None], wider, judged, within[:, None], level)
    return _flagged(x, centre, limits, error, n < THIN, (phi, tau2), level)


def _spread(value: Array, centre: Array, error: Array, rescaled: bool) -> tuple[Array, Array]:
    """(phi, tau2) of values about their centre; peers without an error say nothing."""
    distance = value - centre[:, None]
    if rescaled:
        return dispersion(distance, error)
    with np.errstate(divide="ignore", invalid="ignore"):
        return overdispersion(np.where(error > 0, distance / error, np.nan), error)


def _widening(tau2: Array, overdispersed: bool) -> Array:
    """What tau2 adds to every variance."""
    return np.where(np.isnan(tau2), 0.0, tau2) if overdispersed else np.zeros_like(tau2)


def _flagged(
    value: Array,
    centre: Array,
    limits: tuple[Array, Array],
    error: Array,
    thin: Flags,
    spread: tuple[Array, Array],
    level: float,
) -> FunnelResult:
    lower, upper = limits
    slack = 1e-12 * np.abs(centre)[:, None]
    flag = (value > upper + slack).astype(np.int8) - (value < lower - slack).astype(np.int8)
    known = ~np.isnan(value) & ~np.isnan(upper)
    return FunnelResult(value, centre, lower, upper, flag, error, thin, *spread, known.sum(axis=1) * (1 - level))
