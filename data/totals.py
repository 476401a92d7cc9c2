"""Rows that are not data: totals, notes and sources below a table. They are left out, said, and totals are reconciled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from data.cells import cell_name
from data.findings import Finding, Kind
from data.headers import Layout, plain
from data.organisation import Organisation, normal
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
    used = sorted({*layout.columns.values(), *layout.wide})
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
