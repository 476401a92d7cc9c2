"""The funnel: which peers differ from all of them together by more than their size explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.model.errors import WrongUsage
from metrics.analyses.ranking import default_level
from metrics.assessment.peer_funnel import PeerFunnel, has_funnel, peer_funnel
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import Window, window
from metrics.statistics import funnel as chart
from metrics.statistics.arrays import Array, Indices

CURVE = 80
"""Points of the drawn limits."""
INNER = 0.95
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
    peer = peer_funnel(figures, record, peers, covered, overdispersed)
    found, curve = peer.result.scaled(peer.scale), _lines(record, peer)
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
            "lower": np.clip(found.lower[0], *record.bounds),
            "upper": np.clip(found.upper[0], *record.bounds),
            "flag": pd.Series(high, dtype="object"),
            "variation": pd.Series(turn, dtype="object"),
            "thin": found.thin[0],
            "little": peer.little,
        }
    )
    units = units[units["value"].notna()].sort_values(["base", "unit"], ascending=[False, True], ignore_index=True)
    judged = int(units["upper"].notna().sum())
    # Of a mean every other part of its limits is known.
    unjudged = NO_SPREAD if peer.kind == "mean" and len(curve) and curve["upper"].isna().all() else ""
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


def _lines(metric: Metric, found: PeerFunnel) -> pd.DataFrame:
    """The drawn limits."""
    known = found.base[found.base > 0]
    bases = np.geomspace(known.min(), known.max(), CURVE) if len(known) else np.empty(0)
    lines: dict[str, Array] = {"base": bases}
    for prefix, level in (("", chart.LEVEL), ("inner_", INNER)):
        lower, upper = found.limits(bases, level)
        lines |= {f"{prefix}lower": np.clip(lower, *metric.bounds), f"{prefix}upper": np.clip(upper, *metric.bounds)}
    return pd.DataFrame(lines)
