"""Spreadsheets of every format written byte by byte, as no library would write them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

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
