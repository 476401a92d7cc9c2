"""A whole beside its parts is not counted twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data.model.staged import StagedFile
from tests.data.small_books import COMPLAINTS, Rows, cells, told

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
        (
            {"汇总": [COMPLAINTS, ["2025-11", "大洋", 15]], "明细": [BY_CATEGORY, *DETAILS]},
            [("whole_beside_parts", "C2")],
        ),
        (
            {"汇总": [COMPLAINTS, ["2025-11", "大洋", 15], ["2025-11", "临江", 8]], "明细": [BY_CATEGORY, *DETAILS]},
            [("whole_beside_parts", "C2"), ("whole_beside_parts", "C3")],
        ),
        ([BY_CATEGORY, ["2025-11", "大洋", "", 15], *DETAILS], [("whole_beside_parts", "D2")]),
        ([BY_CATEGORY, ["2025-11", "大洋", "", 3], *DETAILS], [("rows_beside_parts", None)]),
        (
            [BY_CATEGORY, ["2025-11", "大洋", "", 3], ["2025-11", "临江", "", 8], *DETAILS],
            [("rows_beside_parts", None)],
        ),
        ([BY_CATEGORY, ["2025-10", "大洋", "", 15], *DETAILS], []),
        ([BY_CATEGORY, ["2025-11", "白山", "", 15], *DETAILS], []),
        ([BY_CATEGORY, ["2025-11", "大洋", "", 0], *DETAILS], [("rows_beside_parts", None)]),
        ([BY_CATEGORY, ["2025-11", "大洋", "汇总", 15], *DETAILS], []),
        ([BY_CATEGORY, ["2025-11", "大洋", "共计", 15], *DETAILS], []),
        ([BY_CATEGORY, ["2025-11", "大洋", "全部", 15], *DETAILS], []),
    ],
)
def test_a_whole_beside_its_parts_is_not_counted_twice(
    understood: Callable[..., StagedFile], content: Any, expected: list[tuple]
) -> None:
    file = understood(content)
    assert told(file) == expected
    if not file.refused and not expected:
        assert sum(sheet.frame["complaints"].sum() for sheet in file.sheets) in (23, 38)


M10, M11, L11 = ["2025-10", "大洋"], ["2025-11", "大洋"], ["2025-11", "临江"]
RECHARGE, FUNCTIONS, KINDS = (
    ["月份", "单位", "充值渠道", "充值笔数"],
    ["月份", "单位", "功能", "办理笔数"],
    ["月份", "单位", "投诉事项", "受理件数", "办结件数"],
)
EVERYTHING = ["总体", "整体", "總體", "全量", "投诉总量", "All", "all ", "全部类别"]


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize(
    ("header", "word"),
    [*((BY_CATEGORY, word) for word in EVERYTHING), (RECHARGE, "全渠道"), (FUNCTIONS, "全部业务"), (FUNCTIONS, "总体")],
)
def test_a_row_of_everything_is_left_out_beside_its_parts(
    understood: Callable[..., StagedFile], header: list[str], word: str, first: bool
) -> None:
    parts, whole = [[*M11, "资费", 10], [*M11, "网络", 5]], [[*M11, word, 15]]
    file = understood([header, *(whole + parts if first else parts + whole)])
    assert (told(file), file.refused) == ([], False)
    assert [row for (row,) in cells(file.sheets[0], file.sheets[0].feed.key[-1])] == ["资费", "网络"]
    assert "total_row_left_out" in [finding.code for finding in file.all_findings]


@pytest.mark.parametrize(
    ("header", "rows", "expected", "loaded"),
    [
        (
            BY_CATEGORY,
            [[*M11, "总体", 16], [*M11, "资费", 10], [*M11, "网络", 5]],
            [("whole_differs_from_parts", 2)],
            3,
        ),
        (BY_CATEGORY, [[*M11, "总体", 16]], [], 1),
        (BY_CATEGORY, [[*M11, "总体", 16], [*L11, "资费", 10], [*L11, "网络", 6]], [], 3),
        (BY_CATEGORY, [[*M11, "总体", 0], [*M11, "资费", 0], [*M11, "网络", 0]], [], 2),
        (KINDS, [[*M11, "整体", 15, 9], [*M11, "停车", 10, 5], [*M11, "保洁", 5, 4]], [], 2),
        (
            KINDS,
            [[*M11, "整体", 15, 8], [*M11, "停车", 10, 5], [*M11, "保洁", 5, 4]],
            [("whole_differs_from_parts", 2)],
            3,
        ),
        (
            ["月份", "单位", "调查", "触点", "得分"],
            [[*M11, "标准", "总体", 90], [*M11, "标准", "网络", 40], [*M11, "标准", "营业厅", 50]],
            [],
            3,
        ),
    ],
)
def test_a_row_of_everything_without_its_parts_stays(
    understood: Callable[..., StagedFile], header: list[str], rows: Rows, expected: list[tuple], loaded: int
) -> None:
    file = understood([header, *rows])
    assert (told(file), len(file.sheets[0].frame)) == (expected, loaded)


TARIFFS, NETWORK = [[*M11, "资费", 10], [*L11, "资费", 4]], [[*M11, "网络", 5], [*L11, "网络", 3]]
SUMMED, ONCE = "category_sums_up_others", "category_may_sum_up"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([*TARIFFS, *NETWORK, [*M11, "本地网", 15], [*L11, "本地网", 7]], [(SUMMED, 6), (SUMMED, 7)]),
        ([*TARIFFS, *NETWORK, [*M11, "本地网", 15], [*L11, "本地网", 8]], []),
        ([*TARIFFS, *NETWORK, [*M11, "本地网", 15]], [(ONCE, 6)]),
        ([*TARIFFS, [*M11, "网络", 10], [*L11, "网络", 4]], []),
        ([*TARIFFS, [*M11, "网络", 10], [*L11, "网络", 4], [*M11, "服务", 0], [*L11, "服务", 0]], []),
        (
            [
                *TARIFFS,
                *NETWORK,
                [*M11, "本地网", 15],
                [*L11, "本地网", 7],
                [*M10, "本地网", 9],
                [*M10, "网络", 1],
                [*M10, "资费", 1],
            ],
            [(SUMMED, 6), (SUMMED, 7)],
        ),
    ],
)
def test_a_category_that_sums_up_the_others_is_asked_about(
    understood: Callable[..., StagedFile], rows: Rows, expected: list[tuple]
) -> None:
    """Whatever it is called; a part that is nothing is no part, and one case can be chance."""
    assert told(understood([BY_CATEGORY, *rows])) == expected
    assert SUMMED not in [code for code, _ in told(understood([BY_CATEGORY, *rows], answers={"sums": "parts"}))]


def test_every_row_of_such_a_category_is_named(understood: Callable[..., StagedFile]) -> None:
    """Rows with errors can be left out all at once: one that is not named would be counted twice."""
    months = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]
    rows = [[month, "大洋", *part] for month in months for part in (("资费", 10), ("网络", 5), ("本地网", 15))]
    assert told(understood([BY_CATEGORY, *rows])) == [(SUMMED, 4 + 3 * index) for index in range(24)]


@pytest.mark.parametrize("unit", ["不知道的单位", ""])
def test_categories_of_units_that_nobody_knows_have_no_sums(understood: Callable[..., StagedFile], unit: str) -> None:
    """The rows are refused for their unit; looking for sums among them must not fail."""
    rows = [["2025-11", unit, "资费", 10], ["2025-11", unit, "网络", 5], ["2025-11", unit, "总体", 15]]
    found = {code for code, _ in told(understood([BY_CATEGORY, *rows]))}
    assert found <= {"unknown_unit", "required_empty"}
    assert found
