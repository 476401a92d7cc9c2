"""Number formats that show a figure in another unit are seen in every kind of workbook.

formats/shown.* were saved by a spreadsheet program from the workbook that `book` writes.
"""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.core.number_formats import display_format
from data.reading import read_file

FORMATS = Path(__file__).parent / "formats"
POWERS = {3: (3, "千"), 4: (-2, "")}


def book(path: Path) -> Path:
    """Customers in 万, in 千 and a share, as their number formats show them."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["单位：万户"])
    sheet.append(["月份", "单位", "客户数", "中高端客户数", "占比"])
    for city, figure in (("大洋", 1251124), ("临江", 998344)):
        sheet.append(["2025-11", city, figure, figure // 10, 0.965])
        for column, code in ((3, "0!.0,"), (4, '0.0,"千"'), (5, "0.0%")):
            sheet.cell(sheet.max_row, column).number_format = code
    made.save(path)
    return path


def xml(path: Path) -> Path:
    """The same cells of one city as an XML spreadsheet."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    styles = "".join(
        f'<Style ss:ID="s{n}"><NumberFormat ss:Format="{code}"/></Style>'
        for n, code in enumerate(("0.0,&quot;千&quot;", "Percent"))
    )
    cells = "".join(
        f'<Cell ss:Index="{column}" ss:StyleID="s{n}"><Data ss:Type="Number">{figure}</Data></Cell>'
        for n, (column, figure) in enumerate(((4, 125112), (5, 0.965)))
    )
    path.write_text(
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f"<Styles>{styles}</Styles><Worksheet ss:Name='a'><Table>{2 * f'<Row>{cells}</Row>'}</Table></Worksheet>"
        "</Workbook>",
        encoding="utf-8",
    )
    return path


def xlsb(path: Path) -> Path:
    """The same cells of two cities as a binary workbook (MS-XLSB)."""

    def record(kind: int, content: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
        return number + bytes([len(content)]) + content

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def row(number: int) -> bytes:
        cells = ((3, 1, 125112.0), (4, 2, 0.965))
        return record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0)) + b"".join(
            record(5, struct.pack("<IId", column, style, figure)) for column, style, figure in cells
        )

    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    links = "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{}</Relationships>"
    link = f"<Relationship Id='{{}}' Type='{kind}{{}}' Target='{{}}'/>"
    styles = record(44, struct.pack("<H", 164) + wide('0.0,"千"')) + record(
        43, struct.pack("<HHHHBBBB8xB", 220, 0, 400, *[0] * 6) + wide("a")
    )
    formats = b"".join(record(47, struct.pack("<HHH10x", 0, number, 0)) for number in (0, 164, 9))
    parts = {
        "_rels/.rels": links.format(link.format("rId1", "officeDocument", "xl/workbook.bin")),
        "xl/_rels/workbook.bin.rels": links.format(
            link.format("rId1", "worksheet", "worksheets/sheet1.bin") + link.format("rId2", "styles", "styles.bin")
        ),
        "xl/workbook.bin": record(131)
        + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("a"))
        + record(144)
        + record(132),
        "xl/styles.bin": record(278) + styles + record(617, struct.pack("<I", 3)) + formats + record(618) + record(279),
        "xl/worksheets/sheet1.bin": record(129)
        + record(148, struct.pack("<IIII", 0, 1, 3, 4))
        + record(145)
        + row(0)
        + row(1)
        + record(146)
        + record(130),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return path


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xml", "xlsb"])
def test_number_formats_that_change_what_is_shown(tmp_path: Path, kind: str) -> None:
    made = {"xlsx": book, "xml": xml, "xlsb": xlsb}.get(kind)
    path = made(tmp_path / f"shown.{kind}") if made else FORMATS / f"shown.{kind}"
    shown = read_file(path).sheets[0].shown
    found = {place: {display_format(code) for code in codes} for place, codes in shown.items() if place in POWERS}
    assert {place: [(one.power, one.unit) for one in forms] for place, forms in found.items()} == {
        place: [form] for place, form in POWERS.items()
    }
    assert all(sum(codes.values()) >= 2 for place, codes in shown.items() if place in POWERS)


def test_an_escaped_point_divides_by_ten(tmp_path: Path) -> None:
    (code,) = read_file(book(tmp_path / "shown.xlsx")).sheets[0].shown[2]
    assert display_format(code).power == 4
