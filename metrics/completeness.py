"""How whole a figure is: how many of the months that its peers know it knows, and how many of the units that it is the sum of reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from locales import text
from metrics.periods import Window, name_of
from metrics.rollup import Tree, known_below
from metrics.statistics.arrays import Array, Flags, Indices
from metrics.values import Values

if TYPE_CHECKING:
    from metrics.figures import Figures

YEAR = 12
MEMORY = 12
"""Months back in which a unit must have reported to be waited for: as far as the figure of a year before, which this one is held against."""
REGULAR = 0.5
"""The share of its parent's known months in them in which it must have: a survey of each quarter is waited for once a quarter, a chance visit never."""


@dataclass(frozen=True)
class Reported:
    """Counts [metric, unit, month] of the units next below that a figure is the sum of: those that reported, and those that were to.

    0 of 0 where a unit's own row speaks. A unit below counts as soon as anything is known of it: what lacks within it is told of it, not of
    those above. Waited for is who reported in at least half of the months in which the parent had a figure, of the twelve before, and is not closed.
    """

    known: Indices
    expected: Indices

    def over(self, first: int, last: int, pick: tuple[Any, ...]) -> tuple[Array, Array]:
        """(known, expected) [row, unit] at some places, of that one of the months first..last (their places) that lacks most, the last of several;
        NaN where no figure is a sum of units."""
        part = slice(max(first, 0), max(last + 1, 0))
        known, expected = self.known[pick][:, :, part], self.expected[pick][:, :, part]
        if not known.shape[2]:
            return (np.full(known.shape[:2], np.nan),) * 2
        thinnest = known.shape[2] - 1 - np.argmax((expected - known)[:, :, ::-1], axis=2)
        some, wanted = (np.take_along_axis(counts, thinnest[:, :, None], axis=2)[:, :, 0].astype(float) for counts in (known, expected))  # fmt: skip
        return np.where(wanted > 0, some, np.nan), np.where(wanted > 0, wanted, np.nan)


def reported(own: Array, pairs: list[tuple[int, ...]], tree: Tree, closed: Indices) -> Reported:
    """Who reported, from units' own rows [term, unit, month]. pairs: the terms of each metric's figure; closed: the last month of each unit (its place)."""
    shape = (len(pairs), *own.shape[1:])
    known, expected = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.intp)
    below = np.flatnonzero(tree.parents >= 0)
    if not below.size or not own.size:
        return Reported(known, expected)
    below = below[np.argsort(tree.parents[below], kind="stable")]
    above, starts = np.unique(tree.parents[below], return_index=True)
    by_itself = ~np.isnan(own)
    there = known_below(by_itself, tree)
    before = _before(there)
    # What holds of a parent is asked once for it, not once for each of its many children.
    parents = np.searchsorted(above, tree.parents[below])
    summed = (~by_itself[:, above] & there[:, above])[:, parents]
    here = there[:, below] & summed
    usual = before[:, below]
    regular = (usual > 0) & (usual >= (REGULAR * before[:, above])[:, parents])
    absent = regular & (np.arange(own.shape[2]) <= closed[below, None]) & summed & ~here
    for place, terms in enumerate(pairs):
        if terms:
            lacking = absent[list(terms)].any(axis=0)
            wanted = lacking | here[list(terms)].any(axis=0)
            expected[place, above] = np.add.reduceat(wanted, starts, axis=0, dtype=np.intp)
            known[place, above] = expected[place, above] - np.add.reduceat(lacking, starts, axis=0, dtype=np.intp)
    return Reported(known, expected)


def _before(there: Flags) -> np.ndarray:
    """How many of the MEMORY months before each month are known [term, unit, month]."""
    upto = np.cumsum(there, axis=2, dtype=np.int16)
    earlier = np.zeros_like(upto)
    earlier[:, :, 1:] = upto[:, :, :-1]
    earlier[:, :, MEMORY + 1 :] -= upto[:, :, : -MEMORY - 1]
    return earlier


def months_expected(figures: Figures, rows: Indices, values: Values) -> Indices:
    """The most months that any peer knows of what accumulates [row, peer]; of everything else those known, since it does not grow with them."""
    most = values.months.max(axis=1, keepdims=True, initial=0)
    return np.where(figures.accumulates[rows][:, None], most, values.months)


def target_of_known(figures: Figures, covered: Window, rows: Indices, units: Indices) -> Array:
    """The period's targets [row, unit]; of what accumulates the share that falls to the months known, where some are and others are not."""
    found = figures.targets_over(covered)[np.ix_(rows, units)]
    growing = np.flatnonzero(figures.accumulates[rows] & [not figures.metrics[row].quarters_of for row in rows])
    pick = np.ix_(rows[growing], units)
    known = _known(figures, covered, pick)
    if covered.length == 1 or known.all() or not known.any():
        return found
    each = np.stack([_of_month(figures, month)[pick] for month in range(covered.first, covered.last + 1)])
    # Where a month has neither a target nor a share of the year's, all months weigh alike.
    each = np.where(np.isnan(each).any(axis=0) | (each.sum(axis=0) == 0), 1.0, each)
    share = np.where(known, each, 0.0).sum(axis=0) / each.sum(axis=0)
    found[growing] *= np.where(known.any(axis=0), share, 1.0)
    return found


def _known(figures: Figures, covered: Window, pick: tuple[Any, ...]) -> Flags:
    """Which months of `covered` a sum is of [month, row, unit]; a ready-made figure is of its own."""
    months = figures.monthly
    pairs, ready = (~np.isnan(part[pick]) for part in (months.top + months.base, months.ready))
    alone = figures.over(covered).reported[pick]
    held = np.where(alone[:, :, None], ready, pairs)
    found = np.zeros((covered.length, *held.shape[:2]), dtype=bool)
    first, last = covered.first - figures.first_month, covered.last - figures.first_month
    inside = np.arange(max(first, 0), min(last + 1, held.shape[2]))
    found[inside - first] = np.moveaxis(held[:, :, inside], 2, 0)
    return found


def _of_month(figures: Figures, month: int) -> Array:
    """What was set for a month, else its share of the year's [metric, unit]."""
    name = name_of(month)
    own, year = figures.targets.set_for(name), figures.targets.set_for(name[:4])
    return np.where(np.isnan(own), year / YEAR, own)


def lacks_units(row: Mapping[Any, Any]) -> bool:
    """Whether not all units reported that the figure of a row (records.COLUMNS) is the sum of."""
    return bool(row["units_known"] < row["units_expected"])


def lacks_months(row: Mapping[Any, Any]) -> bool:
    """Whether the sum of a row (records.COLUMNS) is of fewer months than its peers'."""
    return bool(row["months_known"] < row["months_expected"])


def units_in_words(row: Mapping[Any, Any], lang: str) -> str:
    """How many units reported, where not all did; else empty."""
    if not lacks_units(row):
        return ""
    return text(lang, "{known} of {expected} units reported", known=int(row["units_known"]), expected=int(row["units_expected"]))  # fmt: skip


def months_in_words(row: Mapping[Any, Any], lang: str) -> str:
    """Of how many months a sum is, where its peers' are of more; else empty."""
    if not lacks_months(row):
        return ""
    return text(lang, "{known} of {months} months known", known=int(row["months_known"]), months=int(row["months_expected"]))  # fmt: skip
