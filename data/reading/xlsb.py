"""Binary workbooks (.xlsb): what their records ask of the machine, and what they say besides values.

MS-XLSB 2.1.4 (records), 2.4 (their contents), 2.5 (structures).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import pairwise

from data.core.number_formats import BUILT_IN, display_format
from data.model.sheet import CellError
from data.reading import parts
from data.reading.facts import RichText, Run, SheetFacts, meant
from data.reading.inflate import inflate
from data.reading.limits import BINARY_MOST, MIB
from data.reading.refusals import TOO_LARGE, refuse_beyond, unreadable

# A row's record begins with its number, a cell's with its column and its format.
ROW, COLUMNS = 0, 60
BLANK, ERROR, TEXT, SHARED_TEXT, ERROR_OF_FORMULA, RICH_TEXT = 1, 3, 6, 7, 11, 62
CELLS = {*range(2, 12), RICH_TEXT}
SHEET, ITEM, FONT, NUMBER_FORMAT, FORMAT, FORMATS_BEGIN, FORMATS_END = 156, 19, 43, 44, 47, 617, 618
LONGEST = 64 * MIB
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
STRUCK, RAISED = 8, (1, 2)


def sheet_facts(archive: zipfile.ZipFile, looked: list[str], shown: str) -> dict[str, SheetFacts]:
    """Sheet name -> its facts; Unreadable if the reader would keep too many cells of a part between the first and the
    last.
    """
    size = sum(archive.getinfo(part).file_size for part in looked)
    if size > BINARY_MOST:
        raise unreadable(TOO_LARGE, shown, size=f"{size // MIB:,}", most=BINARY_MOST // MIB)
    fonts, struck, shown_in = _formats(archive)
    texts = _texts(archive, fonts) if any(fonts) else {}
    by_part = {part: _facts(archive, part, shown, fonts, struck, texts, shown_in) for part in looked}
    links = parts.parse_part(archive, "xl/_rels/workbook.bin.rels", shown)
    targets = {one.get("Id"): parts.normalised_name(f"xl/{one.get('Target', '')}") for one in links.iter()}
    named = {parts.normalised_name(part): facts for part, facts in by_part.items()}
    found = {}
    for kind, content in _records(archive, "xl/workbook.bin"):
        if kind == SHEET:
            link, end = _wide(content, 8)
            name, _ = _wide(content, end)
            if (target := targets.get(link, "")) in named:
                found[name] = named[target]
    return found


def _records(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record of a part."""
    held, at = b"", 0
    for piece in inflate(archive, part, MIB):
        held, at = held[at:] + piece, 0
        end = len(held)
        while True:
            kind, size, begin = _head(held, at)
            if begin < 0 or begin + size > end:
                if size > LONGEST:
                    raise ValueError("a record without end")
                break
            yield kind, held[begin : begin + size]
            at = begin + size


