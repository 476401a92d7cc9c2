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
from metrics.statistics.path_model import NO_MODEL, Paths, Series, paths
from metrics.statistics.season import MONTHS_OF_YEAR, common_season

PATH_MONTHS = 60
"""Months on which a path rests at most: five years hold three of any season, and what is older says little of today."""
WHOLE_NUMBERS = ("count", "number")


@dataclass(frozen=True)
class ExpectedPaths:
    """The paths of pairs over the months from `first` (an index on the figures' axis); limits cut at what can be.

    value: what was judged [pair, month]: provisional months and totals that lack units are left out.
    floor, ceiling: what each figure can be [pair].
    """

    first: int
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
    last: int,
    months: int = PATH_MONTHS,
    phases: Phases | None = None,
) -> ExpectedPaths:
    """The paths of the pairs (metrics[i], units[i]) over `months` months to the month `last`; all are indices.

    phases: known steps; None takes those of the loaded events. What is not to be charted (Axes.chartable) has no path.
    """
    first, end = max(last - months + 1, 0), last + 1
    series = series_of(figures, metrics, units, first, end, phases)
    found = paths(series)
    silent = ~figures.axes.chartable[metrics]
    found.model[silent], found.jump[silent] = NO_MODEL, 0
    for side in (found.expected, found.lower, found.upper):
        side[silent] = np.nan
    floor, ceiling = value_bounds([figures.axes.metrics[place] for place in metrics], series.value)
    return ExpectedPaths(first, series.value, found, floor, ceiling)


def series_of(
    figures: Figures, metrics: Indices, units: Indices, first: int, end: int, phases: Phases | None = None
) -> Series:
    """The months first..end-1 of the pairs with all that their paths rest on."""
    value = figures.complete_months[metrics, units, first:end]
    judged = ~np.isnan(value)
    count, base = (
        np.where(judged, getattr(figures.monthly_values, name)[metrics, units, first:end], np.nan)
        for name in ("numerator", "denominator")
    )
    held = [figures.axes.metrics[place] for place in range(len(figures.axes.metrics))]
    ratio = np.array([metric.denominator is not None for metric in held], dtype=bool)[metrics]
    cases = np.array([metric.format in ("percent", "rate", "count") for metric in held], dtype=bool)[metrics]
    base = np.where(ratio[:, None], base, np.where(np.isnan(count), np.nan, 1.0))
    count = np.where(cases[:, None], count, np.nan)
    kinds = chart_kinds(figures, metrics, value, count, base)
    months = np.arange(first, end) + figures.axes.first_month
    starts = figures.phases if phases is None else phases
    return Series(
        value,
        count,
        base,
        figures.axes.scales[metrics],
        np.array([metric.format == "percent" for metric in held], dtype=bool)[metrics],
        np.array([metric.format in WHOLE_NUMBERS for metric in held], dtype=bool)[metrics],
        _spread(base, np.isin(kinds.astype(str), (P_PRIME, U_PRIME))),
        starts.flags(figures.axes, metrics, units, first, end),
        months,
        festival_shares(months),
        _common_seasons(figures, metrics, units, first, end),
    )


def _spread(base: Array, prime: Flags) -> Array:
    """Standard deviations as the bases make them: of proportions and rates on large bases, by the root of the base."""
    known = ~np.isnan(base)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(known, base, 0.0).sum(axis=1) / known.sum(axis=1)
        found = np.sqrt(mean[:, None] / base)
    return np.where(prime[:, None] & np.isfinite(found) & (found > 0), found, 1.0)


def _common_seasons(figures: Figures, metrics: Indices, units: Indices, first: int, end: int) -> Array:
    """The season that the peers of each pair share [pair, 13]."""
    found = np.zeros((len(metrics), MONTHS_OF_YEAR + 1))
    levels = np.array([figures.organisation.level(figures.axes.units[place]) or "" for place in units], dtype="object")
    for level in set(levels):
        inside = levels == level
        for metric in np.unique(metrics[inside]):
            asked = ("common_season", level, int(metric), first, end)
            found[inside & (metrics == metric)] = figures.kept(asked, partial(_season_of, figures, *asked[1:]))
    return found


def _season_of(figures: Figures, level: str, metric: int, first: int, end: int) -> Array:
    months = np.arange(first, end) + figures.axes.first_month
    values = figures.complete_months[metric, figures.axes.peers(level), first:end]
    return common_season(values, months, festival_shares(months))
