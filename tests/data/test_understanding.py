"""From a file as another office sends it to staged rows: small workbooks written here, read by content alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data.choices import Choices
from data.organisation import UNIT_COLUMNS, Organisation
from data.staged import Proposal, StagedFile, StagedSheet
from data.understanding import understand

ORGANISATION = Organisation(
    pd.DataFrame(
        [
            ("P", "海岳省", "province", None, None, None, pd.NaT, pd.NaT),
            ("DY", "大洋", "city", "P", None, ["大洋市"], pd.NaT, pd.NaT),
            ("LJ", "临江", "city", "P", None, None, pd.NaT, pd.NaT),
            ("BS", "白山", "city", "P", None, None, pd.NaT, pd.NaT),
        ],
        columns=list(UNIT_COLUMNS),
    )
)
TODAY = pd.Timestamp("2025-12-20")
Rows = Sequence[Sequence[Any]]
CUSTOMERS = ["月份", "单位", "客户数"]


@pytest.fixture
def understood(tmp_path: Path) -> Callable[..., StagedFile]:
    """understood(rows or {sheet: rows}, merged=[...], name=..., feed=..., **choices): a workbook as understood."""

    def one(
        content: Rows | dict[str, Rows],
        merged: Sequence[str] = (),
        name: str = "报表.xlsx",
        feed: str | None = None,
        **said: Any,
    ) -> StagedFile:
        book = openpyxl.Workbook()
        book.remove(book.active)  # type: ignore[arg-type]
        for title, rows in (content if isinstance(content, dict) else {"表": content}).items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append([None if cell == "" else cell for cell in row])
            for span in merged:
                sheet.merge_cells(span)
        path = tmp_path / name
        book.save(path)
        return understand(path, ORGANISATION, today=TODAY, feed=feed, choices=Choices(**said))

    return one


def cells(sheet: StagedSheet, *columns: str) -> list[tuple[Any, ...]]:
    """Rows as tuples, None for missing, months as text."""
    rows = sheet.frame[list(columns)].astype("object").itertuples(index=False)
    return [tuple(None if pd.isna(value) else f"{value:%Y-%m}" if hasattr(value, "year") else value for value in row) for row in rows]  # fmt: skip


def told(
    file: StagedFile,
    *,
    but: Sequence[str] = (
        "columns_ignored",
        "total_row_left_out",
        "note_left_out",
        "column_numbers_left_out",
        "said_by_analyst",
    ),
) -> list[tuple[str, Any]]:
    return [(finding.code, finding.cell or finding.row) for finding in file.all_findings if finding.code not in but]


BODY = [["2025-11", "大洋", 352000], ["2025-11", "临江", 120000]]
LOADED = [("2025-11", "DY", 352000.0), ("2025-11", "LJ", 120000.0)]


@pytest.mark.parametrize(
    "rows",
    [
        [CUSTOMERS, *BODY],
        [["2025年客户规模"], ["制表日期：2025年12月3日", "", "制表人：张三"], [], CUSTOMERS, *BODY],
        [["", "", "", 1.5, 2.5], CUSTOMERS, *BODY, [], ["注：客户数为出账客户数。"], ["　　2.临江含新区。"], ["数据来源：经分系统"]],
        [[], ["", *CUSTOMERS], *(["", *row] for row in BODY)],
        [CUSTOMERS, ["甲", "乙", 1], *BODY],
        [CUSTOMERS, ["(1)", "(2)", "(3)"], *BODY],
        [CUSTOMERS, ["", "", "（户）"], *BODY],
        [CUSTOMERS, BODY[0], CUSTOMERS, BODY[1]],
        [CUSTOMERS, BODY[0], [], [], BODY[1]],
        [[*CUSTOMERS, "", "核对"], [*BODY[0], "", 352000], [*BODY[1], "", 472000]],
        [CUSTOMERS, *BODY, ["合计", "", 472000]],
    ],
    ids=["plain", "titles", "notes", "blank column", "甲乙1", "(1)(2)(3)", "unit row", "printed pages", "blank rows", "numbers beside", "total"],
)  # fmt: skip
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
    file = understand(path, CODES, today=TODAY)
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
            [["11月客户报表"], ["", "", "客户情况", ""], ["月份", "单位", "客户数", "中高端客户数"], ["2025-11", "大洋", 352000, 41000]],
            ["A1:D1", "C2:D2"],
            "customers",
            ("key_unit", "customers", "mid_high_end_customers"),
            [("DY", 352000.0, 41000.0)],
        ),
        (
            [["月份", "单位", "充值笔数", "", "充值金额", ""], ["", "", "手机APP", "营业厅", "手机APP", "营业厅"], ["2025-11", "大洋", 10, 20, 100.5, 200.5]],
            ["C1:D1", "E1:F1"],
            "recharge",
            ("channel", "transactions", "amount"),
            [("app", 10.0, 100.5), ("hall_counter", 20.0, 200.5)],
        ),
        (
            [["", "", "投诉", "", ""], ["月份", "单位", "投诉量", "其中", ""], ["", "", "", "升级投诉量", "重复投诉量"], ["2025-11", "大洋", 9, 1, 2]],
            ["C1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"],
            "complaints_monthly",
            ("complaints", "escalated", "repeat"),
            [(9.0, 1.0, 2.0)],
        ),
    ],
    ids=["two rows", "upper adds nothing", "two figures across", "three rows"],
)  # fmt: skip
def test_headers_of_several_merged_rows(
    understood: Callable[..., StagedFile], rows: Rows, merged: Sequence[str], feed: str, columns: tuple[str, ...], expected: list[tuple]
) -> None:  # fmt: skip
    file = understood(rows, merged)
    assert told(file) == []
    (sheet,) = file.sheets
    assert (sheet.feed.name, cells(sheet, *columns)) == (feed, expected)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["单位：万户"], CUSTOMERS, ["2025-11", "大洋", 35.27]], 352_700),
        ([["客户规模", "", "单位：万户"], CUSTOMERS, ["2025-11", "大洋", "35.27"]], 352_700),
        ([["月份", "单位", "客户数（万户）"], ["2025-11", "大洋", 35.27]], 352_700),
        ([CUSTOMERS, ["", "", "万户"], ["2025-11", "大洋", 35.27]], 352_700),
        ([["单位：万户"], CUSTOMERS, ["2025-11", "大洋", "35.27万"]], 352_700),
        ([["单位：亿户"], CUSTOMERS, ["2025-11", "大洋", 0.0035]], 350_000),
        ([["单位：户"], CUSTOMERS, ["2025-11", "大洋", 352700]], 352_700),
        ([["单位：万元"], CUSTOMERS, ["2025-11", "大洋", 352700]], 352_700),
        ([["单位：大洋分公司"], CUSTOMERS, ["2025-11", "大洋", 352700]], 352_700),
    ],
)
def test_a_unit_that_only_the_title_names(understood: Callable[..., StagedFile], rows: Rows, expected: float) -> None:
    file = understood(rows)
    (sheet,) = file.sheets
    assert cells(sheet, "customers") == [(expected,)]
    scaled = any("万户" in str(cell) or "亿户" in str(cell) for row in rows for cell in row)
    assert ("figures_scaled" in {code for code, _ in told(file)}) == scaled


BOTH = ["月份", "单位", "客户数", "自助终端数"]


@pytest.mark.parametrize(
    ("title", "header", "expected"),
    [
        ("客户规模表（单位：万户、台）", ["月份", "单位", "客户数", "自助终端数（台）"], (352_700, 42)),
        ("客户规模表（单位：万户、台）", BOTH, (352_700, 42)),
        ("客户规模表（单位：万户）", BOTH, (352_700, 42)),
        ("客户规模表（單位：萬戶）", ["月份", "單位", "客戶數", "自助終端數"], (352_700, 42)),
        ("客户规模表（单位：万人）", BOTH, (352_700, 42)),
        ("客户规模表（单位：万）", BOTH, (352_700, 420_000)),
        ("客户规模表（单位：千万户 ，台）", BOTH, (352_700_000, 42)),
        ("客户规模表（单位：户、万元）", ["月份", "单位", "客户数", "自助终端数"], (35.27, 42)),
        ("单位：百分点", ["月份", "单位", "客户数", "自助终端数"], (35.27, 42)),
        ("", ["Month", "Unit", "Customers (thousand)", "Terminals"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (k)", "Terminals"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (000)", "Terminals (units)"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (x1000)", "Terminals (no.)"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers ('000)", "Terminals"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (in thousands)", "Terminals"], (35_270, 42)),
        ("", ["Month", "Unit", "Customers (million)", "Terminals"], (35_270_000, 42)),
        ("Unit: thousands", ["Month", "Unit", "Customers", "Terminals (units)"], (35_270, 42_000)),
    ],
)  # fmt: skip
def test_a_unit_holds_for_what_it_counts(
    understood: Callable[..., StagedFile], title: str, header: list[str], expected: tuple
) -> None:
    """Terminals are not given in ten thousand households; what a column says of itself goes before a title."""
    figure = 35.27 if expected[0] != 35.27 else 35
    file = understood([*([[title]] if title else []), header, ["2025-11", "大洋", figure, 42]])
    assert not file.refused
    left = [finding.column for finding in file.all_findings if finding.code == "unit_not_applied"]
    assert left == (["自助终端数"] if expected[1] == 42 and "万" in title and header is BOTH else ["自助終端數"] if "萬" in title else [])  # fmt: skip
    assert cells(file.sheets[0], "customers", "self_service_terminals") == [
        (expected[0] if figure != 35 else 35, expected[1])
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [("客户数（户）", None), ("客户数（含宽带）", None), ("Customers (m)", "m"), ("Customers (10k)", "10k"), ("Customers (prepaid)", None), ("Customers (2025)", None), ("Customers (e4)", "e4"), ("客户数（×100）", "×100")],
)  # fmt: skip
def test_a_bracket_that_may_be_a_unit_is_told(
    understood: Callable[..., StagedFile], header: str, said: str | None
) -> None:
    file = understood(
        [["单位：万户"], ["月份", "单位", header], ["2025-11", "大洋", 352700]]
        if header == "客户数（户）"
        else [["月份", "单位", header], ["2025-11", "大洋", 352700]]
    )
    assert cells(file.sheets[0], "customers") == [(352700.0,)]
    assert [finding.params["unit"] for finding in file.all_findings if finding.code == "unit_not_understood"] == ([said] if said else [])  # fmt: skip


def test_money_and_counts_have_units_of_their_own(understood: Callable[..., StagedFile]) -> None:
    file = understood(
        [["单位：万元"], ["月份", "单位", "渠道", "充值笔数", "充值金额"], ["2025-11", "大洋", "手机APP", 1200, 3.5]]
    )
    assert cells(file.sheets[0], "transactions", "amount") == [(1200.0, 35_000.0)]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ([["2025年11月客户规模"], ["单位", "客户数"], ["大洋", 5]], "客户.xlsx", "2025-11"),
        ({"2025.11": [["单位", "客户数"], ["大洋", 5]]}, "客户.xlsx", "2025-11"),
        ([["单位", "客户数"], ["大洋", 5]], "客户规模_202511.xlsx", "2025-11"),
        ([["Customers, November 2025"], ["Unit", "Customers"], ["DY", 5]], "customers.xlsx", "2025-11"),
        ([["2025年1月至11月客户规模"], ["单位", "客户数"], ["大洋", 5]], "客户.xlsx", None),
        ([["制表日期：2025年12月"], ["单位", "客户数"], ["大洋", 5]], "客户.xlsx", None),
        ([["单位", "客户数"], ["大洋", 5]], "客户_20251205.xlsx", None),
    ],
)
def test_a_month_that_only_a_title_or_a_name_tells(
    understood: Callable[..., StagedFile], content: Any, name: str, said: str | None
) -> None:
    """A span of months, the day of printing, the day in a file's name are not the month of the figures."""
    file = understood(content, name=name)
    codes = [code for code, _ in told(file)]
    if said is None:
        assert codes == ["required_column_missing"]
    else:
        assert (codes, file.sheets[0].months) == (["month_from_title"], [said])


