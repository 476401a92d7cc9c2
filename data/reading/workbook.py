"""Workbooks: values by calamine, what it does not say from the package itself."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.model.arrow_rows import Columns
from data.model.sheet import Sheet, Span
from data.reading import ooxml as package
from data.reading import opendocument
from data.reading.columnar import ROWS_FROM, workbook_columns
from data.reading.limits import COLUMNS_MOST
from data.reading.ooxml import Facts
from data.reading.refusals import DAMAGED, PASSWORD, TOO_WIDE, refused


def read(path: Path, shown: str) -> list[Sheet]:
    """The workbook's sheets in their order, hidden ones too; charts and dialogs are none. Macros are never run."""
    facts = _looked_through(path, shown)
    large = {
        name: columns
        for name, fact in facts.items()
        if fact.rows >= ROWS_FROM and not fact.odd and (columns := workbook_columns(path, fact.part, name)) is not None
    }
    if facts and facts.keys() == large.keys() and all(fact.a_sheet for fact in facts.values()):
        # Nothing is left to calamine, which would read the whole workbook's texts once more.
        return [_large(name, fact, large[name]) for name, fact in facts.items()]
    try:
        with _opened(path) as book:
            return [
                _sheet(book, meta, facts.get(meta.name, Facts()), large.get(meta.name), shown)
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


def _sheet(book: CalamineWorkbook, meta: SheetMetadata, facts: Facts, large: Columns | None, shown: str) -> Sheet:
    if large is not None:
        return _large(meta.name, facts, large)
    hidden = meta.visible != SheetVisibleEnum.Visible
    source = book.get_sheet_by_name(meta.name)
    if source.total_width > COLUMNS_MOST:
        count, most = f"{source.total_width:,}", f"{COLUMNS_MOST:,}"
        raise refused(TOO_WIDE, shown, sheet=source.name, count=count, most=most)
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in source.merged_cell_ranges or ())
    return _made(meta.name, _cells(source, facts), hidden, facts, merged)


def _large(name: str, facts: Facts, columns: Columns) -> Sheet:
    return _made(name, columns, facts.hidden, facts, facts.merged)


def _made(
    name: str, rows: Sequence[list[Any]], hidden: bool, facts: Facts, merged: Sequence[tuple[int, int, int, int]]
) -> Sheet:
    spans = tuple(Span(*ends) for ends in merged)
    return Sheet(name, rows, 1, hidden, frozenset(facts.hidden_rows), frozenset(facts.hidden_columns), spans)


def _cells(source: CalamineSheet, facts: Facts) -> list[list[Any]]:
    rows: list[list[Any]] = source.to_python(skip_empty_area=False)
    for (row, column), what in facts.odd.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = what
    return rows
