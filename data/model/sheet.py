"""A file as read: sheets of raw cells, and what the spreadsheet says about them besides their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data.model.finding import Kind


class Formula(str):
    """A cell that holds a formula whose value was never computed; the text is the formula, as "=SUM(B2:B9)"."""

    __slots__ = ()


class CellError(str):
    """A cell in which the spreadsheet shows an error; the text is the error, as "#REF!"."""

    __slots__ = ()


# What there is to report of a file: the kind of finding, and what fills its message.
Notes = tuple[tuple[Kind, Mapping[str, Any]], ...]
# Column index -> number format -> how many cells have it.
Shown = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True)
class Span:
    """A merged range. Indices into Sheet.rows and into a row, both ends included; the value stands at (top, left)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells.

    name: the sheet's name.
    rows: lists, or ArrowRows of a large sheet, of str, float, int, bool, date, datetime, time, timedelta, Formula,
        CellError, "" or None.
    first_row: the number of rows[0].
    hidden: whether the sheet is hidden.
    hidden_rows: the spreadsheet's own row numbers.
    hidden_columns: indices into a row.
    merged: merged ranges.
    separator: the mark that cuts the cells of a text file.
    left_out: (index into rows, index into a row) -> raised or struck-out text that is not part of the cell's value.
    struck: cells that are struck out as a whole.
    shown: index into a row -> number format that shows its cells in another unit, as in 万 -> how many cells have it.
    unseen: whether hidden rows, errors or formats of this kind of file cannot all be seen.
    notes: what there is to report of how it was read.
    """

    name: str
    rows: Sequence[list[Any]]
    first_row: int = 1
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Span, ...] = ()
    separator: str = ""
    left_out: Mapping[tuple[int, int], str] = field(default_factory=dict)
    struck: frozenset[tuple[int, int]] = frozenset()
    shown: Shown = field(default_factory=dict)
    unseen: bool = False
    notes: Notes = ()


@dataclass(frozen=True)
class Workbook:
    """A file's sheets in their order.

    path: where it is.
    name: its name as the analyst knows it.
    sha256: the digest of its bytes.
    sheets: its sheets.
    notes: findings of the file itself: (kind, what fills the message).
    saved: the day on which it was last saved, as it says itself.
    """

    path: Path
    name: str
    sha256: str
    sheets: list[Sheet] = field(default_factory=list)
    notes: Notes = ()
    saved: date | None = None
