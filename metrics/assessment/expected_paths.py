"""The expected paths of any metrics and units: what each month's figure is held against.

What control_chart.py draws is the plain chart of the NHS; the judgement rests on these paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np

from metrics.assessment.control_chart import P_PRIME, U_PRIME, chart_kinds, value_bounds
from metrics.engine.figures import Figures
from metrics.engine.phases import Phases
from metrics.engine.spring_festival import festival_shares
from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.path_model import paths
from metrics.statistics.path_records import NO_MODEL, Paths, Series
from metrics.statistics.season import MONTHS_OF_YEAR, common_seasons

PATH_MONTHS = 60
"""Months on which a path rests at most: five years hold three of any season, and what is older says little of today."""
WHOLE_NUMBERS, CASES = ("count", "number"), ("percent", "rate", "count")


@dataclass(frozen=True)
class ExpectedPaths:
    """The paths of pairs over the months from `first` (an index on the figures' axis); limits cut at what can be.

    at: the column of the month that is judged [pair]; nothing behind it is known to the path.
    value: what was judged [pair, month]: provisional months and totals that lack units are left out.
    floor, ceiling: what each figure can be [pair].
    """

    first: int
    at: Indices
    value: Array
    paths: Paths
    floor: Array
    ceiling: Array

    @property
    def expected(self) -> Array:
        """The path [pair, month]."""
        return self._cut(self.paths.expected)

    @property
    def lower(self) -> Array:
        """The lower limit of usual months [pair, month]."""
        return self._cut(self.paths.lower)

    @property
    def upper(self) -> Array:
        """The upper limit of usual months [pair, month]."""
        return self._cut(self.paths.upper)

    def _cut(self, side: Array) -> Array:
        return np.asarray(np.clip(side, self.floor[:, None], self.ceiling[:, None]))


def expected_paths(
    figures: Figures,
    metrics: Indices,
    units: Indices,
    last: Indices | int,
    phases: Phases | None = None,
    months: int = PATH_MONTHS,
) -> ExpectedPaths:
    """The paths of the pairs (metrics[i], units[i]) over `months` months to the month `last` (one, or [pair]).

    phases: known steps; None takes those of the loaded events. What is not to be charted (Axes.chartable) has no path.
    """
    lasts = np.broadcast_to(np.asarray(last, dtype=np.intp), metrics.shape)
    first = max(int(lasts.min(initial=0)) - months + 1, 0)
    end = int(lasts.max(initial=-1)) + 1
    at = lasts - first
    columns = np.arange(end - first)[None, :]
    known = (columns <= at[:, None]) & (columns > at[:, None] - months)
    common = peer_seasons(figures, metrics, units, lasts, months)
    series = series_of(figures, metrics, units, first, end, phases, known, common)
    found = paths(series)
    silent = ~figures.axes.chartable[metrics]
    found.model[silent], found.jump[silent] = NO_MODEL, 0
    for side in (found.expected, found.lower, found.upper):
        side[silent] = np.nan
    floor, ceiling = value_bounds([figures.axes.metrics[place] for place in metrics], series.value)
    return ExpectedPaths(first, at, series.value, found, floor, ceiling)


def series_of(
    figures: Figures,
    metrics: Indices,
    units: Indices,
    first: int,
    end: int,
    phases: Phases | None,
    known: Flags,
    common: Array,
) -> Series:
    """The months first..end-1 of the pairs, as far as `known` [pair, month], with all that their paths rest on."""
    value = np.where(known, figures.complete_months[metrics, units, first:end], np.nan)
    judged = ~np.isnan(value)
    count, base = (
        np.where(judged, getattr(figures.monthly_values, name)[metrics, units, first:end], np.nan)
        for name in ("numerator", "denominator")
    )
    records = [figures.axes.metrics[place] for place in metrics]
    ratio = np.array([metric.denominator is not None for metric in records], dtype=bool)
    cases = np.array([metric.format in CASES for metric in records], dtype=bool)
    base = np.where(ratio[:, None], base, np.where(np.isnan(count), np.nan, 1.0))
    count = np.where(cases[:, None], count, np.nan)
    kinds = chart_kinds(figures, metrics, value, count, base)
    months = np.arange(first, end) + figures.axes.first_month
    return Series(
        value,
        count,
        base,
        figures.axes.scales[metrics],
        np.array([metric.format == "percent" for metric in records], dtype=bool),
        np.array([metric.format in WHOLE_NUMBERS for metric in records], dtype=bool),
        _spread(base, np.isin(kinds.astype(str), (P_PRIME, U_PRIME))),
        (figures.phases if phases is None else phases).flags(figures.axes, metrics, units, first, end),
        months,
        festival_shares(months),
        common,
    )


def _spread(base: Array, prime: Flags) -> Array:
    """Standard deviations as the bases make them: of proportions and rates on large bases, by the root of the base."""
    known = ~np.isnan(base)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, base, 0.0).sum(axis=1) / known.sum(axis=1)
        found = np.sqrt(mean[:, None] / base)
    return np.where(prime[:, None] & np.isfinite(found) & (found > 0), found, 1.0)


def peer_seasons(figures: Figures, metrics: Indices, units: Indices, lasts: Indices, months: int) -> Array:
    """The season that the peers of each pair share [pair, 13], as it was known in the pair's last month."""
    found = np.zeros((len(metrics), MONTHS_OF_YEAR + 1))
    levels, place = np.unique(
        [figures.organisation.level(figures.axes.units[unit]) or "" for unit in units], return_inverse=True
    )
    place = place.ravel()
    for level, last in {*zip(place.tolist(), lasts.tolist(), strict=True)}:
        rows = (place == level) & (lasts == last)
        key = ("common_seasons", str(levels[level]), max(last - months + 1, 0), last + 1)
        found[rows] = figures.memo(key, partial(_seasons_of, figures, *key[1:]))[metrics[rows]]
    return found


def _seasons_of(figures: Figures, level: str, first: int, end: int) -> Array:
    """The seasons that the units of a level share [metric, 13]."""
    months = np.arange(first, end) + figures.axes.first_month
    values = figures.complete_months[:, figures.axes.peers(level), first:end]
    return common_seasons(values, months, festival_shares(months))
