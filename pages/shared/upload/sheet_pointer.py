"""The sheet itself, to point at: a cell is picked, then said what stands there. Beside it what would be loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from data.core.cell_refs import column_index, column_letters
from data.core.text import cell_text
from data.model.sheet import Sheet, Workbook
from data.model.staged import StagedSheet
from data.profiles import Profile
from data.profiles.draft_table import DraftTable
from data.profiles.pointing import PARTS, Part, point_at, profile_table
from data.profiles.reconcile import reconcile
from locales import text
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table

# Rows of the sheet that are shown: its head, and the first rows below.
ROWS_ABOVE, ROWS_BELOW = 8, 14
Key = Callable[[str], str]


def sheet_pointer(profile: Profile, book: Workbook, key: Key, lang: str) -> Profile | None:
    """Shows the sheet that the profile is for; the profile as it is after somebody pointed, None as long as nobody
    did.
    """
    table = profile_table(book, profile)
    if table is None:
        return None
    block_heading(
        text(lang, "The sheet"),
        text(lang, "Pick a cell, then say what stands there; the lowest header row comes first"),
    )
    first, cells = _shown(table)
    picked = st.dataframe(
        cells, key=key("sheet"), on_select="rerun", selection_mode="single-cell", height=min(36 * (len(cells) + 1), 440)
    )
    chosen = picked.selection.cells if picked else []
    names = {
        "header": text(lang, "Lowest header row"),
        "month": text(lang, "The month"),
        "unit": text(lang, "The unit"),
        "figure": text(lang, "A figure (again: none)"),
        "total": text(lang, "A total"),
    }
    pointed: Part | None = None
    for place, (part, box) in enumerate(zip(PARTS, st.columns(len(PARTS)), strict=True)):
        with box:
            if st.button(names[part], key=key(f"point_{place}"), disabled=not chosen, width="stretch"):
                pointed = part
    if pointed is None or not chosen:
        return None
    row, letters = chosen[0]
    column = column_index(str(letters))
    return point_at(profile, table, book.name, pointed, first + int(row), column) if column is not None else None


def _shown(table: DraftTable) -> tuple[int, pd.DataFrame]:
    """The first row shown, and the cells as texts: columns by their letters, rows by the spreadsheet's numbers."""
    sheet = table.sheet
    first = max(table.header - table.depth + 1 - ROWS_ABOVE, 0)
    rows = sheet.rows[first : table.header + 1 + ROWS_BELOW]
    width = max((len(row) for row in rows), default=0)
    cells = [[cell_text(row[place]) if place < len(row) else "" for place in range(width)] for row in rows]
    frame = pd.DataFrame(cells, columns=[column_letters(place) for place in range(width)], dtype="object")
    frame.index = pd.RangeIndex(first + sheet.first_row, first + sheet.first_row + len(rows))
    return first, frame


def reconciliation(profile: Profile, sheets: Sequence[Sheet], staged: StagedSheet, lang: str) -> None:
    """What each column adds up to in the sheet, what of it is loaded, and what is not."""
    sheet = next((one for one in sheets if one.name == staged.sheet), None)
    lines = list(reconcile(profile, sheet, staged)) if sheet is not None else []
    if not lines:
        return
    head = [text(lang, "Column of the file"), text(lang, "In the sheet"), text(lang, "Loaded"), text(lang, "Left out")]
    body = [
        [Cell(line.label), *(Cell(f"{value:,.10g}") for value in (line.rows, line.loaded, line.left_out))]
        for line in lines
    ]
    st.html(f'<div class="sq-small">{html_table([Cell(title) for title in head], [RowGroup(body)])}</div>')