@pytest.mark.parametrize(
    ("title", "taken"),
    [
        ("2025年1、2月客户", None), ("2025年1月和2月客户", None), ("2025年1月及2月客户", None), ("2025年1,2月客户", None), ("2025年1月、2月客户", None), ("2025年1与2月客户", None),
        ("Customers, Jan 2025 and Feb 2025", None), ("2025年1月至2025年11月客户", None), ("2025-01~2025-11客户", None), ("2025年1-11月客户", None), ("2025年11月客户（2025-12-03）", "2025-11"), ("2025年11月、大洋等地客户", "2025-11"),
    ],
)  # fmt: skip
def test_a_title_of_two_months_names_no_month(
    understood: Callable[..., StagedFile], title: str, taken: str | None
) -> None:
    file = understood([[title], ["单位", "客户数"], ["大洋", 5]])
    assert file.refused == (taken is None)
    assert file.sheets[0].months == ([taken] if taken else [])


@pytest.mark.parametrize(
    ("content", "name", "codes", "said"),
    [
        ({"2025年10月": [["2025年11月客户"], ["单位", "客户数"], ["大洋", 5]]}, "客户.xlsx", ["month_from_title", "titles_contradict"], "2025-10"),
        ([["2025年11月客户"], ["单位", "客户数"], ["大洋", 5]], "客户2025年10月.xlsx", ["month_from_title", "titles_contradict"], "2025-10"),
        ([["2025年11月客户"], ["单位", "客户数"], ["大洋", 5]], "客户202511.xlsx", ["month_from_title"], None),
        ([["2025年客户数"], ["单位", "10月", "11月"], ["大洋", 5, 6]], "客户2024.xlsx", ["titles_contradict"], "2024"),
        ([["各市客户数"], ["制表日期：2026-01-05"], ["单位", "10月", "11月"], ["大洋", 5, 6]], "客户2025.xlsx", ["year_from_name"], None),
        ([["各市客户数"], ["2026-01-05 打印"], ["单位", "10月", "11月"], ["大洋", 5, 6]], "客户2025.xlsx", ["year_from_name"], None),
        ([["各市客户数"], ["制表日期：2026-01-05"], ["单位", "2025年10月", "2025年11月"], ["大洋", 5, 6]], "客户2026.xlsx", [], None),
    ],
)  # fmt: skip
def test_where_a_month_or_a_year_is_from_and_what_says_otherwise(
    understood: Callable[..., StagedFile], content: Any, name: str, codes: list[str], said: str | None
) -> None:
    """The day of printing is no year of the figures."""
    file = understood(content, name=name)
    assert [code for code, _ in told(file)] == codes
    assert {month[:4] for month in file.sheets[0].months} == {"2025"}
    others = [finding.params["said"] for finding in file.all_findings if finding.code == "titles_contradict"]
    assert others == ([said] if said else [])


