"""How far the cells of binary sheets (.xlsb, .xls) reach: their records are walked, and nothing else of them is
read.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from data.reading import compound
from data.reading.inflate import inflate
from data.reading.limits import CELLS_MOST, COLUMNS_MOST, MIB
from data.reading.refusals import DAMAGED, TOO_FAR, TOO_WIDE, unreadable

# MS-XLSB 2.3.2: a row's record begins with its number, a cell's with its column.
ROW = 0
CELLS = {*range(2, 12), 62}
# MS-XLS 2.3.2: cells begin with row and column; several numbers in a row are one record.
XLS_CELLS = {0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406}
XLS_NUMBERS = 0x00BD
XLS_DECLARED, XLS_BEGIN, XLS_ENCRYPTED = 0x0200, 0x0809, 0x002F


def check_xlsb(archive: zipfile.ZipFile, part: str, shown: str) -> None:
    """Unreadable if the reader would keep too many cells of a part of a .xlsb between the first and the last."""
    content = b"".join(inflate(archive, part, MIB))
    place, end, row, bottom, wide = 0, len(content), 0, 0, 0
    while place < end:
        kind, place = _number(content, place, 2)
        size, place = _number(content, place, 4)
        if kind == ROW:
            row = int.from_bytes(content[place : place + 4], "little")
        elif kind in CELLS:
            bottom, wide = max(bottom, row + 1), max(wide, int.from_bytes(content[place : place + 4], "little") + 1)
        place += size
    _refuse_beyond(bottom, wide, part, shown)


def check_xls(path: Path, shown: str) -> None:
    """Unreadable if the reader would keep too many cells of a sheet of a .xls, or reserves room for them as it
    declares.
    """
    try:
        content = compound.read_stream(path.read_bytes(), ("Workbook", "Book"))
    except (ValueError, IndexError, StopIteration, struct.error, OSError) as problem:
        raise unreadable(DAMAGED, shown) from problem
    place, sheet, bottom, wide = 0, 0, 0, 0
    while place + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, place)
        place += 4
        if kind == XLS_ENCRYPTED:
            return
        if kind == XLS_BEGIN:
            sheet, bottom, wide = sheet + 1, 0, 0
        elif (kind in XLS_CELLS or kind == XLS_NUMBERS) and place + 4 <= len(content):
            row, column = struct.unpack_from("<HH", content, place)
            bottom, wide = max(bottom, row + 1), max(wide, column + (size // 6 if kind == XLS_NUMBERS else 1))
        elif kind == XLS_DECLARED and size == 14 and place + 14 <= len(content):
            top, last, left, right = struct.unpack_from("<IIHH", content, place)
            _refuse_beyond(last - min(top, last), right - min(left, right), str(sheet - 1), shown)
        if wide * bottom > CELLS_MOST:
            _refuse_beyond(bottom, wide, str(sheet - 1), shown)
        place += size


def _refuse_beyond(bottom: int, wide: int, sheet: str, shown: str) -> None:
    if wide > COLUMNS_MOST:
        raise unreadable(TOO_WIDE, shown, sheet=sheet, count=f"{wide:,}", most=f"{COLUMNS_MOST:,}")
    if wide * bottom > CELLS_MOST:
        count, most = f"{wide * bottom // 1_000_000:,}", CELLS_MOST // 1_000_000
        raise unreadable(TOO_FAR, shown, sheet=sheet, cell=f"R{bottom}C{wide}", count=count, most=most)


def _number(content: bytes, place: int, most: int) -> tuple[int, int]:
    """The number that begins at `place`, seven bits in each of up to `most` bytes, and where it ends."""
    number = shift = 0
    for byte in content[place : place + most]:
        number |= (byte & 0x7F) << shift
        shift, place = shift + 7, place + 1
        if byte < 0x80:
            break
    return number, place
