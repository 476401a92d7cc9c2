"""The workbook and the slides of a pack mark a month that is not over."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from tests.conftest import run_module

SAID = "provisional until 15 Nov"


@pytest.fixture(scope="module")
def folder(unfinished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook and the slides of Alpha in November."""
    out = tmp_path_factory.mktemp("unfinished_pack")
    home = Path(shutil.copytree(unfinished_home, out / "home"))
    words = ("pack", "--unit", "A", "--month", "2025-11", "--lang", "en", "--only", "pptx,xlsx", "--out", str(out))
    found = json.loads(run_module("reports", *words, "--json", home=home).stdout)
    assert found["failed"] == {}
    return Path(found["packs"][0]["folder"])


def test_the_workbook_marks_it(folder: Path) -> None:
    book = load_workbook(next(folder.glob("*.xlsx")))
    cells = {sheet.title: [str(cell) for row in sheet.values for cell in row if cell] for sheet in book}
    assert SAID in cells["Scorecard"]
    series = next(words for title, words in cells.items() if title.startswith("Months"))
    assert f"2025-11 ({SAID})" in series
    assert "2025-10" in series
    assert all(SAID in sheet.oddFooter.left.text for sheet in book)


def test_every_slide_marks_it(folder: Path) -> None:
    slides = Presentation(str(next(folder.glob("*.pptx")))).slides
    for slide in slides:
        words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert any(SAID in text for text in words), words
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    assert any(cell.text == SAID for table in tables for row in table.rows for cell in row.cells)