@pytest.mark.parametrize(
    ("rows", "feed", "columns", "expected"),
    [
        ([["2025年客户数"], ["单位", "10月", "11月"], ["大洋", 5, 6]], "customers", ("key_month", "customers"), [("2025-10", 5), ("2025-11", 6)]),
        ([["客户数"], ["单位", "2025-10", "2025年11月"], ["大洋", 5, "-"]], "customers", ("key_month", "customers"), [("2025-10", 5)]),
        ([["投诉量"], ["单位", datetime(2025, 10, 1), datetime(2025, 11, 1)], ["大洋", 5, 6]], "complaints_monthly", ("key_month", "complaints"), [("2025-10", 5), ("2025-11", 6)]),
        ([["单位", "指标", 202510, 202511], ["大洋", "合格率", 95.5, 96]], "indicators", ("key_month", "indicator", "value"), [("2025-10", "合格率", 95.5), ("2025-11", "合格率", 96)]),
        ([["月份", "单位", "调查", "营业厅", "网络", "总体"], ["2025-11", "大洋", "标准", 85, 86, None]], "satisfaction_scores", ("touchpoint", "score"), [("hall", 85), ("network", 86)]),
        ([["2025年客户规模（单位：万户）"], ["", "客户数", ""], ["单位", "10月", "11月"], ["大洋", 35.27, 36]], "customers", ("key_month", "customers"), [("2025-10", 352_700), ("2025-11", 360_000)]),
    ],
    ids=["months of the title's year", "written months", "dates", "indicators", "touchpoints", "in 万 under a merged header"],
)  # fmt: skip
def test_wide_layouts(
    understood: Callable[..., StagedFile], rows: Rows, feed: str, columns: tuple[str, ...], expected: list
) -> None:
    file = understood(rows)
    assert [code for code, _ in told(file, but=("figures_scaled",))] == []
    (sheet,) = file.sheets
    assert (sheet.feed.name, cells(sheet, *columns)) == (feed, expected)


