"""The funnel of peers: the spread between them, the limits of each, and estimates drawn towards all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from metrics.assessment.uncertainty import MINIMUM_COVERAGE, below_minimum_base, interval_type, standard_deviation
from metrics.engine.aggregation import Values
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import Window
from metrics.statistics import funnel as chart
from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.empirical_bayes import shrunken
from metrics.statistics.funnel import FunnelResult

KINDS = ("proportion", "rate", "mean")


@dataclass(frozen=True)
class PeerFunnel:
    """The funnel of one metric of some peers, as computed: not in the metric's unit, limits not cut.

    result: arrays [1, peer]. scale: what makes the metric's unit of them. kind: one of KINDS.
    base: [peer]. within: the deviation within peers of a mean score, else NaN. widening: what is added to each
    variance. little: a base below the metric's minimum.
    """

    result: FunnelResult
    scale: float
    kind: str
    base: Array
    within: float
    widening: float
    little: Flags

    def limits(self, base: Array, level: float) -> tuple[Array, Array]:
        """Limits (low, high) for bases of any size, in the metric's unit."""
        centre = self.result.centre[0]
        sides = (
            chart.limits_of_means(centre, self.widening, base, self.within, level)
            if self.kind == "mean"
            else chart.limits_of_ratios(centre, self.widening, base, self.kind == "proportion", level)
        )
        return self.scale * sides[0], self.scale * sides[1]

    @property
    def shrunken(self) -> Array:
        """The empirical Bayes estimate of each peer, in the metric's unit; NaN where its error is not known."""
        found = self.result
        return self.scale * shrunken(found.value[0], found.centre[0], found.tau2[0], found.error[0])


def has_funnel(figures: Figures, metric: Metric) -> bool:
    """Whether a metric counts something over a base, so that a base says how sure it is."""
    return interval_type(figures, metric) in KINDS


def peer_funnel(
    figures: Figures, metric: Metric, peers: Indices, covered: Window, overdispersed: bool = True
) -> PeerFunnel:
    """The funnel of `peers` (places on the figures' axis) over `covered`, for a metric that `has_funnel`."""
    rows = np.array([figures.axes.metric_index(metric.code)])
    values = _whole(figures, covered, np.ix_(rows, peers))
    base, kind, within = values.denominator, interval_type(figures, metric), np.nan
    if kind == "mean":
        spread = standard_deviation(figures, metric, covered)[peers][None, :]
        if np.nansum(base[~np.isnan(spread)]) < MINIMUM_COVERAGE * np.nansum(base):
            spread = np.full_like(spread, np.nan)
        result = chart.funnel_of_means(
            values.value, base, spread, overdispersed=overdispersed, minimum=metric.minimum_base
        )
        within = float(chart.pooled_deviation(spread, base)[0])
    else:
        result = chart.funnel_of_ratios(
            values.numerator, base, kind == "proportion", overdispersed=overdispersed, minimum=metric.minimum_base
        )
    scale = 1.0 if kind == "mean" else metric.scale
    widening = float(np.nan_to_num(result.tau2[0])) if overdispersed else 0.0
    little = below_minimum_base(figures, rows, values)[0]
    known = np.where(np.isnan(values.value[0]), np.nan, base[0])
    return PeerFunnel(result, scale, kind, known, within, widening, little)


def _whole(figures: Figures, covered: Window, pick: tuple[Indices, ...]) -> Values:
    """The values at some places, without those of months that are not over: a funnel judges."""
    values, unfinished = figures.over(covered).at(pick), figures.provisional.over(covered, pick) > 0
    if not unfinished.any():
        return values
    parts = {
        name: np.where(unfinished, np.nan, getattr(values, name)) for name in ("value", "numerator", "denominator")
    }
    return replace(values, **parts)
