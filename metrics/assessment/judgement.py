"""What the expected path says of a figure: this month, the course, the shift and the target, as parts of a verdict."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.assessment.expected_paths import ExpectedPaths
from metrics.statistics.arrays import Array, Codes, Flags, Indices
from metrics.statistics.expected_path import student_quantile
from metrics.statistics.path_model import EXACT, NO_MODEL, PATH, PLAIN
from metrics.statistics.structural_change import SLOPE, STEP

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
    """The parts of the verdict on the last month of pairs: arrays [pair]; NaN and -1 where there is nothing to say.

    expected, lower, upper: of that month. jump: 1, -1 or 0.
    per_month, per_month_low, per_month_high: the slope in force; course_since: the index of the month it began.
    seasonal: whether a season is part of the path.
    shift_since, shift_change, shift_low, shift_high: the latest step.
    steps: how many steps the path has.
    jump_p, course_p, shift_p: how often chance alone shows as much.
    """

    model: np.ndarray
    expected: Array
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


def judgement(found: ExpectedPaths) -> Judgement:
    """The judgement of the last month of every pair."""
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
    expected, lower, upper = (_last(side) for side in (found.expected, found.lower, found.upper))
    with np.errstate(divide="ignore", invalid="ignore"):
        shift_p = np.minimum(PLACES_TRIED * 2 * stats.t.sf(np.abs(change) / change_error, freedom), 1.0)
        course_p = 2 * stats.t.sf(np.abs(slope) / slope_error, freedom)
    return Judgement(
        model=paths.model,
        expected=expected,
        lower=lower,
        upper=upper,
        jump=paths.jump[:, -1] if paths.jump.shape[1] else np.zeros(len(rows), dtype=np.int8),
        per_month=slope,
        per_month_low=slope - quantile * slope_error,
        per_month_high=slope + quantile * slope_error,
        course_since=_on_axis(np.where(sloped, paths.since, -1).max(axis=1), has_slope, found.first),
        seasonal=paths.has_season,
        shift_since=_on_axis(paths.since[rows, latest], has_step, found.first),
        shift_change=change,
        shift_low=change - quantile * change_error,
        shift_high=change + quantile * change_error,
        steps=stepped.sum(axis=1),
        correlated=paths.rho > 0,
        jump_p=_jump_p(found),
        course_p=course_p,
        shift_p=shift_p,
    )


def _last(side: Array) -> Array:
    """The last month [pair] of [pair, month]."""
    return side[:, -1] if side.shape[1] else np.full(len(side), np.nan)


def _on_axis(column: Array, present: Flags, first: int) -> Indices:
    return np.where(present, column + first, -1).astype(np.intp)


def _jump_p(found: ExpectedPaths) -> Array:
    """How often chance alone takes a month as far from its path as the last one."""
    value = _last(found.value)
    expected, lower, upper = (_last(side) for side in (found.paths.expected, found.paths.lower, found.paths.upper))
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
        shifts.append(Shift(int(paths.since[pair, term]) + found.first, change, change - half, change + half))
    return sorted(shifts, key=lambda shift: shift.since)


def course_of(slope: float, low: float, high: float, seasonal: bool) -> str:
    """The course in a word: a slope counts where its interval leaves out 0."""
    if slope == slope and low > 0:
        return RISING
    if slope == slope and high < 0:
        return FALLING
    return SEASON if seasonal else LEVEL


def model_of(model: int, judged: Judgement, pair: int) -> str | None:
    """The model that a path follows, its parts joined by "+"; None where nothing is said."""
    if model == NO_MODEL:
        return None
    if model == PLAIN:
        return "plain"
    parts = ["trend" if judged.course_since[pair] >= 0 else "level"]
    parts += ["steps"] if judged.steps[pair] else []
    parts += ["season"] if judged.seasonal[pair] else []
    parts += ["correlation"] if judged.correlated[pair] and model == PATH else []
    parts += ["exact"] if model == EXACT else []
    return "+".join(parts)
