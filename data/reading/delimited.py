"""Separated text: encoding and separator decided from the content."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from data.core.progress import Progress, sub_progress
from data.model.errors import Unreadable
from data.model.sheet import Notes, Sheet
from data.reading.columnar import TEXT_FROM, text_columns
from data.reading.compressed import decompress
from data.reading.encodings import CODECS, detect_encoding, pieces
from data.reading.limits import CELL_BY_CELL_MOST, COLUMNS_MOST, MIB
from data.reading.quoting import Quotes, rows_of
from data.reading.refusals import (
    BROKEN_TEXT,
    CELL_TOO_LONG,
    ENCODING_FOUND,
    ENCODING_OPEN,
    NOT_A_TABLE,
    NOT_TEXT,
    QUOTES_UNCLEAR,
    STRAY_QUOTES,
    TOO_LARGE,
    TOO_WIDE,
    unreadable,
)
from data.reading.text_shape import refuse_cell_by_cell, text_shape

DELIMITERS = (",", "\t", ";", "|")
# How much of a text is looked at for its separator: some hundred rows.
SAMPLE = 65_536
KEPT_ONCE = 1_000_000
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Where of a UTF-16 text's zero bytes nearly all stand: the other half of a digit or a separator.
ONE_SIDE = 0.95
# How many lines a finding names.
LINES_TOLD = 20
# The share of the time that unpacking takes.
UNPACKED = 0.4


@dataclass(frozen=True)
class Said:
    """What is known of a text beforehand.

    encoding: as the analyst said, a name of CODECS.
    words: known names.
    progress: hears how much of a large text is read.
    """

    encoding: str | None = None
    words: Set[str] = frozenset()
    progress: Progress | None = None


NOTHING = Said()


def read(path: Path, shown: str, said: Said = NOTHING) -> list[Sheet]:
    """The one sheet of a text file."""
    size = path.stat().st_size
    shape = text_shape(path, shown)
    if size >= TEXT_FROM:
        with path.open("rb") as source:
            start = source.read(SAMPLE)
        if b"\x00" not in start and not start.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS)):
            with path.open("rb") as source:
                encoding, notes = _encoding(iter(lambda: source.read(MIB), b""), shown, said)
            mark = detect_delimiter(start.decode(CODECS[encoding], "ignore"))
            columns = text_columns(path, CODECS[encoding], mark, said.progress)
            if columns is not None:
                return [Sheet(Path(shown).name.split(".")[0], columns, separator=mark, notes=notes)]
    if size > CELL_BY_CELL_MOST:
        raise unreadable(TOO_LARGE, shown, size=f"{size // MIB:,}", most=CELL_BY_CELL_MOST // MIB)
    refuse_cell_by_cell(shape, shown)
    return [_sheet(path.read_bytes(), shown, said)]


def read_compressed(path: Path, shown: str, said: Said = NOTHING) -> list[Sheet]:
    """The one sheet of a text file packed by gzip, bzip2, xz or Zstandard."""
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "text"
        decompress(path, plain, shown, sub_progress(said.progress, 0.0, UNPACKED))
        return read(plain, shown, replace(said, progress=sub_progress(said.progress, UNPACKED, 1.0)))


def _encoding(content: Iterable[bytes], shown: str, said: Said) -> tuple[str, Notes]:
    """The encoding of a text without a mark, and what there is to say of it; Unreadable if it is none."""
    found = detect_encoding(content, said.words)
    if found.broken is not None:
        raise unreadable(BROKEN_TEXT, shown, row=found.broken)
    if found.encoding is None and not found.readings:
        raise unreadable(NOT_TEXT, shown)
    if found.encoding == "utf-8":
        return "utf-8", ()
    if said.encoding in CODECS:
        return said.encoding, ()
    if found.encoding is None:
        readings = "; ".join(f"{name}: “{text}”" for name, text in found.readings.items())
        return next(iter(found.readings)), ((ENCODING_OPEN, {"readings": readings, "each": dict(found.readings)}),)
    if found.encoding == "gb18030":
        return "gb18030", ()
    return found.encoding, ((ENCODING_FOUND, {"encoding": found.encoding, "shown": found.readings[found.encoding]}),)


def is_delimited(path: Path) -> bool:
    """Whether the first rows are cut alike by some separator."""
    with path.open("rb") as source:
        start = source.read(SAMPLE)
    # The sample may end inside a letter of up to four bytes.
    for cut in range(4):
        try:
            text, _ = decode(start[: len(start) - cut], path.name)
        except Unreadable:
            continue
        return consistent_width(text, detect_delimiter(text))[0] > 1
    return False


def _sheet(raw: bytes, shown: str, said: Said = NOTHING) -> Sheet:
    text, notes = decode(raw, shown, said)
    name = Path(shown).name.split(".")[0]
    rows: list[list[str]] = []
    mark = detect_delimiter(text)
    known: dict[str, str] = {}
    quotes = Quotes()
    try:
        read = rows_of(list(_lines(text)), mark, quotes) if '"' in text else csv.reader(_lines(text), delimiter=mark)
        for row in read:
            if len(row) > COLUMNS_MOST:
                raise unreadable(TOO_WIDE, shown, sheet=name, count=f"{len(row):,}", most=f"{COLUMNS_MOST:,}")
            # The same words stand in a million rows: each is kept once, as long as a column of ids does not fill the
            # memory.
            rows.append(list(map(known.setdefault, row, row)) if len(known) < KEPT_ONCE else row)
    except csv.Error as problem:
        if "field limit" in str(problem):
            most = f"{csv.field_size_limit():,}"
            raise unreadable(CELL_TOO_LONG, shown, line=len(rows) + 1, most=most) from problem
        raise unreadable(NOT_A_TABLE, shown, line=len(rows) + 1) from problem
    for kind, numbers in ((QUOTES_UNCLEAR, quotes.unclear), (STRAY_QUOTES, quotes.strays)):
        if numbers:
            lines = ", ".join(map(str, numbers[:LINES_TOLD])) + (" …" if len(numbers) > LINES_TOLD else "")
            notes = (*notes, (kind, {"count": len(numbers), "lines": lines}))
    return Sheet(name, rows, separator=mark, notes=notes)


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
    """How many of the first rows `mark` cuts into the same number of cells, and that number; quoted texts may hold
    marks, and quotation marks may be letters.
    """
    sample = text[:SAMPLE]
    plain = [line.split(mark) for line in sample.splitlines()]
    try:
        rows = list(csv.reader(io.StringIO(sample, newline=""), delimiter=mark))
    except csv.Error:
        rows = []
    return max(_most(one[:-1] if len(text) > SAMPLE else one) for one in ((rows, plain) if '"' in sample else (rows,)))


def _most(rows: list[list[str]]) -> tuple[int, int]:
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def decode(raw: bytes, shown: str, said: Said = NOTHING, declared: str = "") -> tuple[str, Notes]:
    """The text that the bytes mean, and what there is to say of it; Unreadable if they mean none.

    declared: the encoding that the text names itself.
    """
    start = raw[:SAMPLE]
    encodings = tuple(name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark))[:1]
    notes: Notes = ()
    if not encodings and b"\x00" in start:
        encodings = _without_mark(start)
        if not encodings:
            raise unreadable(NOT_TEXT, shown)
    try:
        if encodings:
            text = raw.decode(encodings[0])
        else:
            try:
                text = raw.decode("utf-8-sig")
            except UnicodeDecodeError:
                if declared and said.encoding not in CODECS:
                    text = raw.decode(declared)
                else:
                    encoding, notes = _encoding(pieces(raw), shown, said)
                    text = raw.decode(CODECS[encoding])
    except (UnicodeDecodeError, LookupError) as problem:
        raise unreadable(NOT_TEXT, shown) from problem
    if "\x00" in text[:SAMPLE]:
        raise unreadable(NOT_TEXT, shown)
    return text, notes


def _without_mark(start: bytes) -> tuple[str, ...]:
    """UTF-16 without a byte order mark shows zero bytes on one side of digits, separators and line ends only."""
    left, right = start[0::2].count(0), start[1::2].count(0)
    if right >= ONE_SIDE * (left + right):
        return ("utf-16-le",)
    return ("utf-16-be",) if left >= ONE_SIDE * (left + right) else ()
