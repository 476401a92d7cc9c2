"""Large sheets read by columns: workbooks by fastexcel, separated text by Arrow.

None where a sheet is not of that shape: then cell by cell.

Only columns that are of one type throughout come this way, so that no cell means anything else than if it had been read
alone.
"""

from __future__ import annotations

import csv
import io
import os
import re
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

import fastexcel
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from python_calamine import CalamineError, CalamineWorkbook

from data.core.progress import Progress
from data.model.arrow_rows import HEAD_ROWS, ArrowRows
from data.reading.limits import COLUMNS_MOST, MIB

# Below this, reading cell by cell takes a second or two.
ROWS_FROM = 50_000
TEXT_FROM = 16 * MIB
TEXT_BLOCK = 16 * MIB
# How far the first rows of a sheet may reach, and the texts that they name.
SAMPLE_ROWS = 5_000
# Up to this share of distinct texts a column is one of words, not of ids.
REPEATING = 0.2
WORDS = pa.dictionary(pa.int32(), pa.string())
HEAD_BYTES = 1 * MIB
HEAD_MOST = 1_000
SMALL_PARTS = 8 * MIB
ROW_END = b"</row>"
NUMBER_OF_TEXT = re.compile(rb'(\bt="s"[^>]*><v>)(\d+)')


def workbook_columns(path: Path, part: str, name: str) -> ArrowRows | None:
    """The sheet `name`, whose XML is `part`, by columns."""
    try:
        head = _head(path, part, name)
        if head is None:
            return None
        reader = fastexcel.read_excel(str(path))
        # One row is read twice: it shows that both readers mean the same rows and columns.
        body = reader.load_sheet(
            name, header_row=None, skip_rows=len(head) - 1, schema_sample_rows=None, dtype_coercion="strict", eager=True
        )
    except (fastexcel.FastExcelError, CalamineError, zipfile.BadZipFile, LookupError, ValueError, OSError):
        return None
    if not body.num_rows or not _same(head[-1], [column[0].as_py() for column in body.columns]):
        return None
    table = pa.Table.from_batches([body.slice(1)]).rename_columns([str(place) for place in range(body.num_columns)])
    return ArrowRows(head, _words_once(table)) if all(_kept(field.type) for field in table.schema) else None


def _words_once(table: pa.Table) -> pa.Table:
    """The table with the texts of columns in which they repeat kept once."""

    def once(column: pa.ChunkedArray) -> pa.ChunkedArray:
        sample = column.slice(0, SAMPLE_ROWS)
        few = pa.types.is_string(column.type) and len(sample.unique()) < REPEATING * len(sample)
        return column.dictionary_encode() if few else column

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return pa.table(list(pool.map(once, table.columns)), names=table.column_names)


def _kept(kind: pa.DataType) -> bool:
    """Types that mean a cell as it stands: no durations, no columns without any value."""
    return (
        pa.types.is_string(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_timestamp(kind)
        or pa.types.is_boolean(kind)
    )


def _same(cells: list[Any], others: list[Any]) -> bool:
    width = max(len(cells), len(others))
    return all(
        _plain(one) == _plain(other) for one, other in zip(_wide(cells, width), _wide(others, width), strict=True)
    )


def _wide(cells: list[Any], width: int) -> list[Any]:
    return [*cells, *[None] * (width - len(cells))]


def _plain(cell: Any) -> Any:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0)
    return None if cell == "" else cell


def _head(path: Path, part: str, name: str) -> list[list[Any]] | None:
    """The first HEAD rows as cells, read from a copy of the workbook that ends there."""
    small = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(small, "w", zipfile.ZIP_STORED) as copy:
        with source.open(part) as first:
            start = first.read(HEAD_BYTES)
        end = 0
        for _ in range(HEAD_ROWS):
            end = start.find(ROW_END, end) + len(ROW_END)
            if end < len(ROW_END):
                return None
        sheet = start[:end] + b"</sheetData></worksheet>"
        wanted = sorted({int(number) for _, number in NUMBER_OF_TEXT.findall(sheet)})
        new = {b"%d" % number: b"%d" % place for place, number in enumerate(wanted)}
        for one in source.infolist():
            lowered = one.filename.lower()
            if one.filename == part:
                copy.writestr(one.filename, NUMBER_OF_TEXT.sub(lambda found: found[1] + new[found[2]], sheet))
            elif lowered == "xl/sharedstrings.xml":
                copy.writestr(one.filename, _texts(source.read(one), wanted))
            elif lowered.startswith("xl/worksheets/"):
                copy.writestr(one.filename, b"<worksheet><sheetData></sheetData></worksheet>")
            elif one.file_size < SMALL_PARTS and lowered.endswith((".xml", ".rels")):
                copy.writestr(one.filename, source.read(one))
    small.seek(0)
    with CalamineWorkbook.from_filelike(small) as book:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    # Rows that are not written down count too.
    return rows if HEAD_ROWS <= len(rows) < HEAD_MOST else None


