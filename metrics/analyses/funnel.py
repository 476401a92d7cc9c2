"""The funnel: which peers differ from all of them together by more than their size explains."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data.model.errors import WrongUsage
from metrics.analyses.ranking import default_level
from metrics.assessment.uncertainty import MINIMUM_COVERAGE, below_minimum_base, interval_type, standard_deviation
from metrics.engine.aggregation import Values
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import Window, window
from metrics.statistics import funnel as chart
from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.funnel import FunnelResult

CURVE = 80
"""Points of the drawn limits."""
INNER = 0.95
KINDS = ("proportion", "rate", "mean")
NO_SPREAD = "spread"
"""Why nobody is judged: the standard deviations known come from too few of the responses."""


@dataclass(frozen=True)
class Funnel:
    """The funnel of one metric of all peers; centre and limits are in the metric's unit.

    units: unit, name, value, base, lower, upper, flag, variation, thin, little; the largest base first.
    flag: "high", "low" or None. variation: "improving", "concerning" or None.
    little: a base below the metric's minimum; it counts in the centre, but has no limits and is never flagged.
    curve: base, lower, upper (at `level`), inner_lower, inner_upper (at 95 %).
    phi: the peers' spread (1 = what chance gives). tau2: the variance between them that widens the limits.
    expected_by_chance: the flags among `judged` peers that do not differ at all.
    unjudged: why there are no limits (NO_SPREAD), else "".
    """

    metric: str
    level: float
    centre: float
    phi: float
    tau2: float
    judged: int
    expected_by_chance: float
    units: pd.DataFrame
    curve: pd.DataFrame
    unjudged: str = ""

    @property
    def flagged(self) -> int:
        """How many peers lie outside."""
        return int(self.units["flag"].notna().sum())


def has_funnel(figures: Figures, metric: Metric) -> bool:
    """Whether a metric counts something over a base, so that a base says how sure it is."""
    return interval_type(figures, metric) in KINDS


def funnel(
    figures: Figures,
    metric: str,
    month: str,
    period: str = "month",
    level: str | None = None,
    within: str | None = None,
    overdispersed: bool = True,
) -> Funnel:
    """The funnel of `metric` among the peers that `ranking` would compare; WrongUsage for a metric without a base.

    Limits at 99.8 %, widened by what all peers spread beyond chance (`overdispersed`); scores are judged by the
    deviation within peers.
    Source: Spiegelhalter 2005.
    """
    record = figures.axes.metric(metric)
    if not has_funnel(figures, record):
        raise WrongUsage(f"{record.code} has no base that says how sure it is, so it has no funnel.")
    last = window(month, period).last
    peers = figures.axes.peers(level or default_level(figures, within, last), within, last)
    covered = window(month, period)
    found, curve, few = _found(figures, record, peers, covered, overdispersed)
    better = record.better
    flags = found.flag[0]
    high = np.array([None, "high", "low"], dtype="object")[flags]
    turn = np.array([None, "improving", "concerning"], dtype="object")[
        flags if better == "higher" else -flags if better == "lower" else 0 * flags
    ]
    codes = [figures.axes.units[place] for place in peers]
    units = pd.DataFrame(
        {
            "unit": pd.Series(codes, dtype="object"),
            "name": pd.Series([figures.organisation.name(code) for code in codes], dtype="object"),
            "value": found.value[0],
            "base": _bases(figures, record, peers, covered),
            "lower": found.lower[0],
            "upper": found.upper[0],
            "flag": pd.Series(high, dtype="object"),
            "variation": pd.Series(turn, dtype="object"),
            "thin": found.thin[0],
            "little": few,
        }
    )
    units = units[units["value"].notna()].sort_values(["base", "unit"], ascending=[False, True], ignore_index=True)
    judged = int(units["upper"].notna().sum())
    # Of a mean every other part of its limits is known.
    unjudged = (
        NO_SPREAD if interval_type(figures, record) == "mean" and len(curve) and curve["upper"].isna().all() else ""
    )
    return Funnel(
        record.code,
        chart.LEVEL,
        float(found.centre[0]),
        float(found.phi[0]),
        float(found.tau2[0]),
        judged,
        float(found.expected_false[0]),
        units,
        curve,
        unjudged,
    )


def _bases(figures: Figures, metric: Metric, peers: Indices, covered: Window) -> Array:
    return np.asarray(figures.over(covered).denominator[figures.axes.metric_index(metric.code), peers])


def _whole(figures: Figures, covered: Window, pick: tuple[Indices, ...]) -> Values:
    """The values at some places, without those of months that are not over: a funnel judges."""
    values, unfinished = figures.over(covered).at(pick), figures.provisional.over(covered, pick) > 0
    if not unfinished.any():
        return values
    parts = {
        name: np.where(unfinished, np.nan, getattr(values, name)) for name in ("value", "numerator", "denominator")
    }
    return replace(values, **parts)


def _found(
    figures: Figures, metric: Metric, peers: Indices, covered: Window, overdispersed: bool
) -> tuple[FunnelResult, pd.DataFrame, Flags]:
    """The funnel in the metric's unit, its drawn limits, and which peers rest on too small a base."""
    rows = np.array([figures.axes.metric_index(metric.code)])
    values = _whole(figures, covered, np.ix_(rows, peers))
    base, kind = values.denominator, interval_type(figures, metric)
    known = base[(base > 0) & ~np.isnan(values.value)]
    bases = np.geomspace(known.min(), known.max(), CURVE) if len(known) else np.empty(0)
    if kind == "mean":
        spread = standard_deviation(figures, metric, covered)[peers][None, :]
        if np.nansum(base[~np.isnan(spread)]) < MINIMUM_COVERAGE * np.nansum(base):
            spread = np.full_like(spread, np.nan)
        result, scale = (
            chart.funnel_of_means(values.value, base, spread, overdispersed=overdispersed, minimum=metric.minimum_base),
            1.0,
        )
        within = chart.pooled_deviation(spread, base)
    else:
        proportion, scale = kind == "proportion", metric.scale
        result = chart.funnel_of_ratios(
            values.numerator, base, proportion, overdispersed=overdispersed, minimum=metric.minimum_base
        )
    centre, wider = result.centre[0], np.nan_to_num(result.tau2[0]) if overdispersed else 0.0
    lines: dict[str, Array] = {"base": bases}
    for prefix, level in (("", chart.LEVEL), ("inner_", INNER)):
        sides = (
            chart.limits_of_means(centre, wider, bases, within[0], level)
            if kind == "mean"
            else chart.limits_of_ratios(centre, wider, bases, proportion, level)
        )
        lines |= {
            f"{prefix}lower": _possible(metric, scale * sides[0]),
            f"{prefix}upper": _possible(metric, scale * sides[1]),
        }
    result = result.scaled(scale)
    result = replace(result, lower=_possible(metric, result.lower), upper=_possible(metric, result.upper))
    return result, pd.DataFrame(lines), below_minimum_base(figures, rows, values)[0]


def _possible(metric: Metric, limits: Array) -> Array:
    """Limits within what the metric can be."""
    return np.clip(limits, *metric.bounds)
