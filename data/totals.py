"""Rows that are not data: totals, notes and sources below a table. They are left out, said, and totals are reconciled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.cells import cell_name
from data.findings import Finding, Kind
from data.headers import NUMERIC, Layout, plain
from data.organisation import Organisation, normal
from data.reading.columns import filled, is_text, per_text, rows_of
from data.values import Unfit, number_in

TOTAL_WORDS = frozenset(
    plain(word)
    for word in (
        "合计",
        "小计",
        "总计",
        "总和",
        "全省合计",
        "全市合计",
        "本页合计",
        "total",
        "grand total",
        "subtotal",
        "sub-total",
        "sum",
        "overall total",
    )
)
NOTE_STARTS = (
    "注", "备注", "说明", "来源", "数据来源", "制表", "填表", "填报", "审核", "复核", "负责人", "联系人", "联系电话", "note", "source", "remark", "*",
)  # fmt: skip
TOTAL_LEFT_OUT = Kind(
    "total_row_left_out",
    "note",
    "The total row “{value}” was left out.",
    "Nothing to do: totals are computed from the rows.",
)
NOTE_LEFT_OUT = Kind("note_left_out", "note", "The note “{value}” below the table was left out.")
TOTAL_DIFFERS = Kind(
    "total_differs",
    "warning",
    "The sheet's own total of “{column}” is {value}; its rows add up to {sum}.",
    "Look for a row that is missing, doubled or mistyped.",
)

# What every word for a total and every beginning of a note holds, in either script and width: what does not hold it is neither.
APART = r"(?i)计|計|和|total|sum|[ｌＬｍＭ]|^\s*(注|备|備|说|說|来|來|数|數|制|製|填|审|審|复|復|複|负|負|联|聯|note|source|remark|[ｎＮｓＳｒＲ]|\*|＊)"

Note = tuple[Kind, int, str]
TotalRow = tuple[int, list[Any]]


def left_out(
    rows: Sequence[list[Any]], numbers: Sequence[int], layout: Layout, organisation: Organisation
) -> tuple[list[int], list[TotalRow], list[Note]]:
    """Indices of the rows to keep, the total rows, and what to say about rows left out."""
    feed = layout.feed
    texts = [
        layout.columns[column.name]
        for column in feed.columns
        if column.type not in ("count", "number", "share") and column.name in layout.columns
    ]
    used = layout.used
    figures = {
        layout.columns[column.name]
        for column in feed.columns
        if column.type in ("count", "number", "share") and column.name in layout.columns
    } | set(layout.wide)
    kept: list[int] = []
    totals: list[TotalRow] = []
    notes: list[Note] = []
    for index, row in enumerate(rows):
        words = [row[place] for place in texts if place < len(row) and isinstance(row[place], str) and row[place]]
        if not words:
            # The word may stand under a header that is not ours, such as 序号.
            words = [cell for place, cell in enumerate(row) if place not in figures and isinstance(cell, str)]
        total = next((word for word in words if plain(word) in TOTAL_WORDS and not organisation.find(word)), None)
        if total is not None:
            totals.append((numbers[index], row))
            notes.append((TOTAL_LEFT_OUT, numbers[index], total))
            continue
        filled = [row[place] for place in used if place < len(row) and row[place] not in ("", None)]
        if all(isinstance(cell, str) and normal(cell).startswith(NOTE_STARTS) for cell in filled):
            notes.append((NOTE_LEFT_OUT, numbers[index], " ".join(cell.strip() for cell in filled)[:80]))
            continue
        kept.append(index)
    return kept, totals, notes


def rows_kept(
    table: pa.Table, first: int, layout: Layout, organisation: Organisation
) -> tuple[np.ndarray, pa.Table, list[TotalRow], list[Note]]:
    """The same for a large sheet: row numbers and rows to keep, total rows, notes. `first` is the number of the table's first row.

    Only rows that can be a total or a note by their words, or that have no words at all, are looked at one by one.
    """
    used = [place for place in sorted({*layout.columns.values(), *layout.wide}) if place < table.num_columns]
    held = np.zeros(len(table), dtype=bool)
    for place in used:
        held |= filled(table.column(place))
    kinds = {place: layout.feed.column(name).type for name, place in layout.columns.items()}
    doubtful, words = np.zeros(len(table), dtype=bool), np.zeros(len(table), dtype=bool)
    for place in range(table.num_columns):
        column = table.column(place)
        if is_text(column) and kinds.get(place) not in NUMERIC:
            words |= filled(column) if place in kinds else False
            doubtful |= per_text(column, lambda texts: pc.match_substring_regex(texts, APART))
    asked = np.flatnonzero(held & (doubtful | ~words))
    kept, totals, notes = left_out(rows_of(table, asked), (asked + first).tolist(), layout, organisation)
    held[np.delete(asked, kept)] = False
    places = np.flatnonzero(held)
    return places + first, table if len(places) == len(table) else table.filter(pa.array(held)), totals, notes


def reconcile(
    frame: pd.DataFrame, totals: Sequence[TotalRow], layout: Layout, file: str, sheet: str
) -> Iterator[Finding]:
    """Where the one total row differs from the sum of its column; several total rows are subtotals of parts not known here."""
    if len(totals) != 1 or layout.wide or frame.empty:
        return
    number, row = totals[0]
    for column in layout.feed.columns:
        place = layout.columns.get(column.name)
        if column.type != "count" or place is None or place >= len(row):
            continue
        stated = _stated(row[place])
        if stated is not None:
            added = float(np.nansum(frame[column.name].to_numpy(dtype="float64")))
            if abs(added - stated) > 0.5:
                yield Finding(
                    TOTAL_DIFFERS,
                    file,
                    sheet,
                    number,
                    layout.headers[place],
                    cell_name(number, place),
                    f"{stated:,.0f}",
                    {"sum": f"{added:,.0f}"},
                )


def _stated(cell: Any) -> float | None:
    """The figure of a total row, which a text file gives as text; None if there is none."""
    if isinstance(cell, str):
        try:
            return number_in(cell)
        except Unfit:
            return None
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None