def _head(held: bytes, at: int) -> tuple[int, int, int]:
    """Kind, size and beginning of the record at `at`; a beginning of -1 where it is cut off."""
    try:
        kind = held[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (held[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        for _ in range(4):
            byte = held[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        return kind, size, at
    except IndexError:
        return 0, 0, -1


def _number(content: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(content[at : at + size], "little")


def _wide(content: bytes, at: int) -> tuple[str, int]:
    """A text that begins with its length, and where it ends; "" where there is none."""
    length = _number(content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _formats(archive: zipfile.ZipFile) -> tuple[list[tuple[bool, bool] | None], set[int], dict[int, str]]:
    """Of each font whether it is struck out and raised (None: neither), the formats of struck-out cells, and those that
    show a figure in another unit with their number format.
    """
    fonts: list[tuple[bool, bool] | None] = []
    formats: list[int] = []
    codes: dict[int, str] = dict(BUILT_IN)
    numbers: list[int] = []
    cells = False
    if "xl/styles.bin" in archive.namelist():
        for kind, content in _records(archive, "xl/styles.bin"):
            if kind == FONT:
                struck, raised = bool(_number(content, 2, 2) & STRUCK), _number(content, 6, 2) in RAISED
                fonts.append((struck, raised) if struck or raised else None)
            elif kind in (FORMATS_BEGIN, FORMATS_END):
                cells = kind == FORMATS_BEGIN
            elif kind == FORMAT and cells:
                formats.append(_number(content, 4, 2))
                numbers.append(_number(content, 2, 2))
            elif kind == NUMBER_FORMAT:
                codes[_number(content, 0, 2)] = _wide(content, 2)[0]
    struck_out = {
        number
        for number, font in enumerate(formats)
        if font < len(fonts) and (one := fonts[font]) is not None and one[0]
    }
    scaling = {number: code for number, code in codes.items() if display_format(code)}
    return fonts, struck_out, {place: scaling[number] for place, number in enumerate(numbers) if number in scaling}


def _rich(content: bytes, fonts: list[tuple[bool, bool] | None]) -> RichText | None:
    """What a formatted text means, whose record begins with its flags."""
    if not content or not content[0] & 1:
        return None
    text, at = _wide(content, 1)
    spans = [
        (_number(content, at + 4 + 4 * n, 2), _number(content, at + 6 + 4 * n, 2)) for n in range(_number(content, at))
        if at + 8 + 4 * n <= len(content)
    ]  # fmt: skip
    return meant(runs(text, spans, fonts))


def runs(text: str, spans: list[tuple[int, int]], fonts: list[tuple[bool, bool] | None]) -> Iterator[Run]:
    """The parts of a text whose fonts change at the given places: (place, number of the font)."""
    # Places count UTF-16 units.
    units = text.encode("utf-16-le")
    edges = [(0, -1), *spans, (len(units) // 2, -1)]
    for (begin, font), (end, _) in pairwise(edges):
        struck, raised = (fonts[font] if 0 <= font < len(fonts) else None) or (False, False)
        yield Run(units[2 * begin : 2 * end].decode("utf-16-le", "replace"), struck, raised)


def _texts(archive: zipfile.ZipFile, fonts: list[tuple[bool, bool] | None]) -> dict[int, RichText]:
    """Number of a shared text -> what it means, of those whose format changes it."""
    if "xl/sharedStrings.bin" not in archive.namelist():
        return {}
    items = (content for kind, content in _records(archive, "xl/sharedStrings.bin") if kind == ITEM)
    return {number: text for number, item in enumerate(items) if (text := _rich(item, fonts)) is not None}


def _facts(
    archive: zipfile.ZipFile,
    part: str,
    shown: str,
    fonts: list[tuple[bool, bool] | None],
    struck: set[int],
    texts: dict[int, RichText],
    shown_in: dict[int, str],
) -> SheetFacts:
    facts = SheetFacts(part)
    row = bottom = wide = 0
    for kind, content in _records(archive, part):
        if kind == ROW:
            row = _number(content, 0)
            if len(content) > 11 and content[11] & 0x10:
                facts.hidden_rows.add(row + 1)
        elif kind in CELLS:
            column = _number(content, 0)
            bottom, wide = max(bottom, row + 1), max(wide, column + 1)
            if kind in (ERROR, ERROR_OF_FORMULA):
                facts.cells[row, column] = CellError(ERRORS.get(content[8], "#N/A") if len(content) > 8 else "#N/A")
            elif kind == SHARED_TEXT and texts:
                facts.note_text((row, column), texts.get(_number(content, 8)))
            elif kind == RICH_TEXT:
                facts.note_text((row, column), _rich(content[8:], fonts))
            if struck and _number(content, 4, 3) in struck:
                facts.note_struck((row, column))
            if shown_in and (code := shown_in.get(_number(content, 4, 3))):
                facts.note_shown(column, code)
            if wide * bottom > 1_000_000:
                refuse_beyond(bottom, wide, part, shown)
        elif kind == COLUMNS and len(content) >= 18 and content[16] & 1:
            facts.hidden_columns.update(range(_number(content, 0), min(_number(content, 4), 16_383) + 1))
    refuse_beyond(bottom, wide, part, shown)
    return facts
