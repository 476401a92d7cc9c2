"""The forecast: the months to the year's end and the year's figure, and how likely its target is reached."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics.analyses.year_end import YearSoFar, targets_of_the_year, year_so_far
from metrics.assessment.control_chart import value_bounds
from metrics.assessment.expected_paths import PATH_MONTHS, peer_seasons, series_of
from metrics.engine.figures import Figures
from metrics.engine.spring_festival import festival_shares
from metrics.model.periods import month_name, month_number
from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.attainment import MET_THRESHOLD
from metrics.statistics.forecast import Forecast, forecast, since_the_last_gap
from metrics.statistics.path_model import paths
from metrics.statistics.path_records import Paths, Series
from metrics.statistics.predictive import Predictive
from metrics.statistics.season import common_seasons

MONTHS_OF_YEAR = 12
LEVELS = {"low80": 0.1, "high80": 0.9, "low95": 0.025, "high95": 0.975}
SUREST = 0.99
"""No target is surer than this, nor less sure than the rest, as long as the months left can bring either."""
REGULAR = 0.75
"""Share of the months since its first within two years that a figure has which is expected every month."""


@dataclass(frozen=True)
class Interval:
    """Figures of one shape with their intervals; NaN where nothing is known."""

    expected: Array
    low80: Array
    high80: Array
    low95: Array
    high95: Array


@dataclass(frozen=True)
class MonthAhead:
    """One month to come; NaN where nothing is known."""

    expected: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True)
class Forecasts:
    """The months from the one asked for to December, and the year's figure, of pairs.

    first: the first month, a count of months (see model/periods): of it something is said while it is provisional.
    months: [pair, month]. year_end: [pair].
    target: the year's [pair]. probability: of reaching it [pair]; 1 or 0 once the year is over.
    """

    first: int
    months: Interval
    year_end: Interval
    target: Array
    probability: Array


def forecasts(figures: Figures, metrics: Indices, units: Indices, month: str) -> Forecasts:
    """The forecasts of the pairs (metrics[i], units[i]) from the end of `month`; metrics and units are indices.

    A month that is not over is forecast like those to come.
    """
    first = month_number(month)
    ahead = MONTHS_OF_YEAR - first % MONTHS_OF_YEAR
    column = first - figures.axes.first_month
    running = np.zeros(len(metrics), dtype=bool)
    if 0 <= column < len(figures.axes.months):
        running = figures.provisional.flags[metrics, units, column]
    target = targets_of_the_year(figures, metrics, units, month)
    found = Forecasts(
        first, _unknown((len(metrics), ahead)), _unknown((len(metrics),)), target, np.full(len(metrics), np.nan)
    )
    for last, rows in ((first, np.flatnonzero(~running)), (first - 1, np.flatnonzero(running))):
        if len(rows):
            _write(found, figures, rows, (metrics[rows], units[rows]), last)
    return found


def _unknown(shape: tuple[int, ...]) -> Interval:
    return Interval(*(np.full(shape, np.nan) for _ in range(5)))


def _write(found: Forecasts, figures: Figures, rows: Indices, pairs: tuple[Indices, Indices], last: int) -> None:
    """Writes the forecasts of some rows from the end of the month `last`."""
    metrics, units = pairs
    end = found.first + found.months.expected.shape[1] - 1
    coming = np.arange(last + 1, end + 1)
    so_far = year_so_far(figures, metrics, units, last, end)
    records = [figures.axes.metrics[place] for place in metrics]
    place = last - figures.axes.first_month
    inside = 0 <= place < len(figures.axes.months)
    held = figures.complete_months[metrics, units, : place + 1] if inside else np.full((len(metrics), 1), np.nan)
    floor, ceiling = value_bounds(records, held[:, -PATH_MONTHS:])
    if not len(coming):
        _observe(found, rows, so_far, np.array([metric.better for metric in records]))
        return
    if not inside:
        return
    ahead = months_to_come(figures, metrics, units, place, coming)
    due = _due(held, len(coming)) & (coming[None, :] <= figures.axes.closed[units][:, None] + figures.axes.first_month)
    single = _interval(ahead.months, floor[:, None], ceiling[:, None])
    for name in Interval.__dataclass_fields__:
        values = getattr(found.months, name)
        values[rows[:, None], (coming - found.first)[None, :]] = np.where(due, getattr(single, name), np.nan)
    start, weight = so_far.combination(ahead.base, due)
    with np.errstate(invalid="ignore"):
        reached = [start + np.where(weight != 0, weight * side[:, None], 0.0).sum(axis=1) for side in (floor, ceiling)]
    year = ahead.sums(start, weight)
    # What counts is the last month of a year: nothing is known of it where it may not come.
    for name, side in vars(_interval(year, *reached)).items():
        getattr(found.year_end, name)[rows] = side
    found.probability[rows] = _probability(year, reached, found.target[rows], np.array([one.better for one in records]))


def _observe(found: Forecasts, rows: Indices, so_far: YearSoFar, better: np.ndarray) -> None:
    """The year is over: its figure is known, and so is whether it meets the target."""
    for side in vars(found.year_end).values():
        side[rows] = so_far.value
    target = found.target[rows]
    known = ~np.isnan(so_far.value + target) & (better != "neither")
    found.probability[rows] = np.where(known, meets(so_far.value, target, better) * 1.0, np.nan)


def meets(value: Array, target: Array, better: np.ndarray) -> Flags:
    """Whether figures meet their targets, rounding aside."""
    slack = (1 - MET_THRESHOLD / 100) * np.abs(target)
    return np.asarray(np.where(better == "higher", value >= target - slack, value <= target + slack))


def months_to_come(figures: Figures, metrics: Indices, units: Indices, last: int, coming: Indices) -> Forecast:
    """The months `coming` (counts of months) after the month `last` (an index).

    Of a cohort that starts anew each January by its losses from month to month.
    """
    first, end = max(last - PATH_MONTHS + 1, 0), last + 1
    festival = festival_shares(coming)
    every = np.ones((len(metrics), end - first), dtype=bool)
    common = peer_seasons(figures, metrics, units, np.full(len(metrics), last), PATH_MONTHS)
    series = series_of(figures, metrics, units, first, end, None, every, common)
    series = replace(series, value=since_the_last_gap(series.value))
    restarts = np.array([figures.axes.metrics[place].restarts for place in metrics], dtype=bool)
    charted = figures.axes.chartable[metrics]
    plain = forecast(series, _silenced(paths(series), ~charted), len(coming), festival)
    rows = np.flatnonzero(restarts)
    if not len(rows):
        return plain
    full = np.array([figures.axes.metrics[place].bounds[1] for place in metrics[rows]])
    losses = replace(
        Series.plain(_losses(series.value[rows], series.months, full), series.months, series.festival),
        common=_common_losses(figures, metrics[rows], units[rows], series.months),
    )
    now = np.where(coming[0] % MONTHS_OF_YEAR == 0, full, series.value[rows, -1])
    later = forecast(losses, paths(losses), len(coming), festival).cumulated(now)
    base = np.where(np.isnan(plain.base[rows]), np.nan, series.base[rows, -1:])
    for name, values in {**vars(later), "base": base}.items():
        getattr(plain, name)[rows] = values
    return plain


def _common_losses(figures: Figures, metrics: Indices, units: Indices, months: Indices) -> Array:
    """The season of the losses of the peers of each pair [pair, 13]."""
    first, festival = int(months[0]) - figures.axes.first_month, festival_shares(months)
    levels = [figures.organisation.level(figures.axes.units[place]) or "" for place in units]

    def common(level: str, metric: int) -> Array:
        held = figures.complete_months[metric, figures.axes.peers(level), first : first + len(months)]
        full = np.full(len(held), figures.axes.metrics[metric].bounds[1])
        return np.asarray(common_seasons(_losses(held, months, full)[None], months, festival)[0])

    asked = [(level, int(metric)) for level, metric in zip(levels, metrics, strict=True)]
    found = {one: common(*one) for one in set(asked)}
    return np.array([found[one] for one in asked])


def _silenced(found: Paths, rows: Flags) -> Paths:
    found.model[rows] = 0
    return found


def _losses(value: Array, months: Indices, full: Array) -> Array:
    """What each month changes of a cohort that was `full` before its January."""
    before = np.concatenate([np.full((len(value), 1), np.nan), value[:, :-1]], axis=1)
    return np.asarray(value - np.where(months % MONTHS_OF_YEAR == 0, full[:, None], before))


def _due(held: Array, ahead: int) -> Flags:
    """Which of the coming months are expected to have a figure [pair, ahead].

    Of what is not asked every month: those that had one a year before.
    """
    known = ~np.isnan(held[:, -2 * MONTHS_OF_YEAR :])
    since = known.shape[1] - known.argmax(axis=1)
    regular = known.sum(axis=1) >= REGULAR * since
    found = np.ones((len(held), ahead), dtype=bool)
    for place in range(min(ahead, MONTHS_OF_YEAR)):
        back = known.shape[1] - MONTHS_OF_YEAR + place
        if back >= 0:
            found[:, place] = regular | known[:, back] | (since < MONTHS_OF_YEAR - place)
    return found


def _interval(predictive: Predictive, floor: Array, ceiling: Array) -> Interval:
    """The intervals, cut at what the figures can be."""
    sides = {name: predictive.quantile(level) for name, level in LEVELS.items()}
    with np.errstate(invalid="ignore"):
        return Interval(
            np.clip(predictive.mean, floor, ceiling),
            **{name: np.clip(side, floor, ceiling) for name, side in sides.items()},
        )


def _probability(year: Predictive, reached: list[Array], target: Array, better: np.ndarray) -> Array:
    """The probability of reaching the target; sure only where no month can change it any more."""
    higher = better == "higher"
    chance = np.clip(np.where(higher, year.at_least(target), year.at_most(target)), 1 - SUREST, SUREST)
    worst, best = (np.where(higher, side, other) for side, other in (reached, reached[::-1]))
    chance = np.where(meets(worst, target, better), 1.0, np.where(meets(best, target, better), chance, 0.0))
    return np.where(np.isnan(year.mean + target) | (better == "neither"), np.nan, chance)


def months_ahead(found: Forecasts, pair: int) -> list[tuple[str, MonthAhead]]:
    """(month, its figure and intervals) of one pair's months to come, the running one only while it is forecast."""
    listed = []
    for place in range(found.months.expected.shape[1]):
        one = MonthAhead(*(float(side[pair, place]) for side in vars(found.months).values()))
        if place or one.expected == one.expected:
            listed.append((month_name(found.first + place), one))
    return listed
