"""The coming months of many series, from their paths (path_model.py), with what is uncertain about them.

The path goes on: level and steps as they are, a slope that loses a tenth of its pace each month, the season. Months
that depend on the month before start from the last known one. Uncertain are level and terms (their covariance), the
months themselves, a season of few years, and the level to come: it may shift, the more so the farther ahead.
Source: Goldberger 1962 for the prediction of dependent errors; Gardner and McKenzie 1985 for damped trends; Harvey 1989
for a level that wanders.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import Array, Flags, Indices, row_mean
from metrics.statistics.exact_limits import PRIOR
from metrics.statistics.path_model import rare_rows, with_counts
from metrics.statistics.path_records import EXACT, NO_MODEL, PLAIN, Paths, Series
from metrics.statistics.predictive import Predictive
from metrics.statistics.season import MONTHS_OF_YEAR
from metrics.statistics.term_search import SLOPE, STEP

DAMPING = 0.9
"""What is left of a slope's pace from each month to the next."""
SLOPE_DOUBT = 1.0
"""Standard deviation of a slope's future pace, as a share of it: it may end, or grow."""
SHIFTING = 0.38
"""Standard deviation by which a level wanders in a month, as a share of the standard deviation of the months; a series
that has stepped more than that is expected to go on so.
"""
UNSEEN_SEASON = 0.7
"""Variance of a season that a series was too short to show, as a share of the variance of the months: all of it below
a year, none from `SEASONS_SEEN` months on.
"""
SEASONS_SEEN = 36
MEMORY = 12
"""The latest months that say how large the bases to come will be; without a figure in them there is no forecast."""


@dataclass(frozen=True)
class Forecast:
    """The coming months of rows: NaN where nothing is said.

    mean: [rows, ahead]. covariance: [rows, ahead, ahead]. freedom: [rows].
    base: the bases that are expected [rows, ahead]. case, origin: see Predictive [rows, ahead].
    """

    mean: Array
    covariance: Array
    freedom: Array
    base: Array
    case: Array
    origin: Array

    @property
    def months(self) -> Predictive:
        """Every coming month for itself [rows, ahead]."""
        freedom = np.broadcast_to(self.freedom[:, None], self.mean.shape)
        variance = np.einsum("rii->ri", self.covariance)
        return Predictive(self.mean, np.maximum(variance, 0.0), freedom, self.case, self.origin)

    def sums(self, start: Array, weight: Array) -> Predictive:
        """`start` [rows] and the coming months by their `weight` [rows, ahead] together [rows]."""
        used = weight != 0
        mean = start + np.where(used, weight * self.mean, 0.0).sum(axis=1)
        outer = weight[:, :, None] * weight[:, None, :]
        variance = np.where(outer != 0, outer * self.covariance, 0.0).sum(axis=(1, 2))
        with np.errstate(invalid="ignore"):
            case = np.where(used, weight * self.case, 0.0)
        most = np.take_along_axis(case, np.abs(case).argmax(axis=1)[:, None], axis=1)[:, 0]
        counted = used.any(axis=1) & ~np.isnan(np.where(used, self.case, 0.0)).any(axis=1)
        origin = start + np.where(used, weight * np.nan_to_num(self.origin), 0.0).sum(axis=1)
        return Predictive(
            mean,
            np.maximum(variance, 0.0),
            self.freedom,
            np.where(counted, most, np.nan),
            np.where(counted, origin, np.nan),
        )

    def cumulated(self, start: Array) -> Forecast:
        """The forecast of what `start` [rows] becomes when the coming months are added to it one by one."""
        ahead = self.mean.shape[1]
        adding = np.tril(np.ones((ahead, ahead)))
        nothing = np.full(self.mean.shape, np.nan)
        return Forecast(
            start[:, None] + self.mean @ adding.T,
            adding @ self.covariance @ adding.T,
            self.freedom,
            self.base,
            nothing,
            nothing,
        )


def forecast(series: Series, found: Paths, ahead: int, festival: Array) -> Forecast:
    """The `ahead` months after those of `series`, whose paths are `found`.

    festival: the share of Spring Festival in each of them [ahead].
    """
    rows = len(series.value)
    known = ~np.isnan(series.value)
    said = (found.model != NO_MODEL) & known[:, -MEMORY:].any(axis=1)
    steps = np.arange(1, ahead + 1)
    spread, base = (np.repeat(_latest(part)[:, None], ahead, axis=1) for part in (series.spread, series.base))
    mean, covariance = _of_paths(series, found, steps, festival, spread)
    freedom = np.where(said, found.freedom, np.nan)
    case, origin = np.full((2, rows, ahead), np.nan)
    rare = np.flatnonzero(said & (found.model == EXACT))
    if len(rare):
        counted = with_counts(series.of(rare))
        _write_rare(counted, found, rare, steps, (mean, covariance, base, case, origin))
    mean[~said], covariance[~said] = np.nan, np.nan
    return Forecast(mean, covariance, freedom, base, case, origin)


