"""Mangled files for the soak, each decided by its number alone.

Seeded from data/samples: bytes flipped, cut, repeated, overwritten, in the file and inside a workbook's parts; cells
swapped and replaced, headers edited, rows and columns moved; written as xlsx, ods, xls, a web page and text in every
encoding, with quotation marks of every habit.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from data.reading import read_file
from tests.conftest import SAMPLES
from tests.data.written_files import as_opendocument, as_page, as_text, as_workbook

FORMATS = tuple(sorted((Path(__file__).parent / "reading" / "formats").iterdir()))
RENAMED: tuple[Callable[[str], str], ...] = (
    str,
    str.upper,
    lambda name: name.replace("/", "\\"),
    lambda name: f"/{name}",
)
REWRITTEN: tuple[Callable[[bytes], bytes], ...] = (
    bytes,
    lambda part: re.sub(rb'(<c)\s+r="[A-Z]+\d+"', rb"\1", part),
    lambda part: re.sub(rb'(<(?:c|row))\s+r="[A-Z]*\d+"', rb"\1", part),
    lambda part: re.sub(rb'="([^"]*)"', rb"='\1'", part),
)
ROWS = 60
NASTY: tuple[Any, ...] = (
    None,
    "",
    " ",
    "-",
    "#REF!",
    "#N/A",
    "=1+1",
    '=HYPERLINK("http://x","y")',
    0,
    -1,
    1e308,
    -1e-308,
    0.1 + 0.2,
    10**18,
    "1e999",
    "１２３",
    "1,234",
    "62.47%",
    "35.27万",
    True,
    "是",
    "2025-13",
    "13/13/2025",
    "2025年11月",
    45_000,
    45_000.5,
    -45_000,
    "合计",
    "Total",
    "注：",
    "x" * 40_000,
    "\u202etxt",
    "💥",
    "a\tb",
    "a\nb",
    "';--",
    "<b>",
    "/",
    "大洋/",
    "//",
    "level:",
    "*",
    "\ufeff",
    "NaN",
    "inf",
    "0x10",
    "١٢٣",
    "²",
    "½",
    "Ⅻ",
    "\u0301",
    "{value}",
    "%s",
    "..",
    "2025-11-31",
    "99999-01",
    "0000-00",
    "1900-01-00",
)


def seeds() -> list[Path]:
    return [path for path in sorted(SAMPLES.rglob("*")) if path.is_file() and path.suffix in (".xlsx", ".csv")]


def flipped(content: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, a block cut, repeated, moved or overwritten."""
    mangled = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not mangled:
            break
        place = chance.randrange(len(mangled))
        size = chance.choice((1, 4, 64, 1_000))
        match chance.randrange(6):
            case 0:
                mangled[place] ^= 1 << chance.randrange(8)
            case 1:
                del mangled[place:]
            case 2:
                del mangled[place : place + size]
            case 3:
                mangled[place:place] = mangled[place : place + size]
            case 4:
                mangled[place : place + size] = chance.randbytes(size)
            case 5:
                mangled[place : place + size] = bytes([chance.choice((0, 255, 34, 60, 44, 10))]) * size
    return bytes(mangled)


def flipped_inside(content: bytes, chance: random.Random) -> bytes:
    """A workbook one of whose parts is mangled, and whose zip is sound."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy,
    ):
        chosen = chance.choice([name for name in source.namelist() if name.endswith((".xml", ".rels"))])
        for name in source.namelist():
            part = source.read(name)
            if name == chosen and chance.random() < 0.1:
                continue
            copy.writestr(name, flipped(part, chance) if name == chosen else part)
    return out.getvalue()


def rearranged(rows: list[list[Any]], chance: random.Random) -> list[list[Any]]:
    """Cells swapped and replaced, rows and columns moved, doubled and left out; the first rows are hit most, as headers
    stand there.
    """
    rows = [list(row) for row in rows]
    for _ in range(chance.choice((1, 2, 5, 15))):
        if not rows:
            break
        top = chance.randrange(min(4, len(rows))) if chance.random() < 0.4 else chance.randrange(len(rows))
        other = chance.randrange(len(rows))
        row = rows[top]
        place = chance.randrange(len(row)) if row else 0
        match chance.randrange(10):
            case 0 | 1 | 2 if row:
                row[place] = chance.choice(NASTY)
            case 3 if row and rows[other]:
                across = chance.randrange(len(rows[other]))
                row[place], rows[other][across] = rows[other][across], row[place]
            case 4:
                rows.insert(other, list(row))
            case 5:
                rows.insert(other, [])
            case 6:
                del rows[top]
            case 7 if row:
                for line in rows:
                    if place < len(line):
                        del line[place]
            case 8 if row:
                for line in rows:
                    line.insert(chance.choice((0, place)), line[place] if place < len(line) else None)
            case 9 if row and isinstance(row[place], str):
                row[place] = chance.choice(
                    (
                        row[place] * 2,
                        row[place][:1],
                        row[place] + "（万户）",
                        row[place][::-1],
                        " " + row[place].upper(),
                    )
                )
    return rows


def respelled(content: bytes, chance: random.Random) -> bytes:
    """A sound workbook the names of whose parts, places of whose cells or marks of whose attributes are spelled
    otherwise.
    """
    name_of, part_of = chance.choice(RENAMED), chance.choice(REWRITTEN)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in source.namelist():
            part = source.read(name)
            copy.writestr(name_of(name), part_of(part) if "worksheets/sheet" in name else part)
    return out.getvalue()


class Mangler:
    """Mutated files, each decided by its number alone."""

    def __init__(self) -> None:
        self.contents = {path: path.read_bytes() for path in seeds()}
        self.rows: dict[Path, list[list[Any]]] = {}

    def __call__(self, number: int) -> tuple[str, bytes]:
        chance = random.Random(f"fuzz {number}")
        path = chance.choice(list(self.contents))
        content, rows = self.contents[path], partial(self._mangled_rows, path, chance)
        match chance.randrange(8):
            case 0:
                return f"{number}{path.suffix}", flipped(content, chance)
            case 1 if zipfile.is_zipfile(path):
                return f"{number}.xlsx", flipped_inside(content, chance)
            case 2 if zipfile.is_zipfile(path):
                return f"{number}.xlsx", respelled(content, chance)
            case 3:
                return f"{number}.xlsx", as_workbook(rows())
            case 4:
                saved = chance.choice(FORMATS)
                inside = saved.suffix != ".xls" and chance.random() < 0.7
                return f"{number}{saved.suffix}", (flipped_inside if inside else flipped)(saved.read_bytes(), chance)
            case 5:
                book = as_opendocument(rows())
                return f"{number}.ods", flipped_inside(book, chance) if chance.random() < 0.3 else book
            case 6 if chance.random() < 0.3:
                page = as_page(rows())
                return f"{number}.xls", flipped(page, chance) if chance.random() < 0.5 else page
            case _:
                text = as_text(rows(), chance)
                ending = chance.choice(("csv", "txt", "xls"))
                return f"{number}.{ending}", flipped(text, chance) if chance.random() < 0.3 else text

    def _mangled_rows(self, path: Path, chance: random.Random) -> list[list[Any]]:
        return rearranged(self._rows(path), chance)

    def _rows(self, path: Path) -> list[list[Any]]:
        if path not in self.rows:
            try:
                self.rows[path] = max((sheet.rows for sheet in read_file(path).sheets), key=len)[:ROWS]
            except Exception:
                self.rows[path] = [["月份", "单位", "客户数"], ["2025-11", "大洋", 5]]
        return self.rows[path]
