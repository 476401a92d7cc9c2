"""The control chart of any metrics and units: which months are signals, and within which limits the rest varies.

XmR by default. Proportions and rates on bases of thousands get Laney's p' or u': there the limits of single months follow from
their bases, widened by how much the months really vary. The rules are those of metrics.statistics.xmr in either case.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.figures import Figures
from metrics.metric import Metric
from metrics.rollup import Array, Flags, Indices
from metrics.statistics.arrays import Codes, packed
from metrics.statistics.laney import LaneyResult, p_chart, u_chart
from metrics.statistics.xmr import ENOUGH, point_types, xmr

WINDOW = 36
"""Months on which limits rest: what a chart shows by default."""
LARGE_BASE = 1_000
"""Median monthly base from which a prime chart replaces the XmR chart ("bases of thousands")."""
XMR, P_PRIME, U_PRIME = "xmr", "p'", "u'"


@dataclass(frozen=True)
class Control:
    """Arrays [pair, month] over the months first..last (indices on the figures' axis); `chart` and `sigma_z` are [pair].

    point_type holds codes of xmr.POINT_TYPES; provisional marks limits from fewer than 13 points.
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

    @property
    def points(self) -> Indices:
        """Months known behind each chart [pair]."""
        return (~np.isnan(self.value)).sum(axis=1)


def kind_of(metric: Metric) -> str:
    """The prime chart that suits a metric; "" if none does."""
    if metric.numerator is None or metric.denominator is None:
        return ""
    return {"percent": P_PRIME, "rate": U_PRIME}.get(metric.format, "")


def control(figures: Figures, metrics: Indices, units: Indices, last: int, window: int = WINDOW) -> Control:
    """The charts of the pairs (metrics[i], units[i]) (places on the figures' axes) over `window` months to `last` (a month's index)."""
    first, end = max(last - window + 1, 0), last + 1
    value = figures.by_month.value[metrics, units, first:end]
    top, base = (
        figures.by_month.numerator[metrics, units, first:end],
        figures.by_month.denominator[metrics, units, first:end],
    )
    found = xmr(value)
    lines = [found.centre.copy(), found.lower.copy(), found.upper.copy()]
    codes, chart, sigma = found.point_type.copy(), np.full(len(value), XMR, dtype="object"), np.full(len(value), np.nan)
    kinds = (
        np.array([kind_of(metric) for metric in figures.metrics], dtype="object")[metrics] if len(metrics) else chart
    )
    whole = (np.isnan(value) == (np.isnan(top) | np.isnan(base))).all(axis=1) & (
        np.where(np.isnan(base), np.inf, base).min(axis=1, initial=np.inf) > 0
    )
    known = ~np.isnan(value)
    typical = np.where(
        known.any(axis=1),
        np.ma.median(np.ma.masked_array(base, np.isnan(base)), axis=1).filled(np.nan) if base.size else np.nan,
        np.nan,
    )
    for kind, draw in ((P_PRIME, p_chart), (U_PRIME, u_chart)):
        rows = np.flatnonzero((kinds == kind) & whole & (typical >= LARGE_BASE) & (known.sum(axis=1) > 1))
        if kind == P_PRIME:
            rows = rows[(np.nan_to_num(top[rows]) <= np.nan_to_num(base[rows])).all(axis=1)]
        if len(rows):
            prime = draw(top[rows], base[rows], scale=figures.scales[metrics[rows]])
            codes[rows] = _codes(value[rows], prime)
            for line, replaced in zip(lines, (prime.centre, prime.lower, prime.upper), strict=True):
                line[rows] = replaced
            chart[rows], sigma[rows] = kind, prime.sigma_z
    provisional = np.broadcast_to((known.sum(axis=1) < ENOUGH)[:, None], value.shape)
    return Control(first, value, lines[0], lines[1], lines[2], codes, provisional, chart, sigma)


def _codes(value: Array, chart: LaneyResult) -> Codes:
    """The rules on a chart whose limits differ from month to month; a limit cut off at 0 or 100 counts at its full distance."""
    reach = np.maximum(chart.upper - chart.centre, chart.centre - chart.lower)
    known, order = packed(value)
    centre, reach = (np.take_along_axis(lines, order, axis=1) for lines in (chart.centre, reach))
    codes = np.zeros(value.shape, dtype=np.int8)
    np.put_along_axis(codes, order, point_types(known, centre, reach), axis=1)
    return codes