@pytest.mark.parametrize(
    ("rows", "feed", "cells_named"),
    [
        ([["2025年各市投诉量"], ["地市", "1月", "2月", "2月"], ["大洋", 10, 20, 3]], "complaints_monthly", ["C2, D2"]),
        ([["月份", "地市", "自助终端", "微信", "小程序"], ["2025-11", "大洋", 10, 20, 5]], "recharge", ["D1, E1"]),
        ([["月份", "地市", "网厅", "网站", "营业厅", "柜台"], ["2025-11", "大洋", 1, 2, 3, 4]], "recharge", ["C1, D1", "E1, F1"]),
        ([["月份", "单位", "调查", "总体", "网络质量", "网络覆盖"], ["2025-11", "大洋", "标准", 85, 86, 87]], "satisfaction_scores", ["E1, F1"]),
    ],
)  # fmt: skip
def test_two_columns_across_that_mean_the_same_are_an_error(
    understood: Callable[..., StagedFile], rows: Rows, feed: str, cells_named: list[str]
) -> None:
    """One would overwrite the other in silence."""
    file = understood(rows)
    assert (file.sheets[0].feed.name, file.refused) == (feed, True)
    named = [finding.params["cells"] for finding in file.all_findings if finding.code == "columns_mean_the_same"]
    assert named == cells_named


GROUPS = [
    ["月份", "单位", "上月", "", "本月", ""],
    ["", "", "投诉量", "升级投诉量", "投诉量", "升级投诉量"],
    ["2025-11", "大洋", 111, 1, 222, 2],
]
UNDER = [
    ["", "", "上月", "", "本月", ""],
    ["月份", "单位", "投诉量", "升级投诉量", "投诉量", "升级投诉量"],
    ["2025-11", "大洋", 111, 1, 222, 2],
]


@pytest.mark.parametrize(
    ("rows", "column", "expected"),
    [
        ([["月份", "单位", "投诉量（累计）", "投诉量（本月）"], ["2025-11", "大洋", 1111, 222]], "complaints", 222),
        ([["月份", "单位", "投诉量（上月）", "投诉量"], ["2025-11", "大洋", 1111, 222]], "complaints", 222),
        ([["月份", "单位", "投訴量（本年）", "投訴量（當月）"], ["2025-11", "大洋", 1111, 222]], "complaints", 222),
        ([["月份", "单位", "客户数（目标）", "客户数（实际）"], ["2025-11", "大洋", 1111, 222]], "customers", 222),
        ([["Month", "Unit", "Complaints (last month)", "Complaints"], ["2025-11", "大洋", 1111, 222]], "complaints", 222),
        ([["Month", "Unit", "Complaints (YTD)", "Complaints"], ["2025-11", "大洋", 1111, 222]], "complaints", 222),
        (GROUPS, "complaints", 222),
        (GROUPS, "escalated", 2),
        (UNDER, "complaints", 222),
        (UNDER, "escalated", 2),
        ([["月份", "单位", "投诉量（同比）"], ["2025-11", "大洋", 5]], None, None),
        ([["月份", "单位", "投诉量（累计）"], ["2025-11", "大洋", 5]], None, None),
        ([["月份", "单位", "投诉量（占比）"], ["2025-11", "大洋", 5]], None, None),
        ([["月份", "单位", "投诉量（件）"], ["2025-11", "大洋", 5]], "complaints", 5),
        ([["", "", "及时率", ""], ["月份", "单位", "投诉量", "及时处理量"], ["2025-11", "大洋", 9, 8]], "on_time", 8),
        ([["月份", "单位", "调查", "触点", "得分（%）"], ["2025-11", "大洋", "标准", "总体", 95]], "score", 95),
    ],
)  # fmt: skip
def test_another_months_figure_is_not_the_months(
    understood: Callable[..., StagedFile], rows: Rows, column: str | None, expected: float | None
) -> None:
    """What brackets or the upper header make another time, a comparison, a target or a share is at most proposed."""
    merged = ["A1:A2", "B1:B2", "C1:D1", "E1:F1"] if rows is GROUPS else ["C1:D1", "E1:F1"] if rows is UNDER else []
    file = understood(rows, merged)
    if column is None:
        assert (told(file), file.refused) == ([("mapping_needed", "C1")], True)
        header = str(rows[0][2])
        accepted = understood(rows, accepted={header: "complaints"})
        assert cells(accepted.sheets[0], "complaints") == [(5.0,)]
    else:
        assert (cells(file.sheets[0], column), told(file)) == ([(expected,)], [])


