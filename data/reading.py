"""Reading a file into sheets of raw cells; nothing is interpreted here."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from data.errors import Unreadable

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
TEXTS = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz")
SEPARATORS = (",", "\t", ";", "|")
# How much of a text is looked at for its separator: some hundred rows.
SAMPLE = 65_536
# Strict UTF-8 first: detectors misread GBK (PITFALLS). GB18030 holds GBK and GB2312.
ENCODINGS = ("utf-8-sig", "gb18030")


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells. rows: str, float, int, bool, date, datetime, time, timedelta, "" or None; first_row: the number of rows[0]."""

    name: str
    rows: list[list[Any]]
    first_row: int = 1
    hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """A file's sheets in their order."""

    path: Path
    name: str
    sha256: str
    sheets: list[Sheet] = field(default_factory=list)


def digest(path: Path) -> str:
    """The file's sha256 in hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def read_file(path: Path, name: str | None = None) -> Workbook:
    """The file's sheets; Unreadable says in one sentence why it cannot be read. Macros are never run."""
    path = Path(path)
    shown = name or path.name
    lowered = shown.lower()
    if not path.is_file():
        raise Unreadable(f"There is no file {shown}.")
    if path.stat().st_size == 0:
        raise Unreadable(f"{shown} is empty (0 bytes); export it again.")
    if lowered.endswith(WORKBOOKS):
        sheets = _workbook_sheets(path, shown)
    elif lowered.endswith(TEXTS):
        sheets = [_text_sheet(path, shown)]
    else:
        raise Unreadable(
            f"{shown} is of a kind that is not read; save it as .xlsx or .csv. Read are: {', '.join((*WORKBOOKS, *TEXTS))}."
        )
    return Workbook(path, shown, digest(path), sheets)


def _workbook_sheets(path: Path, shown: str) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return [
                Sheet(
                    meta.name,
                    book.get_sheet_by_name(meta.name).to_python(skip_empty_area=False),
                    hidden=meta.visible != SheetVisibleEnum.Visible,
                )
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except (CalamineError, OSError, ValueError) as problem:
        reason = "protected with a password" if "assword" in str(problem) else "damaged, or not a workbook"
        raise Unreadable(
            f"{shown} cannot be opened: it is {reason}. Open it in Excel, save it again without a password, and load that."
        ) from problem


def _text_sheet(path: Path, shown: str) -> Sheet:
    opener: Callable[..., Any] = gzip.open if shown.lower().endswith(".gz") else open
    try:
        with opener(path, "rb") as source:
            raw = source.read()
    except (OSError, EOFError, zlib.error) as problem:
        raise Unreadable(f"{shown} cannot be unpacked: it is damaged. Export it again.") from problem
    text = _decoded(raw, shown)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))
    except csv.Error as problem:
        raise Unreadable(f"{shown} cannot be read as a table: {problem}. Save it as .xlsx and load that.") from problem
    return Sheet(Path(shown).name.split(".")[0], rows)


def _separator(text: str) -> str:
    """The mark that cuts most of the first rows into equally many cells: texts may hold the other marks, and 1,5 is a number."""
    start = text[:SAMPLE]

    def regular(mark: str) -> tuple[int, int]:
        rows = list(csv.reader(io.StringIO(start, newline=""), delimiter=mark))
        widths = Counter(len(row) for row in (rows[:-1] if len(text) > SAMPLE else rows) if len(row) > 1)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(SEPARATORS, key=regular)


def _decoded(raw: bytes, shown: str) -> str:
    if b"\x00" in raw[:4096]:
        raise Unreadable(f"{shown} is not a text file in UTF-8 or GB18030. Save it as .xlsx, or as CSV UTF-8.")
    for encoding in ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(f"{shown} is neither UTF-8 nor GB18030 text. Save it as CSV UTF-8, or as .xlsx.")
