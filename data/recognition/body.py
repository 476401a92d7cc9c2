"""The rows below a header: merged cells filled, repeated headers left out; of a large sheet by columns."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.model.arrow_rows import is_text, match_texts
from data.model.feed import NUMERIC
from data.model.sheet import Sheet, Span
from data.recognition.layout import Layout


def body_rows(sheet: Sheet, layout: Layout, end: int | None) -> tuple[list[int], list[list[Any]]]:
    """Row numbers and cells of the rows below the header that hold anything.

    Merged cells are filled, and repeated headers left out.
    """
    used = layout.used
    header, named = _named(sheet, layout)
    fills = _merged(sheet, layout)
    numbers, rows = [], []
    for index in range(layout.header + 1, len(sheet.rows) if end is None else end):
        row = sheet.rows[index]
        if index in fills:
            row = list(row)
            for place, value in fills[index].items():
                row[place : place + 1] = [value]
        width = len(row)
        if not any(place < width and row[place] not in ("", None) for place in used):
            continue
        if (
            named
            and row[named[0] : named[0] + 1] == [header[named[0]]]
            and all(row[place : place + 1] == [header[place]] for place in named)
        ):
            continue
        numbers.append(index + sheet.first_row)
        rows.append(row)
    return numbers, rows


def _named(sheet: Sheet, layout: Layout) -> tuple[list[Any], list[int]]:
    """The lowest row of the header, and which of the columns that are read it names."""
    header = sheet.rows[layout.header]
    return header, [
        place for place in layout.used if place < len(header) and isinstance(header[place], str) and header[place]
    ]


def _spans(sheet: Sheet, layout: Layout) -> list[Span]:
    """Merged ranges below the header in the columns that say what a row is of; a figure that spans rows is of its
    first.
    """
    keys = {place for name, place in layout.columns.items() if layout.feed.column(name).type not in NUMERIC}
    return [
        span
        for span in sheet.merged
        if span.top > layout.header and span.left in keys and span.bottom < len(sheet.rows)
    ]


def _merged(sheet: Sheet, layout: Layout) -> dict[int, dict[int, Any]]:
    """Row index -> column -> value, for cells below the first of a merged range."""
    fills: dict[int, dict[int, Any]] = {}
    for span in _spans(sheet, layout):
        for index in range(span.top + 1, span.bottom + 1):
            fills.setdefault(index, {})[span.left] = sheet.rows[span.top][span.left]
    return fills


def fill_merged_cells(table: pa.Table, sheet: Sheet, layout: Layout) -> pa.Table:
    """The rows of a large sheet below its header, each merged cell filled with the first one's value."""
    first = layout.header + 1
    sources: dict[int, np.ndarray] = {}
    for span in _spans(sheet, layout):
        if span.left < table.num_columns:
            source = sources.setdefault(span.left, np.arange(len(table)))
            source[span.top - first : span.bottom - first + 1] = span.top - first
    for place, source in sources.items():
        table = table.set_column(place, table.field(place), table.column(place).take(pa.array(source)))
    return table


def repeated_header_rows(table: pa.Table, sheet: Sheet, layout: Layout) -> np.ndarray:
    """Which rows of a large sheet repeat its header, as printed pages do."""
    header, named = _named(sheet, layout)
    found = np.full(len(table), bool(named))
    for place in named:
        column = table.column(place) if place < table.num_columns else None
        if column is None or not is_text(column) or not found.any():
            return np.zeros(len(table), dtype=bool)
        found &= match_texts(column, partial(pc.equal, pa.scalar(header[place])))
    return found
