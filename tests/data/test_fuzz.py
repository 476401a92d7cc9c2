"""Files that were mangled in any way give a finding or a load: never a traceback, a hang, or a gigabyte of memory.

Seeded from data/samples: bytes flipped, cut, repeated, overwritten, in the file and inside a workbook's parts; cells
swapped and replaced, headers edited, rows and columns moved. `make test` tries a few, `make soak` 2,000.
"""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from data.core.home import Home
from data.reading import read_file
from data.snapshots.reader import open_snapshot
from tests.conftest import SAMPLES
from tests.data.runner import Runner, running

FEW, MANY = 24, 2_000
SECONDS, MEGABYTES = 10, 1_024
FORMATS = tuple(sorted((Path(__file__).parent / "reading" / "formats").iterdir()))
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "big5", "shift_jis", "euc_kr", "cp1252")
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
# Every so many files that are accepted are loaded too, not only checked.
LOADED = 5
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


def as_workbook(rows: list[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in rows:
        try:
            sheet.append([cell[:32_000] if isinstance(cell, str) else cell for cell in row])
        except (IllegalCharacterError, ValueError):
            sheet.append([])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_text(rows: list[list[Any]], encoding: str, mark: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue().encode(encoding, "replace")


def quoted_otherwise(text: bytes, chance: random.Random) -> bytes:
    """A text with quotation marks put in and taken out."""
    mangled = bytearray(text)
    for _ in range(chance.choice((1, 2, 5, 50))):
        place = chance.randrange(len(mangled) + 1)
        if chance.random() < 0.5 and (found := mangled.find(b'"', place)) >= 0:
            del mangled[found]
        else:
            mangled[place:place] = b'"'
    return bytes(mangled)


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
        how = chance.randrange(4)
        if how == 0:
            return f"{number}{path.suffix}", flipped(self.contents[path], chance)
        if how == 1 and zipfile.is_zipfile(path):
            content = self.contents[path]
            return f"{number}.xlsx", flipped_inside(content, chance) if chance.random() < 0.6 else respelled(
                content, chance
            )
        if how == 1 and chance.random() < 0.7:
            saved = chance.choice(FORMATS)
            content = saved.read_bytes()
            inside = saved.suffix != ".xls" and chance.random() < 0.7
            return f"{number}{saved.suffix}", flipped_inside(content, chance) if inside else flipped(content, chance)
        rows = rearranged(self._rows(path, chance), chance)
        if how == 2:
            return f"{number}.xlsx", as_workbook(rows)
        text = as_text(rows, chance.choice(ENCODINGS), chance.choice(",\t;|"))
        if chance.random() < 0.3:
            text = quoted_otherwise(text, chance)
        return f"{number}.{chance.choice(('csv', 'txt', 'xls'))}", flipped(
            text, chance
        ) if chance.random() < 0.3 else text

    def _rows(self, path: Path, chance: random.Random) -> list[list[Any]]:
        if path not in self.rows:
            try:
                self.rows[path] = max((sheet.rows for sheet in read_file(path).sheets), key=len)[:ROWS]
            except Exception:
                self.rows[path] = [["月份", "单位", "客户数"], ["2025-11", "大洋", 5]]
        return self.rows[path]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with running(tmp_path_factory.mktemp("runner")) as runner:
        yield runner


@pytest.fixture(scope="module")
def mangler() -> Mangler:
    return Mangler()


@pytest.mark.parametrize(
    "numbers",
    [range(FEW), *(pytest.param(range(n, n + 100), marks=pytest.mark.soak) for n in range(0, MANY, 100))],
    ids=lambda numbers: f"{numbers[0]}-{numbers[-1]}",
)
def test_mangled_files_give_a_finding_or_a_load(
    numbers: range, mangler: Callable[[int], tuple[str, bytes]], run: Runner, home_copy: Path, tmp_path: Path
) -> None:
    accepted = 0
    for number in numbers:
        name, content = mangler(number)
        path = tmp_path / name
        path.write_bytes(content)
        ended = run("check", path, "--json", "--home", home_copy, after=SECONDS * 6)
        assert ended.status in (0, 1), f"{path}: {ended.status}\n{ended.err[-3_000:]}"
        assert ended.computing < SECONDS, path
        assert ended.megabytes < MEGABYTES, path
        codes, rows = ended.codes, sum(sheet["rows"] for sheet in ended.json["files"][0]["sheets"])
        assert codes or rows, path
        if ended.status == 0:
            accepted += 1
            if accepted % LOADED == 1:
                loaded = run("load", path, "--json", "--home", home_copy, after=SECONDS * 6)
                assert loaded.status == 0, f"{path}: {loaded.err[-3_000:]}"
                assert open_snapshot(Home(home_copy)).version == loaded.json["version"]
        path.unlink()
