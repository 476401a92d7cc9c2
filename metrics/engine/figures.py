"""The figures of one version: dense arrays that everything else reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.feeds import all_feeds
from metrics.engine.aggregation import FLOW, OVER_TIME, MonthlyTerms, Values
from metrics.engine.axes import Axes
from metrics.engine.completeness import ReportingUnits, reporting_units
from metrics.engine.composite import composite, quarters_passed, with_composites
from metrics.engine.phases import Phases
from metrics.engine.provisional import Provisional, provisional
from metrics.engine.recent import Recent
from metrics.engine.rollup import Tree, roll_up_ratios
from metrics.engine.targets import Targets, TargetSet
from metrics.model.metric import Term
from metrics.model.periods import Window, month_name, month_number
from metrics.statistics.arrays import Array, Indices

if TYPE_CHECKING:
    from data.snapshots.reader import Snapshot

# What is kept of the periods last asked for: of all metrics, of one (each month of a year asks for its quarters), and
# the segments of a measure, of which one holds as many months of every unit as there are segments.
MOST_PERIODS, MOST_SCORES, MOST_SEGMENTS = 64, 512, 32
MOST_TREES = 64
MOST_MEMO = 4096
YEAR = 12


class Figures:
    """Everything that is known of one snapshot, rolled up once. Immutable to its readers; safe between threads.

    axes: what the places of the arrays stand for.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.version: int = snapshot.version
        self.organisation = snapshot.organisation
        self.axes = Axes(snapshot)
        self._periods: Recent[Values] = Recent(MOST_PERIODS)
        self._scores: Recent[tuple[Array, Indices]] = Recent(MOST_SCORES)
        self._targets: Recent[Targets] = Recent(MOST_TREES)
        self._segments: Recent[tuple[list[str], Array]] = Recent(MOST_SEGMENTS)
        self._memo: Recent[Array] = Recent(MOST_MEMO)

    def memo(self, asked: Hashable, make: Callable[[], Array]) -> Array:
        """A small array that an assessment derives from these figures, made once: nobody may write into it."""
        return self._memo.get(asked, make)

    @cached_property
    def terms(self) -> dict[Term, int]:
        """Every term that a metric needs, with its place in `own`."""
        wanted = [
            term
            for metric in self.axes.metrics
            for term in (metric.numerator, metric.denominator, metric.reported, *metric.spread)
            if term
        ]
        return {term: index for index, term in enumerate(dict.fromkeys(wanted))}

    @cached_property
    def own_values(self) -> Array:
        """Units' own rows [term, unit, month], before any roll-up."""
        cells = self.snapshot.cells([(term.measure, term.kind, term.segments) for term in self.terms])
        return self.to_array(cells["term"].to_numpy(dtype=np.intp), cells, len(self.terms))

    def to_array(self, rows: np.ndarray, cells: pd.DataFrame, count: int) -> Array:
        """Cells (columns unit, month, value) as an array [row, unit, month].

        Units and months that are not on the axes are left out.
        """
        found = np.full((count, len(self.axes.units), len(self.axes.months)), np.nan)
        units = _positions(cells["unit"], self.axes.unit_places)
        months = cells["month"].to_numpy(dtype=np.intp) - self.axes.first_month
        inside = (units >= 0) & (months >= 0) & (months < len(self.axes.months))
        found[rows[inside], units[inside], months[inside]] = cells["value"].to_numpy(dtype=float)[inside]
        return found

    @cached_property
    def monthly_terms(self) -> MonthlyTerms:
        """The months of every metric, rolled up pair by pair."""
        shape = (len(self.axes.metrics), len(self.axes.units), len(self.axes.months))
        top, base, ready = np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, np.nan)
        for index, metric in enumerate(self.axes.metrics):
            if metric.numerator:
                top[index] = self.own_values[self.terms[metric.numerator]]
                base[index] = (
                    self.own_values[self.terms[metric.denominator]]
                    if metric.denominator
                    else np.where(np.isnan(top[index]), np.nan, 1.0)
                )
            if metric.reported:
                ready[index] = self.own_values[self.terms[metric.reported]]
        with_base = np.array([metric.denominator is not None for metric in self.axes.metrics], dtype=bool)
        own_speaks = ~np.isnan(top) | (~np.isnan(base) & with_base[:, None, None])
        top, base = roll_up_ratios(top, base, self.axes.hierarchy)
        base[~with_base] = np.where(np.isnan(top[~with_base]), np.nan, 1.0)
        return MonthlyTerms.from_arrays(
            top,
            base,
            ready,
            ~np.isnan(ready) & ~own_speaks,
            with_base,
            np.array(
                [self.axes.over_time(metric.numerator) if metric.numerator else FLOW for metric in self.axes.metrics],
                dtype=np.int8,
            ),
            np.array(
                [
                    self.axes.over_time(metric.denominator) if metric.denominator else OVER_TIME["last"]
                    for metric in self.axes.metrics
                ],
                dtype=np.int8,
            ),
            self.axes.scales,
        )

    def over(self, covered: Window) -> Values:
        """The figures of all metrics and units over `covered`; the latest periods asked for are kept."""
        return self._periods.get(covered, lambda: self._over(covered))

    def _over(self, covered: Window) -> Values:
        plain = self.monthly_terms.over(covered.first - self.axes.first_month, covered.last - self.axes.first_month)
        goals = self.target_set(month_name(covered.last), longer=covered.length > 1)
        return quarters_passed(
            self.axes.metrics, with_composites(self.axes.metrics, plain, goals), covered, self._score
        )

    def _score(self, place: int, covered: Window) -> tuple[Array, Indices]:
        """(value, months known) per unit of one metric alone: every month of a year asks for its quarters."""
        return self._scores.get((place, covered), lambda: self._score_over(place, covered))

    def _score_over(self, place: int, covered: Window) -> tuple[Array, Indices]:
        rows = np.array(self.component_indices[place] or (place,), dtype=np.intp)
        found = self.monthly_terms.over(
            covered.first - self.axes.first_month, covered.last - self.axes.first_month, rows
        )
        if not self.component_indices[place]:
            return found.value[0], found.months[0]
        return composite(self.axes.metrics[place], found, self.target_set(month_name(covered.last), longer=True), rows)

    @cached_property
    def component_indices(self) -> dict[int, tuple[int, ...]]:
        """The places of every composite's components, by its place; none for other metrics."""
        return {
            place: tuple(self.axes.metric_index(part.metric) for part in metric.components)
            for place, metric in enumerate(self.axes.metrics)
        }

    @cached_property
    def monthly_values(self) -> Values:
        """Every single month [metric, unit, month], as `over` gives them one by one: what control charts rest on.

        All at once but for composites, whose base and challenge may be another every month.
        """
        found = self.monthly_terms.each_month()
        for place, metric in enumerate(self.axes.metrics):
            if not (metric.components or metric.quarters_of):
                continue
            for column in range(len(self.axes.months)):
                month = self.axes.first_month + column
                if metric.components:
                    rows = np.array(self.component_indices[place], dtype=np.intp)
                    goals = self.target_set(month_name(month), longer=False)
                    found.value[place, :, column], found.months[place, :, column] = composite(
                        metric, found.at((rows, slice(None), column)), goals, rows
                    )
                else:
                    empty = Values.unknown(len(self.axes.metrics), len(self.axes.units))
                    counted = quarters_passed(self.axes.metrics, empty, Window(month, month), self._score)
                    for name in ("value", "numerator", "denominator", "months"):
                        getattr(found, name)[place, :, column] = getattr(counted, name)[place]
        return found

    @cached_property
    def reporting_units(self) -> ReportingUnits:
        """Of how many units each month's figure is the sum, and how many were to report."""
        pairs = [
            tuple(self.terms[term] for term in (metric.numerator, metric.denominator) if term)
            for metric in self.axes.metrics
        ]
        # Rows are counted first of all: a figure that needs a column of theirs goes with their count.
        count = {
            measure.name: Term(feed.measures[0].name)
            for feed in all_feeds()
            for measure in feed.measures
            if measure.needs
        }
        beside = {
            place: self.terms[count[term.measure]]
            for term, place in self.terms.items()
            if not term.kind and term.measure in count and count[term.measure] in self.terms
        }
        return reporting_units(self.own_values, pairs, self.axes.hierarchy, self.axes.closed, beside)

    @cached_property
    def provisional(self) -> Provisional:
        """Which figures are of months that are not over, and to which day they go."""
        frame, metrics = self.snapshot.provisional(), tuple(self.axes.metrics)
        return provisional(
            frame,
            metrics,
            self.terms,
            self.own_values,
            self.component_indices,
            self.axes.hierarchy,
            self.axes.unit_places,
            self.axes.first_month,
        )

    @cached_property
    def complete_months(self) -> Array:
        """The values of `monthly_values` without those of totals that lack units and of months that are not over: what
        is judged month by month.
        """
        totals = np.array([metric.total for metric in self.axes.metrics], dtype=bool)
        lacking = self.reporting_units.reported < self.reporting_units.expected
        unjudged = (totals[:, None, None] & lacking) | self.provisional.flags
        return np.where(unjudged, np.nan, self.monthly_values.value)

    @cached_property
    def phases(self) -> Phases:
        """The phases that loaded events start."""
        return Phases.of(self.snapshot.events())

    def targets_in(self, month: str) -> Targets:
        """The loaded targets, looked up for all metrics and units at once, as the units stand below each other in
        `month`.
        """
        tree = self.axes.tree_in(month_number(month))
        return self._targets.get(id(tree), lambda: self._targets_below(tree))

    def _targets_below(self, tree: Tree) -> Targets:
        levels = [self.organisation.level(code) or "" for code in self.axes.units]
        return Targets(self.snapshot.targets(), self.axes.metrics, self.axes.units, levels, tree)

    def target_set(self, month: str, longer: bool) -> TargetSet:
        """Targets [metric, unit] of a period ending with `month`; `longer` periods look at the year's first."""
        return self.targets_in(month).holding(month, longer)

    def targets_over(self, covered: Window) -> Array:
        """Targets [metric, unit] of a period.

        Of what accumulates: the sum of its months' where each has one, else its share of the year's by the number of
        months; a whole year looks for the year's first. A year's figure says nothing of a quarter.
        """
        return self._goal_over(covered, "target")

    def target_set_over(self, covered: Window) -> TargetSet:
        """`targets_over` with the base and the challenge of the same months; weights as they were set."""
        found = self.target_set(month_name(covered.last), longer=covered.length > 1)
        return replace(found, **{field: self._goal_over(covered, field) for field in ("target", "base", "challenge")})

    def _goal_over(self, covered: Window, field: str) -> Array:
        """A field of the goals as `targets_over` says."""
        found: Array = getattr(self.target_set(month_name(covered.last), longer=covered.length > 1), field)
        rows = np.flatnonzero(self.axes.accumulates)
        months = [month_name(month) for month in range(covered.first, covered.last + 1)]
        if not len(rows) or not months:
            return found
        summed = np.sum([self.targets_in(month).set_for(month, field)[rows] for month in months], axis=0)
        share = self.targets_in(months[-1]).set_for(months[-1][:4], field)[rows] * len(months) / YEAR
        first, second = (share, summed) if len(months) >= YEAR else (summed, share)
        found = found.copy()
        found[rows] = np.where(np.isnan(first), second, first)
        return found

    def segment_values(self, measure: str, kind: str) -> tuple[list[str], Array]:
        """The segments of a measure and their own rows [segment, unit, month].

        A segment without a row in a month that has others is 0.
        """
        return self._segments.get((measure, kind), lambda: self._segmented(measure, kind))

    def _segmented(self, measure: str, kind: str) -> tuple[list[str], Array]:
        cells = self.snapshot.segments(measure, kind)
        codes, names = pd.factorize(cells["segment"], sort=True)
        own = self.to_array(np.asarray(codes, dtype=np.intp), cells, len(names))
        some = (~np.isnan(own)).any(axis=0)
        return [str(name) for name in names], np.where(some, np.nan_to_num(own), np.nan)


def _positions(units: pd.Series, index: dict[str, int]) -> Indices:
    """Places of unit codes on the axis, -1 for others; each distinct code is looked up once."""
    if isinstance(units.dtype, pd.CategoricalDtype):
        codes, names = np.asarray(units.cat.codes), units.cat.categories
    else:
        codes, names = pd.factorize(units)
    places = np.array([index.get(str(name), -1) for name in names] or [-1], dtype=np.intp)
    return places[codes]
