"""Files made to do harm are refused or made harmless: within seconds, within a bounded memory, each with what to do
about it.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest

from data.core.home import Home
from data.loading.commit import load
from data.operations.undo import history
from data.snapshots.reader import open_snapshot
from tests.data.runner import Ended, Runner, running

# What any file may take (a month's file of the samples takes a tenth of it).
SECONDS, MEGABYTES = 10, 1_024
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
ODS_HEAD = (
    "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:spreadsheet><table:table "
    "table:name='x'>"
)
ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
XML_2003 = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a"><Table>{}</Table>'
    "</Worksheet></Workbook>"
)


@pytest.fixture(scope="module")
def attempt(tmp_path_factory: pytest.TempPathFactory, units_loaded: Path) -> Iterator[Callable[[Path], Ended]]:
    """attempt(path): what `python -m data check` says about the file; it must end in time, within the memory, without a
    traceback.
    """
    with running(tmp_path_factory.mktemp("runner")) as run:

        def one(path: Path, runner: Runner = run) -> Ended:
            ended = runner("check", path, "--json", "--home", units_loaded, after=SECONDS * 6)
            assert ended.status in (0, 1), (ended.status, ended.err[-2_000:])
            assert ended.computing < SECONDS, ended.computing
            assert ended.megabytes < MEGABYTES, ended.megabytes
            return ended

        yield one


def plain() -> dict[str, bytes]:
    """The parts of a small workbook."""
    book = openpyxl.Workbook()
    for row in (["month", "unit", "customers"], ["2025-11", "A", 1]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, **parts: bytes | str) -> Path:
    """A workbook with some parts replaced: sheet, strings, book."""
    names = {"sheet": SHEET, "strings": "xl/sharedStrings.xml", "book": "xl/workbook.xml"}
    content: dict[str, bytes | str] = {**plain(), **{names[key]: value for key, value in parts.items()}}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


def lying(path: Path) -> Path:
    """Texts of 200 MB that the zip's lists give as 1,000 bytes."""
    packed(path, strings=b"<sst>" + b" " * 200_000_000)
    content = bytearray(path.read_bytes())
    real = (200_000_005).to_bytes(4, "little")
    while (place := content.find(real)) >= 0:
        content[place : place + 4] = (1_000).to_bytes(4, "little")
    path.write_bytes(content)
    return path


def archived(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def ods(path: Path, rows: str, head: str = "") -> Path:
    return archived(
        path,
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (head + ODS_HEAD + rows + ODS_TAIL).encode(),
            "META-INF/manifest.xml": b"<manifest:manifest "
            b"xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
        },
    )


def placed(path: Path, sheet: str, rename: Callable[[str], str]) -> Path:
    """A workbook of that sheet, the names of whose parts, in the zip and in its links, are spelled otherwise."""
    parts = {name: content for name, content in plain().items() if "docProps" not in name and "theme" not in name}
    parts[SHEET] = sheet.encode()
    return archived(path, {rename(name): content for name, content in parts.items()})


def moved(path: Path, sheet: str) -> Path:
    """A workbook that lies in another folder, as its links say, beside content as an OpenDocument's."""
    parts = {name: content for name, content in plain().items() if "docProps" not in name} | {SHEET: sheet.encode()}
    return archived(
        path,
        {
            name.replace("xl/", "data/"): content.replace(b"/xl/", b"/data/").replace(b'"xl/', b'"data/')
            for name, content in parts.items()
        }
        | {"content.xml": b"<a/>"},
    )


