"""Old workbooks (.xls): what their records ask of the machine, and what they say besides values.

MS-XLS 2.1 (streams and records), 2.4 (their contents), 2.5 (structures).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from data.core.number_formats import BUILT_IN, display_format
from data.model.sheet import CellError, Formula
from data.reading import compound
from data.reading.facts import RichText, SheetFacts, meant
from data.reading.limits import BINARY_MOST, COLUMNS_MOST, MIB
from data.reading.refusals import DAMAGED, TOO_LARGE, refuse_beyond, unreadable
from data.reading.xlsb import ERRORS, RAISED, STRUCK, runs

# Cells begin with row, column and format; several numbers in a row are one record.
FORMULA, ERROR, SHARED_TEXT, RICH_TEXT = 0x0006, 0x0205, 0x00FD, 0x00D6
CELLS = {0x0002, 0x0003, 0x0004, 0x0005, FORMULA, 0x0206, RICH_TEXT, SHARED_TEXT, 0x0203, 0x0204, ERROR, 0x027E, 0x0406}
NUMBERS, DECLARED = 0x00BD, 0x0200
# First and last row, first and last column, as Excel 97 and Excel 5 write them.
DIMENSIONS = {14: "<IIHH", 10: "<HHHH"}
BEGIN, END, ENCRYPTED, SHEET = 0x0809, 0x000A, 0x002F, 0x0085
ROW, COLUMNS, FONT, FORMAT, TEXTS, CONTINUED, TEXT_OF_FORMULA = 0x0208, 0x007D, 0x0031, 0x00E0, 0x00FC, 0x003C, 0x0207
NUMBER_FORMAT = 0x041E
BETWEEN = {0x0221, 0x04BC, 0x0236}
BIFF8 = 0x0600
# The format of a text is given by a font's number; four is left out.
NO_FONT = 4
Fonts = list[tuple[bool, bool] | None]


def sheet_facts(path: Path, shown: str) -> list[SheetFacts]:
    """The facts of each sheet, in their order; Unreadable if the reader would keep too many cells of a sheet, or
    reserves room for them as it declares.
    """
    size = path.stat().st_size
    if size > BINARY_MOST:
        raise unreadable(TOO_LARGE, shown, size=f"{size // MIB:,}", most=BINARY_MOST // MIB)
    try:
        content = compound.read_stream(path.read_bytes(), ("Workbook", "Book"))
        return _Walk(content, shown).sheets()
    except (ValueError, IndexError, StopIteration, struct.error, OSError) as problem:
        raise unreadable(DAMAGED, shown) from problem


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Place, kind and content of each record."""
    place, end, head = 0, len(content) - 4, struct.Struct("<HH").unpack_from
    while place <= end:
        kind, size = head(content, place)
        yield place, kind, content[place + 4 : place + 4 + size]
        place += 4 + size


