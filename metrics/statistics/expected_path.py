"""The expected path of many series at once, its limits, and the months that jump out of them.

The path is a level with the steps and slopes of structural_change; months vary about it, perhaps depending on the month
before. Single months that stand out are set aside before the structure is sought, so that a spike neither bends the
path nor widens its limits, and are held against the path of the others. Limits hold a month of the same process with
the probability `1 - ALARM_RATE`: they allow for the estimation of path and spread (Student), for correlation, and for
the month's own base where the relative spread is given.
Source: Chen and Liu 1993 for outliers beside a structure; Cook and Weisberg 1982 for deleted residuals; Hampel 1974.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.statistics.arrays import Array, Codes, Flags, Indices, known_first, row_median
from metrics.statistics.structural_change import SHORTEST_LEVEL, Structure, structure
from metrics.statistics.term_fit import TermFit, fit_terms

ALARM_RATE = 0.0027
"""Both sides together: three standard deviations, as on a control chart."""
HAMPEL_MONTHS, HAMPEL_LIMIT = 7, 3.5
NORMAL_MAD = 1.4826
"""Median absolute deviation -> standard deviation of a normal distribution."""
LEAST_SCALE = 0.7
"""Of a series that hardly varies the standard deviation, times this, stands in for the median deviation of nothing."""
ROUNDS = 4
FEWEST_FREEDOM = 4.0
MOST_JUMPS = 0.25
"""Share of the months that may be set aside."""


@dataclass(frozen=True)
class ExpectedPath:
    """Paths of rows: arrays [rows, months] unless said otherwise, in the units of the values.

    expected, lower, upper: NaN where nothing is said.
    jump: 1 above the limits, -1 below, 0 within or not known.
    deviation: the marginal standard deviation at a relative spread of 1 [rows].
    freedom: effective degrees of freedom [rows].
    """

    expected: Array
    lower: Array
    upper: Array
    jump: Codes
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

    def of(self, rows: Flags | Indices) -> Given:
        """What is known of some rows."""
        return Given(self.spread[rows], self.forced[rows], self.leverage[rows], self.parameters[rows])


def expected_path(values: Array, given: Given | None = None, alarm_rate: float = ALARM_RATE) -> ExpectedPath:
    """The paths of `values` [rows, months], oldest first, NaN not known."""
    values = np.asarray(values, dtype=float)
    given = Given.nothing(values) if given is None else given
    aside = set_aside(values)
    found = structure_of(values, given, aside)
    fit, jump, half = _judge(values, given, found, aside, alarm_rate)
    changed = ((jump != 0) != aside).any(axis=1)
    if changed.any():
        again = structure_of(values[changed], given.of(changed), jump[changed] != 0)
        found = _merged(found, again, changed)
        fit, jump, half = _judge(values, given, found, jump != 0, alarm_rate)
    expected = _path(values, found, fit)
    return ExpectedPath(
        expected,
        expected - half,
        expected + half,
        jump,
        found,
        fit,
        np.sqrt(fit.variance),
        effective_freedom(fit, found.rho),
    )


def set_aside(values: Array) -> Flags:
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
    far = (count >= HAMPEL_MONTHS)[:, None] & (away > HAMPEL_LIMIT * scale[:, None] + _slack(values))
    found = np.zeros(values.shape, dtype=bool)
    np.put_along_axis(found, order, far & ~_in_a_row(far * np.nan_to_num(np.sign(gap)), SHORTEST_LEVEL), axis=1)
    return found


def _in_a_row(sides: Array, length: int) -> Flags:
    """Which columns belong to `length` or more neighbours of one side (1 or -1; 0 belongs to none)."""
    found = np.zeros(sides.shape, dtype=bool)
    for first in range(sides.shape[1] - length + 1):
        part = sides[:, first : first + length]
        found[:, first : first + length] |= (np.abs(part.sum(axis=1)) == length)[:, None]
    return found


def _slack(values: Array) -> Array:
    return np.asarray(1e-9 * np.nanmax(np.abs(values), axis=1, initial=0.0, where=~np.isnan(values), keepdims=True))


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


def _merged(first: Structure, second: Structure, rows: Flags) -> Structure:
    parts = {}
    for name in ("kind", "since", "origin", "rho"):
        whole = getattr(first, name).copy()
        whole[rows] = getattr(second, name)
        parts[name] = whole
    return Structure(**parts)


def _times(values: Array) -> Array:
    return np.broadcast_to(np.arange(values.shape[1], dtype=float), values.shape)


def _path(values: Array, found: Structure, fit: TermFit) -> Array:
    return np.asarray(np.matmul(found.columns(_times(values)), np.nan_to_num(fit.effect)[:, :, None])[:, :, 0])


def effective_freedom(fit: TermFit, rho: Array) -> Array:
    """Degrees of freedom of the spread: months that depend on each other say less of it (Bartlett 1946)."""
    return np.asarray(np.maximum(fit.freedom * (1 - rho**2) / (1 + rho**2), np.minimum(fit.freedom, FEWEST_FREEDOM)))


def _judge(
    values: Array, given: Given, found: Structure, aside: Flags, alarm_rate: float
) -> tuple[TermFit, Codes, Array]:
    """(fit, jump, half width): months are judged by the path of the others, until the same ones jump again."""
    out = aside & ~np.isnan(values)
    columns = found.columns(_times(values))
    fit, beyond, gap, half = _judge_once(values, given, columns, found.rho, out, alarm_rate)
    for _ in range(ROUNDS - 1):
        rows = np.flatnonzero((beyond != out).any(axis=1))
        if not len(rows):
            break
        out[rows] = beyond[rows]
        again, beyond[rows], gap[rows], half[rows] = _judge_once(
            values[rows], given.of(rows), columns[rows], found.rho[rows], out[rows], alarm_rate
        )
        for name in ("effect", "error", "covariance", "variance", "freedom"):
            getattr(fit, name)[rows] = getattr(again, name)
    jump = np.where(out, np.sign(gap), 0.0)
    return fit, np.nan_to_num(jump).astype(np.int8), half


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
        beyond = np.abs(gap) > np.where(out, half, own) + _slack(values)
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