def test_what_is_accepted_of_one_header_says_nothing_of_another(understood: Callable[..., StagedFile]) -> None:
    rows = [["月份", "单位", "投诉量（本月）", "投诉量（累计）"], ["2025-11", "大洋", 5, 6]]
    assert cells(understood(rows, accepted={"投诉量（累计）": "complaints"}).sheets[0], "complaints") == [(6.0,)]


@pytest.mark.parametrize(
    ("rows", "merged", "expected"),
    [
        ([["2025年各市投诉量"], ["地市", "实际", "", "预测", ""], ["", "1月", "2月", "3月", "4月"], ["大洋", 10, 20, 3, 6]], ["A2:A3", "B2:C2", "D2:E2"], [("2025-01", 10), ("2025-02", 20)]),
        ([["2025年各市投诉量"], ["", "实际", "", "预测", ""], ["地市", "1月", "2月", "3月", "4月"], ["大洋", 10, 20, 3, 6]], ["B2:C2", "D2:E2"], [("2025-01", 10), ("2025-02", 20)]),
        ([["2025年各市投诉量"], ["地市", "投诉量", "", "同比增减", ""], ["", "1月", "2月", "3月", "4月"], ["大洋", 10, 20, 3, 6]], ["A2:A3", "B2:C2", "D2:E2"], [("2025-01", 10), ("2025-02", 20)]),
        ([["2025年各市投诉量"], ["地市", "投诉量", "", "好评", ""], ["", "1月", "2月", "3月", "4月"], ["大洋", 10, 20, 3, 6]], ["A2:A3", "B2:C2", "D2:E2"], [("2025-01", 10), ("2025-02", 20)]),
        ([["2025年各市投诉量"], ["地市", "上半年", "", "下半年", ""], ["", "5月", "6月", "7月", "8月"], ["大洋", 10, 20, 3, 6]], ["A2:A3", "B2:C2", "D2:E2"], [("2025-05", 10), ("2025-06", 20), ("2025-07", 3), ("2025-08", 6)]),
        ([["2025年各市投诉量"], ["地市", "投诉情况", ""], ["", "1月", "2月"], ["大洋", 10, 20]], ["A2:A3", "B2:C2"], [("2025-01", 10), ("2025-02", 20)]),
        ([["2025年各市投诉量"], ["地市", "预测", ""], ["", "1月", "2月"], ["大洋", 10, 20]], ["A2:A3", "B2:C2"], None),
    ],
)  # fmt: skip
def test_months_under_another_header_are_not_months_of_the_same_figure(
    understood: Callable[..., StagedFile], rows: Rows, merged: list[str], expected: list[tuple] | None
) -> None:
    file = understood(rows, merged)
    assert file.refused == (expected is None)
    if expected is not None:
        assert cells(file.sheets[0], "key_month", "complaints") == expected
        ignored = [finding.params["headers"] for finding in file.all_findings if finding.code == "columns_ignored"]
        assert len(ignored) == (1 if len(expected) == 2 and len(rows[1]) == 5 else 0)


def test_months_across_without_a_word_on_what_they_count_are_not_guessed(understood: Callable[..., StagedFile]) -> None:
    assert understood([["单位", "2025-10", "2025-11"], ["大洋", 5, 6]]).refused


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
        ("2025-11", "DY", "资费", 5), ("2025-11", "DY", "网络", 6), ("2025-11", "LJ", "资费", 7),
    ]  # fmt: skip


def test_empty_cells_that_are_not_merged_are_not_filled(understood: Callable[..., StagedFile]) -> None:
    assert told(understood([CUSTOMERS, BODY[0], ["", "临江", 5]])) == [("required_empty", "A3")]


COMPLAINTS = ["月份", "单位", "投诉量"]


def test_a_second_table_under_the_first(understood: Callable[..., StagedFile]) -> None:
    file = understood(
        [["表一 客户"], CUSTOMERS, *BODY, [], ["表二 投诉"], COMPLAINTS, ["2025-11", "大洋", 9], ["合计", "", 9]]
    )
    assert told(file) == []
    assert [(sheet.feed.name, sheet.header_row, len(sheet.frame)) for sheet in file.sheets] == [
        ("customers", 2, 2), ("complaints_monthly", 7, 1),
    ]  # fmt: skip


TICKETS = ["工单号", "受理时间", "单位", "投诉类别"]


