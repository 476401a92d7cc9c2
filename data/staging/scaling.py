"""Figures given in ten thousands or hundred millions: multiplied once the header or a title says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from data.core.text import normalise
from data.model.feed import Column
from data.model.finding import Kind
from data.parsing.columns import ParsedColumn, check_range
from data.parsing.magnitudes import BRACKETS, MONEY_NOUNS, counting_nouns, header_scale
from data.recognition.context import SheetContext, StatedValue
from data.recognition.layout import Layout

SCALED = Kind(
    "figures_scaled", "note", "The figures of “{column}” were multiplied by {factor}, as “{unit}” says.",
    "If they are in single ones, correct the unit and load the file again.",
)  # fmt: skip
UNIT_UNKNOWN = Kind(
    "unit_not_understood",
    "warning",
    "The figures of “{column}” were read as they stand: “{unit}” in its header or in a title is not understood.",
    "If it means thousands or the like, write (thousands) or (万户) and load the file again.",
)
UNIT_OF_OTHERS = Kind(
    "unit_not_applied", "note", "“{unit}” was not applied to “{column}”: it counts other things.",
    "If it holds for this column too, write the unit into its header, such as （万台）, and load the file again.",
)  # fmt: skip
# A bracket that may be a unit: figures other than a year or a month, or a letter or three; and what is none.
DOUBTFUL = re.compile(
    r"(?!(?:19|20)\d\d(?!\d)|\d{1,2}月)(?=.*[\da-z])(?:[a-z]{1,3}|[a-z'’×*^.,+\-]*\d[\da-z'’×*^.,+\-]*|[十百千万亿\d]+.?)"
)
PLAIN_WORDS = frozenset(("no", "no.", "nos", "n", "pcs", "pc", "cnt", "all", "sum", "mtd", "new", "net", "id"))
# Columns of money, among those that hold any number.
MONEY_COLUMN = re.compile(r"额|价值|收入|费用|金额|amount|value lost|revenue", re.IGNORECASE)
PER_MILLE = re.compile(r"‰|千分[比率]|(?<![a-z])per mill?e?(?![a-z])", re.IGNORECASE)
COUNTING_SIGNS = "户元件笔个人次台分"
UNIT_MARKS = ("万", "亿", "%", "‰", "k", "m")


def multiplier(column: Column, header: str, layout: Layout, context: SheetContext) -> StatedValue | None:
    """The power of ten by which a column's figures are multiplied, and where it is stated; None if there is none."""
    if column.type == "share" and PER_MILLE.search(header):
        # Ours are per cent.
        return StatedValue(-1, header, None, "header")
    if column.type not in ("count", "number"):
        return None
    money = column.type == "number" and bool(MONEY_COLUMN.search("/".join(column.title)))
    nouns = counting_nouns("/".join((*column.title, *column.headers)))
    own = header_scale(header)
    if own:
        # What the column says itself holds, whatever a title says of others.
        power = next(iter(own.powers.values())) if len(own.powers) == 1 else own.power(nouns, money)
        return StatedValue(power, header, None, "header") if power else None
    stated = context.scale(layout.header - layout.depth + 1)
    if stated is None or layout.feed.name == "indicators" or not (money or column.type == "count"):
        return None
    power = stated.value.power(nouns, money)
    return replace(stated, value=power) if power else None


def unapplied_units(
    column: Column, header: str, layout: Layout, context: SheetContext
) -> Iterator[tuple[Kind, str, str | None]]:
    """What may be a unit of a count that is not multiplied: a kind of finding, the text, its cell.

    Of a header a bracket such as (m) or (10k), of a title a unit of other things.
    """
    if column.type != "count" or header_scale(header):
        return
    texts = [normalise(words) for words in BRACKETS.findall(header)]
    yield from ((UNIT_UNKNOWN, text, None) for text in texts if DOUBTFUL.fullmatch(text) and text not in PLAIN_WORDS)
    stated = context.scale(layout.header - layout.depth + 1)
    if (
        stated
        and layout.feed.name != "indicators"
        and any(noun not in MONEY_NOUNS and power for noun, power in stated.value.powers.items())
    ):
        yield UNIT_OF_OTHERS, stated.text, stated.cell
    unread = context.unknown_scale(layout.header - layout.depth + 1)
    if unread:
        yield UNIT_UNKNOWN, unread.text, unread.cell


def as_any_number(column: Column) -> Column:
    """`column` for reading figures before they are multiplied: any number."""
    return replace(column, type="number", minimum=None, maximum=None)


def own_units(cells: Sequence[Any]) -> np.ndarray:
    """Which cells say their own unit, as 35.27万."""
    texts = (cells[index] for index in range(len(cells)))
    return np.array(
        [isinstance(cell, str) and normalise(cell).rstrip(COUNTING_SIGNS).endswith(UNIT_MARKS) for cell in texts],
        dtype=bool,
    )


def apply_multiplier(parsed: ParsedColumn, cells: Sequence[Any], column: Column, power: int) -> ParsedColumn:
    """The figures multiplied by 10 ** `power` and checked; a cell that says its own unit, as 35.27万, stays as it says.

    Counts are rounded: 35.27 ten thousands were rounded before.
    """
    own = own_units(cells)
    values = parsed.values.to_numpy(dtype="float64", copy=True)
    values[~own] *= 10.0**power
    rounded = np.round(values) if column.type == "count" else np.round(values, 6)
    return replace(check_range(pd.Series(rounded), cells, column, parsed.bad), notes=parsed.notes)
