"""A part of a cell's text without a format of its own has the cell's: in a cell that is struck out it is struck out."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from data.reading import read_file

PLAIN, STRUCK = InlineFont(b=True), InlineFont(strike=True)
RUNS = {
    "the first part": ["12", TextBlock(PLAIN, "15")],
    "the last part": [TextBlock(PLAIN, "15"), "12"],
    "a part by itself": [TextBlock(STRUCK, "12"), TextBlock(PLAIN, "15")],
}


def shared(path: Path) -> Path:
    """The same workbook with its inline texts as shared ones."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    texts = re.findall(rb"<is>(.*?)</is>", parts[sheet])
    for number, text in enumerate(texts):
        parts[sheet] = parts[sheet].replace(b"<is>%b</is>" % text, b"<v>%d</v>" % number, 1)
    parts[sheet] = parts[sheet].replace(b't="inlineStr"', b't="s"')
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    items = b"".join(b"<si>%b</si>" % text for text in texts)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%b">%b</sst>' % (space, items)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("where", ["inline", "shared"])
@pytest.mark.parametrize("runs", list(RUNS))
@pytest.mark.parametrize("struck", [True, False])
def test_what_is_struck_out_is_left_out(tmp_path: Path, runs: str, struck: bool, where: str) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["month", "unit", "customers"], ["2025-11", "A", "x"]):
        book.active.append([CellRichText([TextBlock(PLAIN, cell)]) for cell in row])
    book.active["C2"].value = CellRichText(RUNS[runs])
    book.active["C2"].font = Font(strike=struck)
    path = tmp_path / "book.xlsx"
    book.save(path)
    (sheet,) = read_file(shared(path) if where == "shared" else path).sheets
    whole = "".join(str(part) for part in RUNS[runs])
    left_out = struck or runs == "a part by itself"
    assert sheet.rows[1][2] == ("15" if left_out else whole)
    assert (sheet.left_out, sheet.struck) == (({(1, 2): "12"} if left_out else {}), frozenset())
