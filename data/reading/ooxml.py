"""What a workbook's zip says before any cell is read: how much it asks of the machine, and what its cells do not show.

Values are read by calamine, which keeps every cell between the first and the last, says nothing of hidden rows and
columns, and reads an error or a formula without a computed value as an empty cell. The sheets' XML is therefore looked
through once, by searches that cost nothing where there is nothing to be found.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import NamedTuple

from data.core.cell_refs import column_index
from data.core.number_formats import TWO_DECIMALS
from data.model.sheet import CellError, Formula
from data.reading import parts, xlsb
from data.reading.facts import SheetFacts
from data.reading.inflate import inflate
from data.reading.limits import CELLS_MOST, COLUMNS_MOST, MIB, NOTED_MOST, SPARSE_MOST, SPARSE_SHARE
from data.reading.refusals import DAMAGED, NEVER_COMPUTED, TOO_FAR, TOO_WIDE, UNSAFE, unreadable
from data.reading.repeated_texts import refuse_repeated
from data.reading.xlsx_format import WORDS, CellStyles, RichStrings, cell_styles, rich_strings, rich_text
from data.reading.xlsx_places import lacks_row_numbers, placed, tightened
from data.reading.xml_scan import XmlScan

PIECE = 1 * MIB
# A row that is longer than this is cut anywhere: no piece grows without end.
PIECES_MOST = 64
# A cell's place; cells without content end in "/>" and ask for nothing.
FILLED = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["'](?:[^>"']|"[^"]*"|'[^']*')*+(?<!/)>(?!</)""")
# A row's number, at its tag's start.
ROW_NUMBER = re.compile(rb"""\A[^>]*?\sr\s*=\s*["'](\d+)["']""")
ROW_START = re.compile(rb"<(?:\w+:)?row\b")
ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
PLACE = re.compile(rb"""\br=["']([A-Za-z]+)(\d+)["']""")
NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\s([^>]*[^/>])>\s*<(?:\w+:)?f(?:\s[^>]*[^/>])?(?:\s*/>|>([^<]*)</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>"
    rb"|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*\bt=["']e["'][^>]*)>(?:[^<]|<(?!/|(?:\w+:)?v>)|</(?!(?:\w+:)?c>))*<(?:\w+:)?v>([^<]*)<"""
)
TEXT_RESULT = re.compile(rb"""\bt=["']str["']""")
YEAR_AND_TENTH = rb"<(?:\w+:)?v>(?:19|20|21)\d\d\.1</"
STYLE = re.compile(rb"""\bs\s*=\s*["'](\d+)["']""")
SHARED_TEXT = re.compile(rb"""<(?:\w+:)?c\s([^>]*\bt=["']s["'][^>]*)>\s*<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,9})\s*<""")
INLINE_TEXT = re.compile(
    rb"""<(?:\w+:)?c\s([^>]*\bt=["']inlineStr["'][^>]*)>\s*<(?:\w+:)?is>"""
    rb"""((?:[^<]|<(?!/?(?:\w+:)?is[\s>]))*+)</(?:\w+:)?is\s*>"""
)
PREFIX = re.compile(rb"<(\w+:)?worksheet\b")
HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*?\br=["'](\d+)["']""")
HIDDEN_COLUMNS = re.compile(rb"""<(?:\w+:)?col\s(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*>""")
MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s+ref=["']([A-Z]+)(\d+):([A-Z]+)(\d+)["']""")
BOUND = re.compile(rb"""\b(min|max)=["'](\d+)["']""")


class Formats(NamedTuple):
    """What formats change, of a whole workbook. texts: by the number of a shared text; cells: by that of a cell
    format.
    """

    texts: RichStrings
    cells: CellStyles


def _verify(archive: zipfile.ZipFile, *names: str) -> None:
    """Reads the parts that only calamine reads: it believes their contents, not the size that the zip's list gives,
    which was checked.
    """
    for part in archive.infolist():
        if part.filename.lower().startswith(names):
            for _ in inflate(archive, part.filename, PIECE):
                pass


def sheet_facts(path: Path, shown: str) -> dict[str, SheetFacts]:
    """Sheet name -> its facts, of a normalised package; Unreadable if its cells lie too far apart, or it declares
    entities.

    Every part that is linked as a sheet is looked through, whether the workbook lists it or not.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            looked = parts.sheet_parts(archive, shown)
            if path.name.lower().endswith(".xlsb"):
                _verify(archive, "xl/sharedstrings", "xl/metadata")
                return xlsb.sheet_facts(archive, looked, shown)
            _verify(archive, "xl/metadata")
            styles = cell_styles(archive)
            formats = Formats(rich_strings(archive, struck=bool(styles.struck)), styles)
            refuse_repeated(archive, looked, formats.texts.longest, shown)
            facts = {
                name: replace(_facts(archive, part, name, shown, formats), hidden=hidden)
                for name, part, hidden in _sheets(archive, shown)
            }
            for part in set(looked) - {fact.part for fact in facts.values()}:
                _facts(archive, part, part, shown, formats)
            return facts
    except parts.READ_ERRORS as problem:
        raise unreadable(DAMAGED, shown) from problem


def _sheets(archive: zipfile.ZipFile, shown: str) -> Iterator[tuple[str, str, bool]]:
    """Name and part of each sheet, and whether it is hidden."""
    targets = {}
    for link in parts.parse_part(archive, "xl/_rels/workbook.xml.rels", shown).iter():
        if link.get("Id") and link.get("Target"):
            targets[link.get("Id")] = posixpath.normpath(posixpath.join("/xl", link.get("Target") or "")).lstrip("/")
    names = set(archive.namelist())
    for sheet in parts.parse_part(archive, "xl/workbook.xml", shown).iter():
        link_id = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        part = targets.get(link_id, "")
        if sheet.tag.endswith("}sheet") and part in names:
            yield sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part's text, cut between rows."""
    rest, mark = b"", b"<row"
    for read in inflate(archive, part, PIECE):
        if not rest:
            mark = b"<" + _prefix(read) + b"row"
        piece = rest + read
        cut = max(piece.rfind(mark), 0)
        if not cut and len(piece) > PIECES_MOST * PIECE:
            # No tag is torn: a cell's place would not be seen.
            cut = max(piece.rfind(b"<"), 0) or len(piece)
        rest = piece[cut:]
        if cut:
            yield piece[:cut]
    yield rest


def _ahead(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """`pieces`, the next of which is unpacked while one is looked at."""
    with ThreadPoolExecutor(1) as unpacker:
        coming = unpacker.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = unpacker.submit(next, pieces, None)
            yield piece


def _prefix(start: bytes) -> bytes:
    """How the sheet's tags begin, as "x:" where its namespace has a prefix."""
    found = PREFIX.search(start)
    return (found[1] if found else None) or b""


def _facts(
    archive: zipfile.ZipFile, part: str, name: str, shown: str, formats: Formats, *, places: bool = False
) -> SheetFacts:
    """places: whether rows and cells are given the places that they do not say."""
    facts = SheetFacts(part, unseen=formats.cells.struck is None)
    struck, scaled = _cells_of(formats.cells.struck), _cells_of(formats.cells.shown)
    tenths = _cells_of(formats.cells.decimals, YEAR_AND_TENTH)
    wide = False
    prefix = piece = b""
    pieces = placed(_pieces(archive, part)) if places else _pieces(archive, part)
    for number, piece in enumerate(map(tightened, _ahead(pieces))):
        if number == 0:
            if parts.ENTITY in piece:
                raise unreadable(UNSAFE, shown)
            if b"\0" in piece:
                # UTF-16, in which nothing below would be found.
                raise unreadable(DAMAGED, shown)
            prefix = _prefix(piece)
            facts.hidden_columns = _columns(piece)
        seen = XmlScan(piece, prefix)
        facts.rows += seen.rows()
        hidden = seen.holds(b"hidden=")
        placeless = seen.placeless()
        if not places and (placeless or (hidden and lacks_row_numbers(piece))):
            if wide or placeless:
                _check_extent(archive, part, name, shown)
            return _facts(archive, part, name, shown, formats, places=True)
        if hidden:
            facts.hidden_rows.update(map(int, HIDDEN_ROW.findall(piece)))
        if seen.holds_formula():
            for attributes, formula in NO_VALUE.findall(piece):
                if not TEXT_RESULT.search(attributes):
                    _note(facts, attributes, Formula("=" + unescape(formula.decode("utf-8", "replace"))))
        if seen.holds(b't="e"') or seen.holds(b"t='e'"):
            for attributes, error in ERROR.findall(piece):
                _note(facts, attributes, CellError(unescape(error.decode("utf-8", "replace"))))
        if formats.texts.plain or formats.texts.struck:
            for attributes, text in SHARED_TEXT.findall(piece):
                known = formats.texts.struck if _is_struck(attributes, formats.cells) else formats.texts.plain
                if (meant := known.get(int(text))) is not None:
                    facts.note_text(_place(attributes), meant)
        if any(seen.holds(word) for word in WORDS) or (formats.cells.struck and seen.holds(b"rPr")):
            for attributes, content in INLINE_TEXT.findall(piece):
                struck_out = _is_struck(attributes, formats.cells)
                facts.note_text(_place(attributes), rich_text(content, struck=struck_out))
        if struck is not None:
            for attributes, _ in struck.findall(piece):
                facts.note_struck(_place(attributes))
        if scaled is not None:
            for attributes, style in scaled.findall(piece):
                facts.note_shown(_place(attributes)[1], formats.cells.shown[int(style)])
        if tenths is not None and b".1</" in piece and re.search(YEAR_AND_TENTH, piece):
            for attributes, _ in tenths.findall(piece):
                facts.note_shown(_place(attributes)[1], TWO_DECIMALS)
        if len(facts.cells) > NOTED_MOST:
            raise unreadable(NEVER_COMPUTED, shown, sheet=name, count=f"{NOTED_MOST:,}")
        wide = wide or seen.far() or seen.prefixed_otherwise()
    # Merged ranges stand behind the last row.
    facts.merged = tuple(
        (int(top) - 1, column_index(left), int(bottom) - 1, column_index(right))
        for left, top, right, bottom in MERGED.findall(piece)
    )
    if wide:
        _check_extent(archive, part, name, shown)
    return facts


def _is_struck(attributes: bytes, styles: CellStyles) -> bool:
    found = STYLE.search(attributes) if styles.struck else None
    return found is not None and int(found[1]) in (styles.struck or ())


def _note(facts: SheetFacts, attributes: bytes, what: Formula | CellError) -> None:
    facts.cells[_place(attributes)] = what


def _place(attributes: bytes) -> tuple[int, int]:
    """Where the cell with these attributes stands; ValueError if it does not say so, which damaged files do not."""
    found = PLACE.search(attributes)
    if not found:
        raise ValueError("a cell without a place")
    return int(found[2]) - 1, column_index(found[1])


def _cells_of(styles: Collection[int] | None, holding: bytes = b"") -> re.Pattern[bytes] | None:
    """Finds the filled cells of these formats. holding: how what they hold begins."""
    if not styles:
        return None
    numbers = b"|".join(b"%d" % style for style in sorted(styles))
    return re.compile(rb"""<(?:\w+:)?c\s([^>]*\bs=["'](%s)["'][^>]*)(?<!/)>(?!</)%s""" % (numbers, holding))


def _columns(piece: bytes) -> set[int]:
    """Indices of the hidden columns. A definition up to the last column hides what nobody uses."""
    found: set[int] = set()
    for column in HIDDEN_COLUMNS.findall(piece):
        bounds = {key: int(value) for key, value in BOUND.findall(column)}
        first = bounds.get(b"min", 1)
        found.update(range(first - 1, min(bounds.get(b"max", first), COLUMNS_MOST)))
    return found


def _check_extent(archive: zipfile.ZipFile, part: str, name: str, shown: str) -> None:
    """Unreadable if the reader would keep too many cells between the first and the last."""
    low, wide = (1, b"A", 1), (0, b"A", 1)
    rows, most, prefix, filled = 0, 0, b"", 0
    for number, piece in enumerate(_pieces(archive, part)):
        prefix = _prefix(piece) if number == 0 else prefix
        seen = XmlScan(piece, prefix)
        if seen.placeless() or seen.prefixed_otherwise():
            for row in ROW_START.split(piece)[1:]:
                said, cells = ROW_NUMBER.match(row), len(ANY_CELL.findall(row))
                if cells:
                    rows, most = max(rows + 1, int(said[1]) if said else 0), max(most, cells)
                    filled += cells
                else:
                    rows += 1
        places = FILLED.findall(piece)
        filled += len(places)
        if places:
            low = max(low, max((int(row), letters, int(row)) for letters, row in places))
            widest = max({letters for letters, _ in places}, key=column_index)
            row = next(int(row) for letters, row in places if letters == widest)
            wide = max(wide, (column_index(widest), widest, row))
    columns, bottom = max(wide[0] + 1, most), max(low[0], rows)
    if columns > COLUMNS_MOST:
        raise unreadable(TOO_WIDE, shown, sheet=name, count=f"{columns:,}", most=f"{COLUMNS_MOST:,}")
    sparse = columns * bottom > SPARSE_MOST and filled < SPARSE_SHARE * columns * bottom
    if columns * bottom > CELLS_MOST or sparse:
        cell = f"{wide[1].decode()}{wide[2]}"
        limit = (SPARSE_MOST if sparse else CELLS_MOST) // 1_000_000
        count = columns * bottom // 1_000_000
        raise unreadable(TOO_FAR, shown, sheet=name, cell=cell, count=f"{count:,}", most=limit)
