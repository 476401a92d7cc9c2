"""Steps and slopes of many series at once: at which months the level or the slope of a series changed for good.

A forward search: of all steps (the level moves from a month on) and slopes (the level begins to rise or fall by so much
a month; from the first month on: a trend) the one with the largest t statistic is taken while it passes its critical
value, which allows for the months tried. Errors may depend on the month before: the correlation is estimated anew
for every candidate by restricted likelihood, so that a true step does not pass for correlation, nor correlation for a
step. Critical values come from simulation (tests/metrics/statistics/test_expected_path.py prints the error rates).
Source: Bai and Perron 1998 for the sequential search; Harville 1977; ruptures is the reference in tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.serial_correlation import RHO_GRID, Whitening, whitening
from metrics.statistics.term_fit import fit_terms

MOST_TERMS = 4
"""Steps and slopes that one series may have: more are no longer a path."""
SHORTEST_LEVEL, SHORTEST_SLOPE = 3, 6
"""Known months on either side of a step (fewer are single months), and of a slope."""
CRITICAL_STEP, CRITICAL_RECENT_STEP, CRITICAL_TREND, CRITICAL_SLOPE = 3.2, 2.45, 2.3, 3.5
"""t statistics from which a term is taken, of independent months. A step of `RECENT` months and fewer needs less: it
is what a meeting asks about; until `SETTLED` months the value rises to that of any step.
"""
RECENT, SETTLED = 7, 15
CRITICAL_BY_RHO = 2.0
"""What a unit of correlation adds to a critical value."""
NO_TERM, STEP, SLOPE = 0, 1, 2
SEARCHED = {STEP: 0.2, SLOPE: 0.8}
"""What the largest of many statistics owes to the search; a trend from the first month on is tried once."""
SINGULAR = 1e-9


@dataclass(frozen=True)
class Structure:
    """The terms found in each row, and the correlation of its errors.

    kind: NO_TERM, STEP or SLOPE [rows, MOST_TERMS].
    since: the month from which on a term holds [rows, MOST_TERMS].
    origin: the month before it with a value, where a slope is still 0; of a trend its first month.
    rho: [rows].
    """

    kind: np.ndarray
    since: Array
    origin: Array
    rho: Array

    def of(self, rows: Indices | Flags) -> Structure:
        """Some rows."""
        return Structure(self.kind[rows], self.since[rows], self.origin[rows], self.rho[rows])

    def columns(self, times: Array) -> Array:
        """The regressors [rows, months, 1 + MOST_TERMS] at the months `times` [rows, months].

        The level is 1, a step 0 then 1, a slope the months since its origin.
        """
        begun, kind = times[:, :, None] >= self.since[:, None, :], self.kind[:, None, :]
        ramp = begun * (times[:, :, None] - self.origin[:, None, :])
        terms = np.where(kind == STEP, begun * 1.0, np.where(kind == SLOPE, ramp, 0.0))
        return np.concatenate([np.ones((*times.shape, 1)), terms], axis=2)


def term_columns(times: Array, kind: np.ndarray, since: Indices) -> Array:
    """The regressors [rows, points, terms] of terms that begin at the points `since` [rows, terms]."""
    begun = np.arange(times.shape[1])[None, :, None] >= since[:, None, :]
    before = np.take_along_axis(times, np.maximum(since - 1, 0), axis=1)[:, None, :]
    ramp = begun * (times[:, :, None] - before)
    return np.where(kind[:, None, :] == STEP, begun * 1.0, np.where(kind[:, None, :] == SLOPE, ramp, 0.0))


def structure(values: Array, times: Array, spread: Array, forced: Flags, slopes: bool = True) -> Structure:
    """The structure of series whose known values stand at the left of `values` [rows, points] (NaN behind them).

    times: the month of each point. spread: its relative standard deviation.
    forced: points at which a step is known to have happened (loaded events); they are terms without a test.
    slopes: whether a level may rise or fall; else it only steps.
    """
    rows = len(values)
    kind = np.zeros((rows, MOST_TERMS), dtype=np.int8)
    since = np.zeros((rows, MOST_TERMS), dtype=np.intp)
    used = _take_forced(forced, kind, since)
    fixed = used.copy()
    rho = np.zeros(rows)
    open_rows = np.arange(rows)
    while len(open_rows):
        best = _best_term(
            values[open_rows],
            times[open_rows],
            spread[open_rows],
            kind[open_rows],
            since[open_rows],
            used[open_rows],
            slopes,
        )
        rho[open_rows] = best.rho
        accepted = best.excess > 0
        open_rows = open_rows[accepted]
        kind[open_rows, used[open_rows]] = best.kind[accepted]
        since[open_rows, used[open_rows]] = best.since[accepted]
        used[open_rows] += 1
    several = np.flatnonzero(used - fixed > 1)
    if len(several):
        _drop_explained(values, times, spread, kind, since, rho, fixed, several)
    return Structure(
        kind, np.take_along_axis(times, since, axis=1), np.take_along_axis(times, np.maximum(since - 1, 0), axis=1), rho
    )


def _drop_explained(
    values: Array,
    times: Array,
    spread: Array,
    kind: np.ndarray,
    since: Indices,
    rho: Array,
    fixed: Indices,
    rows: Indices,
) -> None:
    """Takes out, one at a time, terms that the terms found after them explain (a step on the way up of a trend)."""
    while len(rows):
        columns = term_columns(times[rows], kind[rows], since[rows])
        columns = np.concatenate([np.ones((*columns.shape[:2], 1)), columns], axis=2)
        fit = fit_terms(values[rows], times[rows], spread[rows], columns, rho[rows])
        count = (~np.isnan(values[rows])).sum(axis=1)
        critical = critical_value(kind[rows], since[rows], count[:, None]) + CRITICAL_BY_RHO * rho[rows][:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            excess = np.abs(fit.effect[:, 1:]) / fit.error[:, 1:] - critical
        droppable = (kind[rows] != NO_TERM) & (np.arange(MOST_TERMS) >= fixed[rows][:, None])
        excess = np.where(droppable, np.nan_to_num(excess, nan=-np.inf), np.inf)
        weakest = excess.argmin(axis=1)
        drop = excess[np.arange(len(rows)), weakest] < 0
        rows = rows[drop]
        for row, term in zip(rows, weakest[drop], strict=True):
            kind[row] = np.append(np.delete(kind[row], term), NO_TERM)
            since[row] = np.append(np.delete(since[row], term), 0)


def critical_value(kind: np.ndarray | int, since: Indices, count: np.ndarray) -> Array:
    """The t statistic that a term of independent months must pass; shapes broadcast."""
    lasting = count - since
    settled = np.clip((lasting - RECENT) / (SETTLED - RECENT), 0.0, 1.0)
    step = CRITICAL_RECENT_STEP + settled * (CRITICAL_STEP - CRITICAL_RECENT_STEP)
    return np.asarray(np.where(np.equal(kind, STEP), step, np.where(since == 0, CRITICAL_TREND, CRITICAL_SLOPE)))


def _take_forced(forced: Flags, kind: np.ndarray, since: Indices) -> Indices:
    """Writes the latest forced steps into the terms; returns how many each row has."""
    used = np.zeros(len(kind), dtype=np.intp)
    for row in np.flatnonzero(forced.any(axis=1)):
        found = np.flatnonzero(forced[row])[-MOST_TERMS:]
        kind[row, : len(found)], since[row, : len(found)] = STEP, found
        used[row] = len(found)
    return used


@dataclass
class _Best:
    """The best further term of each row: by how much it passes its critical value (negative: it does not)."""

    excess: Array
    kind: np.ndarray
    since: Indices
    rho: Array


def _best_term(
    values: Array, times: Array, spread: Array, kind: np.ndarray, since: Indices, used: Indices, slopes: bool
) -> _Best:
    rows, points = values.shape
    known = ~np.isnan(values)
    count = known.sum(axis=1).astype(float)
    weight = np.where(known, 1.0 / spread, 0.0)
    observed = np.where(known, values, 0.0) * weight
    ramp = np.where(known, times - times[:, :1], 0.0) * weight
    most = int(used.max(initial=0))
    columns = term_columns(times, kind[:, :most], since[:, :most]) * weight[:, :, None]
    admitted = _admitted(known, count, kind, since, used)
    admitted[SLOPE] &= slopes
    likelihood = {name: np.full((rows, points), np.inf) for name in (STEP, SLOPE)}
    statistic = {name: np.full((rows, points), -np.inf) for name in (STEP, SLOPE)}
    correlation = {name: np.zeros((rows, points)) for name in (STEP, SLOPE)}
    plain, rho = np.full(rows, np.inf), np.zeros(rows)
    parameters = used + 1
    for tried in RHO_GRID:
        white = whitening(times, known, tried)
        basis, log_norms = _orthonormal(white, [weight, *np.moveaxis(columns, 2, 0)])
        residual = white.apply(observed)
        least = 1e-20 * np.maximum((residual**2).sum(axis=1), 1e-300)
        for column in basis:
            residual = residual - (column * residual).sum(axis=1, keepdims=True) * column
        rest = np.maximum((residual**2).sum(axis=1), least)
        freedom = np.maximum(count - parameters, 1.0)
        base = log_norms - white.log_determinant
        found = freedom * np.log(rest / freedom) + base
        better = found < plain
        plain[better], rho[better] = found[better], tried
        freedom = np.maximum(freedom - 1.0, 1.0)[:, None]
        for name, (shared, norm) in _projections(white, weight, ramp, residual, basis).items():
            fits = admitted[name] & (norm > SINGULAR * count[:, None])
            norm = np.where(fits, norm, 1.0)
            gain = shared**2 / norm
            left = np.maximum(rest[:, None] - gain, least[:, None])
            with np.errstate(divide="ignore"):
                found = freedom * np.log(left / freedom) + base[:, None] + np.log(norm)
            better = fits & (found < likelihood[name])
            likelihood[name] = np.where(better, found, likelihood[name])
            statistic[name] = np.where(better, np.sqrt(gain * freedom / left), statistic[name])
            correlation[name] = np.where(better, tried, correlation[name])
    return _choose(statistic, correlation, rho, count)


def _projections(
    white: Whitening, weight: Array, ramp: Array, residual: Array, basis: list[Array]
) -> dict[int, tuple[Array, Array]]:
    """Kind of term -> (inner product with the residual, squared norm beside the basis) of a term from each point on.

    Sums from a point to the end give them for all points at once: whitened, a step is its own weight at its point and
    the whitened constant behind it; a slope is the whitened ramp less its height before the point.
    """
    unit, rise = white.apply(weight), white.apply(ramp)
    head = white.scale * weight
    height = np.zeros_like(ramp)
    height[:, 1:] = np.where(weight[:, :-1] > 0, ramp[:, :-1] / np.where(weight[:, :-1] > 0, weight[:, :-1], 1.0), 0.0)

    def inner(other: Array) -> tuple[Array, Array]:
        level = _to_the_end(unit * other)
        return level + (head - unit) * other, _to_the_end(rise * other) - height * level

    step, slope = inner(residual)
    levels = _to_the_end(unit * unit)
    step_norm = levels + head**2 - unit**2
    slope_norm = _to_the_end(rise * rise) - 2.0 * height * _to_the_end(rise * unit) + height**2 * levels
    for column in basis:
        beside_step, beside_slope = inner(column)
        step_norm -= beside_step**2
        slope_norm -= beside_slope**2
    return {STEP: (step, step_norm), SLOPE: (slope, slope_norm)}


def _to_the_end(values: Array) -> Array:
    """The sum of each row from every column to the last."""
    return np.asarray(np.cumsum(values[:, ::-1], axis=1)[:, ::-1])


def _orthonormal(white: Whitening, columns: list[Array]) -> tuple[list[Array], Array]:
    """The whitened columns made orthonormal (empty ones stay 0), and the log of their squared norms' product [rows]."""
    found: list[Array] = []
    log_norms = np.zeros(len(columns[0]))
    for raw in columns:
        column = white.apply(raw)
        size = (column**2).sum(axis=1)
        for other in found:
            column = column - (other * column).sum(axis=1, keepdims=True) * other
        norm = (column**2).sum(axis=1)
        real = norm > SINGULAR * np.maximum(size, 1e-300)
        log_norms += np.where(real, np.log(np.where(real, norm, 1.0)), 0.0)
        found.append(column * np.where(real, 1.0 / np.sqrt(np.where(real, norm, 1.0)), 0.0)[:, None])
    return found, log_norms


