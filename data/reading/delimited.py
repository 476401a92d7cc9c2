"""Separated text: encoding and separator decided from the content."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from data.model.sheet import Sheet
from data.reading.columnar import TEXT_FROM, text_columns
from data.reading.limits import COLUMNS_MOST, MIB, RATIO_FROM, RATIO_MOST, UNPACKED_MOST
from data.reading.refusals import BURSTING, NOT_A_TABLE, NOT_TEXT, TOO_WIDE, UNPACKING, unreadable

DELIMITERS = (",", "\t", ";", "|")
# How much of a text is looked at for its separator: some hundred rows.
SAMPLE = 65_536
KEPT_ONCE = 1_000_000
# Strict UTF-8 first: detectors misread GBK (PITFALLS). GB18030 holds GBK and GB2312.
ENCODINGS = ("utf-8-sig", "gb18030")
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Where of a UTF-16 text's zero bytes nearly all stand: the other half of a digit or a separator.
ONE_SIDE = 0.95


def read(path: Path, shown: str) -> list[Sheet]:
    """The one sheet of a text file."""
    if path.stat().st_size >= TEXT_FROM:
        with path.open("rb") as source:
            start = source.read(SAMPLE)
        for encoding in ENCODINGS:
            text = start.decode(encoding, "ignore")
            mark = detect_delimiter(text)
            columns = text_columns(path, encoding, mark) if b"\x00" not in start else None
            if columns is not None:
                return [Sheet(Path(shown).name.split(".")[0], columns, separator=mark)]
    return [_sheet(path.read_bytes(), shown)]


def read_gzip(path: Path, shown: str) -> list[Sheet]:
    """The one sheet of a text file packed by gzip."""
    try:
        with gzip.open(path, "rb") as source:
            raw = _bounded(source, path.stat().st_size, shown)
    except (OSError, EOFError, zlib.error) as problem:
        raise unreadable(UNPACKING, shown) from problem
    return [_sheet(raw, shown)]


def _bounded(source: gzip.GzipFile, packed: int, shown: str) -> bytes:
    parts, size = [], 0
    while part := source.read(4 * MIB):
        parts.append(part)
        size += len(part)
        if size > UNPACKED_MOST or (size > RATIO_FROM and size > RATIO_MOST * packed):
            raise unreadable(BURSTING, shown, size=f"{size // MIB:,}", ratio=f"{size // max(packed, 1):,}")
    return b"".join(parts)


def is_delimited(path: Path) -> bool:
    """Whether the first rows are cut alike by some separator."""
    with path.open("rb") as source:
        start = source.read(SAMPLE)
    # The sample may end inside a letter of up to four bytes.
    text = next((text for cut in range(4) if (text := decode(start[: len(start) - cut])) is not None), None)
    return text is not None and consistent_width(text, detect_delimiter(text))[0] > 1


def _sheet(raw: bytes, shown: str) -> Sheet:
    text = decode(raw)
    if text is None:
        raise unreadable(NOT_TEXT, shown)
    name = Path(shown).name.split(".")[0]
    rows: list[list[str]] = []
    mark = detect_delimiter(text)
    known: dict[str, str] = {}
    try:
        for row in csv.reader(_lines(text), delimiter=mark):
            if len(row) > COLUMNS_MOST:
                raise unreadable(TOO_WIDE, shown, sheet=name, count=f"{len(row):,}", most=f"{COLUMNS_MOST:,}")
            # The same words stand in a million rows: each is kept once, as long as a column of ids does
            # not fill the memory.
            rows.append(list(map(known.setdefault, row, row)) if len(known) < KEPT_ONCE else row)
    except csv.Error as problem:
        raise unreadable(NOT_A_TABLE, shown, problem=problem) from problem
    return Sheet(name, rows, separator=mark)


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends; StringIO would hold the text again, four bytes a letter."""
    if text.count("\r") != text.count("\r\n"):
        yield from io.StringIO(text, newline="")
        return
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def detect_delimiter(text: str) -> str:
    """The mark that cuts most of the first rows into equally many cells: texts may hold the other marks, and 1,5 is a
    number.
    """
    return max(DELIMITERS, key=lambda mark: consistent_width(text, mark))


def consistent_width(text: str, mark: str) -> tuple[int, int]:
    """How many of the first rows `mark` cuts into the same number of cells, and that number."""
    try:
        rows = list(csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=mark))
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in (rows[:-1] if len(text) > SAMPLE else rows) if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def decode(raw: bytes) -> str | None:
    """The text that the bytes mean; None if they mean none."""
    encodings: tuple[str, ...] = tuple(name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark))[:1]
    if not encodings:
        encodings = _without_mark(raw[:SAMPLE]) if b"\x00" in raw[:SAMPLE] else ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\x00" in text[:SAMPLE] else text
    return None


def _without_mark(start: bytes) -> tuple[str, ...]:
    """UTF-16 without a byte order mark shows zero bytes on one side of digits, separators and line ends only."""
    left, right = start[0::2].count(0), start[1::2].count(0)
    if right >= ONE_SIDE * (left + right):
        return ("utf-16-le",)
    return ("utf-16-be",) if left >= ONE_SIDE * (left + right) else ()
