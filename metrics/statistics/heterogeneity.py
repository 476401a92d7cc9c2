"""Heterogeneity: how far peers differ among themselves by more than their own errors explain."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy import special

from metrics.statistics.arrays import Array, Indices

WINSORISED = 0.1
"""Share of scores on either side drawn in to the quantile there, so that outliers do not hide themselves."""
LARGE = 200
"""From so many scores on the limit of their expected squares is exact to .15 %."""
NODES = 96
HALVINGS = 60


def overdispersion(z: Array, standard_error: Array) -> tuple[Array, Array]:
    """(phi, tau2) [rows] of z scores [rows, peers], as published: winsorised, and not rescaled for it.

    phi = sum z^2 / n. tau2 = max(0, (n phi - (n - 1)) / (sum w - sum w^2 / sum w)), w = 1 / s^2: the variance between
    peers, in squared units of the standard errors; 0 below two peers.
    Winsorising takes a third of the squares of normal scores away, so phi is .68 under chance, and of peers that truly
    spread like a normal distribution the square root of tau2 shows some four fifths: see `dispersion`.
    Source: Spiegelhalter 2005; DerSimonian and Laird 1986; R package FunnelPlotR.
    """
    z = np.where(standard_error > 0, z, np.nan)
    known = ~np.isnan(z)
    n = known.sum(axis=1)
    squares = _winsorised_squares(z)
    w = np.where(known, 1 / np.where(known, standard_error, 1.0) ** 2, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = squares / n
        tau2 = (squares - (n - 1)) / (w.sum(axis=1) - (w**2).sum(axis=1) / w.sum(axis=1))
    return phi, np.where(n >= 2, np.maximum(tau2, 0.0), np.where(n > 0, 0.0, np.nan))


def dispersion(distance: Array, standard_error: Array) -> tuple[Array, Array]:
    """(phi, tau2) [rows] of distances from the centre [rows, peers], rescaled for the winsorising.

    phi: sum z^2 over what it is on average of peers that differ by chance alone (`expected_squares`): then 1; NaN
    below two peers.
    tau2: the variance between peers with which the winsorised sum of distance^2 / (s^2 + tau2) is what it is on
    average; 0 where it is less without, and below two peers. As these scores spread alike whatever a peer's base, it
    is not shrunk where bases differ, as a constant alone would leave it. It is taken larger by n / (n - 1), because
    limits about an estimate from few peers flag more than those about a known one.
    Source: Paule and Mandel 1982, with winsorised scores as in Spiegelhalter 2005.
    """
    error = np.where((standard_error > 0) & ~np.isnan(distance), standard_error, np.nan)
    distance = np.where(np.isnan(error), np.nan, distance)
    n = (~np.isnan(error)).sum(axis=1)
    goal = expected_squares(n)
    at_chance = _winsorised_squares(distance / error)
    several = n >= 2
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = np.where(several, at_chance / goal, np.nan)
        goal = np.where(several, goal * (n - 1) / n, np.inf)
    low = np.zeros(len(n))
    high = np.nansum(distance**2, axis=1) / goal
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        above = _winsorised_squares(distance / np.sqrt(error**2 + middle[:, None])) > goal
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return phi, np.where(n == 0, np.nan, np.where(at_chance > goal, high, 0.0))


def expected_squares(n: Indices) -> Array:
    """The mean of the winsorised sum of squares of n standard normal scores about their own mean; 0 below two.

    Winsorised at 10 % it tends to .678655 n: 1 - 2 p - 2 a f(a) + 2 p a^2 with p = .1, a the normal quantile of
    1 - p and f the density. For few scores it is exact, from the moments of order statistics.
    Source: Tukey and McLaughlin 1963; David and Nagaraja 2003, 2.1 to 2.3.
    """
    sizes, place = np.unique(n, return_inverse=True)
    return np.array([_expected_squares(int(size)) for size in sizes], dtype=float)[place].reshape(np.shape(n))


@lru_cache(maxsize=4096)
def _expected_squares(n: int) -> float:
    if n < 2:
        return 0.0
    if n > LARGE:
        a = float(special.ndtri(1 - WINSORISED))
        density = np.exp(-(a**2) / 2) / np.sqrt(2 * np.pi)
        return float((1 - 2 * WINSORISED - 2 * a * density + 2 * WINSORISED * a**2) * (n - 1))
    position = WINSORISED * (n - 1)
    drawn_in, share = int(position), position - int(position)
    # Gauss-Legendre in the probability of the upper of two neighbours, and in that of the lower one given the upper.
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    nodes, weights = (nodes + 1) / 2, weights / 2
    places = np.arange(1, drawn_in + 3)
    uniform = special.betaincinv(places[:, None], n + 1 - places[:, None], nodes)
    squares = special.ndtri(uniform) ** 2 @ weights
    upper, given = uniform[-1], nodes ** (1 / (drawn_in + 1))
    product = weights @ (special.ndtri(upper)[:, None] * special.ndtri(upper[:, None] * given)) @ weights
    quantile = (1 - share) ** 2 * squares[-2] + share**2 * squares[-1] + 2 * share * (1 - share) * product
    # The squares of all n sum to n; on either side those drawn in leave it for the quantile's. Their mean takes one.
    return float(n - 2 * (squares[:-1] - quantile).sum() - 1)


def _winsorised_squares(z: Array) -> Array:
    """The sum of squares [rows] of z [rows, peers] winsorised at 10 % on either side; NaN scores are left out."""
    if not z.shape[1]:
        return np.zeros(len(z))
    ordered = np.sort(z, axis=1)
    last = np.maximum((~np.isnan(z)).sum(axis=1) - 1, 0)[:, None]
    low, high = (_quantile(ordered, last * share) for share in (WINSORISED, 1 - WINSORISED))
    return np.asarray(np.nansum(np.clip(z, low, high) ** 2, axis=1))


def _quantile(ordered: Array, position: Array) -> Array:
    """The values [rows, 1] at these positions of sorted rows, linear between neighbours."""
    below = np.floor(position).astype(np.intp)
    share = position - below
    above = np.minimum(below + (share > 0), ordered.shape[1] - 1)
    left, right = (np.take_along_axis(ordered, place, axis=1) for place in (below, above))
    return np.asarray(left + share * (right - left))


def homogeneity(change: Array, standard_error: Array, degrees: Array | float = np.inf) -> tuple[Array, Array]:
    """(Q, p) [rows] of changes [rows, parts]: p is how often chance makes one common change look as uneven as this.

    Q = sum w (change - mean)^2, w = 1 / s^2, mean by w; chi-square with one degree less than the parts known.
    degrees: those of each standard error (infinite: it is known); an error from few counts wider by the mean of its
    F distribution, degrees / (degrees - 2), and one of 2 or fewer says nothing.
    NaN below two parts. Source: Cochran 1954.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        wider = np.where(np.isinf(degrees), 1.0, np.asarray(degrees) / (np.asarray(degrees) - 2))
    variance = standard_error**2 * np.where(np.asarray(degrees) > 2, wider, np.nan)
    known = (variance > 0) & ~np.isnan(change)
    w = np.where(known, 1 / np.where(known, variance, 1.0), 0.0)
    change = np.where(known, change, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (w * change).sum(axis=1, keepdims=True) / w.sum(axis=1, keepdims=True)
    parts = known.sum(axis=1)
    q = np.where(parts >= 2, (w * (change - mean) ** 2).sum(axis=1), np.nan)
    return q, np.where(parts >= 2, special.chdtrc(np.maximum(parts - 1, 1), np.nan_to_num(q)), np.nan)