@pytest.mark.parametrize(
    ("rows", "loaded", "left_out"),
    [
        ([["一、2025年11月投诉"], COMPLAINTS[1:], ["大洋", 10], ["临江", 11], ["合计", 21], [], ["二、2025年10月客户规模"], ["单位", "客户数", "中高端客户数"], ["大洋", 1000, 100], ["临江", 1001, 100]],
         [("complaints_monthly", ["2025-11"], 2), ("customers", ["2025-10"], 2)], []),
        ([COMPLAINTS, ["2025-11", "大洋", 50], [], CUSTOMERS, ["2025-11", "大洋", 500], [], COMPLAINTS, ["2025-11", "临江", 7]],
         [("complaints_monthly", ["2025-11"], 1), ("customers", ["2025-11"], 1), ("complaints_monthly", ["2025-11"], 1)], []),
        ([TICKETS, ["1", "2025-11-03", "大洋", "资费"], [], CUSTOMERS, ["2025-11", "大洋", 500], [], TICKETS, ["2", "2025-11-04", "大洋", "资费"]],
         [("complaints_tickets", ["2025-11"], 1), ("customers", ["2025-11"], 1), ("complaints_tickets", ["2025-11"], 1)], []),
        ([["2025年9月考勤"], ["姓名", "迟到"], ["张三", 3], ["李四", 4], [], ["2025年11月投诉"], COMPLAINTS[1:], ["大洋", 10]],
         [("complaints_monthly", ["2025-11"], 1)], [2]),
        ([COMPLAINTS, ["2025-11", "大洋", 50], [], ["姓名", "迟到", "早退"], ["张三", 3, 1], [], CUSTOMERS, ["2025-11", "大洋", 500]],
         [("complaints_monthly", ["2025-11"], 1), ("customers", ["2025-11"], 1)], [4]),
        ([["2025年11月"], ["填报单位", "大洋"], ["页数", 3], ["编号：", 7, "版本：", 2], COMPLAINTS[1:], ["大洋", 10]],
         [("complaints_monthly", ["2025-11"], 1)], []),
        ([COMPLAINTS, ["2025-11", "大洋", 50], [], ["姓名", "迟到"], ["张三", 3], [], CUSTOMERS, ["2025-11", "大洋", 500]],
         [("complaints_monthly", ["2025-11"], 1), ("customers", ["2025-11"], 1)], [4]),
        ([COMPLAINTS, ["2025-11", "大洋", 50], [], ["表二"], ["制表日期", datetime(2025, 12, 3)], CUSTOMERS, ["2025-11", "大洋", 500]],
         [("complaints_monthly", ["2025-11"], 1), ("customers", ["2025-11"], 1)], []),
    ],
    ids=["a richer one below", "the middle of three", "between tickets", "unknown above", "unknown between", "a form's head", "a small unknown between", "a date between"],
)  # fmt: skip
def test_no_table_hides_another(
    understood: Callable[..., StagedFile], rows: Rows, loaded: list[tuple], left_out: list[int]
) -> None:
    """Tables are taken from the top, and what stands over or between them and is not understood is told."""
    file = understood(rows)
    assert [(sheet.feed.name, sheet.months, len(sheet.frame)) for sheet in file.sheets] == loaded
    assert [at for code, at in told(file) if code == "second_table_left_out"] == left_out


def test_a_second_table_that_nobody_understands_is_left_out_and_told(understood: Callable[..., StagedFile]) -> None:
    file = understood([CUSTOMERS, *BODY, [], ["序号", "经办人", "备注"], [1, "张三", "无"], [2, "李四", "无"]])
    assert told(file) == [("second_table_left_out", 5)]
    assert cells(file.sheets[0], "key_month", "key_unit", "customers") == LOADED


def test_the_sheet_is_chosen_by_content_not_by_position(understood: Callable[..., StagedFile]) -> None:
    file = understood(
        {
            "说明": [["本表由各分公司填报"], ["联系人", "电话"]],
            "参数": [["编码", "含义"], [1, "是"]],
            "数据": [CUSTOMERS, *BODY],
        }
    )
    assert [(one.sheet, one.feed, one.rows, one.taken) for one in file.candidates] == [("数据", "customers", 2, True)]
    assert cells(file.sheets[0], "key_month", "key_unit", "customers") == LOADED


def test_sheets_that_hold_parts_are_all_taken(understood: Callable[..., StagedFile]) -> None:
    file = understood({"10月": [CUSTOMERS, ["2025-10", "大洋", 5]], "11月": [CUSTOMERS, *BODY]})
    assert ([sheet.months for sheet in file.sheets], told(file)) == ([["2025-10"], ["2025-11"]], [])


VERSIONS = {
    "旧": [CUSTOMERS, ["2025-11", "大洋", 1], ["2025-11", "临江", "约二"]],
    "新": [[*CUSTOMERS, "中高端客户数"], ["2025-11", "大洋", 5, 3], ["2025-11", "临江", 6, 4]],
}


def test_of_two_versions_of_one_table_one_is_taken_and_the_other_can_be_chosen(
    understood: Callable[..., StagedFile],
) -> None:
    file = understood(VERSIONS)
    assert (told(file), file.refused) == ([("sheets_disagree", None)], True)
    assert [(one.sheet, one.taken) for one in file.candidates] == [("旧", False), ("新", True)]
    assert [sheet.sheet for sheet in file.sheets] == ["新"]
    other = understood(VERSIONS, sheets=("旧",))
    assert [(one.sheet, one.taken) for one in other.candidates] == [("旧", True), ("新", False)]
    assert cells(other.sheets[0], "customers") == [(1.0,), (None,)]


