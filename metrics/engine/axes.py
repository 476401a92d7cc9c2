"""The axes of one version: its metrics, units and months as indices of arrays, and what each metric is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.model.errors import NoData, WrongUsage
from metrics.engine.aggregation import FLOW, OVER_TIME
from metrics.engine.catalogue import INDICATOR, catalogue, metric_by_name
from metrics.engine.rollup import Hierarchy, Tree
from metrics.model.metric import Metric, Term
from metrics.model.periods import month_name, month_number
from metrics.statistics.arrays import Array, Flags, Indices

if TYPE_CHECKING:
    from data.model.organisation import Organisation
    from data.snapshots.reader import Snapshot


BEFORE = -(10**6)
"""A column before every month."""


class Axes:
    """Metrics as in `metrics`, units as in `units`, months from the first to the last with data, gaps included."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.organisation = snapshot.organisation
        self._snapshot = snapshot
        self.metrics = catalogue(snapshot)
        self.units: list[str] = self.organisation.codes
        self.unit_places = {code: index for index, code in enumerate(self.units)}
        self._metric_index = {metric.code: index for index, metric in enumerate(self.metrics)}
        self._peers: dict[tuple[str, str | None, int], Indices] = {}

    @cached_property
    def months(self) -> list[str]:
        """Every month from the first to the last with data, gaps included."""
        held = [month_number(month) for month in self._snapshot.months()]
        return [month_name(month) for month in range(min(held), max(held) + 1)] if held else []

    @cached_property
    def first_month(self) -> int:
        """The first month with data as a count of months (see model/periods)."""
        return month_number(self.months[0]) if self.months else 0

    @property
    def last_month(self) -> str:
        """The last month with a figure that is not provisional, else the last with data; NoData if there is none."""
        if not self.months:
            raise NoData("No month has been loaded yet; load an export first.")
        return self._snapshot.last_month() or self.months[-1]

    def metric(self, code: str) -> Metric:
        """The metric called `code` (or by a name); WrongUsage names the nearest."""
        return (
            self.metrics[self._metric_index[code]] if code in self._metric_index else metric_by_name(self.metrics, code)
        )

    def metric_index(self, code: str) -> int:
        """The index of a metric on the axis; WrongUsage names the nearest if there is none."""
        return self._metric_index[self.metric(code).code]

    def unit_index(self, code: str) -> int:
        """The index of a unit on the axis; WrongUsage if there is no such code."""
        if code not in self.unit_places:
            near = self.organisation.nearest(code)
            raise WrongUsage(f"No unit has the code {code!r}" + (f"; the nearest: {', '.join(near)}." if near else "."))
        return self.unit_places[code]

    def unit_indices(self, codes: Sequence[str]) -> Indices:
        """The indices of units on the axis [code]."""
        return np.array([self.unit_index(code) for code in codes], dtype=np.intp)

    def organisation_in(self, month: int | None) -> Organisation:
        """The units as they stand below each other in a month (see model/periods); None: as they are now."""
        return self.organisation if month is None else self.organisation.at(month_name(month))

    def peers(self, level: str | None, within: str | None = None, month: int | None = None) -> Indices:
        """The units of a level, only those below `within` in `month` if given."""
        known = self.organisation_in(month) if within else self.organisation
        key = (level or "", within, id(known))
        if key not in self._peers:
            # By code, so that the order in which units were loaded decides nothing, not even among ties.
            self._peers[key] = self.unit_indices(sorted(known.at_level(level or "", within)))
        return self._peers[key]

    def find_metric_index(self, word: object) -> int:
        """The index of a metric called so by code or name; -1 if there is none, or no word."""
        try:
            return self.metric_index(word) if isinstance(word, str) and word else -1
        except WrongUsage:
            return -1

    def mentioning(self, named: pd.Series, code: str, *, whole: bool = True) -> pd.Series:
        """Which rows of what people entered speak of a metric, by its code or a name.

        With `whole` also those that name none, which speak of all.
        """
        own = self.metric_index(code)
        meant = [
            self.find_metric_index(name) == own or (whole and (not isinstance(name, str) or not name)) for name in named
        ]
        return pd.Series(meant, index=named.index, dtype=bool)

    def subtree(self, unit: str, month: int | None = None) -> Flags:
        """Which units are `unit` or stand below it in `month` [unit]; none if there is no such unit."""
        found = np.array([code == unit for code in self.units], dtype=bool)
        for children, parents in self.tree_in(month).downwards():
            found[children] |= found[parents]
        return found

    @cached_property
    def hierarchy(self) -> Hierarchy:
        """The units' parents as numbers, over the months."""
        changes = [f"{since:%Y-%m}" for since in self.organisation.changes]
        known = [*(self.organisation.at(month_name(month_number(change) - 1)) for change in changes), self.organisation]
        starts = [BEFORE, *(month_number(change) - self.first_month for change in changes)]
        return Hierarchy(tuple(self._tree(one) for one in known), tuple(starts))

    def _tree(self, organisation: Organisation) -> Tree:
        parents = [self.unit_places.get(organisation.parent(code) or "", -1) for code in self.units]
        return Tree(np.array(parents, dtype=np.intp))

    def tree_in(self, month: int | None) -> Tree:
        """The units' parents in a month (see model/periods); None: as they are now."""
        return self.hierarchy.trees[-1] if month is None else self.hierarchy.at(month - self.first_month)

    @cached_property
    def closed(self) -> Indices:
        """The index of the last month in which each unit is open [unit], as far as it is known."""
        dates = self.organisation.frame["closed"]
        ends = [
            month_number(f"{date:%Y-%m}") - self.first_month if pd.notna(date) else len(self.months) for date in dates
        ]
        return np.array(ends, dtype=np.intp)

    @cached_property
    def lower_is_better(self) -> np.ndarray:
        """Metrics of which lower is better [metric]."""
        return np.array([metric.better == "lower" for metric in self.metrics], dtype=bool)

    @cached_property
    def rankable(self) -> np.ndarray:
        """Metrics of which one direction is better."""
        return np.array([metric.better != "neither" for metric in self.metrics], dtype=bool)

    @cached_property
    def scales(self) -> Array:
        """The scale of each metric [metric]."""
        return np.array([metric.scale for metric in self.metrics], dtype=float)

    @cached_property
    def changes_in_points(self) -> np.ndarray:
        """Metrics whose changes are told in points, not per cent."""
        return np.array([metric.format in ("percent", "score") for metric in self.metrics], dtype=bool)

    @cached_property
    def chartable(self) -> np.ndarray:
        """Metrics whose months a control chart may judge [metric].

        Neither a count that only rises within a year nor a cohort that only falls.
        """
        return np.array([not (metric.quarters_of or metric.restarts) for metric in self.metrics], dtype=bool)

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

    @cached_property
    def _measures_over_time(self) -> dict[str, str]:
        frame = self._snapshot.measures()
        return dict(zip(frame["measure"], frame["over_time"], strict=True))

    @cached_property
    def _indicators_over_time(self) -> dict[str, str]:
        frame = self._snapshot.indicators()
        return dict(zip(frame["code"], frame["over_time"], strict=True))

    def over_time(self, term: Term) -> int:
        """How a term crosses months: FLOW, STOCK or LAST."""
        if term.kind == INDICATOR and term.segments:
            return OVER_TIME.get(self._indicators_over_time.get(term.segments[0], "flow"), FLOW)
        return OVER_TIME.get(self._measures_over_time.get(term.measure, "flow"), FLOW)
