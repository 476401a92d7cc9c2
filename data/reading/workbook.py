"""Workbooks: values by calamine, what it does not say from the package itself."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data.model.arrow_rows import ArrowRows
from data.model.sheet import Sheet, Span
from data.reading import file_type, ooxml, opendocument, parts, xls
from data.reading.columnar import ROWS_FROM, workbook_columns
from data.reading.facts import SheetFacts
from data.reading.limits import COLUMNS_MOST
from data.reading.refusals import DAMAGED, PASSWORD, TOO_WIDE, unreadable

# How sheets are looked through that stand in one part: their facts come in the workbook's order.
BY_ORDER: dict[str, Callable[[Path, str], list[SheetFacts]]] = {
    ".ods": opendocument.sheet_facts,
    ".xls": xls.sheet_facts,
}


def read(path: Path, shown: str) -> list[Sheet]:
    """The workbook's sheets in their order, hidden ones too; charts and dialogs are none. Macros are never run."""
    try:
        kind = file_type.detect_file_type(path, shown) or ""
        if kind != "xls":
            parts.check_package(path, shown)
        with _as_read(path, kind, shown) as source:
            return _read(source, shown)
    except (zipfile.BadZipFile, OSError, ValueError) as problem:
        raise unreadable(DAMAGED, shown) from problem


@contextmanager
def _as_read(path: Path, kind: str, shown: str) -> Iterator[Path]:
    """The file in the one form that all readers take alike: its ending, which calamine believes, says what its content
    is.
    """
    if kind in ("xlsx", "xlsb"):
        with parts.normalised_package(path, shown) as source:
            yield source
    elif path.name.lower().endswith(f".{kind}"):
        yield path
    else:
        with TemporaryDirectory() as folder:
            yield Path(shutil.copyfile(path, Path(folder) / f"book.{kind}"))


def _read(path: Path, shown: str) -> list[Sheet]:
    kind = path.suffix.lower()
    listed: list[SheetFacts] | None = None
    if kind in BY_ORDER:
        listed, facts = BY_ORDER[kind](path, shown), {}
    else:
        facts = ooxml.sheet_facts(path, shown)
    large = {
        name: columns
        for name, fact in facts.items()
        if fact.rows >= ROWS_FROM
        and not fact.cells
        and (columns := workbook_columns(path, fact.part, name)) is not None
    }
    if facts and facts.keys() == large.keys() and all(fact.is_worksheet for fact in facts.values()):
        # Nothing is left to calamine, which would read the whole workbook's texts once more.
        return [_large(name, fact, large[name]) for name, fact in facts.items()]
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            sheets = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            if listed is not None and len(listed) == len(book.sheets_metadata):
                facts = {meta.name: one for meta, one in zip(book.sheets_metadata, listed, strict=True)}
            if not facts.keys() >= {meta.name for meta in sheets}:
                # A sheet that was not looked through is not read.
                raise unreadable(DAMAGED, shown)
            return [_sheet(book, meta, facts[meta.name], large.get(meta.name), shown) for meta in sheets]
    except (CalamineError, OSError, ValueError) as problem:
        raise unreadable(PASSWORD if "assword" in str(problem) else DAMAGED, shown) from problem
    except BaseException as problem:
        # What the reader's own code did not foresee ends it, and is no Exception of Python's.
        if type(problem).__name__ != "PanicException":
            raise
        raise unreadable(DAMAGED, shown) from problem


def _sheet(
    book: CalamineWorkbook, meta: SheetMetadata, facts: SheetFacts, large: ArrowRows | None, shown: str
) -> Sheet:
    if large is not None:
        return _large(meta.name, facts, large)
    hidden = meta.visible != SheetVisibleEnum.Visible
    source = book.get_sheet_by_name(meta.name)
    if source.total_width > COLUMNS_MOST:
        count, most = f"{source.total_width:,}", f"{COLUMNS_MOST:,}"
        raise unreadable(TOO_WIDE, shown, sheet=source.name, count=count, most=most)
    merged = tuple((top, left, bottom, right) for (top, left), (bottom, right) in source.merged_cell_ranges or ())
    return _made(meta.name, _cells(source, facts), hidden, facts, merged)


def _large(name: str, facts: SheetFacts, columns: ArrowRows) -> Sheet:
    return _made(name, columns, facts.hidden, facts, facts.merged)


def _made(
    name: str, rows: Sequence[list[Any]], hidden: bool, facts: SheetFacts, merged: Sequence[tuple[int, int, int, int]]
) -> Sheet:
    return replace(facts, hidden=hidden).sheet(name, rows, [Span(*ends) for ends in merged])


def _cells(source: CalamineSheet, facts: SheetFacts) -> list[list[Any]]:
    return facts.put_into(source.to_python(skip_empty_area=False))