class _Walk:
    """One walk along the records of a workbook."""

    def __init__(self, content: bytes, shown: str) -> None:
        self.content = content
        self.shown = shown
        self.facts: dict[int, SheetFacts] = {}
        self.fonts: Fonts = []
        self.formats: list[int] = []
        self.struck: set[int] = set()
        # Number formats by their numbers, of each cell format which it has, and those that show figures otherwise.
        self.codes: dict[int, str] = dict(BUILT_IN)
        self.code_numbers: list[int] = []
        self.shown_in: dict[int, str] = {}
        self.texts: dict[int, RichText] = {}
        self.biff8 = True

    def sheets(self) -> list[SheetFacts]:
        """The facts of the sheets, as the workbook lists them."""
        pieces: list[bytes] = []
        sheet: SheetFacts | None = None
        depth = number = bottom = wide = before = 0
        pending: tuple[int, int] | None = None
        for place, kind, record in _records(self.content):
            if kind == ENCRYPTED:
                break
            if kind == BEGIN:
                depth += 1
                if depth == 1:
                    sheet, number, bottom, wide = self.facts.get(place), number + 1, 0, 0
                    if number == 1:
                        self.biff8 = record[:2] == struct.pack("<H", BIFF8)
                    elif number == 2:
                        self._formats(pieces)
            elif kind == END:
                depth -= 1
            elif (kind in CELLS or kind == NUMBERS) and len(record) >= 6:
                row, column, format_ = struct.unpack_from("<HHH", record)
                bottom, wide = max(bottom, row + 1), max(wide, column + (len(record) // 6 if kind == NUMBERS else 1))
                if wide * bottom > 1_000_000:
                    refuse_beyond(bottom, wide, str(number - 1), self.shown)
                if sheet is not None and depth == 1:
                    pending = self._cell(sheet, kind, record, row, column, format_)
            elif kind == DECLARED and len(record) in DIMENSIONS:
                top, last, left, right = struct.unpack_from(DIMENSIONS[len(record)], record)
                if last and right and (top > last or left > right):
                    # The reader would reserve room for what is left of 0 minus 1.
                    raise ValueError("a sheet ends before it begins")
                refuse_beyond(last - min(top, last), right - min(left, right), str(number - 1), self.shown)
            elif number <= 1:
                self._of_workbook(kind, record, before, pieces)
            elif sheet is not None and depth == 1:
                if kind == ROW and len(record) >= 13 and record[12] & 0x20:
                    sheet.hidden_rows.add(struct.unpack_from("<H", record)[0] + 1)
                elif kind == COLUMNS and len(record) >= 10 and record[8] & 1:
                    first, last = struct.unpack_from("<HH", record)
                    sheet.hidden_columns.update(range(first, min(last, COLUMNS_MOST - 1) + 1))
                elif kind == TEXT_OF_FORMULA and pending is not None:
                    sheet.cells.pop(pending, None)
            if kind not in BETWEEN and kind != FORMULA:
                pending = None
            if kind != CONTINUED:
                before = kind
        return list(self.facts.values())

    def _of_workbook(self, kind: int, record: bytes, before: int, pieces: list[bytes]) -> None:
        if kind == SHEET and len(record) >= 6:
            self.facts[struct.unpack_from("<I", record)[0]] = SheetFacts()
        elif kind == FONT and len(record) >= 10:
            flags, raised = struct.unpack_from("<H", record, 2)[0], struct.unpack_from("<H", record, 8)[0]
            one = bool(flags & STRUCK), raised in RAISED
            if len(self.fonts) == NO_FONT:
                self.fonts.append(None)
            self.fonts.append(one if any(one) else None)
        elif kind == FORMAT and len(record) >= 2:
            self.formats.append(struct.unpack_from("<H", record)[0])
            self.code_numbers.append(struct.unpack_from("<H", record, 2)[0] if len(record) >= 4 else 0)
        elif kind == NUMBER_FORMAT and len(record) >= 5:
            self.codes[struct.unpack_from("<H", record)[0]] = self._code(record)
        elif kind == TEXTS or (kind == CONTINUED and before == TEXTS):
            pieces.append(record)

    def _code(self, record: bytes) -> str:
        """The text of a number format; before Excel 97 it has one byte a letter."""
        if not self.biff8:
            return record[3 : 3 + record[2]].decode("latin-1")
        count, wide = struct.unpack_from("<HB", record, 2)
        return record[5:].decode("utf-16-le" if wide & 1 else "latin-1", "replace")[:count]

    def _formats(self, pieces: list[bytes]) -> None:
        """What is known of formats once the workbook's own records are read."""
        scaling = {number: code for number, code in self.codes.items() if display_format(code)}
        self.shown_in = {place: scaling[number] for place, number in enumerate(self.code_numbers) if number in scaling}
        if not any(self.fonts):
            return
        self.struck = {
            number
            for number, font in enumerate(self.formats)
            if font < len(self.fonts) and (one := self.fonts[font]) is not None and one[0]
        }
        if self.biff8 and pieces:
            self.texts = dict(_rich_texts(pieces, self.fonts))
        for sheet in self.facts.values():
            # Texts of Excel 5 stand in the cells, with formats of another form.
            sheet.unseen = not self.biff8

    def _cell(
        self, sheet: SheetFacts, kind: int, record: bytes, row: int, column: int, format_: int
    ) -> tuple[int, int] | None:
        """Notes what a cell says besides its value; the place of a formula whose text must follow."""
        if self.struck and format_ in self.struck and kind != NUMBERS:
            sheet.note_struck((row, column))
        elif self.struck and kind == NUMBERS:
            for n in range(max(len(record) - 6, 0) // 6):
                if struct.unpack_from("<H", record, 4 + 6 * n)[0] in self.struck:
                    sheet.note_struck((row, column + n))
        if self.shown_in:
            several = range(max(len(record) - 6, 0) // 6) if kind == NUMBERS else range(1)
            for n in several:
                if code := self.shown_in.get(struct.unpack_from("<H", record, 4 + 6 * n)[0]):
                    sheet.note_shown(column + n, code)
        if kind == SHARED_TEXT and self.texts and len(record) >= 10:
            sheet.note_text((row, column), self.texts.get(struct.unpack_from("<I", record, 6)[0]))
        elif kind == ERROR and len(record) >= 8 and record[7]:
            sheet.cells[row, column] = CellError(ERRORS.get(record[6], "#N/A"))
        elif kind == FORMULA and len(record) >= 16 and record[12:14] == b"\xff\xff":
            if record[6] == 2:
                sheet.cells[row, column] = CellError(ERRORS.get(record[8], "#N/A"))
            elif record[6] == 0 or (record[6] == 3 and record[14] & 3):
                # A text that does not follow, or an empty one of which the file says that it is not computed yet.
                sheet.cells[row, column] = Formula("=")
                return (row, column) if record[6] == 0 else None
        return None


class _Texts:
    """The table of shared texts, which is cut into records anywhere, even within a text."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.piece = self.at = 0

    def take(self, size: int) -> bytes:
        found = b""
        while size > 0:
            part = self.pieces[self.piece][self.at : self.at + size]
            found, size, self.at = found + part, size - len(part), self.at + len(part)
            if size > 0:
                self.piece, self.at = self.piece + 1, 0
        return found

    def letters(self, count: int, wide: bool) -> str:
        """Letters go on in the next record after a flag that says anew how wide they are."""
        found = ""
        while True:
            width = 2 if wide else 1
            part = self.pieces[self.piece][self.at : self.at + count * width]
            found += part.decode("utf-16-le" if wide else "latin-1", "replace")
            count -= len(part) // width
            self.at += len(part)
            if count <= 0:
                return found
            self.piece, self.at = self.piece + 1, 1
            wide = bool(self.pieces[self.piece][0] & 1)


def _rich_texts(pieces: list[bytes], fonts: Fonts) -> Iterator[tuple[int, RichText]]:
    """Number of a shared text and what it means, of those whose format changes it."""
    source = _Texts(pieces)
    _, count = struct.unpack("<II", source.take(8))
    for number in range(count):
        if source.at >= len(source.pieces[source.piece]) and source.piece + 1 == len(source.pieces):
            return
        length, flags = struct.unpack("<HB", source.take(3))
        spans = struct.unpack("<H", source.take(2))[0] if flags & 8 else 0
        more = struct.unpack("<I", source.take(4))[0] if flags & 4 else 0
        text = source.letters(length, bool(flags & 1))
        ends = [struct.unpack("<HH", source.take(4)) for _ in range(spans)]
        source.take(more)
        rich = meant(runs(text, ends, fonts)) if ends else None
        if rich is not None:
            yield number, rich