def since_the_last_gap(values: Array) -> Array:
    """`values` [rows, months] without what lies before a gap of MEMORY months or more: it says little of what comes."""
    known = ~np.isnan(values)
    months = np.arange(values.shape[1])
    latest = np.maximum.accumulate(np.where(known, months, -1), axis=1)
    before = np.concatenate([np.full((len(values), 1), -1), latest[:, :-1]], axis=1)
    resumed = known & (before >= 0) & (months - before > MEMORY)
    start = np.where(resumed, months, 0).max(axis=1, initial=0)
    return np.asarray(np.where(months >= start[:, None], values, np.nan))


def _latest(values: Array) -> Array:
    """The mean of the latest known months [rows]."""
    return row_mean(values[:, -MEMORY:])


def _of_paths(series: Series, found: Paths, steps: Indices, festival: Array, spread: Array) -> tuple[Array, Array]:
    """(mean [rows, ahead], covariance [rows, ahead, ahead]) by the paths."""
    rows, months = series.value.shape
    now, before = _design(found, months, steps), _design(found, months, np.arange(1 - months, 1))
    effect = np.nan_to_num(found.effect)
    kept = ~np.isnan(series.value) & (found.jump == 0) & ~np.isnan(found.expected)
    last = np.where(kept.any(axis=1), months - 1 - kept[:, ::-1].argmax(axis=1), 0)
    pick = np.arange(rows)
    weight = found.rho[:, None] ** (months - 1 + steps[None, :] - last[:, None])
    with np.errstate(invalid="ignore"):
        gap = (series.value[pick, last] - found.expected[pick, last]) / series.spread[pick, last]
    carried = weight * np.nan_to_num(gap)[:, None] * spread
    mean = np.matmul(now, effect[:, :, None])[:, :, 0] + _seasonal(series, found, steps, festival, spread) + carried
    # What the last known month says of the level it says of the months to come too (Goldberger).
    beside = now - weight[:, :, None] * before[pick, last][:, None, :]
    covariance = np.matmul(np.matmul(beside, found.covariance), beside.transpose(0, 2, 1))
    apart = np.abs(steps[:, None] - steps[None, :])
    months_own = found.rho[:, None, None] ** apart - weight[:, :, None] * weight[:, None, :]
    own = months_own * spread[:, :, None] * spread[:, None, :]
    own += np.eye(len(steps)) * _season_variance(series, found, steps)[:, :, None]
    variance = _variance(series, found)
    wandering = np.maximum(SHIFTING**2 * variance, _stepping(series, found))
    covariance += variance[:, None, None] * own + np.eye(len(steps)) * _jumping(series, found)[:, None, None]
    covariance += wandering[:, None, None] * np.minimum(steps[:, None], steps[None, :])
    pace = np.where(found.kind == SLOPE, effect[:, 1:], 0.0).sum(axis=1)
    covariance += (SLOPE_DOUBT * pace[:, None, None]) ** 2 * _damped(steps)[:, None] * _damped(steps)[None, :]
    return mean, covariance


def _jumping(series: Series, found: Paths) -> Array:
    """What single months have jumped out of the path, squared, over the known months [rows]: more will."""
    gap = np.where(found.jump != 0, series.value - found.expected, 0.0)
    return np.asarray((np.nan_to_num(gap) ** 2).sum(axis=1) / np.maximum((~np.isnan(series.value)).sum(axis=1), 1))


def _damped(steps: Indices) -> Array:
    """How many months of its pace a slope still brings in so many months."""
    return np.asarray(np.cumsum(DAMPING ** np.arange(1, steps[-1] + 1))[steps - 1])


def _stepping(series: Series, found: Paths) -> Array:
    """What the level of a series has stepped in a month, squared, over its known months [rows]."""
    steps = np.where(found.kind == STEP, np.nan_to_num(found.effect[:, 1:]), 0.0)
    return np.asarray((steps**2).sum(axis=1) / np.maximum((~np.isnan(series.value)).sum(axis=1), 1))


