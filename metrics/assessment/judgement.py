"""What the expected path says of a figure: this month, the course, the shift and the target, as parts of a verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.assessment.expected_paths import ExpectedPaths
from metrics.statistics.arrays import Array, Codes, Flags, Indices
from metrics.statistics.expected_path import student_quantile
from metrics.statistics.path_records import EXACT, NO_MODEL, PATH, PLAIN, Paths
from metrics.statistics.term_search import SLOPE, STEP

CONFIDENCE = 0.95
LIMIT_STEPS = 3.0
"""Standard deviations between path and limit."""
PLACES_TRIED = 8.0
"""How many independent places for a step three years have: by it the p-value of a step that was looked for is raised
(simulated: of noise the largest t statistic exceeds 2.93 in one of twenty series, where 0.006 of a given place do).
"""
FRESH_MONTHS = 12
"""A shift is told for as long as it lasts; it colours a figure in its first year, after which it is the level."""
LEVEL, RISING, FALLING, SEASON = "level", "rising", "falling", "season"


@dataclass(frozen=True)
class Shift:
    """A step of the level that lasts: the month from which on (an index on the axis), by how much, within what."""

    since: int
    change: float
    low: float
    high: float


@dataclass(frozen=True)
class Judgement:
    """The parts of the verdict on one month of pairs: arrays [pair]; NaN and -1 where there is nothing to say.

    expected, lower, upper: of that month. expected_error: the standard error of the path there.
    jump: 1, -1 or 0.
    per_month, per_month_low, per_month_high: the slope in force; course_since: the index of the month it began.
    seasonal: whether a season is part of the path.
    shift_since, shift_change, shift_low, shift_high: the latest step.
    steps: how many steps the path has.
    jump_p, course_p, shift_p: how often chance alone shows as much.
    """

    model: np.ndarray
    expected: Array
    expected_error: Array
    lower: Array
    upper: Array
    jump: Codes
    per_month: Array
    per_month_low: Array
    per_month_high: Array
    course_since: Indices
    seasonal: Flags
    shift_since: Indices
    shift_change: Array
    shift_low: Array
    shift_high: Array
    steps: Indices
    correlated: Flags
    jump_p: Array
    course_p: Array
    shift_p: Array

    @property
    def course(self) -> np.ndarray:
        """The course in a word [pair]: a slope counts where its interval leaves out 0; "" where nothing is said."""
        found = np.where(self.seasonal, SEASON, LEVEL).astype("object")
        found[self.per_month_low > 0], found[self.per_month_high < 0] = RISING, FALLING
        found[self.model == NO_MODEL] = ""
        return found

    @property
    def models(self) -> np.ndarray:
        """The model that each path follows, its parts joined by "+"; "" where nothing is said [pair]."""
        return np.array([self._model(pair) for pair in range(len(self.model))], dtype="object")

    def _model(self, pair: int) -> str:
        if self.model[pair] in (NO_MODEL, PLAIN):
            return "plain" if self.model[pair] == PLAIN else ""
        parts = ["trend" if self.course_since[pair] >= 0 else "level"]
        parts += ["steps"] if self.steps[pair] else []
        parts += ["season"] if self.seasonal[pair] else []
        parts += ["correlation"] if self.correlated[pair] and self.model[pair] == PATH else []
        return "+".join([*parts, *(["exact"] if self.model[pair] == EXACT else [])])

    def fresh_shift(self, last: Indices | int) -> Flags:
        """Whether the latest step is less than FRESH_MONTHS old in the month `last` (an index on the axis)."""
        return (self.shift_since >= 0) & (np.asarray(last) - self.shift_since < FRESH_MONTHS)

    def p_value(self, last: Indices | int) -> Array:
        """How often chance alone shows as much of a jump, a fresh shift or a course [pair]."""
        parts = np.stack([self.jump_p, np.where(self.fresh_shift(last), self.shift_p, np.nan), self.course_p])
        known = ~np.isnan(parts)
        least = np.where(known, parts, np.inf).min(axis=0)
        # Three chances to be called different; of a short series only the first.
        tried = np.where(self.model == PATH, 3.0, np.where(self.model == EXACT, 2.0, 1.0))
        return np.where(known[0], np.minimum(least * tried, 1.0), np.nan)


def judgement(found: ExpectedPaths) -> Judgement:
    """The judgement of the month `found.at` of every pair."""
    paths = found.paths
    rows = np.arange(len(paths.model))
    freedom = np.where(np.isnan(paths.freedom), 1.0, paths.freedom)
    quantile = student_quantile((1 + CONFIDENCE) / 2, freedom)
    sloped, stepped = paths.kind == SLOPE, paths.kind == STEP
    has_slope, has_step = sloped.any(axis=1), stepped.any(axis=1)
    picked = sloped.astype(float)
    variance = np.einsum("ri,rij,rj->r", picked, np.nan_to_num(paths.covariance[:, 1:, 1:]), picked)
    slope = np.where(has_slope, np.where(sloped, paths.effect[:, 1:], 0.0).sum(axis=1), np.nan)
    slope_error = np.where(has_slope, _error(variance), np.nan)
    latest = np.where(stepped, paths.since, -1).argmax(axis=1)
    change = np.where(has_step, paths.effect[rows, 1 + latest], np.nan)
    change_error = np.where(has_step, _error(paths.covariance[rows, 1 + latest, 1 + latest]), np.nan)
    # Of rare cases a step of the roots may be none of the figures.
    sure_step = has_step & (np.abs(np.nan_to_num(change)) > quantile * np.nan_to_num(change_error))
    expected, lower, upper = (_of_month(side, found.at) for side in (found.expected, found.lower, found.upper))
    with np.errstate(divide="ignore", invalid="ignore"):
        shift_p = np.minimum(PLACES_TRIED * 2 * stats.t.sf(np.abs(change) / change_error, freedom), 1.0)
        course_p = 2 * stats.t.sf(np.abs(slope) / slope_error, freedom)
    return Judgement(
        model=paths.model,
        expected=expected,
        expected_error=_error_at(paths, found.at),
        lower=lower,
        upper=upper,
        jump=np.nan_to_num(_of_month(paths.jump, found.at)).astype(np.int8),
        per_month=slope,
        per_month_low=slope - quantile * slope_error,
        per_month_high=slope + quantile * slope_error,
        course_since=_on_axis(np.where(sloped, paths.since, -1).max(axis=1), has_slope, found.first),
        seasonal=paths.has_season,
        shift_since=_on_axis(paths.since[rows, latest], sure_step, found.first),
        shift_change=change,
        shift_low=change - quantile * change_error,
        shift_high=change + quantile * change_error,
        steps=stepped.sum(axis=1),
        correlated=paths.rho > 0,
        jump_p=_jump_p(found),
        course_p=course_p,
        shift_p=shift_p,
    )


def _of_month(side: np.ndarray, at: Indices) -> Array:
    """One month [pair] of [pair, month]."""
    if not side.shape[1]:
        return np.full(len(side), np.nan)
    return np.asarray(side[np.arange(len(side)), at], dtype=float)


def _error_at(paths: Paths, at: Indices) -> Array:
    """The standard error of the path in one month of each row."""
    columns = paths.structure.columns(at[:, None].astype(float))[:, 0]
    return _error(np.einsum("ri,rij,rj->r", columns, paths.covariance, columns))


def _on_axis(column: Array, present: Flags, first: int) -> Indices:
    return np.where(present, column + first, -1).astype(np.intp)


def _jump_p(found: ExpectedPaths) -> Array:
    """How often chance alone takes a month as far from its path as the last one."""
    paths = found.paths
    value, expected, lower, upper = (
        _of_month(side, found.at) for side in (found.value, paths.expected, paths.lower, paths.upper)
    )
    half = np.where(value > expected, upper - expected, expected - lower)
    with np.errstate(divide="ignore", invalid="ignore"):
        away = np.where(value == expected, 0.0, np.abs(value - expected) / half)
    return np.asarray(2 * stats.norm.sf(LIMIT_STEPS * away))


def _error(variance: Array) -> Array:
    return np.asarray(np.sqrt(np.maximum(variance, 0.0)))


def shifts_of(found: ExpectedPaths, pair: int) -> list[Shift]:
    """Every step in the path of one pair, the oldest first."""
    paths = found.paths
    freedom = paths.freedom[pair : pair + 1]
    quantile = float(student_quantile((1 + CONFIDENCE) / 2, freedom)[0]) if not np.isnan(freedom[0]) else np.nan
    shifts = []
    for term in np.flatnonzero(paths.kind[pair] == STEP):
        change = float(paths.effect[pair, 1 + term])
        half = quantile * float(np.sqrt(max(paths.covariance[pair, 1 + term, 1 + term], 0.0)))
        if abs(change) > half:
            shifts.append(Shift(int(paths.since[pair, term]) + found.first, change, change - half, change + half))
    return sorted(shifts, key=lambda shift: shift.since)
