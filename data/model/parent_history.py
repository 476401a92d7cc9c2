"""Which parents a unit had, each from a month on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

# The month from which the first of a unit's parents holds.
BEGINNING = pd.Timestamp("1900-01-01")


@dataclass(frozen=True, order=True)
class ParentSince:
    """From which month on (its first day) a unit stands below which other; the first holds from the BEGINNING."""

    code: str
    since: pd.Timestamp
    parent: str | None = field(compare=False)


def by_unit(parents: Iterable[ParentSince]) -> Mapping[str, Sequence[ParentSince]]:
    """The parents of each unit, in the order given."""
    found: dict[str, list[ParentSince]] = {}
    for one in parents:
        found.setdefault(one.code, []).append(one)
    return found


def months_of_change(parents_of: Mapping[str, Sequence[ParentSince]]) -> Sequence[pd.Timestamp]:
    """The months from which some unit stands below another parent than before, in order."""
    found = {
        later.since
        for parents in parents_of.values()
        for before, later in pairwise(parents)
        if before.parent != later.parent
    }
    return sorted(found)
