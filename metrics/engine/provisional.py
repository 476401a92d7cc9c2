"""Months that are not over: up to which day the figures of each metric, unit and month go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from metrics.engine.rollup import Hierarchy, Tree
from metrics.model.metric import Metric, Term
from metrics.model.periods import Window, month_name
from metrics.statistics.arrays import Array, Codes, Flags, Indices

if TYPE_CHECKING:
    import pandas as pd

WHOLE = 99
"""In place of a day: the month is over."""


@dataclass(frozen=True)
class Provisional:
    """days [metric, unit, month]: the day to which a figure goes, 0 where its month is over. first_month: the month of
    the first column, as a count of months.
    """

    days: Codes
    first_month: int

    @property
    def any(self) -> bool:
        """Whether any figure is provisional."""
        return self.days.size > 0 and self.days.strides[0] != 0 and bool(self.days.any())

    @property
    def flags(self) -> Flags:
        """Where a figure is provisional [metric, unit, month]."""
        return self.days > 0

    def over(self, covered: Window, pick: tuple[Any, ...]) -> Indices:
        """Of the figures of a period at some places [metric, unit]: the day to which they go, as month * 100 + day; 0
        where all months are over.
        """
        found = np.zeros(self.days[:, :, 0:0][pick].shape[:2], dtype=np.intp)
        if not self.any:
            return found
        for month in range(covered.first, covered.last + 1):
            column = month - self.first_month
            if 0 <= column < self.days.shape[2]:
                days = self.days[:, :, column][pick].astype(np.intp)
                found = np.where(days > 0, month * 100 + days, found)
        return found


def day_named(code: int) -> str:
    """A code of `Provisional.over` as 2025-11-15; empty for 0."""
    return f"{month_name(code // 100)}-{code % 100:02d}" if code else ""


def provisional(
    frame: pd.DataFrame,
    metrics: tuple[Metric, ...],
    terms: dict[Term, int],
    own: Array,
    parts: dict[int, tuple[int, ...]],
    hierarchy: Tree | Hierarchy,
    units: dict[str, int],
    first_month: int,
) -> Provisional:
    """What is provisional of `metrics`, from the snapshot's rows (Snapshot.provisional).

    A figure is as soon as one that it is made of is: its numerator or its denominator, a unit below where the unit has
    no figure of its own, a component.
    """
    shape = (len(metrics), *own.shape[1:])
    if not len(frame) or not own.size:
        return Provisional(np.broadcast_to(np.int8(0), shape), first_month)
    days = np.full(shape, WHOLE, dtype=np.int8)
    of_measure = {str(name): rows for name, rows in frame.groupby("measure", sort=False)}
    for term, place in terms.items():
        if (rows := of_measure.get(term.measure)) is None:
            continue
        found = _of_term(rows, own[place], hierarchy, units, first_month)
        for index, metric in enumerate(metrics):
            if term in (metric.numerator, metric.denominator, metric.reported):
                np.minimum(days[index], found, out=days[index])
    for index, components in parts.items():
        for component in components:
            np.minimum(days[index], days[component], out=days[index])
    codes = {metric.code: index for index, metric in enumerate(metrics)}
    for index, metric in enumerate(metrics):
        if metric.quarters_of:
            np.minimum(days[index], days[codes[metric.quarters_of]], out=days[index])
    return Provisional(np.where(days == WHOLE, 0, days).astype(np.int8), first_month)


def _of_term(
    rows: pd.DataFrame, own: Array, hierarchy: Tree | Hierarchy, units: dict[str, int], first_month: int
) -> Codes:
    """The days of one term [unit, month], WHOLE where it is whole; units above take the earliest of those below, unless
    they have a figure of their own.
    """
    found = np.full(own.shape, WHOLE, dtype=np.int8)
    for unit, month, until in zip(rows["unit"], rows["month"], rows["until"], strict=True):
        place, column = units.get(str(unit), -1), int(month) - first_month
        if place >= 0 and 0 <= column < own.shape[1]:
            found[place, column] = min(found[place, column], until.day)
    known = ~np.isnan(own)
    for span, tree in hierarchy.spans(own.shape[1]):
        days, there = found[:, span], known[:, span]
        for children, starts, above in tree.steps:
            below = np.minimum.reduceat(days[children], starts, axis=0)
            days[above] = np.where(there[above], days[above], np.minimum(days[above], below))
    return found
