"""The figures of one version: dense arrays that everything else reads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.errors import NoData, WrongUsage
from metrics.catalogue import INDICATOR, catalogue, metric_named
from metrics.composite import composites, quarters_passed
from metrics.metric import Metric, Term
from metrics.periods import Window, name_of, number_of
from metrics.phases import Phases
from metrics.rollup import Array, Flags, Indices, Tree, roll_up_pairs
from metrics.statistics.laney import D2
from metrics.statistics.volatility import mean_moving_range
from metrics.targets import Goals, Targets
from metrics.values import FLOW, OVER_TIME, Months, Values

if TYPE_CHECKING:
    from data.snapshot import Snapshot

MOST_PERIODS = 96
PROCESS_MONTHS = 36
FEWEST_FOR_ERROR = 6


class Figures:
    """Everything that is known of one snapshot, rolled up once. Immutable to its readers; safe between threads.

    Axes everywhere: metrics as in `metrics`, units as in `units`, months from the first to the last with data.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.version: int = snapshot.version
        self.organisation = snapshot.organisation
        self.metrics = catalogue(snapshot)
        self.units: list[str] = self.organisation.codes
        self._unit_index = {code: index for index, code in enumerate(self.units)}
        self._metric_index = {metric.code: index for index, metric in enumerate(self.metrics)}
        self._periods: OrderedDict[Window, Values] = OrderedDict()
        self._peers: dict[tuple[str, str | None], Indices] = {}
        self._segments: dict[tuple[str, str], tuple[list[str], Array]] = {}
        self._quarters: dict[Window, Values] = {}
        self._guard = Lock()

    # -- axes ---------------------------------------------------------------------------------------------------------

    @cached_property
    def months(self) -> list[str]:
        """Every month from the first to the last with data, gaps included."""
        held = [number_of(month) for month in self.snapshot.months()]
        return [name_of(month) for month in range(min(held), max(held) + 1)] if held else []

    @cached_property
    def first_month(self) -> int:
        return number_of(self.months[0]) if self.months else 0

    @property
    def last_month(self) -> str:
        """The last month with data; NoData if there is none."""
        if not self.months:
            raise NoData("No month has been loaded yet; load an export first.")
        return self.months[-1]

    def metric(self, code: str) -> Metric:
        """The metric called `code` (or by a name); WrongUsage names the nearest."""
        return (
            self.metrics[self._metric_index[code]] if code in self._metric_index else metric_named(self.metrics, code)
        )

    def metric_index(self, code: str) -> int:
        return self._metric_index[self.metric(code).code]

    def unit_index(self, code: str) -> int:
        """The unit's place on the axis; WrongUsage if there is no such code."""
        if code not in self._unit_index:
            near = self.organisation.nearest(code)
            raise WrongUsage(f"No unit has the code {code!r}" + (f"; the nearest: {', '.join(near)}." if near else "."))
        return self._unit_index[code]

    def unit_indices(self, codes: Sequence[str]) -> Indices:
        return np.array([self.unit_index(code) for code in codes], dtype=np.intp)

    def peers(self, level: str | None, within: str | None = None) -> Indices:
        """The units of a level, only those below `within` if given."""
        key = (level or "", within)
        if key not in self._peers:
            self._peers[key] = self.unit_indices(self.organisation.at_level(level or "", within))
        return self._peers[key]

    def known_metric(self, word: str) -> int:
        """The place of a metric called so by code or name; -1 if there is none."""
        try:
            return self.metric_index(word)
        except WrongUsage:
            return -1

    def below(self, unit: str) -> Flags:
        """Which units are `unit` or stand below it [unit]; none if there is no such unit."""
        found = np.array([code == unit for code in self.units], dtype=bool)
        for children, parents in self.tree.downwards():
            found[children] |= found[parents]
        return found

    @cached_property
    def phases(self) -> Phases:
        """The phases that loaded events start."""
        return Phases.of(self.snapshot.events())

    @cached_property
    def tree(self) -> Tree:
        """The units' parents as numbers."""
        parents = [self._unit_index.get(self.organisation.parent(code) or "", -1) for code in self.units]
        return Tree(np.array(parents, dtype=np.intp))

    @cached_property
    def lower_is_better(self) -> np.ndarray:
        return np.array([metric.better == "lower" for metric in self.metrics], dtype=bool)

    @cached_property
    def ranked(self) -> np.ndarray:
        """Metrics of which one direction is better."""
        return np.array([metric.better != "neither" for metric in self.metrics], dtype=bool)

    @cached_property
    def scales(self) -> Array:
        return np.array([metric.scale for metric in self.metrics], dtype=float)

    @cached_property
    def in_points(self) -> np.ndarray:
        """Metrics whose changes are told in points, not per cent."""
        return np.array([metric.format in ("percent", "score") for metric in self.metrics], dtype=bool)

    @cached_property
    def accumulates(self) -> np.ndarray:
        """Metrics that grow with every month of a period: a flow alone, or a flow over a stock."""
        return np.array([self._accumulates(metric) for metric in self.metrics], dtype=bool)

    def _accumulates(self, metric: Metric) -> bool:
        if metric.quarters_of:
            return True
        if metric.numerator is None or self.over_time(metric.numerator) != FLOW:
            return False
        return metric.denominator is None or self.over_time(metric.denominator) != FLOW

    # -- cells --------------------------------------------------------------------------------------------------------

    @cached_property
    def _measures_over_time(self) -> dict[str, str]:
        frame = self.snapshot.measures()
        return dict(zip(frame["measure"], frame["over_time"], strict=True))

    @cached_property
    def _indicators_over_time(self) -> dict[str, str]:
        frame = self.snapshot.indicators()
        return dict(zip(frame["code"], frame["over_time"], strict=True))

    def over_time(self, term: Term) -> int:
        """How a term crosses months: FLOW, STOCK or LAST."""
        if term.kind == INDICATOR and term.segments:
            return OVER_TIME.get(self._indicators_over_time.get(term.segments[0], "flow"), FLOW)
        return OVER_TIME.get(self._measures_over_time.get(term.measure, "flow"), FLOW)

    @cached_property
    def terms(self) -> dict[Term, int]:
        """Every term that a metric needs, with its place in `own`."""
        wanted = [
            term
            for metric in self.metrics
            for term in (metric.numerator, metric.denominator, metric.reported, *metric.spread)
            if term
        ]
        return {term: index for index, term in enumerate(dict.fromkeys(wanted))}

    @cached_property
    def own(self) -> Array:
        """Units' own rows [term, unit, month], before any roll-up."""
        cells = self.snapshot.cells([(term.measure, term.kind, term.segments) for term in self.terms])
        return self.dense(cells["term"].to_numpy(dtype=np.intp), cells, len(self.terms))

    def dense(self, rows: np.ndarray, cells: pd.DataFrame, count: int) -> Array:
        """Cells (columns unit, month, value) as an array [row, unit, month]; units and months that are not on the axes are left out."""
        found = np.full((count, len(self.units), len(self.months)), np.nan)
        units = _positions(cells["unit"], self._unit_index)
        months = cells["month"].to_numpy(dtype=np.intp) - self.first_month
        inside = (units >= 0) & (months >= 0) & (months < len(self.months))
        found[rows[inside], units[inside], months[inside]] = cells["value"].to_numpy(dtype=float)[inside]
        return found

    @cached_property
    def monthly(self) -> Months:
        """The months of every metric, rolled up pair by pair."""
        shape = (len(self.metrics), len(self.units), len(self.months))
        top, base, ready = np.full(shape, np.nan), np.full(shape, np.nan), np.full(shape, np.nan)
        for index, metric in enumerate(self.metrics):
            if metric.numerator:
                top[index] = self.own[self.terms[metric.numerator]]
                base[index] = (
                    self.own[self.terms[metric.denominator]]
                    if metric.denominator
                    else np.where(np.isnan(top[index]), np.nan, 1.0)
                )
            if metric.reported:
                ready[index] = self.own[self.terms[metric.reported]]
        with_base = np.array([metric.denominator is not None for metric in self.metrics], dtype=bool)
        own_speaks = ~np.isnan(top) | (~np.isnan(base) & with_base[:, None, None])
        top, base = roll_up_pairs(top, base, self.tree)
        base[~with_base] = np.where(np.isnan(top[~with_base]), np.nan, 1.0)
        return Months(
            top,
            base,
            ready,
            ~np.isnan(ready) & ~own_speaks,
            with_base,
            np.array(
                [self.over_time(metric.numerator) if metric.numerator else FLOW for metric in self.metrics],
                dtype=np.int8,
            ),
            np.array(
                [
                    self.over_time(metric.denominator) if metric.denominator else OVER_TIME["last"]
                    for metric in self.metrics
                ],
                dtype=np.int8,
            ),
            self.scales,
        )

    # -- periods ------------------------------------------------------------------------------------------------------

    def over(self, covered: Window) -> Values:
        """The figures of all metrics and units over `covered`; the latest periods asked for are kept."""
        with self._guard:
            if covered in self._periods:
                self._periods.move_to_end(covered)
                return self._periods[covered]
        found = self._computed(covered)
        with self._guard:
            self._periods[covered] = found
            while len(self._periods) > MOST_PERIODS:
                self._periods.popitem(last=False)
        return found

    def _computed(self, covered: Window) -> Values:
        plain = self.monthly.over(covered.first - self.first_month, covered.last - self.first_month)
        scored = composites(self.metrics, plain, self.goals(name_of(covered.last), longer=covered.length > 1))
        return quarters_passed(self.metrics, scored, covered, self._quarter)

    def _quarter(self, covered: Window) -> Values:
        """As `over`, but without counting quarters again; every month of a year asks for its quarters."""
        if covered not in self._quarters:
            self._quarters[covered] = self._composed(covered)
        return self._quarters[covered]

    def _composed(self, covered: Window) -> Values:
        plain = self.monthly.over(covered.first - self.first_month, covered.last - self.first_month)
        return composites(self.metrics, plain, self.goals(name_of(covered.last), longer=True))

    @cached_property
    def by_month(self) -> Values:
        """Every single month [metric, unit, month], as `over` gives them one by one: what control charts rest on."""
        months = [
            self.over(Window(self.first_month + place, self.first_month + place)) for place in range(len(self.months))
        ]
        if not months:
            return Values(*(np.empty((len(self.metrics), len(self.units), 0)) for _ in range(5)))  # type: ignore[arg-type]
        return Values(
            *(
                np.stack([getattr(month, name) for month in months], axis=2)
                for name in ("value", "numerator", "denominator", "reported", "months")
            )
        )

    def process_error(self, covered: Window, metrics: Indices, units: Indices) -> Array:
        """Standard error of a period's value from how the months vary [metric, unit]: mean moving range / 1.128 / root of the months known.

        What accumulates over the months has it times their number. NaN where fewer than 6 months are known.
        """
        end = max(covered.last - self.first_month + 1, 0)
        pick = np.ix_(metrics, units)
        values = self.by_month.value[:, :, max(end - PROCESS_MONTHS, 0) : end][pick]
        flat = values.reshape(-1, values.shape[2])
        enough = (~np.isnan(flat)).sum(axis=1) >= FEWEST_FOR_ERROR
        sigma = np.where(enough, mean_moving_range(flat) / D2, np.nan).reshape(values.shape[:2])
        known = np.maximum(self.over(covered).months[pick], 1)
        return sigma * np.where(self.accumulates[metrics][:, None], np.sqrt(known), 1 / np.sqrt(known))

    # -- targets ------------------------------------------------------------------------------------------------------

    @cached_property
    def targets(self) -> Targets:
        levels = [self.organisation.level(code) or "" for code in self.units]
        return Targets(self.snapshot.targets(), self.metrics, self.units, levels, self.tree)

    def goals(self, month: str, longer: bool) -> Goals:
        """Targets [metric, unit] that hold for a period ending with `month`; `longer` periods look at the year's first."""
        return self.targets.holding(month, longer)

    # -- segments -----------------------------------------------------------------------------------------------------

    def segmented(self, measure: str, kind: str) -> tuple[list[str], Array]:
        """The segments of a measure and their own rows [segment, unit, month]; a segment without a row in a month that has others is 0."""
        key = (measure, kind)
        if key not in self._segments:
            cells = self.snapshot.segments(measure, kind)
            codes, names = pd.factorize(cells["segment"], sort=True)
            own = self.dense(np.asarray(codes, dtype=np.intp), cells, len(names))
            some = (~np.isnan(own)).any(axis=0)
            self._segments[key] = ([str(name) for name in names], np.where(some, np.nan_to_num(own), np.nan))
        return self._segments[key]


def _positions(units: pd.Series, index: dict[str, int]) -> Indices:
    """Places of unit codes on the axis, -1 for others; each distinct code is looked up once."""
    codes, names = pd.factorize(units)
    places = np.array([index.get(str(name), -1) for name in names] or [-1], dtype=np.intp)
    return places[codes]
