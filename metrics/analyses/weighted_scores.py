"""The weighted scorecard: one score per unit, its rank, and how far that depends on the weights and on chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.analyses.ranking import default_level
from metrics.assessment.uncertainty import standard_error, uncertainty
from metrics.engine.composite import component_score
from metrics.engine.figures import Figures
from metrics.engine.targets import TargetSet
from metrics.model.periods import Window, window
from metrics.statistics.arrays import Array, Indices
from metrics.statistics.attainment import attainment, met
from metrics.statistics.ranks import ranks
from metrics.statistics.weights import Sampled, share_in_top

CAP = 1.0
"""The most that one metric may bring of its weight; 1.2 pays for going beyond the challenge."""
TOP = 3


@dataclass(frozen=True)
class WeightedScores:
    """The weighted scores of peers.

    units: unit, name, score (per cent of full marks), rank, peers, share_in_top; the best first, incomplete ones
    last.
    share_in_top: share (0..1) of the draws that leave the unit in the first three; each draws other weights, and
    values within their standard errors (of sampling or of the months, as for plausible ranks).
    parts: unit, metric, value, weight, score (share of the weight, 0..cap), points.
    equal: no weights were loaded, so all metrics with a target weigh alike.
    """

    units: pd.DataFrame
    parts: pd.DataFrame
    cap: float
    equal: bool


def weighted_scores(
    figures: Figures,
    month: str,
    period: str = "month",
    level: str | None = None,
    within: str | None = None,
    weights: Mapping[str, float] | None = None,
    cap: float = CAP,
    top: int = TOP,
) -> WeightedScores:
    """The weighted scorecard of the peers that `ranking` would compare.

    Score of a metric: linear from `base` (0) to `challenge` (1), clipped to 0..cap; without both, its attainment /
    100 (of a target that is zero or negative: 1 if it is met, else 0). Points = weight x score; score of a unit = 100
    x points / weights.
    A unit that lacks a metric with a weight has no score and no place: null is not 0.
    Weights: those given by code, else those loaded with the targets (each unit keeps its own), else equal.
    """
    last = window(month, period).last
    peers = figures.axes.peers(level or default_level(figures, within, last), within, last)
    covered = window(month, period)
    goals = figures.target_set_over(covered)
    value = figures.over(covered).value[:, peers]
    everything = np.ix_(np.arange(len(figures.axes.metrics)), peers)
    value = np.where(figures.provisional.over(covered, everything) > 0, np.nan, value)
    goals = TargetSet(*(getattr(goals, name)[:, peers] for name in ("target", "base", "challenge", "weight")))
    share = metric_scores(figures, value, goals, cap)
    wanted, equal = _weights(figures, goals, share, weights)
    rows = np.flatnonzero((wanted > 0).any(axis=1))
    share, wanted = share[rows], wanted[rows]
    with np.errstate(divide="ignore", invalid="ignore"):
        total = 100 * np.where(wanted > 0, wanted * share, 0.0).sum(axis=0) / wanted.sum(axis=0)
    total = np.where(wanted.sum(axis=0) > 0, total, np.nan)
    placed = ranks(total[None, :], np.array([False]), np.array([True]))
    typical = np.median(wanted, axis=1) if wanted.size else np.zeros(len(rows))
    if typical.sum() > 0:
        sampled = _sampled(figures, covered, rows, peers, value[rows], goals, cap)
        top_share = share_in_top(share.T, typical, top, sampled=sampled)
    else:
        top_share = np.full(len(peers), np.nan)
    codes = np.array([figures.axes.units[place] for place in peers], dtype="object")
    units = pd.DataFrame(
        {
            "unit": codes,
            "name": [figures.organisation.name(code) for code in codes],
            "score": total,
            "rank": placed.rank[0],
            "peers": int(placed.peers[0]),
            "share_in_top": np.where(np.isnan(total), np.nan, top_share),
        }
    )
    metric_codes = np.array([figures.axes.metrics[row].code for row in rows], dtype="object")
    at_metric, at_unit = (axis.ravel() for axis in np.indices(share.shape))
    parts = pd.DataFrame(
        {
            "unit": codes[at_unit],
            "metric": metric_codes[at_metric],
            "value": value[rows].ravel(),
            "weight": wanted.ravel(),
            "score": share.ravel(),
            "points": (wanted * share).ravel(),
        }
    )
    return WeightedScores(
        units.sort_values(["rank", "name", "unit"], ignore_index=True), parts[parts["weight"] > 0], cap, equal
    )


def _sampled(
    figures: Figures, covered: Window, rows: Indices, peers: Indices, value: Array, goals: TargetSet, cap: float
) -> Sampled:
    """The scores of `rows` for values so many standard errors away; a value without an error stays as it is."""
    found = figures.over(covered).at(np.ix_(rows, peers))
    sure = uncertainty(figures, rows, peers, found, covered)
    error = np.nan_to_num(standard_error(figures, sure, covered, rows, peers))
    here = TargetSet(*(getattr(goals, name)[rows] for name in ("target", "base", "challenge", "weight")))

    def sampled(distance: Array) -> Array:
        drawn = value + error * distance.swapaxes(1, 2)
        return metric_scores(figures, drawn, here, cap, rows).swapaxes(1, 2)

    return sampled


def metric_scores(
    figures: Figures, value: Array, goals: TargetSet, cap: float = CAP, rows: Indices | slice = slice(None)
) -> Array:
    """The share of its weight that each metric of `rows` earns [..., metric, unit], 0..cap.

    NaN where the value, or what to hold it against, is not known.
    """
    lower = figures.axes.lower_is_better[rows, None]
    # There is no share of a target that is zero or negative: it is met or not.
    attained = attainment(value, goals.target, lower) / 100
    reached = np.where(goals.target > 0, attained, met(value, goals.target, lower))
    scored = component_score(value, goals.base, goals.challenge, cap)
    found = np.where(np.isnan(goals.base) | np.isnan(goals.challenge), np.clip(reached, 0.0, cap), scored)
    return np.where(figures.axes.rankable[rows, None], found, np.nan)


def _weights(figures: Figures, goals: TargetSet, share: Array, given: Mapping[str, float] | None) -> tuple[Array, bool]:
    """(weights [metric, peer], whether they are all equal for want of others)."""
    if given is not None:
        found = np.zeros(share.shape)
        for code, weight in given.items():
            found[figures.axes.metric_index(code)] = weight
        return found, False
    loaded = np.nan_to_num(goals.weight)
    if (loaded > 0).any():
        return loaded, False
    # What only some of the peers have (a target of one unit) cannot compare them.
    some = (~np.isnan(share)).any(axis=0)
    known = np.asarray((~np.isnan(share[:, some])).all(axis=1) & some.any())
    return np.broadcast_to(np.where(known, 1.0, 0.0)[:, None], share.shape), True
