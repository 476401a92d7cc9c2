"""p, u and Laney's p', u' charts: proportions and rates on bases so large that plain limits would flag every month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import Array, Numbers
from metrics.statistics.volatility import mean_moving_range

D2 = 1.128
BY_CHANCE = 1.0
"""sigma_z where the bases explain all that the months vary."""


@dataclass(frozen=True)
class LaneyResult:
    """A p or u chart of each row: arrays [rows, months], but `sigma_z` [rows].

    sigma_z: the spread between months over what the bases alone explain (1 = no more).
    """

    value: Array
    centre: Array
    lower: Array
    upper: Array
    sigma_z: Array


def p_chart(
    numerator: Array, denominator: Array, prime: bool = True, scale: Numbers = 1.0, screen: bool = False
) -> LaneyResult:
    """The p chart of proportions: the numerator is part of the denominator. Both [rows, months].

    Limits lie within 0..scale. The result is in `scale` (100 = per cent; one number or [rows]). `prime` widens the
    limits by sigma_z (Laney 2002), of which `screen` leaves out shocks. Months with an unknown or empty base, or a
    numerator beyond it, are skipped.
    """
    return _chart(numerator, denominator, True, prime, scale, screen)


def u_chart(
    numerator: Array, denominator: Array, prime: bool = True, scale: Numbers = 1.0, screen: bool = False
) -> LaneyResult:
    """The u chart of rates: events over a base. Both [rows, months].

    Limits are 0 or more. The result is in `scale` (10,000 = per ten thousand; one number or [rows]). `prime` widens the
    limits by sigma_z (Laney 2002), of which `screen` leaves out shocks. Months with an unknown or empty base are
    skipped.
    """
    return _chart(numerator, denominator, False, prime, scale, screen)


def _chart(
    numerator: Array, denominator: Array, proportion: bool, prime: bool, scale: Numbers, screen: bool
) -> LaneyResult:
    x, n = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    valid = (x >= 0) & (n > 0) & ((x <= n) if proportion else True)
    x, n = np.where(valid, x, np.nan), np.where(valid, n, np.nan)
    value = x / n
    with np.errstate(invalid="ignore"):
        total = np.where(valid.any(axis=1), np.nansum(x, axis=1) / np.nansum(n, axis=1), np.nan)
    centre = np.broadcast_to(total[:, None], value.shape)
    sigma = np.sqrt(centre * (1 - centre if proportion else 1.0) / n)
    with np.errstate(divide="ignore", invalid="ignore"):
        # Without any event (or with nothing else) every month lies on the centre.
        z = np.where(sigma > 0, (value - centre) / sigma, np.where(valid, 0.0, np.nan))
    sigma_z = mean_moving_range(z) / D2
    if screen:
        # Of few cases every case is a jump: what is screened is the excess over chance, never chance itself.
        sigma_z = np.maximum(mean_moving_range(z, screen=True) / D2, np.minimum(sigma_z, BY_CHANCE))
    half = 3 * sigma * (sigma_z[:, None] if prime else 1.0)
    lower, upper = np.maximum(centre - half, 0.0), centre + half
    if proportion:
        upper = np.minimum(upper, 1.0)
    each = np.broadcast_to(np.asarray(scale, dtype=float), len(value))[:, None]
    return LaneyResult(value * each, centre * each, lower * each, upper * each, sigma_z)
