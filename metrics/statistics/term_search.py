"""The search for the next step or slope of many series at once: the one with the largest t statistic.

Errors may depend on the month before: the correlation is estimated anew for every candidate by restricted likelihood,
so that a true step does not pass for correlation, nor correlation for a step. Critical values allow for the months
tried; they come from simulation (tests/metrics/statistics/test_path_model.py prints the error rates).
Source: Bai and Perron 1998 for the sequential search; Harville 1977.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.serial_correlation import RHO_GRID, Whitening, whitening

MOST_TERMS = 4
"""Steps and slopes that one series may have: more are no longer a path."""
SHORTEST_LEVEL, SHORTEST_SLOPE = 3, 6
"""Known months on either side of a step (fewer are single months), and of a slope."""
CRITICAL_STEP, CRITICAL_RECENT_STEP, CRITICAL_TREND, CRITICAL_SLOPE = 3.2, 2.45, 2.3, 3.5
"""t statistics from which a term is taken, of independent months. A step of `RECENT` months and fewer needs less: it
is what a meeting asks about; until `SETTLED` months the value rises to that of any step.
"""
RECENT, SETTLED = 7, 15
CRITICAL_BY_RHO, CRITICAL_BY_TERM = 2.0, 0.2
"""What a unit of correlation adds to a critical value, and each term before it (as in Bai and Perron's tables)."""
NO_TERM, STEP, SLOPE = 0, 1, 2
SEARCHED = {STEP: 0.2, SLOPE: 0.8}
"""What the largest of many statistics owes to the search; a trend from the first month on is tried once."""
SINGULAR = 1e-9


@dataclass(frozen=True)
class BestTerm:
    """The best further term of each row: its t statistic, by how much it passes its critical value (or does not)."""

    statistic: Array
    excess: Array
    kind: np.ndarray
    since: Indices
    rho: Array


@dataclass(frozen=True)
class Points:
    """Series whose known values stand at the left: values, their months and relative spreads [rows, points]."""

    values: Array
    times: Array
    spread: Array


@dataclass(frozen=True)
class Terms:
    """The terms taken so far: kind and first point of each [rows, MOST_TERMS], and how many each row has [rows]."""

    kind: np.ndarray
    since: Indices
    used: Indices

    @classmethod
    def none(cls, rows: int) -> Terms:
        shape = (rows, MOST_TERMS)
        return cls(np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.intp), np.zeros(rows, dtype=np.intp))

    def add(self, rows: Indices, best: BestTerm) -> None:
        """Writes the terms of `best` behind those of `rows`."""
        self.kind[rows, self.used[rows]], self.since[rows, self.used[rows]] = best.kind, best.since
        self.used[rows] += 1


def term_columns(times: Array, kind: np.ndarray, since: Indices) -> Array:
    """The regressors [rows, points, terms] of terms that begin at the points `since` [rows, terms]."""
    begun = np.arange(times.shape[1])[None, :, None] >= since[:, None, :]
    before = np.take_along_axis(times, np.maximum(since - 1, 0), axis=1)[:, None, :]
    ramp = begun * (times[:, :, None] - before)
    return np.where(kind[:, None, :] == STEP, begun * 1.0, np.where(kind[:, None, :] == SLOPE, ramp, 0.0))


def critical_value(kind: np.ndarray | int, since: Indices, count: np.ndarray) -> Array:
    """The t statistic that a term of independent months must pass; shapes broadcast."""
    lasting = count - since
    settled = np.clip((lasting - RECENT) / (SETTLED - RECENT), 0.0, 1.0)
    step = CRITICAL_RECENT_STEP + settled * (CRITICAL_STEP - CRITICAL_RECENT_STEP)
    return np.asarray(np.where(np.equal(kind, STEP), step, np.where(since == 0, CRITICAL_TREND, CRITICAL_SLOPE)))


def best_term(series: Points, terms: Terms, slopes: bool) -> BestTerm:
    """The best further term of each row; `slopes`: whether a level may also rise or fall."""
    values, times, spread = series.values, series.times, series.spread
    kind, since, used = terms.kind, terms.since, terms.used
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
    return _choose(statistic, correlation, rho, count, used)


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


def _choose(
    statistic: dict[int, Array], correlation: dict[int, Array], rho: Array, count: Array, used: Indices
) -> BestTerm:
    """The term of each row with the largest statistic of those that pass their critical values, else of all."""
    rows, points = np.arange(len(rho)), np.arange(statistic[STEP].shape[1])[None, :]
    excess: dict[int, Array] = {}
    preferred: dict[int, Array] = {}
    for name in (STEP, SLOPE):
        over = statistic[name] - critical_value(name, points, count[:, None])
        excess[name] = over - CRITICAL_BY_RHO * correlation[name] - CRITICAL_BY_TERM * used[:, None]
    any_passes = np.any((excess[STEP] > 0) | (excess[SLOPE] > 0), axis=1, keepdims=True)
    for name in (STEP, SLOPE):
        searched = np.where((name == SLOPE) & (points == 0), 0.0, SEARCHED[name])
        passing = (excess[name] > 0) | ~any_passes
        preferred[name] = np.where(passing, statistic[name] - searched, -np.inf)
    at = {name: preferred[name].argmax(axis=1) for name in preferred}
    top = {name: preferred[name][rows, at[name]] for name in preferred}
    sloped = top[SLOPE] > top[STEP]
    return BestTerm(
        np.where(sloped, statistic[SLOPE][rows, at[SLOPE]], statistic[STEP][rows, at[STEP]]),
        np.where(sloped, excess[SLOPE][rows, at[SLOPE]], excess[STEP][rows, at[STEP]]),
        np.where(sloped, SLOPE, STEP).astype(np.int8),
        np.where(sloped, at[SLOPE], at[STEP]),
        rho,
    )
