"""One workbook in every kind of file gives the same cells, the same hidden rows and the same findings.

formats/ holds it as a spreadsheet program saved it (errors, a hidden row, column and sheet, a footnote in superscript,
an old value struck out beside the new one, a cell struck out, a comment); other spellings are made of these.
"""

from __future__ import annotations

import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.intake.workbook import stage_workbook
from data.model.sheet import CellError, Formula
from data.reading import read_file
from tests.data.small_books import ORGANISATION, TODAY

FORMATS = Path(__file__).parent / "formats"
HEADER = ["月份", "单位", "投诉类别", "投诉量", "升级投诉量", "及时办结量", "备用"]
ROWS: list[list[Any]] = [
    ["2025-11", "大洋", "资费", 40, 3, 38, 1],
    ["2025-11", "临江", "资费", 50, "#DIV/0!", 45, 1],
    ["2025-11", "北屏", "资费", 60, "#NAME?", 50, 1],
    ["2025-11", "大洋", "网络", 12, 1, 10, 1],
    ["2025-11", "临江", "网络", 15, 2, 13, 1],
    ["2025-11", "北屏", "网络", 70, 2, 60, 1],
    ["2025-11", "大洋", "服务", 8, 0, 8, 1],
]
FACTS = {
    "errors": {"E3": "#DIV/0!", "E4": "#NAME?"},
    "hidden rows": [2],
    "hidden columns": [6],
    "left out": {"D5": "1", "D6": "12"},
    "struck": ["D7"],
    "unseen": False,
}
Parts = dict[str, bytes]
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HIDDEN_2003, HIDDEN_HTML = ' ss:Hidden="1"', ' style="display: none"'
SUP, STRUCK = {"D5": ("12", "1")}, {"D6": ("12", "15")}


def parts() -> Parts:
    with zipfile.ZipFile(FORMATS / "book.xlsx") as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.startswith("docProps")}


def packed(path: Path, content: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


def each(change: Callable[[str, bytes], bytes]) -> Callable[[Path], Path]:
    return lambda folder: packed(folder / "book.xlsx", {name: change(name, part) for name, part in parts().items()})


def of_sheets(pattern: bytes, new: bytes) -> Callable[[Path], Path]:
    return each(lambda name, part: re.sub(pattern, new, part) if "worksheets/sheet" in name else part)


def strict(name: str, part: bytes) -> bytes:
    return part.replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
        LINKS, b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    )


def saved(name: str) -> Callable[[Path], Path]:
    return lambda _: FORMATS / name


def written(name: str, content: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        (folder / name).write_text(content, "utf-8")
        return folder / name

    return write


def cell(number: int, column: int) -> str:
    return f"{'ABCDEFG'[column]}{number}"


def spreadsheetml() -> str:
    def data(number: int, column: int, value: Any) -> str:
        place = cell(number, column)
        if place in SUP:
            inner = "{}<Sup>{}</Sup>".format(*SUP[place])
        elif place in STRUCK:
            inner = '<S>{}</S><Font html:Color="#000000">{}</Font>'.format(*STRUCK[place])
        else:
            inner = str(value)
        kind = (
            "Error"
            if inner.startswith("#")
            else "Number"
            if isinstance(value, int) and inner == str(value)
            else "String"
        )
        note = "<Comment><ss:Data>12</ss:Data></Comment>" if place == "C8" else ""
        style = ' ss:StyleID="s1"' if place == "D7" else ""
        return (
            f'<Cell{style}><ss:Data ss:Type="{kind}" xmlns="http://www.w3.org/TR/REC-html40">{inner}</ss:Data>'
            f"{note}</Cell>"
        )

    lines = "".join(
        f"<Row{HIDDEN_2003 if n == 2 else ''}>{''.join(data(n, c, v) for c, v in enumerate(row))}</Row>"
        for n, row in enumerate([HEADER, *ROWS], 1)
    )
    return (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">'
        '<Styles><Style ss:ID="s1"><Font ss:StrikeThrough="1"/></Style></Styles>'
        '<Worksheet ss:Name="投诉月报"><Table><Column ss:Index="7" ss:Hidden="1"/>'
        f"{lines}</Table></Worksheet></Workbook>"
    )


def web_page() -> str:
    def data(number: int, column: int, value: Any) -> str:
        place = cell(number, column)
        text = str(value)
        if place in SUP:
            text = '<span style="display:none">00012</span>{}<sup>{}</sup>'.format(*SUP[place])
        elif place in STRUCK:
            text = "<s>{}</s><font>{}</font>".format(*STRUCK[place])
        kind = ' class="old"' if place == "D7" else ' style="display:none"' if column == 6 else ""
        return f"<td{kind}>{text}</td>"

    lines = "".join(
        f"<tr{HIDDEN_HTML if n == 2 else ''}>{''.join(data(n, c, v) for c, v in enumerate(row))}</tr>"
        for n, row in enumerate([HEADER, *ROWS], 1)
    )
    return (
        '<html><head><meta charset="utf-8"><style>.old{text-decoration:line-through} @media print{td{display:none}}'
        f"</style></head><body><table>{lines}</table></body></html>"
    )


def xlsb(folder: Path) -> Path:
    """A binary workbook (MS-XLSB) of the same cells."""

    def record(kind: int, content: bytes = b"") -> bytes:
        size = bytes([len(content)]) if len(content) < 128 else bytes([len(content) & 127 | 128, len(content) >> 7])
        return (bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])) + size + content

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def font(struck: bool, raised: bool) -> bytes:
        return record(43, struct.pack("<HHHHBBBB8xB", 220, 8 * struck, 400, raised, 0, 0, 0, 0, 0) + wide("a"))

    def data(number: int, column: int, value: Any) -> bytes:
        place = cell(number, column)
        begin = struct.pack("<II", column, 1 if place == "D7" else 0)
        codes = {"#DIV/0!": 0x07, "#NAME?": 0x1D}
        if place in SUP:
            text = "".join(SUP[place])
            return record(62, begin + b"\1" + wide(text) + struct.pack("<IHH", 1, 2, 2))
        if place in STRUCK:
            text = "".join(STRUCK[place])
            return record(62, begin + b"\1" + wide(text) + struct.pack("<IHHHH", 2, 0, 1, 2, 0))
        if value in codes:
            return record(3, begin + bytes([codes[value]]))
        return record(6, begin + wide(value)) if isinstance(value, str) else record(5, begin + struct.pack("<d", value))

    cells = b"".join(
        record(0, struct.pack("<IIHBBBI", n - 1, 0, 300, 0, 0x10 if n == 2 else 0, 0, 0))
        + b"".join(data(n, column, value) for column, value in enumerate(row))
        for n, row in enumerate([HEADER, *ROWS], 1)
    )
    styles = font(False, False) + font(True, False) + font(False, True)
    formats = (
        record(617, struct.pack("<I", 2))
        + b"".join(record(47, struct.pack("<HHH10x", 0, 0, one)) for one in (0, 1))
        + record(618)
    )
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    link = f'<Relationship Id="{{}}" Type="{LINKS.decode()}/{{}}" Target="{{}}"/>'
    return packed(
        folder / "book.xlsb",
        {
            "_rels/.rels": links.format(link.format("rId1", "officeDocument", "xl/workbook.bin")).encode(),
            "xl/_rels/workbook.bin.rels": links.format(
                link.format("rId1", "worksheet", "worksheets/sheet1.bin") + link.format("rId2", "styles", "styles.bin")
            ).encode(),
            "xl/workbook.bin": record(131)
            + record(143)
            + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("投诉月报"))
            + record(144)
            + record(157)
            + record(132),
            "xl/styles.bin": record(278) + styles + formats + record(279),
            "xl/worksheets/sheet1.bin": record(129)
            + record(148, struct.pack("<IIII", 0, 7, 0, 6))
            + record(60, struct.pack("<IIIIH", 6, 6, 2304, 0, 1))
            + record(145)
            + cells
            + record(146)
            + record(130),
        },
    )


