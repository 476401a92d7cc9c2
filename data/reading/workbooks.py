"""Workbooks: values by calamine, what it does not say from the package itself."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from data.reading import opendocument, package
from data.reading.limits import COLUMNS_MOST
from data.reading.package import Facts
from data.reading.refusal import refused
from data.reading.refusals import DAMAGED, PASSWORD, TOO_WIDE
from data.reading.sheet import Sheet, Span


def read(path: Path, shown: str) -> list[Sheet]:
    """The workbook's sheets in their order, hidden ones too; charts and dialogs are none. Macros are never run."""
    facts = _looked_through(path, shown)
    try:
        with _opened(path) as book:
            return [
                _sheet(
                    book.get_sheet_by_name(meta.name),
                    meta.visible != SheetVisibleEnum.Visible,
                    facts.get(meta.name, Facts()),
                    shown,
                )
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, OSError, ValueError) as problem:
        raise refused(PASSWORD if "assword" in str(problem) else DAMAGED, shown) from problem


def _opened(path: Path) -> CalamineWorkbook:
    """By its ending, which calamine believes; else by trying."""
    endings = (".xlsx", ".xlsm") if zipfile.is_zipfile(path) else (".xls",)
    if path.name.lower().endswith(endings):
        return CalamineWorkbook.from_path(str(path))
    with path.open("rb") as source:
        return CalamineWorkbook.from_filelike(source)


def _looked_through(path: Path, shown: str) -> dict[str, Facts]:
    """What each sheet says besides its values; Unreadable if the file asks too much of the machine."""
    if not zipfile.is_zipfile(path):
        return {}
    try:
        package.check(path, shown)
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise refused(DAMAGED, shown) from problem
    if "content.xml" in names:
        opendocument.check(path, shown)
        return {}
    return package.facts_of(path, shown) if "xl/workbook.xml" in names else {}


def _sheet(source: CalamineSheet, hidden: bool, facts: Facts, shown: str) -> Sheet:
    if source.total_width > COLUMNS_MOST:
        raise refused(TOO_WIDE, shown, sheet=source.name, count=f"{source.total_width:,}", most=f"{COLUMNS_MOST:,}")
    rows: list[list[Any]] = source.to_python(skip_empty_area=False)
    for (row, column), what in facts.odd.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = what
    merged = tuple(Span(top, left, bottom, right) for (top, left), (bottom, right) in source.merged_cell_ranges or ())
    return Sheet(source.name, rows, 1, hidden, frozenset(facts.hidden_rows), frozenset(facts.hidden_columns), merged)
