"""How complete a figure is: how many of the units that it is the sum of reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from metrics.engine.rollup import Hierarchy, Tree, known_below
from metrics.statistics.arrays import Array, Flags, Indices

YEAR = 12
# A version keeps one of each for every metric, unit and month.
COUNTS = np.int32
MEMORY = 12
"""Months back in which a unit must have reported to be waited for: as far as the figure of a year before, which this
one is held against.
"""
REGULAR = 0.5
"""The share of its parent's known months in them in which it must have: a survey of each quarter is waited for once a
quarter, a chance visit never.
"""


@dataclass(frozen=True)
class ReportingUnits:
    """Counts [metric, unit, month] of the units next below that a figure is the sum of.

    reported: the units that reported. expected: those that reported or were to.
    0 of 0 where a unit's own row speaks. A unit below counts as soon as anything is known of it: what lacks within
    it is said of it, not of those above. A unit is expected if it reported in at least half of the months in which
    the parent had a figure, of the twelve before, and is not closed, or if it reported what goes with the figure.
    """

    reported: npt.NDArray[np.int32]
    expected: npt.NDArray[np.int32]

    def over(self, first: int, last: int, pick: tuple[Any, ...]) -> tuple[Array, Array]:
        """(reported, expected) [row, unit] in the month of first..last (indices) that lacks most, the last of several.

        NaN where no figure is a sum of units.
        """
        part = slice(max(first, 0), max(last + 1, 0))
        known, expected = self.reported[pick][:, :, part], self.expected[pick][:, :, part]
        if not known.shape[2]:
            return (np.full(known.shape[:2], np.nan),) * 2
        thinnest = known.shape[2] - 1 - np.argmax((expected - known)[:, :, ::-1], axis=2)
        some, wanted = (
            np.take_along_axis(counts, thinnest[:, :, None], axis=2)[:, :, 0].astype(float)
            for counts in (known, expected)
        )
        return np.where(wanted > 0, some, np.nan), np.where(wanted > 0, wanted, np.nan)


def reporting_units(
    own: Array,
    pairs: list[tuple[int, ...]],
    hierarchy: Tree | Hierarchy,
    closed: Indices,
    beside: Mapping[int, int] | None = None,
) -> ReportingUnits:
    """Which units reported, from their own rows [term, unit, month].

    pairs: the terms of each metric's figure. closed: the index of the last month of each unit. beside: a term -> one
    that every unit has that reports at all: who has that and not the term, from a file without its column, lacks it.
    """
    shape = (len(pairs), *own.shape[1:])
    known, expected = np.zeros(shape, dtype=COUNTS), np.zeros(shape, dtype=COUNTS)
    if not own.size:
        return ReportingUnits(known, expected)
    by_itself = ~np.isnan(own)
    there = known_below(by_itself, hierarchy)
    before = _before(there)
    for span, tree in hierarchy.spans(own.shape[2]):
        months = np.arange(own.shape[2])[span]
        known[:, :, span], expected[:, :, span] = _of_months(
            by_itself[:, :, span], there[:, :, span], before[:, :, span], pairs, tree, closed, months, beside or {}
        )
    return ReportingUnits(known, expected)


def _of_months(
    by_itself: Flags,
    there: Flags,
    before: np.ndarray,
    pairs: list[tuple[int, ...]],
    tree: Tree,
    closed: Indices,
    months: Indices,
    beside: Mapping[int, int],
) -> tuple[np.ndarray, np.ndarray]:
    """(reported, expected) [metric, unit, month] of months, places on the axis, in which the units stand below each
    other as `tree` says.
    """
    shape = (len(pairs), *there.shape[1:])
    known, expected = np.zeros(shape, dtype=COUNTS), np.zeros(shape, dtype=COUNTS)
    below = np.flatnonzero(tree.parents >= 0)
    if not below.size:
        return known, expected
    below = below[np.argsort(tree.parents[below], kind="stable")]
    above, starts = np.unique(tree.parents[below], return_index=True)
    # What holds of a parent is asked once for it, not once for each of its many children.
    parents = np.searchsorted(above, tree.parents[below])
    summed = (~by_itself[:, above] & there[:, above])[:, parents]
    here = there[:, below] & summed
    usual = before[:, below]
    regular = (usual > 0) & (usual >= (REGULAR * before[:, above])[:, parents])
    absent = regular & (months <= closed[below, None]) & summed & ~here
    for term, other in beside.items():
        absent[term] |= there[other, below] & ~there[term, below] & summed[term]
    for place, terms in enumerate(pairs):
        if terms:
            lacking = absent[list(terms)].any(axis=0)
            wanted = lacking | here[list(terms)].any(axis=0)
            expected[place, above] = np.add.reduceat(wanted, starts, axis=0, dtype=COUNTS)
            known[place, above] = expected[place, above] - np.add.reduceat(lacking, starts, axis=0, dtype=COUNTS)
    return known, expected


def _before(there: Flags) -> np.ndarray:
    """How many of the MEMORY months before each month are known [term, unit, month]."""
    upto = np.cumsum(there, axis=2, dtype=np.int16)
    earlier = np.zeros_like(upto)
    earlier[:, :, 1:] = upto[:, :, :-1]
    earlier[:, :, MEMORY + 1 :] -= upto[:, :, : -MEMORY - 1]
    return earlier
