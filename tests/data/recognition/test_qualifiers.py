"""Headers that are nearly ours, or ours but turned by another word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.model.staged import ColumnSuggestion, StagedFile
from tests.data.small_books import Rows, cells, told

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


@pytest.mark.parametrize(
    "header",
    [
        "投诉量（1-11月）",
        "投诉量（1月至11月）",
        "投诉量（一至十一月）",
        "投诉量（截至11月底）",
        "投诉量（日均）",
        "投诉量（预估）",
        "投诉量（上半年）",
        "投诉量（季度）",
        "投诉量(件/万户)",
        "投诉量（百万客户）",
        "投诉量（万人均）",
        "投诉量（每万户）",
        "投诉量（2024年11月）",
        "投诉量（10月）",
        "投诉量（2024年）",
        "Complaints (prior month)",
        "Complaints (Jan-Nov)",
        "Complaints (per 10k)",
        "Complaints (Q4)",
        "Complaints (Oct)",
        "客户数（新增）",
        "客户数（净增）",
        "客户数（期初）",
        "Customers (new)",
    ],
)
def test_a_header_of_another_time_or_a_rate_is_at_most_proposed(
    understood: Callable[..., StagedFile], header: str
) -> None:
    file = understood([["月份", "单位", header], ["2025-11", "大洋", 1111]])
    assert ([code for code, _ in told(file)], file.refused) == (["mapping_needed"], True)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("投诉量（2025年11月）", "complaints"),
        ("投诉量（2025年）", "complaints"),
        ("本月投诉量", "complaints"),
        ("当月投诉量", "complaints"),
        ("本期投诉量", "complaints"),
        ("11月投诉量", "complaints"),
        ("2025年11月投诉量", "complaints"),
        ("投诉量（件）", "complaints"),
        ("客户数（截至11月底）", "customers"),
        ("客户数（期末）", "customers"),
        ("本月客户数（户）", "customers"),
        ("10月投诉量", None),
        ("1-11月投诉量", None),
    ],
)
def test_the_rows_own_month_in_a_header_changes_nothing(
    understood: Callable[..., StagedFile], header: str, column: str | None
) -> None:
    """Of what stands, as customers do, up to a day is the figure itself."""
    file = understood([["月份", "单位", header], ["2025-11", "大洋", 1111]])
    assert file.refused == (column is None)
    if column:
        assert (cells(file.sheets[0], column), told(file)) == ([(1111.0,)], [])


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([["月份", "单位", "投诉量（日均）", "投诉量"], ["2025-11", "大洋", 4, 120]], "complaints"),
        ([["月份", "单位", "投诉量（2024年11月）", "投诉量（2025年11月）"], ["2025-11", "大洋", 4, 120]], "complaints"),
        ([["月份", "单位", "客户数（期初）", "客户数（期末）"], ["2025-11", "大洋", 4, 120]], "customers"),
        ([["月份", "单位", "1-11月", "11月"], ["", "", "投诉量", "投诉量"], ["2025-11", "大洋", 4, 120]], "complaints"),
        ([["月份", "单位", "其中：升级投诉", "投诉量"], ["2025-11", "大洋", 4, 120]], "complaints"),
        ([["月份", "单位", "投诉量", "其中：升级投诉"], ["2025-11", "大洋", 120, 120]], "escalated"),
    ],
)  # fmt: skip
def test_beside_one_that_is_turned_the_right_one_is_read(
    understood: Callable[..., StagedFile], rows: Rows, column: str
) -> None:
    file = understood(rows)
    assert (cells(file.sheets[0], column), told(file)) == ([(120.0,)], [])


def test_what_is_accepted_of_one_header_says_nothing_of_another(understood: Callable[..., StagedFile]) -> None:
    rows = [["月份", "单位", "投诉量（本月）", "投诉量（累计）"], ["2025-11", "大洋", 5, 6]]
    assert cells(understood(rows, accepted={"投诉量（累计）": "complaints"}).sheets[0], "complaints") == [(6.0,)]


def test_under_a_caption_of_targets_all_are_targets(understood: Callable[..., StagedFile]) -> None:
    file = understood(
        [
            ["", "", "", "年度目标", ""],
            ["指标", "期间", "单位", "目标值", "挑战值"],
            ["complaints_per_10k", "2025", "大洋", 15, 12],
        ]
    )
    assert cells(file.sheets[0], "target", "challenge") == [(15.0, 12.0)]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("客户总数量", "customers"),
        ("客戶數據", "customers"),
        ("Custommers", "customers"),
        ("中高端客户数量", "mid_high_end_customers"),
        ("客户数同比", None),
        ("去年客户数", None),
        ("客户率", None),
        ("张三", None),
    ],
)
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
    assert understood(rows).sheets[0].proposals == [ColumnSuggestion("中高端客户数量", "mid_high_end_customers", 92)]


FIGURES = ["月份", "单位", "投诉量", "一次解决量", "来电量", "一次解决量", "升级量"]
BESIDE = [["", "", "投诉", "", "热线", "", ""], FIGURES, ["2025-11", "大洋", 120, 96, 9000, 8100, 77]]
OTHER_WAY = [
    ["", "", "热线服务", "", "投诉", ""],
    ["月份", "单位", "来电量", "一次解决量", "投诉量", "一次解决量"],
    ["2025-11", "大洋", 9000, 8100, 120, 96],
]
ALONE = [
    ["", "", "热线", "", "投诉"],
    ["月份", "单位", "来电量", "一次解决量", "投诉量"],
    ["2025-11", "大洋", 9000, 8100, 120],
]
# A caption that names no other type, or stands alone over all, says nothing against a column.
PLACES = [
    ["", "", "数量", "", "质量"],
    ["月份", "单位", "投诉量", "升级投诉量", "一次解决量"],
    ["2025-11", "大洋", 120, 3, 96],
]


@pytest.mark.parametrize(
    ("rows", "feed", "columns", "expected"),
    [
        (BESIDE, "complaints_monthly", ("complaints", "resolved_first_contact"), (120, 96)),
        (BESIDE, "hotline", ("calls", "resolved_first_contact"), (9000, 8100)),
        (OTHER_WAY, "complaints_monthly", ("complaints", "resolved_first_contact"), (120, 96)),
        (OTHER_WAY, "hotline", ("calls", "resolved_first_contact"), (9000, 8100)),
        (ALONE, "complaints_monthly", ("complaints", "resolved_first_contact"), (120, None)),
        (PLACES, "complaints_monthly", ("complaints", "escalated", "resolved_first_contact"), (120, 3, 96)),
    ],
)
def test_a_figure_under_another_types_caption_is_not_taken(
    understood: Callable[..., StagedFile], rows: Rows, feed: str, columns: tuple[str, ...], expected: tuple[float, ...]
) -> None:
    file = understood(rows, feed=feed)
    (sheet,) = file.sheets
    assert cells(sheet, *columns) == [expected], told(file)