MONTHS = {
    f"{month}月": [CUSTOMERS, [f"2025-{month}", "大洋", month], [f"2025-{month}", "临江", 2 * month]]
    for month in (10, 11)
}
YEAR = [CUSTOMERS, *MONTHS["10月"][1:], *MONTHS["11月"][1:]]


@pytest.mark.parametrize(
    ("content", "expected", "loaded"),
    [
        ({"10-11月": [CUSTOMERS, ["2025-10", "大洋", 1], ["2025-11", "大洋", 3]], "11-12月": [CUSTOMERS, ["2025-11", "大洋", 30], ["2025-12", "大洋", 5]]}, ["row_otherwise_in_two_sheets"], 4),
        ({"全年": YEAR, **MONTHS}, ["sheet_not_taken", "sheet_not_taken"], 4),
        ({**{name: [[*rows[0], "中高端客户数"], *([*row, 1] for row in rows[1:])] for name, rows in MONTHS.items()}, "全年": YEAR}, ["sheet_not_taken", "sheet_not_taken"], 4),
        ({"甲": [CUSTOMERS, *BODY], "乙": [CUSTOMERS, BODY[1]]}, ["sheet_not_taken"], 2),
        ({"甲": [CUSTOMERS, *BODY], "乙": [CUSTOMERS, [*BODY[1][:2], 7]]}, ["sheets_disagree"], 2),
        ({"甲": [CUSTOMERS, *BODY], "乙": [CUSTOMERS, [*BODY[1][:2], "-"]]}, ["sheet_not_taken"], 2),
        ({"甲": [CUSTOMERS, *BODY], "乙": [[*CUSTOMERS[:2], "客户数", "自助终端数"], [*BODY[1], 7]]}, ["row_in_two_sheets"], 3),
        ({"甲": [CUSTOMERS, *BODY], "乙": [[*CUSTOMERS, "自助终端数"], *([*row, 7] for row in BODY)]}, ["sheet_not_taken"], 2),
    ],
    ids=["months overlap", "a year and its months", "a year after richer months", "a part", "a part that differs", "a part without figures", "a part that has more", "the same with less"],
)  # fmt: skip
def test_a_sheet_is_left_out_only_if_others_hold_all_of_it(
    understood: Callable[..., StagedFile], content: dict[str, Rows], expected: list[str], loaded: int
) -> None:
    """No month is lost because another one stands in two sheets, and no value because another sheet says otherwise."""
    file = understood(content)
    assert [code for code, _ in told(file)] == expected
    assert sum(len(sheet.frame) for sheet in file.sheets) == loaded


def test_the_values_in_which_two_sheets_differ_are_named(understood: Callable[..., StagedFile]) -> None:
    file = understood({"甲": [CUSTOMERS, *BODY], "乙": [CUSTOMERS, [*BODY[1][:2], 7]]})
    (finding,) = (finding for finding in file.all_findings if finding.code == "sheets_disagree")
    assert "乙 2, 甲 3: 客户数 7 ≠ 120000" in finding.message()


def test_a_row_that_two_sheets_hold_is_an_error(understood: Callable[..., StagedFile]) -> None:
    rows = [["2025-11", unit, 5] for unit in ("大洋", "临江", "白山")]
    file = understood(
        {
            "甲": [CUSTOMERS, *rows],
            "乙": [CUSTOMERS, ["2025-11", "大洋", 5], ["2025-10", "大洋", 5], ["2025-10", "临江", 5]],
        }
    )
    assert told(file) == [("row_in_two_sheets", 2)]


BY_CATEGORY = ["月份", "单位", "类别", "投诉量"]
DETAILS = [
    ["2025-11", "大洋", "资费", 10],
    ["2025-11", "大洋", "网络", 5],
    ["2025-11", "临江", "资费", 4],
    ["2025-11", "临江", "网络", 4],
]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"汇总": [COMPLAINTS, ["2025-11", "大洋", 15]], "明细": [BY_CATEGORY, *DETAILS]}, [("whole_beside_parts", "C2")]),
        ({"汇总": [COMPLAINTS, ["2025-11", "大洋", 15], ["2025-11", "临江", 8]], "明细": [BY_CATEGORY, *DETAILS]}, [("whole_beside_parts", "C2"), ("whole_beside_parts", "C3")]),
        ([BY_CATEGORY, ["2025-11", "大洋", "", 15], *DETAILS], [("whole_beside_parts", "D2")]),
        ([BY_CATEGORY, ["2025-11", "大洋", "", 3], *DETAILS], [("rows_beside_parts", None)]),
        ([BY_CATEGORY, ["2025-11", "大洋", "", 3], ["2025-11", "临江", "", 8], *DETAILS], [("rows_beside_parts", None)]),
        ([BY_CATEGORY, ["2025-10", "大洋", "", 15], *DETAILS], []),
        ([BY_CATEGORY, ["2025-11", "白山", "", 15], *DETAILS], []),
        ([BY_CATEGORY, ["2025-11", "大洋", "", 0], *DETAILS], [("rows_beside_parts", None)]),
        ([BY_CATEGORY, ["2025-11", "大洋", "汇总", 15], *DETAILS], []),
        ([BY_CATEGORY, ["2025-11", "大洋", "共计", 15], *DETAILS], []),
        ([BY_CATEGORY, ["2025-11", "大洋", "全部", 15], *DETAILS], []),
    ],
)  # fmt: skip
def test_a_whole_beside_its_parts_is_not_counted_twice(
    understood: Callable[..., StagedFile], content: Any, expected: list[tuple]
) -> None:
    file = understood(content)
    assert told(file) == expected
    if not file.refused and not expected:
        assert sum(sheet.frame["complaints"].sum() for sheet in file.sheets) in (23, 38)