def _texts(shared: bytes, wanted: list[int]) -> bytes:
    """A part of shared texts with those whose numbers are `wanted`, in that order."""
    letters = np.frombuffer(shared, dtype=np.uint8)
    starts = np.flatnonzero((letters[:-3] == ord("<")) & (letters[1:-2] == ord("s")) & (letters[2:-1] == ord("i")))
    ends = np.append(starts[1:], shared.rfind(b"</sst"))
    return (
        shared[: starts[0]] + b"".join(shared[starts[n] : ends[n]] for n in wanted) + b"</sst>"
        if wanted
        else b"<sst></sst>"
    )


def text_columns(path: Path, encoding: str, separator: str, progress: Progress | None = None) -> ArrowRows | None:
    """A large text by columns, all of them text, read block by block.

    progress: hears after each block how much of the file is read.
    """
    head: list[list[str]] = []
    try:
        with path.open(encoding=encoding, newline="") as source:
            reader = csv.reader(source, delimiter=separator)
            head = list(islice(reader, HEAD_ROWS))
            lines = reader.line_num
            few = _few_words(list(islice(reader, SAMPLE_ROWS)))
        width = max(map(len, head), default=0)
        if (
            len(head) < HEAD_ROWS
            or not 1 < width <= COLUMNS_MOST
            or any(len(row) != width for row in head[-HEAD_ROWS // 2 :])
        ):
            return None
        names = [str(place) for place in range(width)]
        blocks = pyarrow.csv.open_csv(
            path,
            pyarrow.csv.ReadOptions(
                column_names=names,
                skip_rows=lines,
                encoding="utf8" if encoding == "utf-8-sig" else encoding,
                block_size=TEXT_BLOCK,
            ),
            pyarrow.csv.ParseOptions(delimiter=separator, newlines_in_values=False, ignore_empty_lines=False),
            pyarrow.csv.ConvertOptions(
                column_types={name: WORDS if place in few else pa.string() for place, name in enumerate(names)},
                strings_can_be_null=False,
                check_utf8=True,
            ),
        )
        body = pa.Table.from_batches(_told(blocks, path.stat().st_size, progress), blocks.schema)
    except (pa.ArrowInvalid, UnicodeError, csv.Error, OSError, LookupError):
        return None
    if lines + body.num_rows < _lines(path) and any(_swallows(column, separator, width) for column in body.columns):
        # Behind a quotation mark without a partner: how many rows they are is told cell by cell.
        return None
    return ArrowRows(head, body.unify_dictionaries())


def _told(blocks: pyarrow.csv.CSVStreamingReader, size: int, progress: Progress | None) -> Iterator[pa.RecordBatch]:
    """The blocks of a text, after each of which `progress` hears how much is read."""
    for count, block in enumerate(blocks, 1):
        yield block
        if progress:
            progress(count * TEXT_BLOCK / size, "")


def _swallows(column: pa.ChunkedArray, separator: str, width: int) -> bool:
    """Whether a text holds a line that is cut into as many cells as the table has."""
    for chunk in column.chunks:
        texts = chunk.dictionary if pa.types.is_dictionary(chunk.type) else chunk
        for text in texts.filter(pc.match_substring(texts, "\n")).to_pylist():
            if any(line.count(separator) >= width - 1 for line in text.split("\n")[1:]):
                return True
    return False


def _lines(path: Path) -> int:
    """How many lines a text has; a line end at its very end begins none."""
    count, last = 0, b""
    with path.open("rb") as source:
        while piece := source.read(8 * MIB):
            count, last = count + piece.count(b"\n"), piece[-1:]
    return count + (last != b"\n")


def _few_words(rows: list[list[str]]) -> set[int]:
    """The columns whose texts repeat: their words are kept once."""
    columns = list(zip_longest(*rows, fillvalue=""))
    return {place for place, column in enumerate(columns) if len(set(column)) < REPEATING * len(column)}
