"""The own workbook back: marked cells, comments in the reader's language, a summary; findings as CSV that runs
nothing.
"""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from data.core.home import Home
from data.exports.annotated import annotated_copy, findings_csv
from data.loading.commit import load
from data.loading.plan import plan
from data.model.staged import StagedFile

CUSTOMERS = "month unit customers mid_high_end_customers"
ROWS = [("2025-01", "A", 10, 5), ("2025-01", "@nowhere", 10, 5), ("2025-01", "B", 10, 11)]


@pytest.fixture(scope="module", params=["file.xlsx", "file.csv"])
def staged(
    request: pytest.FixtureRequest, units_loaded: Path, write_to, tmp_path_factory: pytest.TempPathFactory
) -> StagedFile:
    folder = tmp_path_factory.mktemp("annotated")
    home = Home(Path(shutil.copytree(units_loaded, folder / "home")))
    before = write_to(folder / "before.csv", [CUSTOMERS.split(), ("2024-12", "A", 10, 5)])
    assert load(home, [before]).committed
    return plan(home, [write_to(folder / request.param, [CUSTOMERS.split(), *ROWS])]).files[0]


@pytest.mark.parametrize(
    ("lang", "title", "word"),
    [("en", "Findings", "unit"), ("zh_Hans", "问题汇总", "单位"), ("zh_Hant", "問題匯總", "單位")],
)
def test_cells_are_marked_and_everything_else_is_as_it_was(
    staged: StagedFile, tmp_path: Path, lang: str, title: str, word: str
) -> None:
    path = tmp_path / "back.xlsx"
    path.write_bytes(annotated_copy(staged, lang))
    book = load_workbook(path)
    assert book.sheetnames[0] == title
    page = book.worksheets[1]
    assert [cell.value for cell in page[2]][2:] == [10, 5] or [cell.value for cell in page[2]][2:] == ["10", "5"]
    marked = {cell.coordinate for row in page.iter_rows() for cell in row if cell.comment}
    assert {"B3", "D4"} <= marked
    assert word in page["B3"].comment.text
    assert page["B3"].fill.fgColor.rgb.endswith("F8CBAD")
    assert [
        cell.coordinate for one in book.worksheets for row in one.iter_rows() for cell in row if cell.data_type == "f"
    ] == [] or staged.name.endswith("xlsx")


def test_the_csv_has_every_finding_and_runs_nothing(staged: StagedFile) -> None:
    told = findings_csv([staged], "zh_Hans")
    assert told.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(told[1:])))
    assert len(rows) == len(staged.all_findings)
    assert rows[0]["severity"] == "error"
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())


@pytest.mark.parametrize(
    ("content", "told", "cells"),
    [
        (b"this is no workbook", "unreadable_file", []),
        (b"PK\x03\x04 and then nothing of a zip", "unreadable_file", []),
        (b"", "empty_file", []),
        (
            b"month,unit,customers\n2025-01,nowhere,10\n",
            "unknown_unit",
            ["month", "unit", "customers", "2025-01", "nowhere", "10"],
        ),
    ],
    ids=["a text", "half a workbook", "nothing", "a table as text"],
)
def test_what_is_only_called_a_workbook_comes_back_with_its_findings(
    home: Home, tmp_path: Path, content: bytes, told: str, cells: list[str]
) -> None:
    fake, back = tmp_path / "fake.xlsx", tmp_path / "back.xlsx"
    fake.write_bytes(content)
    back.write_bytes(annotated_copy(plan(home, [fake]).files[0]))
    summary, page = load_workbook(back).worksheets
    assert told in [cell.value for cell in summary["B"]]
    assert [cell.value for row in page.iter_rows() for cell in row if cell.value is not None] == cells


def test_what_reading_refused_as_bursting_is_not_opened_to_be_marked(home: Home, write, tmp_path: Path) -> None:
    file, back = write("file.xlsx", CUSTOMERS, *ROWS), tmp_path / "back.xlsx"
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/blank.bin", b" " * 120_000_000)
    back.write_bytes(annotated_copy(plan(home, [file]).files[0]))
    summary, page = load_workbook(back).worksheets
    assert "unpacks_too_large" in [cell.value for cell in summary["B"]]
    assert [cell.value for row in page.iter_rows() for cell in row if cell.value is not None] == []
