"""How units stand: value, target, rank, movement and distances, for any metrics and peers at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from metrics.assessment.completeness import months_expected, target_for_known_months
from metrics.assessment.uncertainty import below_minimum_base
from metrics.engine.aggregation import Values
from metrics.engine.figures import Figures
from metrics.model.periods import Window, month_name, previous_period, year_before
from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.attainment import attainment, met
from metrics.statistics.ranks import Ranks, cases_to_next_rank, cases_to_value, ranks

# A step to the next place is counted in cases where the numerator counts cases.
COUNTABLE_FORMATS = ("percent", "rate", "count", "amount", "number")


@dataclass(frozen=True)
class Standing:
    """How units stand: arrays [metric, peer]; NaN means not known.

    metrics, units: the indices of rows and columns on the figures' axes. peers: the peers known [metric].
    months_expected: the most months that any peer knows of what accumulates.
    units_known of units_expected: how many units reported, where the figure is the sum of units.
    provisional: the day to which a figure goes whose month is not over (see engine.provisional), 0 for others: such a
    figure has no attainment, movement or change, and a rank only among peers that all go to the same day.
    met: whether the target is met, 1 or 0.
    target_default: nobody set a target, the metric's default holds.
    next_peer: the index of the next better peer, -1 for none.
    mom, yoy: in points for percentages and scores, in per cent otherwise.
    next_gap, to_average, to_target: whole cases of the numerator to the next rank, the parent's value and the target.
    """

    metrics: Indices
    units: Indices
    value: Array
    numerator: Array
    denominator: Array
    reported: Flags
    months_known: Indices
    months_expected: Indices
    units_known: Array
    units_expected: Array
    target: Array
    target_default: Flags
    attainment: Array
    met: Array
    gap: Array
    rank: Array
    peers: Indices
    rank_change: Array
    peer_average: Array
    gap_to_average: Array
    next_gap: Array
    next_rank: Array
    next_peer: Indices
    mom: Array
    yoy: Array
    to_average: Array
    to_target: Array
    provisional: Indices

    @property
    def values(self) -> Values:
        """The bare figures [metric, peer]."""
        return Values(self.value, self.numerator, self.denominator, self.reported, self.months_known)


def standing(
    figures: Figures, covered: Window, period: str, peers: Indices, metrics: Sequence[int] | Indices | None = None
) -> Standing:
    """Every one of `peers` in the months `covered`; `metrics` (places) limits the work."""
    rows = (
        np.arange(len(figures.axes.metrics), dtype=np.intp) if metrics is None else np.asarray(metrics, dtype=np.intp)
    )
    pick = np.ix_(rows, peers)
    lower, ranked = figures.axes.lower_is_better[rows], figures.axes.rankable[rows]
    here, before, last_year = (
        _made(figures, rows, peers, months)
        for months in (covered, previous_period(covered, period), year_before(covered))
    )
    now = here.values
    placed = ranks(_comparable(figures, rows, here), lower, ranked)
    target = target_for_known_months(figures, covered, rows, peers)
    # What a total that lacks units reaches of its target is not known.
    held = np.where(here.unjudged, np.nan, now.value)
    average = _of_parent(figures, covered, rows, peers)
    next_value, next_rank = _next(now, placed)
    next_gap, to_average, to_target = _cases(
        figures, rows, now, (next_value, average, np.where(here.unjudged, np.nan, target))
    )
    next_gap = np.where(here.provisional > 0, np.nan, next_gap)
    moved = ranks(_comparable(figures, rows, before), lower, ranked).rank - placed.rank
    moved = np.where(_any_provisional(here) | _any_provisional(before), np.nan, moved)
    default = figures.targets_in(month_name(covered.last)).by_default(month_name(covered.last), covered.length > 1)[
        pick
    ]
    return Standing(
        rows,
        peers,
        now.value,
        now.numerator,
        now.denominator,
        now.reported,
        now.months,
        months_expected(figures, rows, now),
        here.units_known,
        here.units_expected,
        target,
        default & ~figures.axes.accumulates[rows][:, None],
        np.where(ranked[:, None], _attained(figures, covered, pick, held, target), np.nan),
        np.where(ranked[:, None], met(held, target, lower[:, None]), np.nan),
        held - target,
        placed.rank,
        np.where(ranked, placed.peers, (~np.isnan(now.value)).sum(axis=1)),
        moved,
        average,
        now.value - average,
        next_gap,
        next_rank,
        placed.next_peer,
        _change(figures, rows, here, before),
        _change(figures, rows, here, last_year),
        to_average,
        to_target,
        here.provisional,
    )


@dataclass(frozen=True)
class _Made:
    """The values of a period [row, peer], of how many units they are the sum, which are totals that lack some, and to
    which day those go whose months are not over.
    """

    values: Values
    units_known: Array
    units_expected: Array
    partial: Flags
    provisional: Indices

    @property
    def unjudged(self) -> Flags:
        """What is no whole figure."""
        return self.partial | (self.provisional > 0)


def _made(figures: Figures, rows: Indices, peers: Indices, covered: Window) -> _Made:
    pick = np.ix_(rows, peers)
    known, expected = figures.reporting_units.over(
        covered.first - figures.axes.first_month, covered.last - figures.axes.first_month, pick
    )
    totals = np.array([figures.axes.metrics[row].total for row in rows], dtype=bool)
    partial = totals[:, None] & (known < expected)
    return _Made(figures.over(covered).at(pick), known, expected, partial, figures.provisional.over(covered, pick))


def _attained(figures: Figures, covered: Window, pick: tuple[Indices, ...], held: Array, target: Array) -> Array:
    """The attainment; of targets that are zero or negative by the base and challenge that are set."""
    lower = figures.axes.lower_is_better[pick[0]]
    if not (target <= 0).any():
        return attainment(held, target, lower)
    goals = figures.target_set_over(covered)
    return attainment(held, target, lower, goals.base[pick], goals.challenge[pick])


def _any_provisional(made: _Made) -> Flags:
    """Rows [row, 1] in which any peer's figure is provisional: its place, and so that of the others, is not final."""
    return np.asarray((made.provisional > 0).any(axis=1, keepdims=True))


