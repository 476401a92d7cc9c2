"""The expected path of many series at once, its limits, and the months that jump out of them.

The path is a level with the steps and slopes of structural_change; months vary about it, perhaps depending on the month
before. Single months that stand out are set aside before the structure is sought, so that a spike neither bends the
path nor widens its limits, and are held against the path of the others. Limits hold a month of the same process with
the probability `1 - ALARM_RATE`: they allow for the estimation of path and spread (Student), for correlation, and for
the month's own base where the relative spread is given.
Source: Chen and Liu 1993 for outliers beside a structure; Cook and Weisberg 1982 for deleted residuals; Hampel 1974.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from metrics.statistics.arrays import Array, Codes, Flags, known_first, put_rows, rounding_tolerance, take_rows
from metrics.statistics.hampel import hampel_outliers
from metrics.statistics.structural_change import Structure, structure
from metrics.statistics.term_fit import TermFit, fit_terms
from metrics.statistics.term_search import STEP

ALARM_RATE = 0.0027
"""Both sides together: three standard deviations, as on a control chart."""
FEWEST_OF_A_SPREAD, UNEQUAL = 8.0, 0.01
"""Degrees of freedom before and since a step, and the significance, from which on the two sides spread differently."""
FEWEST_OF_A_SPREAD, UNEQUAL = 8.0, 0.01
"""Degrees of freedom before and since a step, and the significance, from which on the two sides spread differently."""
ROUNDS = 4
FEWEST_FREEDOM = 4.0
MOST_JUMPS = 0.25
"""Share of the months that may be set aside."""


@dataclass(frozen=True)
class ExpectedPath:
    """Paths of rows: arrays [rows, months] unless said otherwise, in the units of the values.

    expected, lower, upper: NaN where nothing is said.
    jump: 1 above the limits, -1 below, 0 within or not known. aside: months that are not behind the path.
    deviation: the marginal standard deviation at a relative spread of 1 [rows].
    freedom: effective degrees of freedom [rows].
    """

    expected: Array
    lower: Array
    upper: Array
    jump: Codes
    aside: Flags
    structure: Structure
    fit: TermFit
    deviation: Array
    freedom: Array


@dataclass(frozen=True)
class Given:
    """What is known of the months of rows beside their values; all arrays [rows, months] but `parameters` [rows].

    spread: relative standard deviations (only their ratios matter). forced: months of known steps.
    leverage, parameters: what a season taken out before has cost (season.Season).
    """

    spread: Array
    forced: Flags
    leverage: Array
    parameters: Array

    @classmethod
    def nothing(cls, values: Array) -> Given:
        """Months alike, no known steps, no season."""
        return cls(
            np.ones(values.shape), np.zeros(values.shape, dtype=bool), np.zeros(values.shape), np.zeros(len(values))
        )


def expected_path(values: Array, given: Given | None = None, alarm_rate: float = ALARM_RATE) -> ExpectedPath:
    """The paths of `values` [rows, months], oldest first, NaN not known."""
    values = np.asarray(values, dtype=float)
    given = Given.nothing(values) if given is None else given
    aside = hampel_outliers(values)
    found = structure_of(values, given, aside)
    fit, jump, half, out = _judge(values, given, found, aside, alarm_rate)
    changed = (out != aside).any(axis=1)
    if changed.any():
        put_rows(found, np.flatnonzero(changed), structure_of(values[changed], take_rows(given, changed), out[changed]))
        fit, jump, half, out = _judge(values, given, found, out, alarm_rate)
    wider = _spread_before(values, given, found, fit, out)
    unequal = np.flatnonzero((wider != 1.0).any(axis=1))
    if len(unequal):
        scaled = replace(take_rows(given, unequal), spread=given.spread[unequal] * wider[unequal])
        again, jump[unequal], half[unequal], out[unequal] = _judge(
            values[unequal], scaled, take_rows(found, unequal), out[unequal], alarm_rate
        )
        put_rows(fit, unequal, again)
    expected = _path(values, found, fit)
    return ExpectedPath(
        expected,
        expected - half,
        expected + half,
        jump,
        out,
        found,
        fit,
        np.sqrt(fit.variance),
        effective_freedom(fit, found.rho),
    )


def structure_of(values: Array, given: Given, aside: Flags, slopes: bool = True) -> Structure:
    """The structure of the months not set aside; a forced step moves to the next of them."""
    kept, order = known_first(np.where(aside, np.nan, values))
    known = ~np.isnan(kept)
    times = order.astype(float)
    steps = np.zeros(values.shape, dtype=bool)
    rows, months = np.nonzero(given.forced)
    if len(rows):
        place = (known[rows] & (times[rows] < months[:, None])).sum(axis=1)
        valid = (place > 0) & (place < known[rows].sum(axis=1))
        steps[rows[valid], place[valid]] = True
    return structure(kept, times, np.take_along_axis(given.spread, order, axis=1), steps, slopes)


def _times(values: Array) -> Array:
    return np.broadcast_to(np.arange(values.shape[1], dtype=float), values.shape)


def _path(values: Array, found: Structure, fit: TermFit) -> Array:
    return np.asarray(np.matmul(found.columns(_times(values)), np.nan_to_num(fit.effect)[:, :, None])[:, :, 0])


def effective_freedom(fit: TermFit, rho: Array) -> Array:
    """Degrees of freedom of the spread: months that depend on each other say less of it (Bartlett 1946)."""
    return np.asarray(np.maximum(fit.freedom * (1 - rho**2) / (1 + rho**2), np.minimum(fit.freedom, FEWEST_FREEDOM)))


def _judge(
    values: Array, given: Given, found: Structure, aside: Flags, alarm_rate: float
) -> tuple[TermFit, Codes, Array, Flags]:
    """(fit, jump, half width, months not behind the fit): months are judged by the path of the others, until the same
    ones stand out again.
    """
    out = aside & ~np.isnan(values)
    columns = found.columns(_times(values))
    fit, beyond, gap, half = _judge_once(values, given, columns, found.rho, out, alarm_rate)
    for _ in range(ROUNDS - 1):
        rows = np.flatnonzero((beyond != out).any(axis=1))
        if not len(rows):
            break
        out[rows] = beyond[rows]
        again, beyond[rows], gap[rows], half[rows] = _judge_once(
            values[rows], take_rows(given, rows), columns[rows], found.rho[rows], out[rows], alarm_rate
        )
        put_rows(fit, rows, again)
    # A month that jumps is one outside the limits that are drawn.
    with np.errstate(invalid="ignore"):
        outside = np.abs(gap) > half + rounding_tolerance(values)
    return fit, np.where(outside, np.sign(gap), 0.0).astype(np.int8), half, out


def _spread_before(values: Array, given: Given, found: Structure, fit: TermFit, out: Flags) -> Array:
    """How many times as wide as since the last step the months before it spread [rows, months]; 1 but where the two
    differ beyond chance (F test): a change of the process may change its spread with its level.
    """
    wider = np.ones(values.shape)
    last = np.where(found.kind == STEP, found.since, -1.0).max(axis=1)
    rows = np.flatnonzero(last >= 0)
    if not len(rows):
        return wider
    gap = (values[rows] - _path(values[rows], take_rows(found, rows), take_rows(fit, rows))) / given.spread[rows]
    gap = np.where(out[rows], np.nan, gap)
    before = _times(gap) < last[rows][:, None]
    variance, freedom = np.zeros((2, 2, len(rows)))
    for side, months in enumerate((before, ~before)):
        part = np.where(months, gap, np.nan)
        known = ~np.isnan(part)
        freedom[side] = known.sum(axis=1) - 1.0
        variance[side] = (np.where(known, part, 0.0) ** 2).sum(axis=1) / np.maximum(freedom[side], 1.0)
    judged = (freedom >= FEWEST_OF_A_SPREAD).all(axis=0) & (variance > 0).all(axis=0)
    ratio = np.where(judged, variance[0] / np.where(variance[1] > 0, variance[1], 1.0), 1.0)
    chance = 2 * np.minimum(stats.f.sf(ratio, *freedom), stats.f.cdf(ratio, *freedom))
    unequal = judged & (chance < UNEQUAL)
    wider[rows] = np.where(unequal[:, None] & before, np.sqrt(ratio)[:, None], 1.0)
    return wider


def _judge_once(
    values: Array, given: Given, columns: Array, rho: Array, out: Flags, alarm_rate: float
) -> tuple[TermFit, Flags, Array, Array]:
    """(fit of the months not `out`, beyond, distance from the path, half width of the limits)."""
    fit = _fit(np.where(out, np.nan, values), given, columns, rho)
    gap = values - np.matmul(columns, np.nan_to_num(fit.effect)[:, :, None])[:, :, 0]
    path_variance = (np.matmul(columns, fit.covariance) * columns).sum(axis=2)
    freedom = effective_freedom(fit, rho)
    variance = fit.variance[:, None] * given.spread**2
    path_variance = path_variance + given.leverage * variance
    outer = student_quantile(1 - alarm_rate / 2, freedom)
    half = outer[:, None] * np.sqrt(variance + path_variance)
    # A month behind the path is held against the path without it: the studentised residual, turned about.
    inner = outer * np.sqrt(freedom / (freedom - 1 + outer**2))
    own = inner[:, None] * np.sqrt(np.maximum(variance - path_variance, 0.0))
    with np.errstate(invalid="ignore"):
        # One that is not behind the path is behind its season all the same.
        apart = np.abs(gap) / np.where(out, 1.0 - given.leverage, 1.0)
        beyond = apart > np.where(out, half, own) + rounding_tolerance(values)
    return fit, _most_extreme(beyond, np.abs(gap) / given.spread), gap, half


def fit_path(values: Array, given: Given, found: Structure) -> TermFit:
    """Level and terms of a structure, fitted to `values` [rows, months]."""
    return _fit(values, given, found.columns(_times(values)), found.rho)


def _fit(values: Array, given: Given, columns: Array, rho: Array) -> TermFit:
    kept, order = known_first(values)
    return fit_terms(
        kept,
        order.astype(float),
        np.take_along_axis(given.spread, order, axis=1),
        np.take_along_axis(columns, order[:, :, None], axis=1),
        rho,
        given.parameters,
    )


def student_quantile(level: float, freedom: Array) -> Array:
    """The quantile of Student's distribution, looked up in a table of tenths of a degree."""
    tenths, place = np.unique(np.round(freedom * 10), return_inverse=True)
    return np.asarray(stats.t.ppf(level, tenths / 10))[place.reshape(freedom.shape)]


def _most_extreme(beyond: Flags, size: Array) -> Flags:
    """At most MOST_JUMPS of a row's known months, the largest first."""
    known = (~np.isnan(size)).sum(axis=1)
    most = np.maximum((known * MOST_JUMPS).astype(int), 1)
    many = np.flatnonzero(beyond.sum(axis=1) > most)
    if len(many):
        beyond = beyond.copy()
        rank = (-np.where(beyond[many], size[many], -1.0)).argsort(axis=1).argsort(axis=1)
        beyond[many] &= rank < most[many][:, None]
    return beyond
