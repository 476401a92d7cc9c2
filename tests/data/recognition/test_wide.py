"""Wide layouts: months, channels and touchpoints across."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from data.model.staged import StagedFile
from tests.data.small_books import Rows, cells, told


@pytest.mark.parametrize(
    ("rows", "feed", "columns", "expected"),
    [
        (
            [["2025年客户数"], ["单位", "10月", "11月"], ["大洋", 5, 6]],
            "customers",
            ("key_month", "customers"),
            [("2025-10", 5), ("2025-11", 6)],
        ),
        (
            [["客户数"], ["单位", "2025-10", "2025年11月"], ["大洋", 5, "-"]],
            "customers",
            ("key_month", "customers"),
            [("2025-10", 5)],
        ),
        (
            [["投诉量"], ["单位", datetime(2025, 10, 1), datetime(2025, 11, 1)], ["大洋", 5, 6]],
            "complaints_monthly",
            ("key_month", "complaints"),
            [("2025-10", 5), ("2025-11", 6)],
        ),
        (
            [["单位", "指标", 202510, 202511], ["大洋", "合格率", 95.5, 96]],
            "indicators",
            ("key_month", "indicator", "value"),
            [("2025-10", "合格率", 95.5), ("2025-11", "合格率", 96)],
        ),
        (
            [["月份", "单位", "调查", "营业厅", "网络", "总体"], ["2025-11", "大洋", "标准", 85, 86, None]],
            "satisfaction_scores",
            ("touchpoint", "score"),
            [("hall", 85), ("network", 86)],
        ),
        (
            [["2025年客户规模（单位：万户）"], ["", "客户数", ""], ["单位", "10月", "11月"], ["大洋", 35.27, 36]],
            "customers",
            ("key_month", "customers"),
            [("2025-10", 352_700), ("2025-11", 360_000)],
        ),
    ],
    ids=[
        "months of the title's year",
        "written months",
        "dates",
        "indicators",
        "touchpoints",
        "in 万 under a merged header",
    ],
)
def test_wide_layouts(
    understood: Callable[..., StagedFile], rows: Rows, feed: str, columns: tuple[str, ...], expected: list
) -> None:
    file = understood(rows)
    titled = str(rows[0][0]).startswith("2025年")
    assert [code for code, _ in told(file, but=("figures_scaled",))] == (["year_from_title"] if titled else [])
    (sheet,) = file.sheets
    assert (sheet.feed.name, cells(sheet, *columns)) == (feed, expected)


@pytest.mark.parametrize(
    ("rows", "feed", "cells_named"),
    [
        ([["2025年各市投诉量"], ["地市", "1月", "2月", "2月"], ["大洋", 10, 20, 3]], "complaints_monthly", ["C2, D2"]),
        ([["月份", "地市", "自助终端", "微信", "小程序"], ["2025-11", "大洋", 10, 20, 5]], "recharge", ["D1, E1"]),
        (
            [["月份", "地市", "网厅", "网站", "营业厅", "柜台"], ["2025-11", "大洋", 1, 2, 3, 4]],
            "recharge",
            ["C1, D1", "E1, F1"],
        ),
        (
            [["月份", "单位", "调查", "总体", "网络质量", "网络覆盖"], ["2025-11", "大洋", "标准", 85, 86, 87]],
            "satisfaction_scores",
            ["E1, F1"],
        ),
    ],
)
def test_two_columns_across_that_mean_the_same_are_an_error(
    understood: Callable[..., StagedFile], rows: Rows, feed: str, cells_named: list[str]
) -> None:
    """One would overwrite the other in silence."""
    file = understood(rows)
    assert (file.sheets[0].feed.name, file.refused) == (feed, True)
    named = [finding.params["cells"] for finding in file.all_findings if finding.code == "columns_mean_the_same"]
    assert named == cells_named


@pytest.mark.parametrize(
    ("rows", "merged", "expected"),
    [
        (
            [
                ["2025年各市投诉量"],
                ["地市", "实际", "", "预测", ""],
                ["", "1月", "2月", "3月", "4月"],
                ["大洋", 10, 20, 3, 6],
            ],
            ["A2:A3", "B2:C2", "D2:E2"],
            [("2025-01", 10), ("2025-02", 20)],
        ),
        (
            [
                ["2025年各市投诉量"],
                ["", "实际", "", "预测", ""],
                ["地市", "1月", "2月", "3月", "4月"],
                ["大洋", 10, 20, 3, 6],
            ],
            ["B2:C2", "D2:E2"],
            [("2025-01", 10), ("2025-02", 20)],
        ),
        (
            [
                ["2025年各市投诉量"],
                ["地市", "投诉量", "", "同比增减", ""],
                ["", "1月", "2月", "3月", "4月"],
                ["大洋", 10, 20, 3, 6],
            ],
            ["A2:A3", "B2:C2", "D2:E2"],
            [("2025-01", 10), ("2025-02", 20)],
        ),
        (
            [
                ["2025年各市投诉量"],
                ["地市", "投诉量", "", "好评", ""],
                ["", "1月", "2月", "3月", "4月"],
                ["大洋", 10, 20, 3, 6],
            ],
            ["A2:A3", "B2:C2", "D2:E2"],
            [("2025-01", 10), ("2025-02", 20)],
        ),
        (
            [
                ["2025年各市投诉量"],
                ["地市", "上半年", "", "下半年", ""],
                ["", "5月", "6月", "7月", "8月"],
                ["大洋", 10, 20, 3, 6],
            ],
            ["A2:A3", "B2:C2", "D2:E2"],
            [("2025-05", 10), ("2025-06", 20), ("2025-07", 3), ("2025-08", 6)],
        ),
        (
            [["2025年各市投诉量"], ["地市", "投诉情况", ""], ["", "1月", "2月"], ["大洋", 10, 20]],
            ["A2:A3", "B2:C2"],
            [("2025-01", 10), ("2025-02", 20)],
        ),
        ([["2025年各市投诉量"], ["地市", "预测", ""], ["", "1月", "2月"], ["大洋", 10, 20]], ["A2:A3", "B2:C2"], None),
    ],
)
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