def _comparable(figures: Figures, rows: Indices, made: _Made) -> Array:
    """The values that can be ranked, NaN for the others.

    On a base that reaches the metric's minimum, of as many months as any peer's sum, and no total that lacks units.
    Provisional figures are ranked only where all go to the same day.
    """
    values = made.values
    short = values.months < months_expected(figures, rows, values)
    until = made.provisional
    alike = np.isnan(values.value) | (until == until.max(axis=1, keepdims=True, initial=0))
    unlike = (until > 0) & ~alike.all(axis=1, keepdims=True)
    return np.where(below_minimum_base(figures, rows, values) | short | made.partial | unlike, np.nan, values.value)


def _of_parent(figures: Figures, covered: Window, rows: Indices, peers: Indices) -> Array:
    """The parent's own value: the true weighted average.

    Left out are a total, which is on another scale, a sum of more months than the unit's, and one that goes to another
    day.
    """
    above = figures.axes.tree_in(covered.last).parents[peers]
    whole, pick = figures.over(covered), np.ix_(rows, np.maximum(above, 0))
    totals = np.array([figures.axes.metrics[row].total for row in rows], dtype=bool)
    uneven = figures.axes.accumulates[rows][:, None] & (whole.months[pick] != whole.months[np.ix_(rows, peers)])
    until = figures.provisional
    other = until.over(covered, pick) != until.over(covered, np.ix_(rows, peers))
    return np.where((above < 0)[None, :] | totals[:, None] | uneven | other, np.nan, whole.value[pick])


def _cases(figures: Figures, rows: Indices, now: Values, wanted: tuple[Array, Array, Array]) -> tuple[Array, ...]:
    """Whole cases to the next rank, the parent's value and the target; NaN where the numerator counts none."""
    records = [figures.axes.metrics[row] for row in rows]
    counted = np.array(
        [metric.format in COUNTABLE_FORMATS and metric.better != "neither" for metric in records], dtype=bool
    )
    alone = np.array([metric.denominator is None for metric in records], dtype=bool)
    base = np.where(alone[:, None], 1.0, now.denominator)
    scale, lower = figures.axes.scales[rows][:, None], figures.axes.lower_is_better[rows][:, None]
    ways = (cases_to_next_rank, cases_to_value, cases_to_value)
    return tuple(
        np.where(counted[:, None], way(now.numerator, base, scale, value, lower), np.nan)
        for way, value in zip(ways, wanted, strict=True)
    )


def _next(now: Values, placed: Ranks) -> tuple[Array, Array]:
    """(value, rank) of the next place."""
    there, safe = placed.next_peer >= 0, np.maximum(placed.next_peer, 0)
    return tuple(  # type: ignore[return-value]
        np.where(there, np.take_along_axis(found, safe, axis=1), np.nan) for found in (now.value, placed.rank)
    )


def _change(figures: Figures, rows: Indices, now: _Made, then: _Made) -> Array:
    """The `change` since `then`.

    What accumulates is compared only over as many known months, a total only where neither lacks units, and nothing
    with a month that is not over.
    """
    found = change(now.values.value, then.values.value, figures.axes.changes_in_points[rows][:, None])
    uneven = figures.axes.accumulates[rows][:, None] & (now.values.months != then.values.months)
    return np.where(uneven | now.unjudged | then.unjudged, np.nan, found)


def change(now: Array, then: Array, in_points: Flags) -> Array:
    """Points for percentages and scores (`in_points`), else per cent of `then`, NaN where that is 0. Any shape."""
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = 100 * (now - then) / np.abs(then)
    return np.where(in_points, now - then, np.where(then == 0, np.nan, relative))
