"""Every kind of file an office sends is read by its content, under whatever name; what cells do not show is known."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import plan
from data.model.errors import Unreadable
from data.model.sheet import CellError, Formula, Span
from data.reading import archive, read_file
from data.snapshots.reader import open_snapshot

ROWS = [["月份", "单位", "客户数"], ["2025-11", "大洋", "352000"], ["2025-11", "临江", "1,200"]]
COMMAS = '月份,单位,客户数\r\n2025-11,大洋,352000\r\n2025-11,临江,"1,200"\r\n'
HTML = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}">
<style>td {{color: red}}</style>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><table><tr><td>no</td></tr></table></x:ExcelWorkbook></xml><![endif]-->
</head><body>
<table border=1><tr><th colspan="3">客户规模&nbsp;表</th></tr>
<tr><td>月份<td>单位<td>客户数</tr>
<tr><td rowspan=2>2025-11</td><td><b>大洋</b><br>市</td><td x:num="352000.5">352,001</td></tr>
<tr><td>临&#27743;</td><td>&lt;1&gt;</td></tr></table><script>document.write("<table><tr><td>x</td></tr>
</table>")</script></body></html>"""
XML_2003 = """<?xml version="1.0" encoding="{charset}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="客户"><Table><Row ss:Index="2"><Cell ss:MergeAcross="1"><Data ss:Type="String">月份 单位</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">客户数</Data></Cell></Row>
<Row ss:Hidden="1"><Cell><Data ss:Type="DateTime">2025-11-01T00:00:00.000</Data></Cell><Cell>
<Data ss:Type="String">007</Data></Cell><Cell ss:Formula="=R1C1"/>
<Cell ss:Formula="=1+1"><Data ss:Type="Number">352000</Data></Cell><Cell><Data ss:Type="Error">#REF!</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="旧"><Table/><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def notes(path: Path) -> list[tuple[str, str]]:
    return [(kind.code, str(params.get("truth"))) for kind, params in read_file(path).notes]


@pytest.mark.parametrize(
    ("name", "content", "truth"),
    [
        ("utf16.csv", COMMAS.encode("utf-16"), None),
        ("utf16be.txt", b"\xfe\xff" + COMMAS.encode("utf-16-be"), None),
        ("no mark.csv", COMMAS.encode("utf-16-le"), None),
        ("no mark.tsv", COMMAS.replace(",", "\t").replace('"1\t200"', "1,200").encode("utf-16-be"), None),
        ("utf32.csv", COMMAS.encode("utf-32"), None),
        ("bars.csv", COMMAS.replace(",", "|").replace('"1|200"', "1,200").encode(), None),
        ("semicolons.tsv", COMMAS.replace(",", ";").replace('"1;200"', "1,200").encode(), None),
        ("commas.xls", COMMAS.encode("gb18030"), "CSV"),
        ("tabs.xls", COMMAS.replace(",", "\t").replace('"1\t200"', "1,200").encode("utf-16"), "CSV"),
        ("commas.xlsx", COMMAS.encode(), "CSV"),
        ("export.dat", COMMAS.encode(), "CSV"),
    ],
)
def test_separated_text_under_any_name(tmp_path: Path, name: str, content: bytes, truth: str | None) -> None:
    path = written(tmp_path, name, content)
    (sheet,) = read_file(path).sheets
    assert sheet.rows == ROWS
    assert notes(path) == ([("wrong_extension", truth)] if truth else [])


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "utf-16"])
def test_a_web_page_named_xls(tmp_path: Path, charset: str) -> None:
    """Spans keep cells in their columns, Excel's own number counts, scripts and comments do not."""
    path = written(
        tmp_path, "客户.xls", HTML.format(charset=charset).encode("gb18030" if charset == "gb2312" else charset)
    )
    (sheet,) = read_file(path).sheets
    assert sheet.rows == [
        ["客户规模 表", "", ""],
        ["月份", "单位", "客户数"],
        ["2025-11", "大洋 市", 352000.5],
        ["", "临江", "<1>"],
    ]
    assert sheet.merged == (Span(0, 0, 0, 2), Span(2, 0, 3, 0))
    assert (sheet.name, notes(path)) == ("客户", [("wrong_extension", "HTML")])


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "utf-16"])
def test_an_xml_spreadsheet_of_2003(tmp_path: Path, charset: str) -> None:
    path = written(
        tmp_path, "客户.xls", XML_2003.format(charset=charset).encode("gb18030" if charset == "gb2312" else charset)
    )
    sheet, old = read_file(path).sheets
    assert sheet.rows == [
        [],
        ["月份 单位", "", "", "客户数"],
        [date(2025, 11, 1), "007", "=R1C1", 352000.0, "#REF!", True],
    ]
    assert [type(cell) for cell in sheet.rows[2]] == [date, str, Formula, float, CellError, bool]
    assert (sheet.hidden, sheet.hidden_rows, sheet.merged) == (False, {3}, (Span(1, 0, 1, 1),))
    assert (old.name, old.hidden) == ("旧", True)


