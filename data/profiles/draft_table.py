"""The table of a sheet that nobody described: where its header is, how deep, and what its columns may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from data.core.cell_refs import column_letters
from data.core.text import cell_text
from data.model.sheet import Sheet, Workbook
from data.parsing.numbers import parse_number
from data.profiles.header import column_addresses
from data.profiles.roles import ColumnRole, column_role
from data.recognition.header_rows import header_labels

SEARCHED_ROWS = 60
SAMPLE_ROWS = 2_000
# A later sheet that is larger than an earlier one by less is rather made of it.
ALIKE = 0.6


@dataclass(frozen=True)
class DraftTable:
    """A sheet's table.

    sheet: the sheet.
    header: index of the lowest header row.
    depth: how many rows the header has.
    names: labels as a profile addresses them.
    columns: the cells of the first rows, by columns.
    """

    sheet: Sheet
    header: int
    depth: int
    names: tuple[str, ...]
    columns: tuple[tuple[Any, ...], ...]

    @cached_property
    def roles(self) -> tuple[ColumnRole, ...]:
        """What each column may be."""
        return tuple(
            column_role(label, cells) if label else ColumnRole("empty")
            for label, cells in zip(self.names, self.columns, strict=True)
        )

    def cells(self, label: str) -> tuple[Any, ...]:
        """The first cells of a column."""
        return self.columns[self.names.index(label)]

    def role(self, label: str) -> ColumnRole:
        """What a column may be."""
        return self.roles[self.names.index(label)]

    def having(self, *roles: str) -> tuple[str, ...]:
        """The labels of the columns that may be one of these, in their order."""
        return tuple(name for name, role in zip(self.names, self.roles, strict=True) if role.role in roles)

    @property
    def size(self) -> int:
        """How much of a table it is: of several sheets the largest is described."""
        return len(self.names) * min(SAMPLE_ROWS, len(self.sheet.rows) - self.header)


def largest_table(sheets: Sequence[Sheet], depth: int | None = None) -> DraftTable | None:
    """The largest table of some sheets, of several that are about as large the first; None if they hold none."""
    tables = [table for sheet in sheets if (table := draft_table(sheet, depth)) is not None]
    most = max((table.size for table in tables), default=0)
    return next((table for table in tables if table.size >= ALIKE * most), None)


def visible_sheets(workbook: Workbook) -> list[Sheet]:
    """The sheets that somebody who opens the file sees."""
    return [sheet for sheet in workbook.sheets if not sheet.hidden]


def draft_table(sheet: Sheet, depth: int | None = None, header: int | None = None) -> DraftTable | None:
    """The table with the widest header of distinct names above filled rows; None if there is none.

    header: the index of its lowest row, where somebody pointed at it.
    """
    header = _header(sheet.rows) if header is None else header
    if header is None or header >= len(sheet.rows):
        return None
    depth = depth or _depth(sheet.rows, header)
    labels = header_labels(sheet.rows, header, depth)
    below = sheet.rows[header + 1 : header + 1 + SAMPLE_ROWS]
    rows = [row for row in below if sum(cell not in (None, "") for cell in row) > (1 if len(labels) > 2 else 0)]
    columns = tuple(tuple(row[index] if index < len(row) else None for row in rows) for index in range(len(labels)))
    names = [
        label or (f"@{column_letters(place)}" if any(cell_text(cell) for cell in cells) else "")
        for place, (label, cells) in enumerate(zip(column_addresses(labels), columns, strict=True))
    ]
    return DraftTable(sheet, header, depth, tuple(names), columns)


def _header(rows: Sequence[Sequence[Any]]) -> int | None:
    best: tuple[int, int] | None = None
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        names = sum(is_name(cell) for cell in row)
        below = [other for other in rows[index + 1 : index + 8] if sum(value not in (None, "") for value in other) > 1][
            :5
        ]
        filled = [sum(value not in (None, "") for value in other) for other in below]
        if names < 2 or not filled or max(filled) < 0.6 * names:
            continue
        figures = sum(_is_figure(cell) for cell in row)
        if best is None or names - figures > best[0]:
            best = (names - figures, index)
    return best[1] if best else None


def is_name(cell: Any) -> bool:
    """Whether a cell may name a column: a text that is no number, a year, a day."""
    if isinstance(cell, date):
        return True
    if isinstance(cell, bool) or cell in (None, ""):
        return False
    return bool(cell_text(cell)) and not _is_figure(cell)


def _is_figure(cell: Any) -> bool:
    number = cell if isinstance(cell, (int, float)) else parse_number(cell) if isinstance(cell, str) else None
    return number is not None and not (float(number).is_integer() and 1900 <= number <= 2100)


def _depth(rows: Sequence[Sequence[Any]], header: int) -> int:
    """How many rows the header has: one more above as long as names repeat, or a column has its name only there, and
    that row has at least two texts.
    """
    depth = 1
    while header >= depth:
        labels, above = header_labels(rows, header, depth), rows[header - depth]
        names = [label for label in labels if label]
        texts = sum(is_name(value) for value in above)
        stated = any(isinstance(value, str) and value.strip().endswith((":", "：")) for value in above)
        lacking = not stated and any(is_name(value) and not label for value, label in zip(above, labels, strict=False))
        if (len(set(names)) == len(names) and not lacking) or texts < 2:
            break
        depth += 1
    return depth
