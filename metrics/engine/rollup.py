"""Roll-up of dense arrays [term or metric, unit, month] over the organisation; NaN means not known."""

from __future__ import annotations

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

    def downwards(self) -> Iterator[tuple[Indices, Indices]]:
        """From the top down: (units of one depth, their parents)."""
        for children, _, _ in reversed(self.steps):
            yield children, self.parents[children]


def _sum_of_children(values: Array, step: tuple[Indices, Indices, Indices]) -> Array:
    """Per parent the sum of the known children; NaN where none is known."""
    children, starts, _ = step
    below = values[:, children]
    known = ~np.isnan(below)
    total = np.add.reduceat(np.where(known, below, 0.0), starts, axis=1)
    return np.where(np.logical_or.reduceat(known, starts, axis=1), total, np.nan)


def roll_up(own: Array, tree: Tree) -> Array:
    """Every unit's own figure, else the sum of its children's."""
    everywhere = own.copy()
    for step in tree.steps:
        above = step[2]
        mine = everywhere[:, above]
        everywhere[:, above] = np.where(np.isnan(mine), _sum_of_children(everywhere, step), mine)
    return everywhere


def known_below(by_itself: Flags, tree: Tree) -> Flags:
    """Where `roll_up` knows something: of the unit itself, or of any unit below it."""
    everywhere = by_itself.copy()
    for children, starts, above in tree.steps:
        everywhere[:, above] |= np.logical_or.reduceat(everywhere[:, children], starts, axis=1)
    return everywhere


def roll_up_ratios(own_top: Array, own_base: Array, tree: Tree) -> tuple[Array, Array]:
    """Numerators and denominators that belong together, for every unit.

    In this order: both own; own numerator over the rolled-up denominator; the rolled-up numerator over an own
    denominator; else the sums over those children where both are known. A figure without its counterpart counts for
    nothing.
    """
    all_top, all_base = roll_up(own_top, tree), roll_up(own_base, tree)
    any_own = ~np.isnan(own_top) | ~np.isnan(own_base)
    whole = any_own & ~np.isnan(all_top) & ~np.isnan(all_base)
    top, base = np.where(whole, all_top, np.nan), np.where(whole, all_base, np.nan)
    for step in tree.steps:
        above = step[2]
        settled = ~np.isnan(top[:, above])
        top[:, above], base[:, above] = (
            np.where(settled, top[:, above], _sum_of_children(top, step)),
            np.where(settled, base[:, above], _sum_of_children(base, step)),
        )
    return top, base
