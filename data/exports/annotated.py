"""The analyst's own workbook back: findings as coloured cells with comments, and a summary sheet in front."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from data.core.formula_guard import guard
from data.model.errors import Unreadable
from data.model.finding import Finding
from data.model.staged import StagedFile
from data.reading import read_file
from locales import text

FILLS = {"error": "F8CBAD", "warning": "FFE699", "note": "DDEBF7"}
SUMMARY = {"en": "Findings", "zh_Hans": "问题汇总", "zh_Hant": "問題匯總"}
ORDER = {"error": 0, "warning": 1, "note": 2}
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_TITLE = re.compile(r"[\[\]:*?/\\]")


def annotated_copy(file: StagedFile, lang: str = "en") -> bytes:
    """The file as xlsx with its findings marked; a file that is no xlsx is written anew from its cells."""
    book = _opened(file)
    sheets = {_plain(page.title): page for page in book.worksheets}
    marked: dict[tuple[str, str], list[Finding]] = {}
    for finding in _ordered(file):
        cell = finding.cell or (f"A{finding.row}" if finding.row else None)
        page = sheets.get(_plain(finding.sheet or ""))
        if cell and page is not None:
            marked.setdefault((page.title, cell), []).append(finding)
    for (title, cell), found in marked.items():
        _mark(book[title], cell, found, lang)
    _summarise(book, file, lang)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def findings_csv(files: Sequence[StagedFile], lang: str = "en") -> str:
    """All findings, one a line, with a BOM; text that a spreadsheet would run is guarded."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["severity", "code", "file", "sheet", "row", "column", "cell", "value", "message", "suggestion"])
    for file in files:
        for one in _ordered(file):
            fields = [
                one.severity,
                one.code,
                file.name,
                one.sheet,
                one.row,
                one.column,
                one.cell,
                one.value,
                one.message(lang),
                one.suggestion(lang),
            ]
            writer.writerow([guard(field) for field in fields])
    return "\ufeff" + out.getvalue()


def _ordered(file: StagedFile) -> list[Finding]:
    return sorted(file.all_findings, key=lambda one: (ORDER[one.severity], one.sheet or "", one.row or 0))


def _plain(title: str) -> str:
    return _TITLE.sub(" ", title).strip()[:31].casefold()


def _opened(file: StagedFile) -> Workbook:
    """The workbook itself, macros left behind; else its cells in a new one."""
    try:
        sheets = read_file(file.path, file.name).sheets
        refused = False
    except Unreadable:
        sheets, refused = [], True
    # What reading refused, such as a zip that would burst, is not opened by a library that does not look.
    if not refused and Path(file.name).suffix.lower() in (".xlsx", ".xlsm"):
        # A text or a damaged file that is called a workbook has no cells to mark in place.
        with suppress(
            InvalidFileException, zipfile.BadZipFile, SyntaxError, OSError, EOFError, KeyError, TypeError, ValueError
        ):
            return load_workbook(file.path)
    book = Workbook()
    book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(_TITLE.sub(" ", sheet.name).strip()[:31] or "Sheet")
        for number, row in enumerate(sheet.rows, start=sheet.first_row):
            for column, value in enumerate(row, start=1):
                if value not in (None, ""):
                    _put(page, number, column, value)
    if not book.worksheets:
        book.create_sheet(Path(file.name).stem[:31] or "Sheet")
    return book


def _put(page: Any, row: int, column: int, value: Any) -> None:
    cell = page.cell(row, column)
    cell.value = _ILLEGAL.sub("", value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def _mark(page: Any, cell: str, found: Sequence[Finding], lang: str) -> None:
    place = page[cell]
    if type(place).__name__ == "MergedCell":
        place = next((page[area.coord.split(":")[0]] for area in page.merged_cells.ranges if cell in area), None)
        if place is None:
            return
    place.fill = PatternFill("solid", fgColor=FILLS[found[0].severity])
    words = "\n\n".join(f"{one.message(lang)} {one.suggestion(lang)}".strip() for one in found)
    place.comment = Comment(_ILLEGAL.sub("", words), "Service Quality Dashboard", width=360, height=160)


def _summarise(book: Workbook, file: StagedFile, lang: str) -> None:
    """A sheet in front: how many of each kind, and every finding."""
    title = SUMMARY[lang]
    while title.casefold() in {page.title.casefold() for page in book.worksheets}:
        title += "+"
    page = book.create_sheet(title, 0)
    book.active = 0
    found = _ordered(file)
    counted = Counter((one.severity, one.code) for one in found)
    heads = [
        text(lang, "Severity"),
        text(lang, "Code"),
        text(lang, "Sheet"),
        text(lang, "Cell"),
        text(lang, "Value"),
        text(lang, "What is wrong"),
        text(lang, "What to do"),
    ]
    for row, ((severity, code), count) in enumerate(sorted(counted.items(), key=lambda pair: ORDER[pair[0][0]]), 1):
        for column, value in enumerate((severity, code, count), start=1):
            _put(page, row, column, value)
    first = len(counted) + 2
    for column, head in enumerate(heads, start=1):
        page.cell(first, column, head).font = Font(bold=True)
    for row, one in enumerate(found, start=first + 1):
        values = (
            one.severity,
            one.code,
            one.sheet,
            one.cell or str(one.row or ""),
            one.value or "",
            one.message(lang),
            one.suggestion(lang),
        )
        for column, value in enumerate(values, start=1):
            _put(page, row, column, value or None)
            page.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        page.cell(row, 1).fill = PatternFill("solid", fgColor=FILLS[one.severity])
    for letter, width in zip("ABCDEFG", (10, 26, 16, 9, 20, 60, 60), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = page.cell(first + 1, 1)
