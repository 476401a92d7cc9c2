"""Totals and notes are not data: they are left out, told, and a total is held against its rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data.feeds import feed_named
from data.model.finding import Finding
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.sheet import Sheet
from data.recognition.feed_layouts import row_layout
from data.staging.stage import stage_table

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
    layout = row_layout(feed_named("complaints_monthly"), HEADER, 0)
    sheet = stage_table(Sheet("表", [HEADER, *rows, *below]), layout, ORGANISATION, "f.xlsx")
    return sheet.frame["row"].tolist(), [finding for finding in sheet.findings if finding.code != "columns_ignored"]


@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "合 计",
        "合计：",
        "合計",
        "小计",
        "小計",
        "总计",
        "總計",
        "全省合计",
        "汇总",
        "匯總",
        "彙總",
        "共计",
        "共計",
        "全部",
        "总数",
        "總數",
        "合共",
        "Total",
        "GRAND TOTAL",
        "Sub-total",
        " 合计 ",
        "合计（件）",
    ],
)
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
def test_a_total_that_differs_is_reported(total: list[Any], expected: dict[str, tuple[str, str]]) -> None:
    """Also where the total is a text, as every cell of a CSV is."""
    _, findings = kept([None, "合计", None, None, *total])
    differ = [finding for finding in findings if finding.code == "total_differs"]
    assert {finding.cell: (finding.value, finding.params["sum"]) for finding in differ} == expected
    assert {finding.severity for finding in differ} <= {"error"}


BLOCKS = [
    ["", "2025-11", "大洋", "资费", 10, 1], ["", "2025-11", "大洋", "网络", 20, 2], ["", "大洋小计", "", "", 30, 3],
    ["", "2025-11", "临江", "资费", 5, 0], ["", "小计", "", "", 5, 0], ["", "合计", "", "", 35, 3],
]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "figures", "expected"),
    [
        (2, [30, 3], {}),
        (2, [31, 3], {"E4": ("31", "30")}),
        (4, [6, 1], {"E6": ("6", "5"), "F6": ("1", "0")}),
        (5, [40, 3], {"E7": ("40", "35")}),
        (5, ["", 4], {"F7": ("4", "3")}),
        (5, ["", ""], {}),
    ],
)
def test_a_subtotal_is_held_against_its_block_and_the_total_against_all(
    row: int, figures: list[Any], expected: dict[str, tuple[str, str]]
) -> None:
    rows = [list(one) for one in BLOCKS]
    rows[row][4:] = figures
    numbers, findings = kept(rows=rows)
    assert numbers == [2, 3, 5]
    differ = [finding for finding in findings if finding.code == "total_differs"]
    assert {finding.cell: (finding.value, finding.params["sum"]) for finding in differ} == expected


@pytest.mark.parametrize(
    "rows",
    [
        [["", "2025-11", "合计", "", 30, 3], ["", "2025-12", "合计", "", 7, 0], *ROWS, [3, "2025-12", "大洋", "资费", 7, 0]],
        [["", "合计", "", "", 30, 3], *ROWS],
        [*ROWS, ["", "2025-11", "全省", "", 30, 3]],
        [*ROWS, ["", "2025-11", "全省", "资费", 10, 1], ["", "2025-11", "全省", "网络", 20, 2]],
        [["", "2025-11", "大洋合计", "", 10, 1], ROWS[0], ["", "2025-11", "临江合计", "", 20, 2], ROWS[1]],
    ],
    ids=["a total a month, on top", "on top", "the whole province", "a total a category", "a total above its block"],
)  # fmt: skip
def test_totals_that_agree_with_what_they_sum_up_are_silent(rows: list[list[Any]]) -> None:
    numbers, findings = kept(rows=rows)
    assert len(numbers) == len([row for row in rows if row[0] != ""])
    assert {finding.code for finding in findings} == {"total_row_left_out"}


@pytest.mark.parametrize(
    "note",
    [
        [None, "注：投诉量含升级投诉。"],
        [None, "註：投訴量含升級投訴。"],
        [None, " 备注：无"],
        [None, "数据来源：客服系统"],
        [None, "* 含重复"],
        [None, "Note: provisional"],
        [None, "Source: CRM"],
        [None, "制表人：张三", "审核人：李四"],
        [None, "填表人：张三", None, "联系电话：0898-1"],
    ],
)
def test_a_note_is_left_out(note: list[Any]) -> None:
    rows, (finding,) = kept(note)
    assert (rows, finding.code, finding.severity, finding.row) == ([2, 3], "note_left_out", "note", 4)
    assert finding.value == " ".join(cell.strip() for cell in note if cell)


def test_text_that_is_neither_total_nor_note_is_kept_and_reported() -> None:
    """What is not understood is never dropped in silence."""
    rows, findings = kept([None, "本表由各分公司上报"])
    assert rows == [2, 3, 4]
    assert {(finding.code, finding.cell) for finding in findings} >= {("unknown_month", "B4"), ("required_empty", "C4")}


def test_wide_totals_are_held_against_their_columns() -> None:
    header = ["月份", "单位", "自助终端", "手机APP"]
    layout = row_layout(feed_named("recharge"), header, 0)
    rows = [header, ["2025-11", "大洋", 1, 2], ["2025-11", "临江", 3, 4], ["合计", None, 4, 99]]
    sheet = stage_table(Sheet("表", rows), layout, ORGANISATION, "f.xlsx")
    assert sheet.frame["transactions"].tolist() == [1, 2, 3, 4]
    assert [(finding.code, finding.cell) for finding in sheet.findings] == [
        ("total_row_left_out", None),
        ("total_differs", "D4"),
    ]


def test_a_total_in_ten_thousands_is_held_against_rows_in_ten_thousands() -> None:
    header = ["月份", "单位", "客户数（万户）"]
    layout = row_layout(feed_named("customers"), header, 0)
    rows = [header, ["2025-11", "大洋", 35.27], ["2025-11", "临江", 12.5], ["合计", None, 47.77], ["总计", None, 48.77]]
    sheet = stage_table(Sheet("表", rows), layout, ORGANISATION, "f.xlsx")
    differ = [
        (finding.cell, finding.value, finding.params["sum"])
        for finding in sheet.findings
        if finding.code == "total_differs"
    ]
    assert differ == [("C5", "487,700", "477,700")]


def test_a_remark_in_words_of_a_total_is_no_total() -> None:
    """A ticket about a total is a ticket."""
    header = ["工单号", "受理时间", "单位", "投诉类别"]
    layout = row_layout(feed_named("complaints_tickets"), header, 0)
    rows = [header, ["1", "2025-11-03", "大洋", "账单小计合计"]]
    assert len(stage_table(Sheet("表", rows), layout, ORGANISATION, "f.xlsx").frame) == 1


RESPONSES = ["答卷编号", "答卷时间", "单位", "调查类型", "触点", "评分", "评语"]


@pytest.mark.parametrize("word", ["全部", "sum", "合计", "Total", "小计"])
def test_what_a_customer_says_makes_no_total(word: str) -> None:
    layout = row_layout(feed_named("satisfaction_responses"), RESPONSES, 0)
    rows = [RESPONSES, ["R1", "2025-11-05", "大洋", "标准", "营业厅", 9, word]]
    sheet = stage_table(Sheet("表", rows), layout, ORGANISATION, "f.xlsx")
    assert sheet.frame["comment"].tolist() == [word]
    assert "total_row_left_out" not in {finding.code for finding in sheet.findings}


@pytest.mark.parametrize(
    ("feed", "header", "row"),
    [
        ("complaints_tickets", ["工单号", "受理时间", "单位", "投诉类别", "投诉子类"], ["1", "2025-11-03", "大洋", "资费", "全部"]),
        ("complaints_tickets", ["工单号", "受理时间", "单位", "投诉类别", "投诉子类"], ["1", "2025-11-03", "大洋", "汇总", "套餐"]),
        ("notes", ["月份", "单位", "点评内容", "点评人"], ["2025-11", "大洋", "合计", "王敏"]),
    ],
)  # fmt: skip
def test_a_text_that_does_not_say_what_the_row_is_of_makes_no_total(
    feed: str, header: list[str], row: list[Any]
) -> None:
    sheet = stage_table(Sheet("表", [header, row]), row_layout(feed_named(feed), header, 0), ORGANISATION, "f.xlsx")
    assert (len(sheet.frame), [one.code for one in sheet.findings if one.code == "total_row_left_out"]) == (1, [])


@pytest.mark.parametrize(
    "footer",
    [
        ["合计", None, None, None, None, None, None],
        ["合计", None, 2, None, None, None, None],
        ["Total: ", None, None, None, None, 8.5, None],
        [None, "合计", None, None, None, 17, None],
        [None, None, "全部", None, None, 17, None],
        [None, "2025-11", "合计", None, None, 17, None],
        [None, None, None, "合计", None, 17, None],
        [None, None, None, None, None, 17, "合计"],
        [None, None, None, None, None, 17, None, "小计"],
    ],
)
def test_the_footer_of_an_export_of_responses_is_a_total(footer: list[Any]) -> None:
    layout = row_layout(feed_named("satisfaction_responses"), RESPONSES, 0)
    rows = [
        RESPONSES,
        ["R1", "2025-11-05", "大洋", "标准", "营业厅", 8, ""],
        ["R2", "2025-11-05", "临江", "标准", "营业厅", 9, ""],
        footer,
    ]
    sheet = stage_table(Sheet("表", rows), layout, ORGANISATION, "f.xlsx")
    assert sheet.frame["response_id"].tolist() == ["R1", "R2"]
    assert [(one.code, one.row) for one in sheet.findings] == [("total_row_left_out", 4)]
