"""Phases: the months at which a control chart starts anew, because something is known to have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.model.errors import WrongUsage
from metrics.model.periods import month_number
from metrics.statistics.arrays import Flags, Indices

if TYPE_CHECKING:
    from metrics.engine.axes import Axes

COLUMNS = ("month", "unit", "metric", "label", "new_phase")
CHART_MONTHS = 36
"""Months on which limits rest: what a chart shows by default."""


@dataclass(frozen=True)
class Phase:
    """A phase starts in `month` for `unit` and all units below it (None: everybody), for one metric (None: all)."""

    month: int
    unit: str | None = None
    metric: str | None = None
    label: str = ""


@dataclass(frozen=True)
class Phases:
    """The starts that hold for a set of charts."""

    starts: tuple[Phase, ...] = ()

    @classmethod
    def of(cls, events: pd.DataFrame) -> Phases:
        """From a list of events (COLUMNS; others are ignored): those that are marked to start a phase.

        A month that is none is left out.
        """
        found = []
        for row in events.to_dict("records"):
            if not (pd.notna(row.get("new_phase")) and bool(row["new_phase"])):
                continue
            try:
                month = month_number(str(row["month"])[:7])
            except WrongUsage:
                continue
            unit, metric = (
                str(row[name]) if isinstance(row.get(name), str) and row[name] else None for name in ("unit", "metric")
            )
            found.append(Phase(month, unit, metric, str(row.get("label") or "")))
        return cls(tuple(found))

    def adding(self, months: Sequence[str]) -> Phases:
        """These, and phases by hand from each of `months` (YYYY-MM) for everything. WrongUsage if one is no month."""
        return Phases((*self.starts, *(Phase(month_number(month)) for month in months)))

    def flags(self, axes: Axes, metrics: Indices, units: Indices, first: int, end: int) -> Flags:
        """Whether a phase starts [pair, month] in the months first..end-1 (places on the axis)."""
        found = np.zeros((len(metrics), max(end - first, 0)), dtype=bool)
        for start in self.starts:
            column = start.month - axes.first_month - first
            if not 0 < column < found.shape[1]:
                continue
            rows = np.ones(len(metrics), dtype=bool)
            if start.metric is not None:
                rows &= metrics == axes.find_metric_index(start.metric)
            if start.unit is not None:
                rows &= axes.subtree(start.unit, start.month)[units]
            found[rows, column] = True
        return found


def phase_slices(flags: Flags) -> Iterator[tuple[Indices, slice]]:
    """(rows, months) of every phase of [row, month], rows with the same phases together."""
    if not flags.any():
        yield np.arange(len(flags), dtype=np.intp), slice(0, flags.shape[1])
        return
    kinds, which = np.unique(flags, axis=0, return_inverse=True)
    for kind, starts in enumerate(kinds):
        rows = np.flatnonzero(which.ravel() == kind)
        for first, end in pairwise((0, *np.flatnonzero(starts).tolist(), flags.shape[1])):
            yield rows, slice(first, end)