def _variance(series: Series, found: Paths) -> Array:
    """The variance of a month [rows]; of a short series, whose level may be moving, all that its months vary."""
    whole = np.nan_to_num(row_mean((series.value - row_mean(series.value)[:, None]) ** 2))
    known = (~np.isnan(series.value)).sum(axis=1)
    whole *= known / np.maximum(known - 1, 1)
    return np.asarray(np.where(found.model == PLAIN, np.maximum(whole, found.deviation**2), found.deviation**2))


def _design(found: Paths, months: int, steps: Indices) -> Array:
    """The regressors [rows, steps, 1 + MOST_TERMS] at months counted from the last one (0); slopes ahead are damped."""
    rows = len(found.model)
    times = np.broadcast_to(months - 1.0 + np.minimum(steps, 0), (rows, len(steps)))
    columns = found.structure.columns(times)
    if steps[-1] > 0:
        columns[:, :, 1:] += np.where((found.kind == SLOPE)[:, None, :], _damped(steps)[None, :, None], 0.0)
    return columns


def _seasonal(series: Series, found: Paths, steps: Indices, festival: Array, spread: Array) -> Array:
    """What the calendar months ahead add to the path [rows, ahead]."""
    calendar = (series.months[-1] + steps) % MONTHS_OF_YEAR
    held, moved = series.months % MONTHS_OF_YEAR, np.zeros((len(found.model), len(steps)))
    known = ~np.isnan(series.value)
    for place, month in enumerate(calendar):
        inside = known & (held == month)
        usual = (inside * series.festival).sum(axis=1) / np.maximum(inside.sum(axis=1), 1)
        moved[:, place] = festival[place] - usual
    effect = found.profile[:, calendar] + found.profile[:, [MONTHS_OF_YEAR]] * moved
    return np.asarray(np.where(found.has_season[:, None], effect * spread, 0.0))


def _season_variance(series: Series, found: Paths, steps: Indices) -> Array:
    """The variance of a season of few years or not yet seen, in variances of a month [rows, ahead]."""
    calendar = (series.months[-1] + steps) % MONTHS_OF_YEAR
    known = ~np.isnan(series.value)
    years = np.stack([known[:, series.months % MONTHS_OF_YEAR == month].sum(axis=1) for month in calendar], axis=1)
    unseen = np.clip((SEASONS_SEEN - known.sum(axis=1)) / (SEASONS_SEEN - MONTHS_OF_YEAR), 0.0, 1.0)
    return np.asarray(np.where(found.has_season[:, None], 1.0 / np.maximum(years, 1), UNSEEN_SEASON * unseen[:, None]))


def _write_rare(series: Series, found: Paths, rows: Indices, steps: Indices, into: tuple[Array, ...]) -> None:
    """Rare cases: the rate of the latest level, half a case added, and a further month's variation about it."""
    mean, covariance, bases, cases, origins = into
    turned = rare_rows(series)[1]
    stepped = found.kind[rows] == STEP
    start = np.where(stepped, found.since[rows], 0.0).max(axis=1, initial=0.0)
    base = np.where(np.isnan(series.value), np.nan, series.base)
    count = np.where(turned[:, None], base - series.count, series.count)
    kept = ~np.isnan(count) & (base > 0) & (np.arange(count.shape[1]) >= start[:, None]) & (found.jump[rows] == 0)
    total, exposure = (np.where(kept, part, 0.0).sum(axis=1) for part in (count, base))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = (total + PRIOR) / exposure
        coming = np.repeat(_latest(base)[:, None], len(steps), axis=1)
        dispersion = _dispersion(count, base, kept, rate)
        single = dispersion * rate / coming[:, 0]
        wandering = SHIFTING**2 * np.minimum(steps[:, None], steps[None, :]) * single[:, None, None]
        known = (dispersion * rate / exposure)[:, None, None]
        scale = series.scale[:, None]
        covariance[rows] = scale[:, :, None] ** 2 * (known + wandering + np.eye(len(steps)) * single[:, None, None])
    sign = np.where(turned, -1.0, 1.0)[:, None]
    origins[rows] = np.where(turned[:, None], scale, 0.0)
    mean[rows] = origins[rows] + sign * scale * rate[:, None]
    cases[rows], bases[rows] = sign * scale / coming, coming


def _dispersion(count: Array, base: Array, kept: Flags, rate: Array) -> Array:
    """Pearson's dispersion of the kept months about their rate; 1 where they vary no more than chance."""
    expected = np.where(kept, rate[:, None] * base, np.nan)
    parts = np.where(kept, (count - expected) ** 2 / expected, 0.0).sum(axis=1)
    return np.maximum(parts / np.maximum(kept.sum(axis=1) - 1, 1), 1.0)
