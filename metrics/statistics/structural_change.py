"""Steps and slopes of many series at once: at which months the level or the slope of a series changed for good.

A forward search: of all steps (the level moves from a month on) and slopes (the level begins to rise or fall by so much
a month; from the first month on: a trend) the best (term_search) is taken while it passes its critical value; where
no single one does, two are tried together; terms that later ones explain are taken out again.
Source: Bai and Perron 1998 for the sequential search; ruptures is the reference in tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import Array, Flags, Indices, put_rows, take_rows
from metrics.statistics.term_fit import fit_terms
from metrics.statistics.term_search import (
    CRITICAL_BY_RHO,
    MOST_TERMS,
    NO_TERM,
    SLOPE,
    STEP,
    BestTerm,
    Points,
    Terms,
    best_term,
    critical_value,
    term_columns,
)

BUMP_RHO, CRITICAL_BY_PAIR = 0.4, 3.0
"""A level that moved and moved back passes for correlation, and neither step is seen alone: from this correlation on
two terms are tried together, for so much more.
"""


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

    def columns(self, times: Array) -> Array:
        """The regressors [rows, months, 1 + MOST_TERMS] at the months `times` [rows, months].

        The level is 1, a step 0 then 1, a slope the months since its origin.
        """
        begun, kind = times[:, :, None] >= self.since[:, None, :], self.kind[:, None, :]
        ramp = begun * (times[:, :, None] - self.origin[:, None, :])
        terms = np.where(kind == STEP, begun * 1.0, np.where(kind == SLOPE, ramp, 0.0))
        return np.concatenate([np.ones((*times.shape, 1)), terms], axis=2)


def structure(values: Array, times: Array, spread: Array, forced: Flags, slopes: bool = True) -> Structure:
    """The structure of series whose known values stand at the left of `values` [rows, points] (NaN behind them).

    times: the month of each point. spread: its relative standard deviation.
    forced: points at which a step is known to have happened (loaded events); they are terms without a test.
    slopes: whether a level may rise or fall; else it only steps.
    """
    points = Points(values, times, spread)
    terms, fixed = _forced_terms(forced)
    rho = np.zeros(len(values))
    open_rows = np.arange(len(values))
    while len(open_rows):
        best = best_term(take_rows(points, open_rows), take_rows(terms, open_rows), slopes)
        rho[open_rows] = best.rho
        accepted = best.excess > 0
        terms.add(open_rows[accepted], take_rows(best, accepted))
        tried = ~accepted & (best.rho >= BUMP_RHO) & np.isfinite(best.statistic)
        paired = _add_pairs(points, terms, open_rows[tried], take_rows(best, tried), slopes)
        open_rows = np.union1d(open_rows[accepted], paired)
    several = np.flatnonzero(terms.used - fixed > 1)
    if len(several):
        _drop_explained(points, terms, rho, fixed, several)
    since, before = terms.since, np.maximum(terms.since - 1, 0)
    return Structure(
        terms.kind, np.take_along_axis(times, since, axis=1), np.take_along_axis(times, before, axis=1), rho
    )


def _add_pairs(points: Points, terms: Terms, rows: Indices, first: BestTerm, slopes: bool) -> Indices:
    """Adds `first` and the best beside it where the second then passes; returns the rows where it does."""
    room = terms.used[rows] + 2 <= MOST_TERMS
    rows, first = rows[room], take_rows(first, room)
    if not len(rows):
        return rows
    pair = take_rows(terms, rows)
    pair.add(np.arange(len(rows)), first)
    second = best_term(take_rows(points, rows), pair, slopes)
    passes = np.flatnonzero(second.excess > CRITICAL_BY_PAIR)
    pair.add(passes, take_rows(second, passes))
    put_rows(terms, rows[passes], take_rows(pair, passes))
    return rows[passes]


def _drop_explained(points: Points, terms: Terms, rho: Array, fixed: Indices, rows: Indices) -> None:
    """Takes out, one at a time, terms that the terms found after them explain (a step on the way up of a trend)."""
    kind, since = terms.kind, terms.since
    while len(rows):
        there = take_rows(points, rows)
        columns = term_columns(there.times, kind[rows], since[rows])
        columns = np.concatenate([np.ones((*columns.shape[:2], 1)), columns], axis=2)
        fit = fit_terms(there.values, there.times, there.spread, columns, rho[rows])
        count = (~np.isnan(there.values)).sum(axis=1)
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


def _forced_terms(forced: Flags) -> tuple[Terms, Indices]:
    """(the latest forced steps as the first terms, how many each row has)."""
    terms = Terms.none(len(forced))
    for row in np.flatnonzero(forced.any(axis=1)):
        found = np.flatnonzero(forced[row])[-MOST_TERMS:]
        terms.kind[row, : len(found)], terms.since[row, : len(found)] = STEP, found
        terms.used[row] = len(found)
    return terms, terms.used.copy()