BOOKS: dict[str, Callable[[Path], Path]] = {
    "xlsx": saved("book.xlsx"),
    "xls": saved("book.xls"),
    "ods": saved("book.ods"),
    "xlsb": xlsb,
    "XML Spreadsheet": written("book.xml", spreadsheetml()),
    "a web page": written("book.xls", web_page()),
    "backslashes": lambda folder: packed(
        folder / "book.xlsx", {name.replace("/", "\\"): part for name, part in parts().items()}
    ),
    "strict": each(strict),
    "cells without places": of_sheets(rb'(<c)\s+r="[A-Z]+\d+"', rb"\1"),
    "rows and cells without places": of_sheets(rb'(<(?:c|row))\s+r="[A-Z]*\d+"', rb"\1"),
    "rows without numbers": of_sheets(rb'<row r="\d+"', b"<row"),
    "single quotes": of_sheets(rb'="([^"]*)"', rb"='\1'"),
    "blanks about the equals sign": of_sheets(rb'="', b' = "'),
}


def found(path: Path) -> tuple[list[list[Any]], dict[str, Any]]:
    """The first sheet's values, and what is known besides."""
    sheet = read_file(path).sheets[0]
    rows = [list(row) for row in sheet.rows]
    odd = {
        cell(n, column): str(value)
        for n, row in enumerate(rows, 1)
        for column, value in enumerate(row)
        if isinstance(value, CellError | Formula) or str(value).startswith("#")
    }
    known = {
        "errors": odd,
        "hidden rows": sorted(sheet.hidden_rows),
        "hidden columns": sorted(sheet.hidden_columns),
        "left out": {cell(row + 1, column): text for (row, column), text in sorted(sheet.left_out.items())},
        "struck": [cell(row + 1, column) for row, column in sorted(sheet.struck)],
        "unseen": sheet.unseen,
    }
    return rows, known


def as_numbers(rows: list[list[Any]]) -> list[list[Any]]:
    return [[float(value) if re.fullmatch(r"\d+(\.0)?", str(value)) else str(value) for value in row] for row in rows]


@pytest.mark.parametrize("how", BOOKS)
def test_cells_and_what_is_known_of_them(how: str, tmp_path: Path) -> None:
    rows, known = found(BOOKS[how](tmp_path))
    assert as_numbers(rows) == as_numbers([HEADER, *ROWS])
    assert known == FACTS


@pytest.mark.parametrize("how", BOOKS)
def test_findings(how: str, tmp_path: Path) -> None:
    def told(path: Path) -> set[tuple[str, str | None, int | None]]:
        staged = stage_workbook(path, ORGANISATION, today=TODAY)
        return {
            (one.code, one.cell, one.row)
            for one in staged.all_findings
            if one.code not in ("wrong_extension", "hidden_sheets_left_out")
        }

    expected = told(FORMATS / "book.xlsx")
    assert {code for code, _, _ in expected} >= {
        "error_cell",
        "hidden_rows_loaded",
        "raised_or_struck_text_left_out",
        "struck_out_cells_loaded",
    }
    assert told(BOOKS[how](tmp_path)) == expected


@pytest.mark.parametrize("name", ["book.xlsx", "book.xls", "book.ods"])
def test_hidden_sheets(name: str) -> None:
    assert [(sheet.name, sheet.hidden) for sheet in read_file(FORMATS / name).sheets] == [
        ("投诉月报", False),
        ("旧表", True),
    ]