def _admitted(known: Flags, count: Array, kind: np.ndarray, since: Indices, used: Indices) -> dict[int, Flags]:
    """At which points a step or a slope may begin: with enough months on either side of it and of the steps found."""
    points = np.arange(known.shape[1])[None, :]
    left, right = points, count[:, None] - points
    free = (known & (used < MOST_TERMS)[:, None]) & (count >= used + SHORTEST_SLOPE)[:, None]
    step = free & (left >= SHORTEST_LEVEL) & (right >= SHORTEST_LEVEL)
    slope = free & ((left == 0) | (left >= SHORTEST_SLOPE)) & (right >= SHORTEST_SLOPE)
    for term in range(int(used.max(initial=0))):
        apart = np.abs(points - since[:, [term]])
        is_step, is_slope = kind[:, [term]] == STEP, kind[:, [term]] == SLOPE
        step &= ~is_step | (apart >= SHORTEST_LEVEL)
        slope &= ~is_slope | (apart >= SHORTEST_SLOPE)
    return {STEP: step, SLOPE: slope}


def _choose(statistic: dict[int, Array], correlation: dict[int, Array], rho: Array, count: Array) -> _Best:
    """The term of each row with the largest statistic of those that pass their critical values."""
    rows, points = np.arange(len(rho)), np.arange(statistic[STEP].shape[1])[None, :]
    excess: dict[int, Array] = {}
    preferred: dict[int, Array] = {}
    for name in (STEP, SLOPE):
        over = statistic[name] - critical_value(name, points, count[:, None])
        excess[name] = over - CRITICAL_BY_RHO * correlation[name]
        searched = np.where((name == SLOPE) & (points == 0), 0.0, SEARCHED[name])
        preferred[name] = np.where(excess[name] > 0, statistic[name] - searched, -np.inf)
    at = {name: preferred[name].argmax(axis=1) for name in preferred}
    top = {name: preferred[name][rows, at[name]] for name in preferred}
    sloped = top[SLOPE] > top[STEP]
    return _Best(
        np.where(sloped, excess[SLOPE][rows, at[SLOPE]], excess[STEP][rows, at[STEP]]),
        np.where(sloped, SLOPE, STEP).astype(np.int8),
        np.where(sloped, at[SLOPE], at[STEP]),
        rho,
    )