def test_a_workbook_named_otherwise(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["a", "b"])
    book.save(tmp_path / "b.xlsx")
    for name in ("b.csv", "b.xls", "b.dat"):
        path = written(tmp_path, name, (tmp_path / "b.xlsx").read_bytes())
        assert read_file(path).sheets[0].rows == [["a", "b"]]
        assert notes(path) == [("wrong_extension", "Excel (.xlsx)")]
    assert notes(written(tmp_path, "b.xlsm", (tmp_path / "b.xlsx").read_bytes())) == []


def odd_workbook(path: Path) -> Path:
    """Formulas without values, errors, merged and hidden ranges, long numbers, a format a million rows below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "客户"
    sheet.append(["客户规模表"])
    sheet.merge_cells("A1:C1")
    sheet.append(["月份", "单位", "客户数"])
    sheet.append(["2025-11", "001", "=SUM(C4:C5)"])
    sheet.append(["2025-11", "123456789012345678", "#REF!"])
    sheet["C4"].data_type = "e"
    sheet.append(["2025-11", "002", 5])
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["XFD1048576"].number_format = "@"
    book.save(path)
    return path


def test_what_the_cells_do_not_show(tmp_path: Path) -> None:
    (sheet,) = read_file(odd_workbook(tmp_path / "odd.xlsx")).sheets
    assert sheet.rows == [
        ["客户规模表", "", ""],
        ["月份", "单位", "客户数"],
        ["2025-11", "001", "=SUM(C4:C5)"],
        ["2025-11", "123456789012345678", "#REF!"],
        ["2025-11", "002", 5.0],
    ]
    assert (type(sheet.rows[2][2]), type(sheet.rows[3][2])) == (Formula, CellError)
    assert (sheet.merged, sheet.hidden_rows, sheet.hidden_columns) == ((Span(0, 0, 0, 2),), {5}, {1})


def test_tags_with_a_prefix_are_looked_through_too(tmp_path: Path) -> None:
    """Some programs write <x:c> for <c>."""
    plain, prefixed = odd_workbook(tmp_path / "odd.xlsx"), tmp_path / "prefixed.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(prefixed, "w") as out:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x=")
            out.writestr(name, content)
    (sheet,), (other,) = read_file(plain).sheets, read_file(prefixed).sheets
    assert (other.rows, other.hidden_rows, other.hidden_columns) == (
        sheet.rows,
        sheet.hidden_rows,
        sheet.hidden_columns,
    )


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append([datetime(2025, 11, 3, 9, 12)])
    book.save(tmp_path / "mac.xlsx")
    assert read_file(tmp_path / "mac.xlsx").sheets[0].rows == [[datetime(2025, 11, 3, 9, 12)]]


def findings(home: Home, path: Path) -> dict[str, list]:
    found: dict[str, list] = {}
    for finding in plan(home, [path]).files[0].all_findings:
        found.setdefault(finding.code, []).append(finding)
    return found


def test_cells_without_a_value_are_findings_by_cell_never_zero(home: Home, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["month", "unit", "customers", "note"],
        ["2025-11", "A", "=1+1", "=9"],
        ["2025-11", "B", "#REF!", ""],
        ["Total", "", "=SUM(C2:C3)", ""],
    ):
        sheet.append(row)
    sheet["C3"].data_type = "e"
    book.save(tmp_path / "f.xlsx")
    found = findings(home, tmp_path / "f.xlsx")
    assert [(one.cell, one.value) for one in found["formula_without_value"]] == [("C2", "=1+1")]
    assert [(one.cell, one.value) for one in found["error_cell"]] == [("C3", "#REF!")]
    assert not load(home, [tmp_path / "f.xlsx"]).committed


def test_hidden_rows_are_told_and_hidden_sheets_stand_behind(home: Home, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    old, new = book.active, book.create_sheet("new")
    old.title, old.sheet_state = "old", "hidden"
    for sheet, month in ((old, "2025-10"), (new, "2025-11")):
        for row in (["month", "unit", "customers"], [month, "A", 1], [month, "B", 2], [month, "A1", 3]):
            sheet.append(row)
    new.row_dimensions[3].hidden = new.row_dimensions[4].hidden = True
    new.column_dimensions["C"].hidden = True
    book.save(tmp_path / "f.xlsx")
    found = findings(home, tmp_path / "f.xlsx")
    assert [one.params for one in found["hidden_rows_loaded"]] == [{"count": 2, "rows": "3–4"}]
    assert [one.params for one in found["hidden_columns_loaded"]] == [{"columns": "C"}]
    assert [one.params for one in found["hidden_sheets_left_out"]] == [{"sheets": "old"}]
    assert load(home, [tmp_path / "f.xlsx"]).files[0].staged.sheets[0].months == ["2025-11"]


def test_a_zip_of_files_is_several_files(home: Home, tmp_path: Path) -> None:
    """Chinese names as Windows packs them; folders, what a Mac adds, and paths that lead elsewhere."""
    header = "month,unit,customers\n"
    with zipfile.ZipFile(tmp_path / "月报.zip", "w") as packed:
        packed.writestr("2025/AAAA.csv", header + "2025-10,A,1\n")
        packed.writestr("../../up.csv", header + "2025-11,A,2\n")
        packed.writestr("__MACOSX/._up.csv", b"junk")
        packed.writestr("inner.zip", b"PK\x05\x06" + b"\0" * 18)
        packed.writestr("picture.png", b"\x89PNG....")
    whole = (tmp_path / "月报.zip").read_bytes()
    (tmp_path / "月报.zip").write_bytes(whole.replace(b"AAAA", "十月".encode("gb18030")))
    done = load(home, [tmp_path / "月报.zip"])
    assert [(file.file, file.batch is not None) for file in done.files] == [
        ("十月.csv", True),
        ("up.csv", True),
        ("inner.zip", False),
        ("picture.png", False),
    ]
    assert [file.findings[0].code for file in done.files[2:]] == ["empty_archive", "kind_not_read"]
    assert len(open_snapshot(home).months()) == 2
    assert not (tmp_path.parent / "up.csv").exists()
    assert len(list(home.originals.iterdir())) == 3


def test_a_zip_inside_a_zip_and_a_locked_zip_are_refused(home: Home, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as packed:
        packed.writestr("a.csv", "month,unit,customers\n2025-10,A,1\n")
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as packed:
        packed.write(tmp_path / "inner.zip", "inner.zip")
    assert list(findings(home, tmp_path / "outer.zip")) == ["archive_in_archive"]
    locked = bytearray((tmp_path / "inner.zip").read_bytes())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert list(findings(home, written(tmp_path, "locked.zip", bytes(locked)))) == ["password_protected"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.csv", "a.csv"),
        ("../../etc/月报.csv", "月报.csv"),
        ("C:\\x\\a.csv", "a.csv"),
        ("/a.csv", "a.csv"),
        ("..", "file"),
        ("a\n<b>.csv", "a__b_.csv"),
        ("x" * 300 + ".xlsx", "x" * 120 + ".xlsx"),
    ],
)
def test_names_that_lead_elsewhere_are_cut(name: str, safe: str) -> None:
    assert archive.safe_name(name) == safe


def test_empty_forms_with_macros_are_refused_saying_so(real_exports: Path, empty: Home) -> None:
    forms = sorted((real_exports / "refuse").glob("*.xlsm"))
    if not forms:
        pytest.skip("no real form of the kind .xlsm is at hand")
    for path in forms:
        found = findings(empty, path)
        assert list(found) == ["no_data"], path
        assert "There is no data in the file" in found["no_data"][0].message()


def test_a_compound_file_without_a_workbook(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 900
    )
    with pytest.raises(Unreadable, match="damaged"):
        read_file(path)
