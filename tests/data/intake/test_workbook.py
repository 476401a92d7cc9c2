"""From a file as another office sends it to staged rows: small workbooks written here, read by content alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data.intake.workbook import stage_workbook
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.staged import StagedFile
from tests.data.small_books import BODY, COMPLAINTS, CUSTOMERS, LOADED, TICKETS, TODAY, Rows, cells, told


@pytest.mark.parametrize(
    "rows",
    [
        [CUSTOMERS, *BODY],
        [["2025年客户规模"], ["制表日期：2025年12月3日", "", "制表人：张三"], [], CUSTOMERS, *BODY],
        [
            ["", "", "", 1.5, 2.5],
            CUSTOMERS,
            *BODY,
            [],
            ["注：客户数为出账客户数。"],
            ["　　2.临江含新区。"],
            ["数据来源：经分系统"],
        ],
        [[], ["", *CUSTOMERS], *(["", *row] for row in BODY)],
        [CUSTOMERS, ["甲", "乙", 1], *BODY],
        [CUSTOMERS, ["(1)", "(2)", "(3)"], *BODY],
        [CUSTOMERS, ["", "", "（户）"], *BODY],
        [CUSTOMERS, BODY[0], CUSTOMERS, BODY[1]],
        [CUSTOMERS, BODY[0], [], [], BODY[1]],
        [[*CUSTOMERS, "", "核对"], [*BODY[0], "", 352000], [*BODY[1], "", 472000]],
        [CUSTOMERS, *BODY, ["合计", "", 472000]],
    ],
    ids=[
        "plain",
        "titles",
        "notes",
        "blank column",
        "甲乙1",
        "(1)(2)(3)",
        "unit row",
        "printed pages",
        "blank rows",
        "numbers beside",
        "total",
    ],
)
def test_what_stands_around_the_table(understood: Callable[..., StagedFile], rows: Rows) -> None:
    file = understood(rows)
    assert told(file) == []
    (sheet,) = file.sheets
    assert cells(sheet, "key_month", "key_unit", "customers") == LOADED


CODES = Organisation(
    pd.DataFrame(
        [(code, f"{code}市", "city", None, None, None, pd.NaT, pd.NaT) for code in ("A", "B", "C", "1")],
        columns=list(UNIT_COLUMNS),
    )
)


@pytest.mark.parametrize(
    ("header", "rows", "loaded"),
    [
        (["单位", "投诉量"], [["A", 5], ["B", 7], ["C", 9]], [("A", 5.0), ("B", 7.0), ("C", 9.0)]),
        (["单位", "投诉量", "升级投诉量"], [["A", 5, 4], ["B", 7, 6]], [("A", 5.0), ("B", 7.0)]),
        (["单位", "投诉量", "升级投诉量"], [["A", 2, 1], ["1", 2, 1]], [("A", 2.0), ("1", 2.0)]),
        (["单位", "投诉量", "升级投诉量"], [["A", 1, 2], ["B", 2, 1]], [("A", 1.0), ("B", 2.0)]),
        (["单位", "投诉量", "升级投诉量"], [[1, 2, 3], ["B", 2, 1]], [("1", 2.0), ("B", 2.0)]),
        (["单位", "投诉量", "升级投诉量"], [["甲", 1, 2], ["B", 2, 1]], [("B", 2.0)]),
        (["单位", "投诉量", "升级投诉量"], [["甲", "乙", "丙"], [1, 2, 3]], [("1", 2.0)]),
    ],
)
def test_the_first_rows_of_data_are_no_column_numbers(
    tmp_path: Path, header: list[str], rows: Rows, loaded: list[tuple]
) -> None:
    """A row is left out only if it numbers every column from the first on and names no unit, and that is told."""
    path = tmp_path / "报表.xlsx"
    book = openpyxl.Workbook()
    for row in [["2025年11月投诉"], header, *rows]:
        book.active.append(row)
    book.save(path)
    file = stage_workbook(path, CODES, today=TODAY)
    assert cells(file.sheets[0], "key_unit", "complaints") == loaded
    left_out = [finding.row for finding in file.all_findings if finding.code == "column_numbers_left_out"]
    assert left_out == ([3] if len(loaded) < len(rows) else [])


@pytest.mark.parametrize(
    ("rows", "merged", "feed", "columns", "expected"),
    [
        (
            [["月份", "单位", "客户数", ""], ["", "", "全量", "中高端"], ["2025-11", "大洋", 352000, 41000]],
            ["A1:A2", "B1:B2", "C1:D1"],
            "customers",
            ("key_unit", "customers", "mid_high_end_customers"),
            [("DY", 352000.0, 41000.0)],
        ),
        (
            [
                ["11月客户报表"],
                ["", "", "客户情况", ""],
                ["月份", "单位", "客户数", "中高端客户数"],
                ["2025-11", "大洋", 352000, 41000],
            ],
            ["A1:D1", "C2:D2"],
            "customers",
            ("key_unit", "customers", "mid_high_end_customers"),
            [("DY", 352000.0, 41000.0)],
        ),
        (
            [
                ["月份", "单位", "充值笔数", "", "充值金额", ""],
                ["", "", "手机APP", "营业厅", "手机APP", "营业厅"],
                ["2025-11", "大洋", 10, 20, 100.5, 200.5],
            ],
            ["C1:D1", "E1:F1"],
            "recharge",
            ("channel", "transactions", "amount"),
            [("app", 10.0, 100.5), ("hall_counter", 20.0, 200.5)],
        ),
        (
            [
                ["", "", "投诉", "", ""],
                ["月份", "单位", "投诉量", "其中", ""],
                ["", "", "", "升级投诉量", "重复投诉量"],
                ["2025-11", "大洋", 9, 1, 2],
            ],
            ["C1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"],
            "complaints_monthly",
            ("complaints", "escalated", "repeat"),
            [(9.0, 1.0, 2.0)],
        ),
    ],
    ids=["two rows", "upper adds nothing", "two figures across", "three rows"],
)
def test_headers_of_several_merged_rows(
    understood: Callable[..., StagedFile],
    rows: Rows,
    merged: Sequence[str],
    feed: str,
    columns: tuple[str, ...],
    expected: list[tuple],
) -> None:
    file = understood(rows, merged)
    assert told(file) == []
    (sheet,) = file.sheets
    assert (sheet.feed.name, cells(sheet, *columns)) == (feed, expected)


def test_a_merged_figure_over_its_month_its_sum_and_its_comparison(understood: Callable[..., StagedFile]) -> None:
    """The blank cells under the merge do not make the first of them, 累计, the figure."""
    rows = [
        ["月份", "地市", "投诉量", "", ""],
        ["", "", "累计", "本月", "同比"],
        ["2025-11", "大洋", 1300, 120, -0.032],
        ["2025-11", "临江", 900, 99, 0.015],
    ]
    for above, first in ([], 1), ([["各市投诉"]], 2):
        file = understood(
            [*above, *rows], [f"{letter}{first}:{letter}{first + 1}" for letter in "AB"] + [f"C{first}:E{first}"]
        )
        assert (cells(file.sheets[0], "key_unit", "complaints"), told(file)) == ([("DY", 120.0), ("LJ", 99.0)], [])


def test_merged_cells_hold_for_the_rows_they_span(understood: Callable[..., StagedFile]) -> None:
    rows = [
        ["月份", "单位", "类别", "投诉量"],
        ["2025-11", "大洋", "资费", 5],
        ["", "", "网络", 6],
        ["", "临江", "资费", 7],
    ]
    file = understood(rows, ["A2:A4", "B2:B3"])
    assert told(file) == []
    assert cells(file.sheets[0], "key_month", "key_unit", "category", "complaints") == [
        ("2025-11", "DY", "资费", 5),
        ("2025-11", "DY", "网络", 6),
        ("2025-11", "LJ", "资费", 7),
    ]


def test_empty_cells_that_are_not_merged_are_not_filled(understood: Callable[..., StagedFile]) -> None:
    assert told(understood([CUSTOMERS, BODY[0], ["", "临江", 5]])) == [("required_empty", "A3")]


def test_a_second_table_under_the_first(understood: Callable[..., StagedFile]) -> None:
    file = understood(
        [["表一 客户"], CUSTOMERS, *BODY, [], ["表二 投诉"], COMPLAINTS, ["2025-11", "大洋", 9], ["合计", "", 9]]
    )
    assert told(file) == []
    assert [(sheet.feed.name, sheet.header_row, len(sheet.frame)) for sheet in file.sheets] == [
        ("customers", 2, 2),
        ("complaints_monthly", 7, 1),
    ]


@pytest.mark.parametrize(
    ("rows", "loaded", "left_out"),
    [
        (
            [
                ["一、2025年11月投诉"],
                COMPLAINTS[1:],
                ["大洋", 10],
                ["临江", 11],
                ["合计", 21],
                [],
                ["二、2025年10月客户规模"],
                ["单位", "客户数", "中高端客户数"],
                ["大洋", 1000, 100],
                ["临江", 1001, 100],
            ],
            [("complaints_monthly", ["2025-11"], 2), ("customers", ["2025-10"], 2)],
            [],
        ),
        (
            [
                COMPLAINTS,
                ["2025-11", "大洋", 50],
                [],
                CUSTOMERS,
                ["2025-11", "大洋", 500],
                [],
                COMPLAINTS,
                ["2025-11", "临江", 7],
            ],
            [
                ("complaints_monthly", ["2025-11"], 1),
                ("customers", ["2025-11"], 1),
                ("complaints_monthly", ["2025-11"], 1),
            ],
            [],
        ),
        (
            [
                TICKETS,
                ["1", "2025-11-03", "大洋", "资费"],
                [],
                CUSTOMERS,
                ["2025-11", "大洋", 500],
                [],
                TICKETS,
                ["2", "2025-11-04", "大洋", "资费"],
            ],
            [
                ("complaints_tickets", ["2025-11"], 1),
                ("customers", ["2025-11"], 1),
                ("complaints_tickets", ["2025-11"], 1),
            ],
            [],
        ),
        (
            [
                ["2025年9月考勤"],
                ["姓名", "迟到"],
                ["张三", 3],
                ["李四", 4],
                [],
                ["2025年11月投诉"],
                COMPLAINTS[1:],
                ["大洋", 10],
            ],
            [("complaints_monthly", ["2025-11"], 1)],
            [2],
        ),
        (
            [
                COMPLAINTS,
                ["2025-11", "大洋", 50],
                [],
                ["姓名", "迟到", "早退"],
                ["张三", 3, 1],
                [],
                CUSTOMERS,
                ["2025-11", "大洋", 500],
            ],
            [("complaints_monthly", ["2025-11"], 1), ("customers", ["2025-11"], 1)],
            [4],
        ),
        (
            [
                ["2025年11月"],
                ["填报单位", "大洋"],
                ["页数", 3],
                ["编号：", 7, "版本：", 2],
                COMPLAINTS[1:],
                ["大洋", 10],
            ],
            [("complaints_monthly", ["2025-11"], 1)],
            [],
        ),
        (
            [
                COMPLAINTS,
                ["2025-11", "大洋", 50],
                [],
                ["姓名", "迟到"],
                ["张三", 3],
                [],
                CUSTOMERS,
                ["2025-11", "大洋", 500],
            ],
            [("complaints_monthly", ["2025-11"], 1), ("customers", ["2025-11"], 1)],
            [4],
        ),
        (
            [
                COMPLAINTS,
                ["2025-11", "大洋", 50],
                [],
                ["表二"],
                ["制表日期", datetime(2025, 12, 3)],
                CUSTOMERS,
                ["2025-11", "大洋", 500],
            ],
            [("complaints_monthly", ["2025-11"], 1), ("customers", ["2025-11"], 1)],
            [],
        ),
    ],
    ids=[
        "a richer one below",
        "the middle of three",
        "between tickets",
        "unknown above",
        "unknown between",
        "a form's head",
        "a small unknown between",
        "a date between",
    ],
)
def test_no_table_hides_another(
    understood: Callable[..., StagedFile], rows: Rows, loaded: list[tuple], left_out: list[int]
) -> None:
    """Tables are taken from the top, and what stands over or between them and is not understood is told."""
    file = understood(rows)
    assert [(sheet.feed.name, sheet.months, len(sheet.frame)) for sheet in file.sheets] == loaded
    assert [at for code, at in told(file) if code == "second_table_left_out"] == left_out


def test_a_second_table_that_nobody_understands_is_left_out_and_reported(understood: Callable[..., StagedFile]) -> None:
    file = understood([CUSTOMERS, *BODY, [], ["序号", "经办人", "备注"], [1, "张三", "无"], [2, "李四", "无"]])
    assert told(file) == [("second_table_left_out", 5)]
    assert cells(file.sheets[0], "key_month", "key_unit", "customers") == LOADED


def test_a_header_that_stands_twice(understood: Callable[..., StagedFile]) -> None:
    file = understood([["月份", "单位", "客户数", "客户数"], ["2025-11", "大洋", 5, 6]])
    assert (told(file), cells(file.sheets[0], "customers")) == ([("header_repeated", 1)], [(5.0,)])


@pytest.mark.parametrize(
    ("rows", "column", "value", "expected"),
    [
        (
            [["月份", "单位", "投诉总量", "投诉件数", "投诉量"], ["2025-11", "大洋", 9, 8, 7]],
            "complaints",
            7.0,
            [("needed_columns_differ", "E1")],
        ),
        (
            [["月份", "单位", "投诉总量", "投诉件数"], ["2025-11", "大洋", 9, 8]],
            "complaints",
            9.0,
            [("needed_columns_differ", "C1")],
        ),
        ([["月份", "单位", "投诉总量", "投诉量"], ["2025-11", "大洋", 9, 9]], "complaints", 9.0, []),
        ([["月份", "单位", "投诉总量", "投诉量"], ["2025-11", "大洋", "-", 9]], "complaints", 9.0, []),
        (
            [["日期", "账期", "单位", "投诉量"], ["2025-12-05", "2025-11", "大洋", 9]],
            "key_month",
            "2025-12",
            [("columns_differ", "A1")],
        ),
        ([["月份", "单位编码", "单位名称", "投诉量"], ["2025-11", "DY", "大洋市", 9]], "key_unit", "DY", []),
        (
            [["月份", "地市", "区县", "投诉量"], ["2025-11", "大洋", "临江", 9]],
            "key_unit",
            "DY",
            [("columns_differ", "B1")],
        ),
    ],
)
def test_other_words_for_a_column_are_reported_where_they_differ(
    understood: Callable[..., StagedFile], rows: Rows, column: str, value: Any, expected: list
) -> None:
    """A figure is read from under its own title; a code and a name that mean the same unit do not differ."""
    file = understood(rows)
    assert (cells(file.sheets[0], column), told(file)) == ([(value,)], expected)


def test_an_analyst_may_say_what_a_header_means_or_that_it_means_nothing(understood: Callable[..., StagedFile]) -> None:
    rows = [["月份", "单位", "客户数", "出账客户"], ["2025-11", "大洋", 5, 6]]
    file = understood(rows, accepted={"出账客户": "customers", "客户数": ""})
    assert (told(file), cells(file.sheets[0], "customers")) == ([], [(6.0,)])


def test_what_a_column_leaves_open_is_asked_and_answered(understood: Callable[..., StagedFile]) -> None:
    tickets = [
        ["工单号", "受理时间", "单位", "投诉类别"],
        ["1", "03/11/2025", "大洋", "资费"],
        ["2", "04/11/2025", "临江", "网络"],
    ]
    asked = understood(tickets)
    assert (told(asked), asked.refused) == ([("date_order_open", "B2")], True)
    answered = understood(tickets, answers={"dates": "day_first"})
    assert (told(answered), answered.sheets[0].months) == ([], ["2025-11"])
    scores = [["月份", "单位", "调查", "触点", "得分"], ["2025-11", "大洋", "标准", "总体", 0.865]]
    assert told(understood(scores)) == [("looks_like_fraction", "E2")]
    assert cells(understood(scores, answers={"shares": "fraction"}).sheets[0], "score") == [(86.5,)]
    assert (told(low := understood(scores, answers={"shares": "percent"})), cells(low.sheets[0], "score")) == (
        [],
        [(0.865,)],
    )
    scores.append(["2025-11", "临江", "标准", "总体", 93.5])
    assert told(understood(scores)) == [("shares_mixed", "E2")]
    assert cells(understood(scores, answers={"shares": "fraction"}).sheets[0], "score") == [(86.5,), (93.5,)]


DEEP = Organisation(
    pd.DataFrame(
        [
            (code, name, level, parent, None, None, pd.NaT, pd.NaT)
            for code, name, level, parent in (
                ("A", "大洋", "city", None),
                ("B", "海湖", "city", None),
                ("A1", "大洋东区", "county", "A"),
                ("H001", "人民路营业厅", "hall", "A1"),
            )
        ],
        columns=list(UNIT_COLUMNS),
    )
)


@pytest.mark.parametrize(
    ("header", "rows", "units", "codes"),
    [
        (["地市", "区县"], [["大洋", "大洋东区"]], ["A1"], []),
        (["区县", "地市"], [["大洋东区", "大洋"]], ["A1"], []),
        (["地市", "区县", "营业厅"], [["大洋", "大洋东区", "人民路营业厅"]], ["H001"], []),
        (["地市", "区县"], [["海湖", "大洋东区"]], ["B"], ["columns_differ"]),
        (["地市", "区县"], [["大洋", "大洋东区"], ["海湖", ""]], ["A", "B"], ["columns_differ"]),
    ],
)  # fmt: skip
def test_a_row_belongs_to_the_deepest_unit_that_it_names(
    tmp_path: Path, header: list[str], rows: Rows, units: list[str], codes: list[str]
) -> None:
    """Where the columns contradict one another, or the deeper is not filled, they are told as before."""
    path = tmp_path / "报表.xlsx"
    book = openpyxl.Workbook()
    for row in [[*header, "月份", "投诉量"], *([*row, "2025-11", 3] for row in rows)]:
        book.active.append(row)
    book.save(path)
    file = stage_workbook(path, DEEP, today=TODAY)
    assert ([unit for (unit,) in cells(file.sheets[0], "key_unit")], [code for code, _ in told(file)]) == (units, codes)