def xlsb(path: Path, row: int, column: int, rename: Callable[[str], str] = str) -> Path:
    """A binary workbook (MS-XLSB) of one sheet, with a number in its first cell and in the one given."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return (bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])) + bytes([len(content)]) + content

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    cells = b"".join(
        record(0, struct.pack("<I13x", at)) + record(5, struct.pack("<IId", beside, 0, 1.5))
        for at, beside in ((0, 0), (row, column))
    )
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("s"))
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
        "</Relationships>"
    )
    parts = {
        "_rels/.rels": links.format("officeDocument", "xl/workbook.bin").encode(),
        "xl/_rels/workbook.bin.rels": links.format("worksheet", "worksheets/sheet1.bin").encode(),
        "xl/workbook.bin": book + record(144) + record(157) + record(132),
        "xl/worksheets/sheet1.bin": record(129)
        + record(148, bytes(16))
        + record(145)
        + cells
        + record(146)
        + record(130),
    }
    return archived(path, {rename(name): content for name, content in parts.items()})


def xls(path: Path, row: int, column: int, declared: tuple[int, ...] = (0, 1, 0, 1), layout: str = "<IIHHH") -> Path:
    """An old workbook (MS-XLS in MS-CFB) of one sheet with one number."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    globals_ = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    bound = record(0x0085, struct.pack("<IBBBB", len(globals_) + 13 + 4, 0, 0, 1, 0) + b"s")
    cells = record(0x0200, struct.pack(layout, *declared, 0))
    cells += record(0x0203, struct.pack("<HHHd", row, column, 0, 1.5)) + record(0x000A)
    stream = globals_ + bound + record(0x000A) + record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0)) + cells
    stream = stream.ljust(4096, b"\0")
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + struct.pack("<16xHHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0, 0)[:68]
    )
    header += struct.pack("<109I", *[none] * 108, none).replace(struct.pack("<I", none), struct.pack("<I", 0), 1)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        return text.ljust(64, b"\0") + struct.pack(
            "<HBBIII36xIQ", len(text) + 2, kind, 1, none, none, child, start, size
        )

    table = struct.pack("<128I", 0xFFFFFFFD, end, *range(3, 10), end, *[none] * 118)
    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, none, 2, 4096) + bytes(256)
    return written(path, header.ljust(512, b"\0") + table + directory + stream)


FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FAR_OTHERWISE = {
    "spaces in its place": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r = "XFD1048576"><v>1</v>'
    "</c></row>",
    "another prefix": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v>'
    "</x:c></row>",
    "a slash in its tag": '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" x="/"><v>1</v>'
    "</c></row>",
    "rows alone numbered": '<row r="1">' + "<c><v>1</v></c>" * 16_000 + '</row><row r="1048576"><c><v>1</v></c></row>',
    "a row that no program has": '<row r="1"><c r="A1"><v>1</v></c></row><row r="4000000000"><c r="Z4000000000"><v>'
    "1</v></c></row>",
}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "backslashes": lambda name: name.replace("/", "\\"),
    "one backslash": lambda name: name.replace("xl/", "xl\\", 1),
    "from the root": lambda name: f"/{name}",
    "from here": lambda name: f"./{name}",
    "capitals": str.upper,
    "percent": lambda name: name.replace("sheet1", "sheet%31"),
}
ATTACKS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "a sheet that bursts.xlsx": (
        "unpacks_too_large",
        lambda path: packed(path, sheet=HEAD.encode() + b" " * 120_000_000),
    ),
    "texts that burst.xlsx": ("unpacks_too_large", lambda path: packed(path, strings=b"<sst>" + b" " * 120_000_000)),
    "a size that lies.xlsx": ("unreadable_file", lying),
    "a zip that bursts.zip": ("unpacks_too_large", lambda path: archived(path, {"a.csv": b"0" * 120_000_000})),
    "a packed text that bursts.csv.gz": (
        "unpacks_too_large",
        lambda path: written(path, gzip.compress(b"0" * 120_000_000, 1)),
    ),
    "ten thousand members.zip": (
        "too_many_parts",
        lambda path: archived(path, {f"{n}.csv": b"" for n in range(10_000)}),
    ),
    "laughs in the sheet.xlsx": (
        "unsafe_file",
        lambda path: packed(
            path,
            sheet=LAUGHS
            + HEAD
            + '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData></worksheet>',
        ),
    ),
    "laughs in the book.xlsx": ("unsafe_file", lambda path: packed(path, book=LAUGHS + "<workbook>&j;</workbook>")),
    "laughs of 2003.xml": (
        "unsafe_file",
        lambda path: written(
            path,
            "<?xml version='1.0'?>"
            + LAUGHS
            + XML_2003.format('<Row><Cell><Data ss:Type="String">&j;</Data></Cell></Row>'),
        ),
    ),
    "laughs.ods": (
        "unsafe_file",
        lambda path: ods(
            path,
            "<table:table-row><table:table-cell "
            "office:value-type='string'><text:p>&j;</text:p></table:table-cell></table:table-row>",
            LAUGHS,
        ),
    ),
    "cells far apart.xlsx": (
        "cells_too_far_apart",
        lambda path: packed(path, sheet=HEAD + FAR + "</sheetData></worksheet>"),
    ),
    **{
        f"cells far apart, {how}.xlsx": (
            "cells_too_far_apart",
            lambda path, how=how: placed(path, HEAD + FAR + "</sheetData></worksheet>", SPELLINGS[how]),
        )
        for how in SPELLINGS
    },
    "cells far apart, elsewhere.xlsx": (
        "cells_too_far_apart",
        lambda path: moved(path, HEAD + FAR + "</sheetData></worksheet>"),
    ),
    **{
        f"cells far apart, {how}.xlsx": (
            "cells_too_far_apart",
            lambda path, how=how: packed(path, sheet=HEAD + FAR_OTHERWISE[how] + "</sheetData></worksheet>"),
        )
        for how in FAR_OTHERWISE
    },
    "a sheet in UTF-16.xlsx": (
        "unreadable_file",
        lambda path: packed(
            path,
            sheet=('<?xml version="1.0" encoding="UTF-16"?>' + HEAD + FAR + "</sheetData></worksheet>").encode(
                "utf-16"
            ),
        ),
    ),
    "two parts of one name.xlsx": (
        "unreadable_file",
        lambda path: archived(
            path, plain() | {"xl\\worksheets\\sheet1.xml": (HEAD + FAR + "</sheetData></worksheet>").encode()}
        ),
    ),
    "cells far apart.xlsb": ("cells_too_far_apart", lambda path: xlsb(path, 1_048_575, 16_383)),
    "cells far apart, backslashes.xlsb": (
        "cells_too_far_apart",
        lambda path: xlsb(path, 1_048_575, 16_383, SPELLINGS["backslashes"]),
    ),
    "cells far apart.xls": ("cells_too_far_apart", lambda path: xls(path, 65_535, 16_000)),
    "cells declared far apart.xls": ("cells_too_far_apart", lambda path: xls(path, 0, 0, (0, 4_000_000_000, 0, 256))),
    "cells declared far apart, Excel 5.xls": (
        "cells_too_far_apart",
        lambda path: xls(path, 0, 0, (0, 65_535, 0, 16_000), "<HHHHH"),
    ),
    "an end before the beginning.xls": ("unreadable_file", lambda path: xls(path, 0, 0, (8, 2_000_000_000, 9, 7))),
    "an end before the beginning, Excel 5.xls": (
        "unreadable_file",
        lambda path: xls(path, 0, 0, (9, 7, 0, 2), "<HHHHH"),
    ),
    "cells far apart.xml": (
        "cells_too_far_apart",
        lambda path: written(
            path, XML_2003.format('<Row ss:Index="9000000"><Cell><Data ss:Type="Number">1</Data></Cell></Row>')
        ),
    ),
    "cells far to the right.xml": (
        "cells_too_far_apart",
        lambda path: written(
            path, XML_2003.format('<Row><Cell ss:Index="1000000"><Data ss:Type="Number">1</Data></Cell></Row>')
        ),
    ),
    "a cell repeated.ods": (
        "cells_too_far_apart",
        lambda path: ods(
            path,
            "<table:table-row table:number-rows-repeated='1048576'><table:table-cell "
            "table:number-columns-repeated='16384' office:value-type='float' office:value='1'/></table:table-row>",
        ),
    ),
    "a million columns.csv": (
        "too_many_columns",
        lambda path: written(path, ",".join(["x"] * 1_000_000) + "\n" + ",".join(["1"] * 1_000_000)),
    ),
    "a million columns.xls": (
        "too_many_columns",
        lambda path: written(path, "<table><tr>" + "<td>1" * 1_000_000 + "</table>"),
    ),
    "a million columns.xlsx": (
        "too_many_columns",
        lambda path: packed(
            path, sheet=HEAD + '<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row></sheetData></worksheet>"
        ),
    ),
    "a column that no program has.xlsx": (
        "too_many_columns",
        lambda path: packed(
            path,
            sheet=HEAD + '<row r="1"><c r="A1"><v>1</v></c><c r="ZZZZ1"><v>1</v></c></row></sheetData></worksheet>',
        ),
    ),
    "spans without end.html": (
        "no_table",
        lambda path: written(path, "<table>" + "<tr>" + "<td rowspan=999999 colspan=999>1" * 5 + "</table>"),
    ),
    "tags without end.html": (
        "no_table",
        lambda path: written(path, "<table><tr><td>a<td>b<tr><td>" + "<a " * 1_000_000 + "<!--" * 100_000),
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_files_made_to_harm_are_refused_quickly(name: str, attempt: Callable[[Path], Ended], tmp_path: Path) -> None:
    code, make = ATTACKS[name]
    ended = attempt(make(tmp_path / name))
    assert ended.status == 1
    assert code in ended.codes, ended.out[:2_000]
    told = [finding for file in ended.json["files"] for finding in file["findings"] if finding["code"] == code]
    assert all(finding["message"] and finding["suggestion"] for finding in told)


def test_a_million_empty_formatted_rows_cost_nothing(attempt: Callable[[Path], Ended], tmp_path: Path) -> None:
    """A sheet that somebody formatted down to the last row: its two rows of data are loaded."""
    table = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>month</t></is></c><c r="B1" t="inlineStr"><is><t>unit</t></is>'
        '</c><c r="C1" t="inlineStr"><is><t>customers</t></is></c></row>'
    )
    table += (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>2025-11</t></is></c><c r="B2" t="inlineStr"><is><t>A</t></is>'
        '</c><c r="C2"><v>7</v></c></row>'
    )
    empty = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="C{n}" s="1"/><c r="XFD{n}" s="1"/></row>'
        for n in range(3, 1_000_003)
    )
    ended = attempt(packed(tmp_path / "formatted.xlsx", sheet=HEAD + table + empty + "</sheetData></worksheet>"))
    assert (ended.status, ended.json["files"][0]["sheets"][0]["rows"]) == (0, 1)


HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://x.invalid","y")',
    "'; DROP TABLE unit; --",
    '"><img src=x onerror=alert(1)>',
    "${7*7}{{7*7}}",
)


def test_hostile_names_are_only_names(empty: Home, write_to, tmp_path: Path) -> None:
    """As unit, code, ticket, sheet and file: stored letter for letter, never run as SQL; what draws or exports them
    escapes.
    """
    header = ("code", "name", "level", "parent")
    units = [("P", "全省", "province", ""), *((f"U{n}", name, "city", "P") for n, name in enumerate(HOSTILE))]
    rows = [("month", "unit", "customers"), *(("2025-11", name, n + 1) for n, name in enumerate(HOSTILE))]
    tickets = [
        ("ticket_id", "received_at", "unit", "category"),
        *((name, "2025-11-03", name, name) for name in HOSTILE),
    ]
    files = [
        write_to(tmp_path / "units.csv", [header, *units]),
        write_to(tmp_path / "a';--\"<b>.csv", rows),
        write_to(tmp_path / "=cmd|x.csv", tickets),
    ]
    book = openpyxl.Workbook()
    book.active.title = "'; DROP --<i>"
    for row in (["month", "unit", "calls", "resolved_first_contact"], ["2025-11", HOSTILE[0], 5, 4]):
        book.active.append(row)
    book.save(tmp_path / "h.xlsx")
    done = load(empty, [*files, tmp_path / "h.xlsx"])
    assert done.committed, [finding.message() for file in done.files for finding in file.findings]
    snapshot = open_snapshot(empty)
    assert [snapshot.organisation.name(f"U{n}") for n in range(len(HOSTILE))] == list(HOSTILE)
    assert set(snapshot.segments("complaints", "category")["segment"]) == set(HOSTILE)
    assert set(history(empty)["file"]) == {path.name for path in [*files, tmp_path / "h.xlsx"]}


def test_a_home_with_a_quote_in_its_name(units: Path, tmp_path: Path) -> None:
    assert load(Home(tmp_path / "it's; DROP"), [units]).committed
