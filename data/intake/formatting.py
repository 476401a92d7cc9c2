"""What of a table a reader of the spreadsheet does not see, or sees otherwise than the program: hidden rows and
columns, footnote marks, struck-out text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.core.cell_refs import cell_name, column_letters
from data.model.finding import Finding, Kind
from data.model.sheet import Sheet
from data.model.staged import StagedSheet

HIDDEN_ROWS = Kind(
    "hidden_rows_loaded",
    "warning",
    "{count} hidden rows of the sheet are loaded like the others: {rows}.",
    "If they were filtered out on purpose, delete them in the spreadsheet.",
)
HIDDEN_COLUMNS = Kind(
    "hidden_columns_loaded",
    "note",
    "Hidden columns of the sheet are read like the others: {columns}.",
    "Nothing to do, unless they were hidden because they are out of date.",
)
LEFT_OUT = Kind(
    "raised_or_struck_text_left_out",
    "warning",
    "{count} cells hold raised or struck-out text, which is no part of a value and was left out: {cells}.",
    "Nothing to do, unless one of them is read wrongly; then type its value again in the spreadsheet.",
)
STRUCK_OUT = Kind(
    "struck_out_cells_loaded",
    "warning",
    "{count} cells are struck out in the spreadsheet and loaded like the others: {cells}.",
    "If they no longer hold, empty them or delete their rows in the spreadsheet.",
)
UNSEEN = Kind(
    "formats_not_seen",
    "warning",
    "Errors, hidden rows and struck-out text of this kind of file cannot all be seen.",
    "Save it as .xlsx and load that, if it holds any.",
)
# How many cells are named, each with what was left out of it.
NAMED = 50


def formatting(staged: StagedSheet, sheet: Sheet, file: str) -> Iterator[Finding]:
    """The findings about one table of `sheet`."""
    rows = sorted(sheet.hidden_rows.intersection(staged.frame["row"])) if sheet.hidden_rows else []
    if rows:
        yield Finding(HIDDEN_ROWS, file, sheet.name, rows[0], params={"count": len(rows), "rows": _ranges(rows)})
    used = set(staged.places.values())
    letters = [column_letters(index) for index in sorted(sheet.hidden_columns) if column_letters(index) in used]
    if letters:
        yield Finding(HIDDEN_COLUMNS, file, sheet.name, params={"columns": ", ".join(letters)})
    if sheet.left_out:
        places = sorted(sheet.left_out)
        told = [f"{_name(sheet, place)} “{sheet.left_out[place]}”" for place in places[:NAMED]]
        yield _of_cells(LEFT_OUT, file, sheet, places, told)
    taken = set(staged.frame["row"]) if sheet.struck else set()
    struck = [place for place in sorted(sheet.struck) if place[0] + sheet.first_row in taken]
    if struck:
        yield _of_cells(STRUCK_OUT, file, sheet, struck, [_name(sheet, place) for place in struck[:NAMED]])
    if sheet.unseen:
        yield Finding(UNSEEN, file, sheet.name)


def _of_cells(kind: Kind, file: str, sheet: Sheet, places: list[tuple[int, int]], told: list[str]) -> Finding:
    cells = ", ".join(told) + (" …" if len(places) > len(told) else "")
    first = places[0]
    params = {"count": len(places), "cells": cells}
    return Finding(kind, file, sheet.name, first[0] + sheet.first_row, cell=_name(sheet, first), params=params)


def _name(sheet: Sheet, place: tuple[int, int]) -> str:
    return cell_name(place[0] + sheet.first_row, place[1]) or ""


def _ranges(numbers: Sequence[int]) -> str:
    """Rows as "3, 7–12": all of them."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in found)
