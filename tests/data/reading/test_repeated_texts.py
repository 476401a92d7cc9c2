"""A text that is kept once and shown by many cells is refused before each cell has its own."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.model.errors import Unreadable
from data.reading import read_file

BODY = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a"><table:table-row>{}</table:table-row></table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
CELL = '<table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p></table:table-cell>'


def test_blanks_that_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "t.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", BODY.format(CELL))
    with pytest.raises(Unreadable, match="more than 1024 MB of text"):
        read_file(path)


def test_a_shared_text_in_many_cells(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = Workbook()
    book.save(tmp_path / "empty.xlsx")
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 40_001))
    with zipfile.ZipFile(tmp_path / "empty.xlsx") as source, zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            if name not in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
                archive.writestr(name, source.read(name))
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{rows}</sheetData></worksheet>")
        archive.writestr("xl/sharedStrings.xml", f"<sst {space}><si><t>{'x' * 32_000}</t></si></sst>")
    with pytest.raises(Unreadable, match="more than 1024 MB of text"):
        read_file(path)
