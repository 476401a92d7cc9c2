"""The workbook, read back: the numbers of the command line, unrounded, all rows, nothing that runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from charts.theme import LIGHT
from data.snapshots.reader import open_snapshot
from metrics.engine.figures import Figures
from reports.content import gather_content
from reports.workbook import write_workbook
from tests.conftest import run_module
from tests.metrics.conftest import loaded
from tests.reports.conftest import MONTH, UNIT


@pytest.fixture(scope="module")
def book(written: dict[str, Path]) -> Workbook:
    return load_workbook(written[".xlsx"])


def close(number: float | None) -> Any:
    """As a spreadsheet keeps it: sixteen digits."""
    return None if number is None else pytest.approx(number, rel=1e-14)


def rows_of(book: Workbook, sheet: str) -> list[dict[str, Any]]:
    header, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_scorecard_says_what_the_command_line_says(
    book: Workbook, card: dict[str, dict[str, Any]], names: dict[str, str]
) -> None:
    found = {row["指标"]: row for row in rows_of(book, "指标总览")}
    assert set(found) == {names[code] for code in card}
    for code, row in card.items():
        shown = found[names[code]]
        for ours, theirs in (
            ("数值", "value"),
            ("目标", "target"),
            ("完成率", "attainment"),
            ("环比", "mom"),
            ("同比", "yoy"),
        ):
            assert shown[ours] == close(row[theirs]), (code, theirs)
        assert shown["判断"] == row["verdict"]


def test_a_ranking_says_what_the_command_line_says(book: Workbook, pack_home: Path) -> None:
    words = ("ranking", "complaints_per_10k", "--month", MONTH, "--level", "city", "--json")
    stated = json.loads(run_module("metrics", *words, home=pack_home).stdout)["units"]
    found = rows_of(book, "排名 万客户投诉量")
    assert [(row["单位"], row["名次"], row["数值"], row["区间下限"], row["区间上限"]) for row in found] == [
        (row["name"], row["rank"], *map(close, (row["value"], *row["interval"]))) for row in stated
    ]


def test_a_series_says_what_the_command_line_says(book: Workbook, pack_home: Path) -> None:
    words = ("trend", "satisfaction_network", "--unit", UNIT, "--month", MONTH, "--json")
    stated = json.loads(run_module("metrics", *words, home=pack_home).stdout)["months"]
    found = rows_of(book, "月度 网络质量满意度")
    assert [(row["月"], row["数值"], row["中心线"], row["控制下限"], row["控制上限"]) for row in found] == [
        (row["month"], *map(close, (row["value"], row["expected"], row["lower"], row["upper"]))) for row in stated
    ]


def test_every_row_counted_is_written(book: Workbook, pack: dict[str, Any]) -> None:
    """Rows exported = rows queried: each table's count is in the manifest, each row on a sheet."""
    for key, sheet in (
        ("scorecard", "指标总览"),
        ("lineage", "数据来源"),
        ("definitions", "指标口径"),
        ("outlook", "年度目标"),
    ):
        assert book[sheet].max_row - 1 == pack["rows"][key] > 0


def test_sheets_are_made_to_be_used(book: Workbook) -> None:
    page = book["指标总览"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref.startswith("A1:")
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert "版本" in page.oddFooter.left.text
    assert page["C2"].number_format.startswith("#,##0")
    assert sum(len(one._charts) for one in book.worksheets) > 10
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_the_first_sheet_leads_to_every_other(book: Workbook) -> None:
    index, *others = book.worksheets
    links = [(cell.value, cell.hyperlink.location) for (cell,) in index.iter_rows(min_row=3, max_col=1)]
    assert index.title == "目录"
    assert index["A1"].value == "大洋 2025-11"
    assert [location for _, location in links] == [f"'{page.title}'!A1" for page in others]
    assert ("排名 万客户投诉量", "'排名 万客户投诉量'!A1") in links


def test_counts_are_whole_numbers_and_a_column_has_one_precision(book: Workbook) -> None:
    header, first = (list(row) for row in book["月度 万客户投诉量"].iter_rows(max_row=2))
    formats = {title.value: cell.number_format for title, cell in zip(header, first, strict=True)}
    assert (formats["分子"], formats["分母"], formats["数值"]) == ("#,##0", "#,##0", "#,##0.00")


def test_nothing_runs(book: Workbook) -> None:
    assert [
        cell.coordinate for page in book.worksheets for row in page.iter_rows() for cell in row if cell.data_type == "f"
    ] == []


def test_an_attainment_is_coloured_by_what_the_process_does(
    book: Workbook, card: dict[str, dict[str, Any]], names: dict[str, str]
) -> None:
    """As on the pages: not by the bare 100 %, but where the process always meets the target and did, or never meets it
    and did not.
    """
    colours = {("passes", True): LIGHT.better_text, ("fails", False): LIGHT.worse_text}
    expected = {
        names[code]: colours.get((row["assurance"], row["met"]), "")[1:]
        for code, row in card.items()
        if row["attainment"] is not None
    }
    page = book["指标总览"]
    column = next(cell.column for cell in page[1] if cell.value == "完成率")
    cells = {row[0].value: row[column - 1] for row in page.iter_rows(min_row=2) if row[column - 1].value is not None}
    found = {
        name: (cell.font.color.rgb or "")[2:] if cell.font.color and isinstance(cell.font.color.rgb, str) else ""
        for name, cell in cells.items()
    }
    assert found == expected
    assert set(expected.values()) >= {"", LIGHT.better_text[1:]}


def test_an_indicator_called_like_a_formula_is_a_text(tmp_path: Path) -> None:
    units = "code,name,level,parent\nP,Province,province,\nA,Alpha,city,P\nB,@SUM(1+9),city,P\n"
    months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 8)]
    rows = "".join(
        f"{month},{unit},{name},{50 + place},100,higher,90\n"
        for place, month in enumerate(months)
        for unit in "PAB"
        for name in ("=1+1", "=2+2")
    )
    home = loaded(
        tmp_path, {"units": units, "indicators": "month,unit,indicator,numerator,denominator,better,target\n" + rows}
    )
    path = tmp_path / "pack.xlsx"
    counted = write_workbook(gather_content(Figures(open_snapshot(home)), "P", "2025-07"), path)
    assert sum(key.startswith("reason:") for key in counted) == 2
    cells = [cell for page in load_workbook(path).worksheets for row in page.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert {"'=1+1", "'@SUM(1+9)"} <= {cell.value for cell in cells}
