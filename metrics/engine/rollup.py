"""Roll-up of dense arrays [term or metric, unit, month] over the organisation; NaN means not known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics.statistics.arrays import Array, Flags, Indices


@dataclass(frozen=True)
class Tree:
    """The organisation as numbers: `parents[unit]` is the parent's index, -1 at the top."""

    parents: Indices

    @cached_property
    def depths(self) -> Indices:
        """Distance from the top; units whose parents form a circle stand at the top."""
        found = np.full(len(self.parents), -1, dtype=np.intp)
        found[self.parents < 0] = 0
        for depth in range(1, len(self.parents) + 1):
            below = (found < 0) & (found[self.parents] == depth - 1) & (self.parents >= 0)
            if not below.any():
                break
            found[below] = depth
        found[found < 0] = 0
        return found

    @cached_property
    def steps(self) -> tuple[tuple[Indices, Indices, Indices], ...]:
        """From the deepest level up: (children sorted by parent, where each parent's children start, the parents)."""
        found = []
        for depth in range(int(self.depths.max(initial=0)), 0, -1):
            children = np.flatnonzero(self.depths == depth)
            children = children[np.argsort(self.parents[children], kind="stable")]
            above, starts = np.unique(self.parents[children], return_index=True)
            found.append((children, starts.astype(np.intp), above.astype(np.intp)))
        return tuple(found)

    def spans(self, months: int, first: int = 0) -> Iterator[tuple[slice, Tree]]:
        """As Hierarchy.spans: the same tree in all months."""
        yield slice(0, months), self

    def downwards(self) -> Iterator[tuple[Indices, Indices]]:
        """From the top down: (units of one depth, their parents)."""
        for children, _, _ in reversed(self.steps):
            yield children, self.parents[children]


@dataclass(frozen=True)
class Hierarchy:
    """The organisation over the months of an axis.

    trees: how the units stand below each other, from one change to the next.
    starts: the column of the month from which each holds, the first of the first; columns may lie beyond the axis.
    """

    trees: tuple[Tree, ...]
    starts: tuple[int, ...]

    def at(self, column: int) -> Tree:
        """The tree of a month."""
        return self.trees[max(bisect_right(self.starts, column) - 1, 0)]

    def spans(self, months: int, first: int = 0) -> Iterator[tuple[slice, Tree]]:
        """(columns, tree) of each part of an array of so many months that begins with the column `first`."""
        ends = [*self.starts[1:], first + months]
        begin = first
        for tree, end in zip(self.trees, ends, strict=True):
            last = min(end, first + months)
            if last > begin:
                yield slice(begin - first, last - first), tree
                begin = last


def _sum_of_children(values: Array, step: tuple[Indices, Indices, Indices]) -> Array:
    """Per parent the sum of the known children; NaN where none is known."""
    children, starts, _ = step
    below = values[:, children]
    known = ~np.isnan(below)
    total = np.add.reduceat(np.where(known, below, 0.0), starts, axis=1)
    return np.where(np.logical_or.reduceat(known, starts, axis=1), total, np.nan)


def roll_up(own: Array, hierarchy: Tree | Hierarchy, first: int = 0) -> Array:
    """Every unit's own figure, else the sum of its children's.

    first: the column on the axis of months with which `own` begins.
    """
    found = own.copy()
    for span, tree in hierarchy.spans(own.shape[2], first):
        everywhere = found[:, :, span]
        for step in tree.steps:
            above = step[2]
            mine = everywhere[:, above]
            everywhere[:, above] = np.where(np.isnan(mine), _sum_of_children(everywhere, step), mine)
    return found


def known_below(by_itself: Flags, hierarchy: Tree | Hierarchy) -> Flags:
    """Where `roll_up` knows something: of the unit itself, or of any unit below it."""
    found = by_itself.copy()
    for span, tree in hierarchy.spans(by_itself.shape[2]):
        everywhere = found[:, :, span]
        for children, starts, above in tree.steps:
            everywhere[:, above] |= np.logical_or.reduceat(everywhere[:, children], starts, axis=1)
    return found


def roll_up_ratios(own_top: Array, own_base: Array, hierarchy: Tree | Hierarchy) -> tuple[Array, Array]:
    """Numerators and denominators that belong together, for every unit.

    In this order: both own; own numerator over the rolled-up denominator; the rolled-up numerator over an own
    denominator; else the sums over those children where both are known. A figure without its counterpart counts for
    nothing.
    """
    all_top, all_base = roll_up(own_top, hierarchy), roll_up(own_base, hierarchy)
    any_own = ~np.isnan(own_top) | ~np.isnan(own_base)
    whole = any_own & ~np.isnan(all_top) & ~np.isnan(all_base)
    tops, bases = np.where(whole, all_top, np.nan), np.where(whole, all_base, np.nan)
    for span, tree in hierarchy.spans(own_top.shape[2]):
        top, base = tops[:, :, span], bases[:, :, span]
        for step in tree.steps:
            above = step[2]
            settled = ~np.isnan(top[:, above])
            top[:, above], base[:, above] = (
                np.where(settled, top[:, above], _sum_of_children(top, step)),
                np.where(settled, base[:, above], _sum_of_children(base, step)),
            )
    return tops, bases
