"""The control chart of any metrics and units: which months are signals, and within which limits the rest varies.

XmR by default. Proportions and rates on bases of thousands get Laney's p' or u': there the limits of single months
follow from their bases, widened by how much the months really vary. The rules are those of metrics.statistics.xmr in
either case, and judge by the limits as computed; what is reported and drawn is cut at what the figure can be (no count
below 0, no share above 100 %).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.engine.figures import Figures
from metrics.engine.phases import CHART_MONTHS, Phases, phase_slices
from metrics.model.metric import Metric
from metrics.statistics.arrays import Array, Codes, Flags, Indices, known_first, row_median
from metrics.statistics.laney import LaneyResult, p_chart, u_chart
from metrics.statistics.xmr import POINTS_FOR_FIRM_LIMITS, point_types, xmr

LARGE_BASE = 1_000
"""Median monthly base from which a prime chart replaces the XmR chart ("bases of thousands")."""
XMR, P_PRIME, U_PRIME = "xmr", "p'", "u'"


@dataclass(frozen=True)
class ControlCharts:
    """Control charts of many pairs: arrays [pair, month] over the months from `first` (an index on the figures' axis).

    chart, sigma_z, floor and ceiling are [pair].
    point_type: codes of xmr.POINT_TYPES.
    provisional: limits from fewer than 13 points.
    phase: the column in which each month's phase began (0: the first). sigma_z is that of the last phase.
    lower, upper: limits cut to floor..ceiling, what the figure can be.
    half_width: the distance from the centre to a limit before that cut.
    """

    first: int
    value: Array
    centre: Array
    lower: Array
    upper: Array
    point_type: Codes
    provisional: Flags
    chart: np.ndarray
    sigma_z: Array
    phase: Indices
    half_width: Array
    floor: Array
    ceiling: Array

    @property
    def points(self) -> Indices:
        """Months known in the last phase of each chart [pair]."""
        if not self.value.shape[1]:
            return np.zeros(len(self.value), dtype=np.intp)
        since = np.arange(self.value.shape[1]) >= self.phase[:, -1:]
        return np.asarray((~np.isnan(self.value) & since).sum(axis=1))


def prime_chart(metric: Metric) -> str:
    """The prime chart that suits a metric; "" if none does."""
    if metric.numerator is None or metric.denominator is None:
        return ""
    return {"percent": P_PRIME, "rate": U_PRIME}.get(metric.format, "")


def control_charts(
    figures: Figures,
    metrics: Indices,
    units: Indices,
    last: int,
    window: int = CHART_MONTHS,
    phases: Phases | None = None,
) -> ControlCharts:
    """The charts of the pairs (metrics[i], units[i]) over `window` months to `last`; all are indices.

    Lines and runs begin anew with every phase; `phases` None takes those of the loaded events. What is not to be
    charted (Axes.chartable), and what `is_rare` in a phase, has neither.
    """
    first, end = max(last - window + 1, 0), last + 1
    top, base = (
        getattr(figures.monthly_values, name)[metrics, units, first:end] for name in ("numerator", "denominator")
    )
    # A total that lacks units, and a month that is not over, is no point of a chart.
    value = figures.complete_months[metrics, units, first:end]
    unfinished = figures.provisional.flags[metrics, units, first:end]
    top, base = np.where(unfinished, np.nan, top), np.where(unfinished, np.nan, base)
    chart = chart_kinds(figures, metrics, value, top, base)
    scale = figures.axes.scales[metrics]
    starts = (figures.phases if phases is None else phases).flags(figures.axes, metrics, units, first, end)
    lines = np.full((3, *value.shape), np.nan)
    codes, sigma = np.zeros(value.shape, dtype=np.int8), np.full(len(value), np.nan)
    provisional, phase = np.ones(value.shape, dtype=bool), np.zeros(value.shape, dtype=np.intp)
    for rows, part in phase_slices(starts):
        plain = rows[chart[rows] == XMR]
        if len(plain):
            found = xmr(value[plain, part])
            lines[:, plain, part] = found.centre, found.lower, found.upper
            seldom = is_rare(value[plain, part])
            lines[:, plain[seldom], part], found.point_type[seldom] = np.nan, 0
            codes[plain, part] = found.point_type
        for kind, draw in ((P_PRIME, p_chart), (U_PRIME, u_chart)):
            large = rows[chart[rows] == kind]
            if len(large):
                prime = draw(top[large, part], base[large, part], scale=scale[large], screen=True)
                lines[:, large, part] = prime.centre, prime.lower, prime.upper
                codes[large, part], sigma[large] = _codes(value[large, part], prime), prime.sigma_z
        provisional[rows, part] = ((~np.isnan(value[rows, part])).sum(axis=1) < POINTS_FOR_FIRM_LIMITS)[:, None]
        phase[rows, part] = part.start
    silent = ~figures.axes.chartable[metrics]
    lines[:, silent], codes[silent] = np.nan, 0
    floor, ceiling = value_bounds([figures.axes.metrics[place] for place in metrics], value)
    lower, upper = (np.clip(side, floor[:, None], ceiling[:, None]) for side in lines[1:])
    reach = _half_width(lines[0], lines[1], lines[2])
    return ControlCharts(
        first, value, lines[0], lower, upper, codes, provisional, chart, sigma, phase, reach, floor, ceiling
    )


def value_bounds(metrics: Sequence[Metric], value: Array) -> tuple[Array, Array]:
    """(floor, ceiling) [pair] of what each figure can be.

    A bound that one of its values [pair, month] breaks is none (a plan fulfilled by 104 %).
    """
    bounds = np.array([metric.bounds for metric in metrics], dtype=float).reshape(-1, 2)
    known = ~np.isnan(value)
    least = np.where(known, value, np.inf).min(axis=1, initial=np.inf)
    most = np.where(known, value, -np.inf).max(axis=1, initial=-np.inf)
    return np.where(least < bounds[:, 0], -np.inf, bounds[:, 0]), np.where(most > bounds[:, 1], np.inf, bounds[:, 1])


def _half_width(centre: Array, lower: Array, upper: Array) -> Array:
    """From the centre to a limit; one that the prime chart cut off at 0 or 100 counts at its full distance."""
    return np.maximum(upper - centre, centre - lower)


def is_rare(value: Array) -> Flags:
    """Which rows of [pair, month] count cases so rare that most months have none.

    Moving ranges say nothing of them: screening leaves none, and any run of zeros lies below the mean. Wheeler 2011,
    "Working with rare events", counts the months between cases instead.
    """
    known = ~np.isnan(value)
    some = np.where(known, value, 0.0)
    return np.asarray(
        (row_median(value) == 0) & (some.max(axis=1, initial=0.0) > 0) & (some.min(axis=1, initial=0.0) >= 0)
    )


def chart_kinds(figures: Figures, metrics: Indices, value: Array, top: Array, base: Array) -> np.ndarray:
    """Which chart (XMR, P_PRIME or U_PRIME) suits each pair.

    A prime chart where every known month has its base and the typical one is large.
    """
    found = np.full(len(value), XMR, dtype="object")
    if not value.size:
        return found
    known = ~np.isnan(value)
    whole = (known == ~(np.isnan(top) | np.isnan(base))).all(axis=1) & (
        np.where(np.isnan(base), np.inf, base).min(axis=1) > 0
    )
    large = whole & (row_median(np.where(known, base, np.nan)) >= LARGE_BASE) & (known.sum(axis=1) > 1)
    inside = (np.nan_to_num(top) <= np.nan_to_num(base)).all(axis=1)
    suits = np.array([prime_chart(metric) for metric in figures.axes.metrics], dtype="object")[metrics]
    large &= (suits != "") & ((suits != P_PRIME) | inside)
    return np.where(large, suits, found)


def _codes(value: Array, chart: LaneyResult) -> Codes:
    """The rules on a chart whose limits differ from month to month."""
    reach = _half_width(chart.centre, chart.lower, chart.upper)
    known, order = known_first(value)
    centre, reach = (np.take_along_axis(lines, order, axis=1) for lines in (chart.centre, reach))
    codes = np.zeros(value.shape, dtype=np.int8)
    np.put_along_axis(codes, order, point_types(known, centre, reach), axis=1)
    return codes
