"""Several columns that name units, one above another, such as 地市 and 区县: a row belongs to the deepest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from data.model.organisation import Organisation
from data.parsing.columns import parse_column
from data.recognition.layout import Layout


def use_deepest_unit_column(layout: Layout, rows: Sequence[Sequence[Any]], organisation: Organisation) -> Layout:
    """The layout with its unit read from the deepest column. rows: the first below the header.

    Deeper is a column whose cells are all units, each the one beside it or below that; else the columns contradict one
    another.
    """
    name = layout.feed.unit_column
    if name is None or name not in layout.columns or name not in layout.alternatives:
        return layout
    taken, others = layout.columns[name], layout.alternatives[name]
    read = {place: _codes(layout, name, rows, place, organisation) for place in (taken, *others)}
    for place in others:
        pairs = list(zip(read[taken], read[place], strict=True))
        if _below(read[place], read[taken], organisation) and any(upper != lower for upper, lower in pairs if upper):
            taken = place
    left = tuple(place for place in others if place != taken and not _below(read[taken], read[place], organisation))
    return replace(layout, columns={**layout.columns, name: taken}, alternatives={**layout.alternatives, name: left})


def _codes(
    layout: Layout, name: str, rows: Sequence[Sequence[Any]], place: int, organisation: Organisation
) -> list[str | None]:
    cells = [row[place] if place < len(row) else None for row in rows]
    values = parse_column(cells, layout.feed.column(name), organisation).values
    return values.astype("object").where(values.notna(), None).tolist()


def _below(lower: Sequence[str | None], upper: Sequence[str | None], organisation: Organisation) -> bool:
    """Whether every row of one column is within that of another; a row that names no unit in either, as a total, is
    left to its own check.
    """
    pairs = {pair for pair in zip(lower, upper, strict=True) if pair != (None, None)}
    return bool(pairs) and all(_within(one, other, organisation) for one, other in pairs)


def _within(lower: str | None, upper: str | None, organisation: Organisation) -> bool:
    """Whether one unit is another, or below it; a blank above, as under a merged cell, says nothing."""
    return lower is not None and (upper is None or upper == lower or upper in organisation.ever_above(lower))
