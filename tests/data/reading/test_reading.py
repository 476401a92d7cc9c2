"""Files of every kind become rows of raw cells, or one sentence that says why not."""

from __future__ import annotations

import gzip
import hashlib
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from data.model.errors import Unreadable
from data.reading import digest, read_file

ROWS = [["月份", "单位", "客户数"], ["2025-11", "大洋", "352000"], ["2025-11", "临江", "1,200"]]
COMMAS = '月份,单位,客户数\r\n2025-11,大洋,352000\r\n2025-11,临江,"1,200"\r\n'
TABS = "月份\t单位\t客户数\n2025-11\t大洋\t352000\n2025-11\t临江\t1,200\n"
SEMICOLONS = "月份;单位;客户数\n2025-11;大洋;352000\n2025-11;临江;1,200\n"
BARS = "月份|单位|客户数\n2025-11|大洋|352000\n2025-11|临江|1,200\n"


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def workbook(folder: Path) -> Path:
    """A workbook with cells of every type away from A1, a hidden sheet and formatted but empty rows far below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "客户"
    for cell, value in {
        "B3": "月份",
        "C3": "客户数",
        "B4": datetime(2025, 11, 1),
        "C4": 352000,
        "B5": date(2025, 12, 1),
        "C5": 0.5,
        "B6": "007",
        "C6": True,
        "B7": datetime(2025, 11, 3, 9, 12),
    }.items():
        sheet[cell] = value
    sheet["A65203"].number_format = "@"
    book.create_sheet("旧表").append(["x"])
    book["旧表"].sheet_state = "hidden"
    book.create_chartsheet("图")
    path = folder / "客户.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("utf8.csv", COMMAS.encode()),
        ("bom.csv", COMMAS.encode("utf-8-sig")),
        ("gb18030.csv", COMMAS.encode("gb18030")),
        ("gb18030.CSV", COMMAS.encode("gb18030")),
        ("tabs.tsv", TABS.encode()),
        ("tabs.txt", TABS.encode("gb18030")),
        ("semicolons.csv", SEMICOLONS.encode("utf-8-sig")),
        ("bars.txt", BARS.encode()),
        ("packed.csv.gz", gzip.compress(COMMAS.encode("gb18030"), mtime=0)),
        ("packed.tsv.gz", gzip.compress(TABS.encode(), mtime=0)),
    ],
)
def test_text_files(tmp_path: Path, name: str, content: bytes) -> None:
    book = read_file(written(tmp_path, name, content))
    (sheet,) = book.sheets
    assert sheet.rows == ROWS
    assert (sheet.name, sheet.first_row, sheet.hidden) == (name.split(".")[0], 1, False)


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("单位\t意见\n大洋\t快, 好, 近, 新\n", [["单位", "意见"], ["大洋", "快, 好, 近, 新"]]),
        ("a;b\n1,5;2,5\n3,5;4,5\n", [["a", "b"], ["1,5", "2,5"], ["3,5", "4,5"]]),
        ("code,aliases\nDY,大洋市;Dayang;DYS\n", [["code", "aliases"], ["DY", "大洋市;Dayang;DYS"]]),
        ("客户规模表\n\n月份,单位\n2025-11,大洋\n", [["客户规模表"], [], ["月份", "单位"], ["2025-11", "大洋"]]),
        ('a,b\n"1\n2",3\n', [["a", "b"], ["1\n2", "3"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a\n1\n", [["a"], ["1"]]),
    ],
)
def test_the_separator_is_the_one_that_cuts_the_rows_alike(tmp_path: Path, content: str, rows: list) -> None:
    assert read_file(written(tmp_path, "f.csv", content.encode())).sheets[0].rows == rows


def test_a_long_text_keeps_its_last_rows(tmp_path: Path) -> None:
    content = "a,b\n" + "".join(f"{row},x;y\n" for row in range(20_000))
    rows = read_file(written(tmp_path, "f.csv", content.encode())).sheets[0].rows
    assert (len(rows), rows[-1]) == (20_001, ["19999", "x;y"])


def test_a_workbook(tmp_path: Path) -> None:
    """Cells keep their types and their place: rows[0] is the spreadsheet's first row, whatever range the file
    declares.
    """
    path = workbook(tmp_path)
    book = read_file(path)
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("客户", False), ("旧表", True)]
    assert book.sheets[0].rows == [
        ["", "", ""],
        ["", "", ""],
        ["", "月份", "客户数"],
        ["", date(2025, 11, 1), 352000.0],
        ["", date(2025, 12, 1), 0.5],
        ["", "007", True],
        ["", datetime(2025, 11, 3, 9, 12), ""],
    ]
    assert book.sha256 == digest(path) == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (book.name, book.path) == ("客户.xlsx", path)


def test_the_name_shown_decides_what_a_file_is(tmp_path: Path) -> None:
    """The Upload page keeps files under other names."""
    book = read_file(written(tmp_path, "upload_1", COMMAS.encode()), "客户.csv")
    assert (book.name, book.sheets[0].name, book.sheets[0].rows) == ("客户.csv", "客户", ROWS)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "empty.csv is empty (0 bytes)"),
        ("empty.xlsx", b"", "empty.xlsx is empty (0 bytes)"),
        ("scan.pdf", b"%PDF-1.7", "scan.pdf is of a kind that is not read. Save it as .xlsx or .csv."),
        ("no_ending", b"a word", "no_ending is of a kind that is not read"),
        (
            "damaged.xlsx",
            b"PK\x03\x04 and then nothing",
            "damaged.xlsx cannot be opened: it is damaged, or not a workbook.",
        ),
        ("words.xlsx", b"PK no", "words.xlsx cannot be opened: it is damaged, or not a workbook."),
        ("picture.csv", b"\xff\xff\xfe\xfe", "picture.csv is not text in UTF-8, UTF-16 or GB18030."),
        ("zeros.csv", b"a,b\n\x00\x00\x00\x00", "zeros.csv is not text in UTF-8, UTF-16 or GB18030."),
        ("plain.csv.gz", COMMAS.encode(), "plain.csv.gz cannot be unpacked: it is damaged."),
        (
            "long.csv",
            b'a,b\n"' + b"x" * 200_000 + b'",1\n',
            "long.csv cannot be read as a table: a cell in line 2 is longer than 131,072 characters.",
        ),
        (
            "letter.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"),
            "letter.xls cannot be opened",
        ),
        (
            "locked.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "locked.xlsx is protected with a password, which is never asked for. Open it in Excel, save it again "
            "without",
        ),
    ],
    # A content is no name.
    ids=lambda one: one[:20] if isinstance(one, str) else "",
)
def test_what_cannot_be_read_says_why_in_one_sentence(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read_file(written(tmp_path, name, content))
    assert str(problem.value).startswith(says)
    assert "\n" not in str(problem.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"No such file: gone\.csv"):
        read_file(tmp_path / "gone.csv")


def reason(path: Path) -> str:
    """Why a file cannot be read; nothing if it can."""
    try:
        read_file(path)
    except Unreadable as problem:
        return str(problem)
    return ""


def test_a_workbook_cut_or_overwritten_anywhere_never_crashes(tmp_path: Path) -> None:
    whole = workbook(tmp_path).read_bytes()
    for place in range(40, len(whole) - 100, 211):
        for content in (whole[:place], whole[:place] + b"\xaa" * 40 + whole[place + 40 :]):
            why = reason(written(tmp_path, "damaged.xlsx", content))
            # A lying size or flag in the zip's own lists is told as what it claims.
            assert why == "" or re.match(r"damaged\.xlsx (cannot be opened|is protected|would unpack)", why), why


def test_a_packed_file_cut_or_overwritten_anywhere_never_crashes(tmp_path: Path) -> None:
    whole = gzip.compress((COMMAS * 50).encode())
    for place in range(1, len(whole), 3):
        for content in (whole[:place], whole[:place] + b"\xaa\x55\xaa" + whole[place + 3 :]):
            assert reason(written(tmp_path, "damaged.csv.gz", content)) in (
                "",
                "damaged.csv.gz cannot be unpacked: it is damaged. Export it again.",
            )


def test_xls_exports(real_exports: Path) -> None:
    """The old binary format, from a statistics office and a health service."""
    (sheet,) = [one for one in read_file(real_exports / "small" / "分省年度数据.xls").sheets if not one.hidden][:1]
    assert any("广东" in str(cell) for row in sheet.rows for cell in row)
    book = read_file(real_exports / "nhs_ae" / "May-2023-AE-revised-130624-by-provider-jn7Oy.xls")
    assert len(book.sheets) > 1
    assert any("England" in str(cell) for one in book.sheets for row in one.rows for cell in row)


def test_macros_are_not_run_only_read(real_exports: Path) -> None:
    assert read_file(real_exports / "refuse" / "FFT_AE_template.xlsm").sheets


def test_a_spreadsheet_of_libreoffice(tmp_path: Path) -> None:
    cells = "".join(
        f"<table:table-cell office:value-type='string'><text:p>{word}</text:p></table:table-cell>"
        for word in ("月份", "客户数")
    )
    numbers = (
        "<table:table-cell office:value-type='date' office:date-value='2025-11-01'/><table:table-cell "
        "office:value-type='float' office:value='352000'/>"
    )
    with zipfile.ZipFile(tmp_path / "客户.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
        )
        archive.writestr(
            "content.xml",
            "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
            "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
            "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:spreadsheet>"
            "<table:table table:name='客户'>"
            f"<table:table-row>{cells}</table:table-row><table:table-row>{numbers}</table:table-row></table:table>"
            f"</office:spreadsheet></office:body>"
            "</office:document-content>",
        )
    (sheet,) = read_file(tmp_path / "客户.ods").sheets
    assert (sheet.name, sheet.rows) == ("客户", [["月份", "客户数"], [date(2025, 11, 1), 352000.0]])


def test_binary_workbooks(real_exports: Path) -> None:
    found = sorted(real_exports.rglob("*.xlsb"))
    if not found:
        pytest.skip("no real export of the kind .xlsb is at hand")
    assert all(read_file(path).sheets for path in found)
