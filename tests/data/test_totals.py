"""Totals and notes are not data: they are left out, told, and a total is held against its rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data.feeds import feed_named
from data.findings import Finding
from data.headers import layout_of
from data.organisation import UNIT_COLUMNS, Organisation
from data.reading import Sheet
from data.staging import stage

ORGANISATION = Organisation(
    pd.DataFrame(
        [
            (code, name, "city", None, None, None, pd.NaT, pd.NaT)
            for code, name in (("DY", "大洋"), ("LJ", "临江"), ("T", "总和"))
        ],
        columns=list(UNIT_COLUMNS),
    )
)
HEADER = ["序号", "月份", "区县", "投诉类别", "投诉量", "升级投诉量"]
ROWS = [[1, "2025-11", "大洋", "资费", 10, 1], [2, "2025-11", "临江", "网络", 20, 2]]


def kept(*below: list[Any], rows: list[list[Any]] = ROWS) -> tuple[list[int], list[Finding]]:
    """The numbers of the rows that are kept of ROWS and what stands below, and what is told."""
    layout = layout_of(feed_named("complaints_monthly"), HEADER, 0)
    sheet = stage(Sheet("表", [HEADER, *rows, *below]), layout, ORGANISATION, "f.xlsx")
    return sheet.frame["row"].tolist(), [finding for finding in sheet.findings if finding.code != "columns_ignored"]


@pytest.mark.parametrize(
    "word",
    ["合计", "合 计", "合计：", "合計", "小计", "小計", "总计", "總計", "全省合计", "Total", "GRAND TOTAL", "Sub-total", " 合计 ", "合计（件）"],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_total_is_left_out_wherever_its_word_stands(word: str, place: int) -> None:
    total: list[Any] = [None, None, None, None, 30, 3]
    total[place] = word
    rows, (finding,) = kept(total)
    assert rows == [2, 3]
    assert (finding.code, finding.severity, finding.row, finding.value) == ("total_row_left_out", "note", 4, word)


def test_a_unit_that_is_called_like_a_total_is_a_unit() -> None:
    assert kept(["3", "2025-11", "总和", "资费", 5, 0]) == ([2, 3, 4], [])


def test_a_remark_in_a_column_that_is_not_ours_does_not_make_a_total() -> None:
    assert kept(["合计", "2025-11", "大洋", "网络", 5, 0])[0] == [2, 3, 4]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ([30, 3], {}),
        ([31, 3], {"E4": ("31", "30")}),
        ([1030.0, 5], {"E4": ("1,030", "30"), "F4": ("5", "3")}),
        (["30", "3"], {}),
        (["1,030", "３"], {"E4": ("1,030", "30")}),
        ([None, "-"], {}),
        (["见附表", True], {}),
        ([30.4, 3], {}),
    ],
)
def test_a_total_that_differs_is_told(total: list[Any], expected: dict[str, tuple[str, str]]) -> None:
    """Also where the total is a text, as every cell of a CSV is."""
    _, findings = kept([None, "合计", None, None, *total])
    differ = [finding for finding in findings if finding.code == "total_differs"]
    assert {finding.cell: (finding.value, finding.params["sum"]) for finding in differ} == expected
    assert {finding.severity for finding in differ} <= {"warning"}


def test_several_totals_are_subtotals_and_not_compared() -> None:
    subtotal = ["", "小计", "", "", 10, 1]
    rows, findings = kept(ROWS[1], subtotal, ["", "合计", "", "", 99, 9], rows=[ROWS[0], subtotal])
    assert (rows, [finding.code for finding in findings]) == ([2, 4], ["total_row_left_out"] * 3)


@pytest.mark.parametrize(
    "note",
    [
        [None, "注：投诉量含升级投诉。"], [None, "註：投訴量含升級投訴。"], [None, " 备注：无"], [None, "数据来源：客服系统"], [None, "* 含重复"], [None, "Note: provisional"],
        [None, "Source: CRM"], [None, "制表人：张三", "审核人：李四"], [None, "填表人：张三", None, "联系电话：0898-1"],
    ],
)  # fmt: skip
def test_a_note_is_left_out(note: list[Any]) -> None:
    rows, (finding,) = kept(note)
    assert (rows, finding.code, finding.severity, finding.row) == ([2, 3], "note_left_out", "note", 4)
    assert finding.value == " ".join(cell.strip() for cell in note if cell)


def test_text_that_is_neither_total_nor_note_is_kept_and_told() -> None:
    """What is not understood is never dropped in silence."""
    rows, findings = kept([None, "本表由各分公司上报"])
    assert rows == [2, 3, 4]
    assert {(finding.code, finding.cell) for finding in findings} >= {("unknown_month", "B4"), ("required_empty", "C4")}


def test_wide_totals_are_left_out() -> None:
    header = ["月份", "单位", "自助终端", "手机APP"]
    layout = layout_of(feed_named("recharge"), header, 0)
    rows = [header, ["2025-11", "大洋", 1, 2], ["2025-11", "临江", 3, 4], ["合计", None, 99, 99]]
    sheet = stage(Sheet("表", rows), layout, ORGANISATION, "f.xlsx")
    assert sheet.frame["transactions"].tolist() == [1, 2, 3, 4]
    assert [finding.code for finding in sheet.findings] == ["total_row_left_out"]
