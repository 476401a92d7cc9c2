"""A sheet becomes typed rows with the spreadsheet's own row numbers; every problem is a finding at its cell."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pandas as pd
import pytest

from data.feeds import all_feeds, feed_named
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.sheet import Sheet
from data.model.staged import NO_MONTH, StagedSheet
from data.recognition.feed_layouts import best_layout
from data.staging.stage import stage_table

ORGANISATION = Organisation(
    pd.DataFrame(
        [
            ("P", "海岳省", "province", None, None, None, pd.NaT, pd.NaT),
            ("DY", "大洋", "city", "P", None, ["大洋市"], pd.NaT, pd.NaT),
            ("LJ", "临江", "city", "P", None, None, pd.NaT, pd.NaT),
            ("DY1", "中心厅", "hall", "DY", None, None, pd.NaT, pd.NaT),
            ("LJ1", "中心厅", "hall", "LJ", None, None, pd.NaT, pd.NaT),
        ],
        columns=list(UNIT_COLUMNS),
    )
)


def staged(rows: list[list[Any]], first_row: int = 1) -> StagedSheet:
    layout = best_layout(all_feeds(), rows)
    assert layout is not None
    return stage_table(Sheet("表", rows, first_row), layout, ORGANISATION, "f.xlsx")


def cells(sheet: StagedSheet, *columns: str) -> list[tuple]:
    """Rows as tuples, None for missing, months as text."""
    shown = []
    for row in sheet.frame[list(columns)].astype("object").itertuples(index=False):
        shown.append(
            tuple(None if pd.isna(value) else f"{value:%Y-%m}" if hasattr(value, "year") else value for value in row)
        )
    return shown


def told(sheet: StagedSheet) -> list[tuple]:
    return [(finding.code, finding.cell or finding.row, finding.value) for finding in sheet.findings]


def test_rows_below_a_title_keep_their_row_numbers() -> None:
    sheet = staged(
        [
            ["2025年客户规模（分区县）", "", ""],
            ["单位：户", "", ""],
            [],
            ["月份", "区县", "客户数"],
            ["2025年11月", "大洋", "35.27万"],
            ["", "", ""],
            ["2025年11月", "臨江", 120000.0],
            [None, None, None],
            ["合计", "", 472700.0],
            ["注：客户数为出账客户数。"],
        ]
    )
    assert cells(sheet, "row", "key_month", "key_unit", "key_part", "customers") == [
        (5, "2025-11", "DY", "", 352700.0),
        (7, "2025-11", "LJ", "", 120000.0),
    ]
    assert (sheet.header_row, sheet.months, sheet.units) == (4, ["2025-11"], ["DY", "LJ"])
    assert sheet.columns == {"month": "月份", "unit": "区县", "customers": "客户数"}
    assert sheet.places == {"month": "A", "unit": "B", "customers": "C"}
    assert told(sheet) == [("total_row_left_out", 9, "合计"), ("note_left_out", 10, "注：客户数为出账客户数。")]


def test_a_sheet_that_does_not_begin_at_its_first_row() -> None:
    sheet = staged([["月份", "单位", "客户数"], ["2025-11", "大洋", "x"]], first_row=11)
    assert (sheet.header_row, told(sheet)) == (11, [("unreadable_value", "C12", "x")])


def test_columns_in_any_order_and_columns_that_are_not_ours() -> None:
    sheet = staged(
        [["序号", "客户数", "经办人", "单位", "月份"], [1, 5, "张三", "大洋", 202511], [2, 6, "李四", "临江", 45962]]
    )
    assert cells(sheet, "row", "month", "unit", "customers") == [(2, "2025-11", "DY", 5.0), (3, "2025-11", "LJ", 6.0)]
    assert [(finding.code, finding.row, finding.message()) for finding in sheet.findings] == [
        ("columns_ignored", 1, "Not used: 序号, 经办人.")
    ]


def test_rows_shorter_than_the_header() -> None:
    sheet = staged([["月份", "单位", "客户数", "中高端客户数"], ["2025-11", "大洋", "5"]])
    assert (cells(sheet, "customers", "mid_high_end_customers"), told(sheet)) == ([(5.0, None)], [])


def test_a_required_column_that_is_not_there() -> None:
    sheet = staged([["客户规模"], ["月份", "单位", "中高端客户数"], ["2025-11", "大洋", 5]])
    (finding,) = sheet.findings
    assert (finding.code, finding.row, finding.column, sheet.frame.empty) == (
        "required_column_missing",
        2,
        "客户数",
        True,
    )
    assert finding.message() == "The sheet has no column for “客户数”, which Customers needs."
    assert "客户数" in finding.suggestion()
    assert "subscribers" in finding.suggestion()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["2025-11", "大洋", ""], [("required_empty", "C2", "")]),
        (["2025-11", "大洋", "-"], []),
        (["", "大洋", 5], [("required_empty", "A2", "")]),
        (["2025-11", "-", 5], [("required_empty", "B2", "-")]),
        (["2025-11", None, 5], [("required_empty", "B2", "")]),
        (["十三月", "大洋", 5], [("unknown_month", "A2", "十三月")]),
        (["2025-11", "柏树屯", 5], [("unknown_unit", "B2", "柏树屯")]),
        (["2025-11", "中心厅", 5], [("ambiguous_unit", "B2", "中心厅")]),
        (["2025-11", "大洋", "约二十万"], [("unreadable_value", "C2", "约二十万")]),
        (["2025-11", "大洋", 5.5], [("not_whole", "C2", "5.5")]),
        (["2025-11", "大洋", -5], [("not_whole", "C2", "-5")]),
    ],
)
def test_what_is_wrong_with_a_cell(row: list[Any], expected: list[tuple]) -> None:
    """A figure that is "-" is not known, and said so; an empty cell or a key that is "-" is a slip."""
    sheet = staged([["月份", "单位", "客户数"], row])
    assert told(sheet) == expected
    assert len(sheet.frame) == 1


def test_findings_tell_what_can_be_written_instead() -> None:
    sheet = staged(
        [
            ["月份", "单位", "调查类型", "触点", "得分"],
            ["2025-11", "大样", "随手问问", "综合", 854.2],
            ["2025-11", "中心厅", "标准", "综合", 85],
        ]
    )
    suggestions = {finding.code: (finding.message(), finding.suggestion()) for finding in sheet.findings}
    assert suggestions["unknown_unit"][1].startswith("Nearest: 大洋")
    assert suggestions["unknown_choice"][1] == "Use one of: 标准, 神秘顾客, 回访, 双向, 品牌."
    assert suggestions["ambiguous_unit"][1] == "Write the code, or the path: 大洋/中心厅 (DY1), 临江/中心厅 (LJ1)."
    assert suggestions["out_of_range"][0] == "“854.2” in “得分” lies outside 0 to 100."


def test_choices_are_proposed_in_the_language_of_the_sheet() -> None:
    header = ["Month", "Unit", "Survey", "Touchpoint", "Score"]
    (finding,) = staged([header, ["2025-11", "DY", "quick poll", "overall", 85]]).findings
    assert finding.suggestion() == "Use one of: standard, mystery shopping, callback, two-way, brand."


def test_a_wide_layout_becomes_rows() -> None:
    sheet = staged(
        [
            ["月份", "单位", "自助终端", "手机APP", "营业厅", "充值金额"],
            ["2025-11", "大洋", 10, "1,200", None, 99999],
            ["2025-11", "临江", 20, "x", "-", 5],
        ]
    )
    assert cells(sheet, "row", "key_unit", "channel", "transactions", "amount") == [
        (2, "DY", "self_service_terminal", 10.0, None),
        (2, "DY", "app", 1200.0, None),
        (3, "LJ", "self_service_terminal", 20.0, None),
    ]
    assert told(sheet) == [("columns_ignored", 1, None), ("unreadable_value", "D3", "x")]
    assert sheet.feed is feed_named("recharge")


def test_the_part_that_splits_a_month() -> None:
    sheet = staged(
        [
            ["月份", "单位", "拍照月份", "拍照客户数", "保有客户数"],
            ["2025-11", "大洋", "2024-12", 100, 80],
            ["2025-11", "大洋", None, 90, 80],
        ]
    )
    assert cells(sheet, "key_part", "snapshot_month") == [("2024-12", "2024-12"), ("", None)]


def test_events_take_the_month_of_their_time() -> None:
    sheet = staged(
        [
            ["工单号", "受理时间", "受理单位", "投诉类别", "是否一次解决", "投诉级别"],
            [20251100001.0, "2025-11-30 23:59", "大洋", "资费争议", "是", "升级"],
            ["007", datetime(2025, 12, 1), "大洋", "网络", "-", None],
        ]
    )
    assert sheet.feed.name == "complaints_tickets"
    assert cells(sheet, "key_month", "ticket_id", "first_contact_resolved", "level") == [
        ("2025-11", "20251100001", True, "escalated"),
        ("2025-12", "007", None, None),
    ]
    assert (sheet.months, told(sheet)) == (["2025-11", "2025-12"], [])


def test_targets_have_no_month_and_may_have_no_unit() -> None:
    sheet = staged(
        [
            ["指标编码", "年度", "单位", "层级", "目标值"],
            ["complaints_per_10k", 2025, "大洋", None, 15],
            ["complaints_per_10k", "2025-11", None, "市", 14],
            ["complaints_per_10k", "2025年", "", "", 13],
        ]
    )
    assert (sheet.feed.name, told(sheet), sheet.months) == ("targets", [], [])
    assert set(sheet.frame["key_month"]) == {NO_MONTH}
    assert cells(sheet, "key_unit", "key_part", "period", "target") == [
        ("DY", "complaints_per_10k/2025", "2025", 15.0),
        ("level:city", "complaints_per_10k/2025-11", "2025-11", 14.0),
        ("*", "complaints_per_10k/2025", "2025", 13.0),
    ]


@pytest.mark.parametrize("feed", all_feeds(), ids=lambda feed: feed.name)
def test_the_frame_has_the_same_shape_with_and_without_rows(feed: Any) -> None:
    header = [column.title.en for column in feed.columns]
    dtypes = {
        "text": "object",
        "unit": "object",
        "choice": "object",
        "period": "object",
        "month": "datetime64[s]",
        "time": "datetime64[s]",
        "flag": "boolean",
    }
    expected = {column.name: dtypes.get(column.type, "float64") for column in feed.columns} | {"row": "int64"}
    layout = best_layout([feed], [header])
    assert layout is not None
    for rows in ([], [[column.example for column in feed.columns]], [["?" for _ in feed.columns]]):
        frame = stage_table(Sheet("表", [header, *rows]), layout, ORGANISATION, "f.xlsx").frame
        assert frame[list(expected)].dtypes.astype(str).to_dict() == expected, rows
        assert set(frame.columns) == {*expected, "key_month", "key_unit", "key_part"}
        assert pd.api.types.is_datetime64_dtype(frame["key_month"])


def test_a_per_cent_is_no_count_in_a_column_to_be_multiplied_either() -> None:
    sheet = staged([["单位：万户"], ["月份", "单位", "客户数"], ["2025-11", "大洋", 35.27], ["2025-11", "临江", "96%"]])
    assert [one for one in told(sheet) if one[0] == "not_whole"] == [("not_whole", "C4", "96%")]
    assert cells(sheet, "customers") == [(352_700.0,), (None,)]
