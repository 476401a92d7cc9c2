"""Ready-made shares and averages, and the title's total, against what the columns give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data.feeds import all_feeds
from data.model.staged import StagedFile

MONTHLY = ["月份", "单位", "投诉量", "及时办结量", "及时率"]
CASES: list[tuple[list[str], list[list[Any]], list[str]]] = [
    # headers, rows, cells that differ
    (MONTHLY, [["2025-11", "大洋", 200, 190, 0.95], ["2025-11", "临江", 300, 200, 0.6667]], []),
    (MONTHLY, [["2025-11", "大洋", 200, 190, "95%"], ["2025-11", "临江", 300, 200, "67%"]], []),
    (MONTHLY, [["2025-11", "大洋", 200, 190, "95.0%"], ["2025-11", "临江", 300, 200, "66.9%"]], ["E3"]),
    (MONTHLY, [["2025-11", "大洋", 200, 190, 95], ["2025-11", "临江", 300, 200, 66.67]], []),
    (MONTHLY, [["2025-11", "大洋", 200, 190, 0.59]], ["E2"]),
    (MONTHLY, [["2025-11", "大洋", 200, None, 0.59]], []),
    (MONTHLY, [["2025-11", "大洋", 0, 0, "-"]], []),
    (["月份", "单位", "投诉量", "及时率"], [["2025-11", "大洋", 200, 0.59]], []),  # nothing to hold it against
    (["month", "unit", "complaints", "repeat", "Repeat rate"], [["2025-11", "大洋", 200, 20, "12%"]], ["E2"]),
    (["月份", "单位", "来电量", "一次解决量", "一次解决率"], [["2025-11", "大洋", 200, 150, 0.75]], []),
    (["月份", "单位", "来电量", "一次解决量", "一次解决率"], [["2025-11", "大洋", 200, 150, 0.85]], ["E2"]),
    (["月份", "单位", "拍照客户数", "保有客户数", "保有率"], [["2025-11", "大洋", 1000, 876, "87.6%"]], []),
    (["月份", "單位", "拍照客戶數", "保有客戶數", "保有率"], [["2025-11", "大洋", 1000, 876, "86.7%"]], ["E2"]),
    (["月份", "单位", "客户数（万户）", "占比"], [["2025-11", "大洋", 35.27, "12%"]], []),
    (
        ["月份", "单位", "充值渠道", "充值笔数", "充值金额", "笔均金额"],
        [["2025-11", "大洋", "APP", 10, 500, 50], ["2025-11", "大洋", "柜台", 3, 100, 33.3]],
        [],
    ),
    (
        ["月份", "单位", "充值渠道", "充值笔数", "充值金额", "笔均金额"],
        [["2025-11", "大洋", "APP", 10, 500, 55]],
        ["F2"],
    ),
]


def differing(file: StagedFile, code: str) -> list[str | None]:
    return [one.cell for one in file.all_findings if one.code == code]


@pytest.mark.parametrize(("headers", "rows", "expected"), CASES)
def test_ready_made_figures(understood: Callable[..., StagedFile], headers: list, rows: list, expected: list) -> None:
    assert differing(understood([headers, *rows]), "ready_made_differs") == expected
    assert differing(understood([headers, *rows], answers={"totals": "as_read"}), "ready_made_differs") == []


@pytest.mark.parametrize(
    ("title", "differs"),
    [
        ("2025年11月投诉量合计：300件", False),
        ("2025年11月投诉量合计：320件", True),
        ("总计 1,300 件", True),
        ("合计0.03万件", False),
        ("Complaints in November 2025, total: 300", False),
        ("Complaints in November 2025, total 310", True),
        ("共计 12 页", False),
        ("合计：300户", False),
        ("投诉总量300", False),
        ("2025年11月", False),
    ],
)
def test_the_total_of_a_title(understood: Callable[..., StagedFile], title: str, differs: bool) -> None:
    rows = [[title], ["月份", "单位", "投诉量"], ["2025-11", "大洋", 200], ["2025-11", "临江", 100]]
    assert differing(understood(rows), "title_total_differs") == (["A1"] if differs else [])
    assert differing(understood(rows, answers={"totals": "as_read"}), "title_total_differs") == []


def test_ready_made_figures_are_of_columns_that_the_feed_has() -> None:
    """A header of a ready-made figure is none of a column, which would be read in its place."""
    for feed in all_feeds():
        words = {word for column in feed.columns for word in (*column.title, *column.headers)}
        for figure in feed.ready_made:
            assert not words & set(figure.headers), (feed.name, figure.headers)