def test_a_header_that_stands_twice(understood: Callable[..., StagedFile]) -> None:
    file = understood([["月份", "单位", "客户数", "客户数"], ["2025-11", "大洋", 5, 6]])
    assert (told(file), cells(file.sheets[0], "customers")) == ([("header_repeated", 1)], [(5.0,)])


@pytest.mark.parametrize(
    ("rows", "column", "value", "expected"),
    [
        ([["月份", "单位", "投诉总量", "投诉件数", "投诉量"], ["2025-11", "大洋", 9, 8, 7]], "complaints", 7.0, [("columns_differ", "E1")]),
        ([["月份", "单位", "投诉总量", "投诉件数"], ["2025-11", "大洋", 9, 8]], "complaints", 9.0, [("columns_differ", "C1")]),
        ([["月份", "单位", "投诉总量", "投诉量"], ["2025-11", "大洋", 9, 9]], "complaints", 9.0, []),
        ([["月份", "单位", "投诉总量", "投诉量"], ["2025-11", "大洋", "-", 9]], "complaints", 9.0, []),
        ([["日期", "账期", "单位", "投诉量"], ["2025-12-05", "2025-11", "大洋", 9]], "key_month", "2025-12", [("columns_differ", "A1")]),
        ([["月份", "单位编码", "单位名称", "投诉量"], ["2025-11", "DY", "大洋市", 9]], "key_unit", "DY", []),
        ([["月份", "地市", "区县", "投诉量"], ["2025-11", "大洋", "临江", 9]], "key_unit", "DY", [("columns_differ", "B1")]),
    ],
)  # fmt: skip
def test_other_words_for_a_column_are_told_where_they_differ(
    understood: Callable[..., StagedFile], rows: Rows, column: str, value: Any, expected: list
) -> None:
    """A figure is read from under its own title; a code and a name that mean the same unit do not differ."""
    file = understood(rows)
    assert (cells(file.sheets[0], column), told(file)) == ([(value,)], expected)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("客户总数量", "customers"), ("客戶數據", "customers"), ("Custommers", "customers"), ("中高端客户数量", "mid_high_end_customers"),
        ("客户数同比", None), ("去年客户数", None), ("客户率", None), ("张三", None),
    ],
)  # fmt: skip
def test_headers_that_are_nearly_ours_are_proposed(
    understood: Callable[..., StagedFile], header: str, column: str | None
) -> None:
    """What means another time or a share is not proposed, however alike the words are."""
    rows = [["月份", "单位", header], ["2025-11", "大洋", 5]]
    found = understood(rows, feed="customers")
    proposed = [(one.header, one.column) for one in found.sheets[0].proposals]
    assert proposed == ([(header, column)] if column else [])
    assert found.refused
    if column == "customers":
        assert told(found) == [("mapping_needed", "C1")]
        accepted = understood(rows, feed="customers", accepted={header: column})
        assert (told(accepted), cells(accepted.sheets[0], "customers")) == ([], [(5.0,)])


def test_a_proposal_needs_cells_that_fit(understood: Callable[..., StagedFile]) -> None:
    rows = [["月份", "单位", "客户数", "中高端客户数量"], ["2025-11", "大洋", 5, "较多"]]
    assert understood(rows).sheets[0].proposals == []
    rows[1][3] = 3
    assert understood(rows).sheets[0].proposals == [Proposal("中高端客户数量", "mid_high_end_customers", 92)]


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


def test_sheets_of_tickets_are_compared_with_their_flags(understood: Callable[..., StagedFile]) -> None:
    """Yes, no and nothing are values like others."""
    header = [*TICKETS, "是否一次解决", "办结时间"]
    rows = [["1", "2025-11-03", "大洋", "资费", "是", "2025-11-04"], ["2", "2025-11-03", "临江", "资费", "", ""]]
    assert [code for code, _ in told(understood({"全部": [header, *rows], "一": [header, rows[1]]}))] == ["sheet_not_taken"]  # fmt: skip
    other = [*rows[0][:4], "否", ""]
    assert [code for code, _ in told(understood({"全部": [header, *rows], "一": [header, other]}))] == ["sheets_disagree"]  # fmt: skip


def test_under_a_caption_of_targets_all_are_targets(understood: Callable[..., StagedFile]) -> None:
    file = understood([["", "", "", "年度目标", ""], ["指标", "期间", "单位", "目标值", "挑战值"], ["complaints_per_10k", "2025", "大洋", 15, 12]])  # fmt: skip
    assert cells(file.sheets[0], "target", "challenge") == [(15.0, 12.0)]
