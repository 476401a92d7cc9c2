"""Cells: how a number is written, its spreadsheet format, and texts that no spreadsheet runs."""

from __future__ import annotations

import pytest

from reports.table_model import Cell, count_cells


@pytest.mark.parametrize(
    ("cell", "shown", "excel"),
    [
        (Cell(85.125168, "percent", 1), "85.1%", '#,##0.0"%"'),
        (Cell(12.5, "percent", 2), "12.50%", '#,##0.00"%"'),
        (Cell(1234.5, "number", 1), "1,234.5", "#,##0.0"),
        (Cell(12, "count", 0), "12", "#,##0"),
        (Cell(None, "percent", 1), "–", '#,##0.0"%"'),
        (Cell(float("nan"), "score", 2), "–", "#,##0.00"),
        (Cell(-1.26, "change", 1, "", "percent"), "−1.3 pp", '+#,##0.0" pp";-#,##0.0" pp";0.0" pp"'),
        (Cell(4.2, "change", 1, "", "count"), "+4.2%", '+#,##0.0"%";-#,##0.0"%";0.0"%"'),
        (Cell(2, "places"), "▲2", "+0;-0;0"),
    ],
)
def test_numbers(cell: Cell, shown: str, excel: str) -> None:
    assert (cell.formatted("en"), cell.excel_format()) == (shown, excel)


def test_a_change_has_its_unit_in_the_readers_language() -> None:
    assert (
        Cell(0.7, "change", 1, "", "percent").excel_format("zh_Hans")
        == '+#,##0.0"个百分点";-#,##0.0"个百分点";0.0"个百分点"'
    )


@pytest.mark.parametrize(
    ("words", "safe"),
    [("=1+1", "'=1+1"), ("+86", "'+86"), ("-大洋", "'-大洋"), ("@x", "'@x"), ("\tx", "'\tx"), ("大洋", "大洋"), ("a=b", "a=b")],
)  # fmt: skip
def test_texts_that_would_run_are_neutralised(words: str, safe: str) -> None:
    assert Cell(words).guarded == safe


def test_a_negative_number_stays_a_number() -> None:
    assert Cell(-3.5, "number").number == -3.5


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([167.0, 1_363_611.0, None], ["167", "1,363,611", "–"]),
        ([167.0, 0.1 + 0.2], ["167.00", "0.30"]),
        ([3 * 0.1 + 0.7, 12.0], ["1", "12"]),
        ([], []),
    ],
)
def test_a_column_of_counts_has_one_precision(values: list[float | None], shown: list[str]) -> None:
    assert [cell.formatted("en") for cell in count_cells(values)] == shown
