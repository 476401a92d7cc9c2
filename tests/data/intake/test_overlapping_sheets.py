"""Which of a file's sheets are taken: by content, and none is dropped that holds anything else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.model.staged import StagedFile
from tests.data.small_books import BODY, CUSTOMERS, LOADED, TICKETS, Rows, cells, told


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

ACROSS = [["2025年投诉量"], ["地市", "1月", "2月"], ["大洋", 1, 2], ["临江", 3, 4]]
BY_MONTH = {
    "1月": [["2025年1月投诉"], ["地市", "投诉量"], ["大洋", 1], ["临江", 3]],
    "2月": [["2025年2月投诉"], ["地市", "投诉量"], ["大洋", 2], ["临江", 4]],
}


@pytest.mark.parametrize(
    ("content", "expected", "loaded"),
    [
        (
            {
                "10-11月": [CUSTOMERS, ["2025-10", "大洋", 1], ["2025-11", "大洋", 3]],
                "11-12月": [CUSTOMERS, ["2025-11", "大洋", 30], ["2025-12", "大洋", 5]],
            },
            ["row_otherwise_in_two_sheets"],
            4,
        ),
        ({"全年": YEAR, **MONTHS}, ["sheet_not_taken", "sheet_not_taken"], 4),
        (
            {
                **{
                    name: [[*rows[0], "中高端客户数"], *([*row, 1] for row in rows[1:])]
                    for name, rows in MONTHS.items()
                },
                "全年": YEAR,
            },
            ["sheet_not_taken", "sheet_not_taken"],
            4,
        ),
        ({"甲": [CUSTOMERS, *BODY], "乙": [CUSTOMERS, BODY[1]]}, ["sheet_not_taken"], 2),
        ({"甲": [CUSTOMERS, *BODY], "乙": [CUSTOMERS, [*BODY[1][:2], 7]]}, ["sheets_disagree"], 2),
        ({"甲": [CUSTOMERS, *BODY], "乙": [CUSTOMERS, [*BODY[1][:2], "-"]]}, ["sheet_not_taken"], 2),
        (
            {"甲": [CUSTOMERS, *BODY], "乙": [[*CUSTOMERS[:2], "客户数", "自助终端数"], [*BODY[1], 7]]},
            ["row_in_two_sheets"],
            3,
        ),
        (
            {"甲": [CUSTOMERS, *BODY], "乙": [[*CUSTOMERS, "自助终端数"], *([*row, 7] for row in BODY)]},
            ["sheet_not_taken"],
            2,
        ),
    ],
    ids=[
        "months overlap",
        "a year and its months",
        "a year after richer months",
        "a part",
        "a part that differs",
        "a part without figures",
        "a part that has more",
        "the same with less",
    ],
)
def test_a_sheet_is_left_out_only_if_others_hold_all_of_it(
    understood: Callable[..., StagedFile], content: dict[str, Rows], expected: list[str], loaded: int
) -> None:
    """No month is lost because another one stands in two sheets, and no value because another sheet says otherwise."""
    file = understood(content)
    assert [code for code, _ in told(file)] == expected
    assert sum(len(sheet.frame) for sheet in file.sheets) == loaded


@pytest.mark.parametrize(
    ("content", "expected", "loaded"),
    [
        ({"汇总": ACROSS, **BY_MONTH}, ["sheet_not_taken", "sheet_not_taken"], 4),
        ({**BY_MONTH, "汇总": ACROSS[:3]}, ["sheet_not_taken", "sheet_not_taken"], 4),
        ({"汇总": [*ACROSS[:2], ["大洋", 1, 7]], **BY_MONTH}, ["sheet_not_taken", "sheets_disagree"], 4),
        ({"汇总": [["2025年投诉量"], ["地市", "1月", "3月"], ["大洋", 1, 2]], **BY_MONTH}, ["row_in_two_sheets"], 6),
    ],
    ids=["whole", "last", "differs", "has a month more"],
)  # fmt: skip
def test_months_across_beside_a_sheet_for_each_month(
    understood: Callable[..., StagedFile], content: dict[str, Rows], expected: list[str], loaded: int
) -> None:
    """One row across holds a key for each month, and all of them have one row number."""
    file = understood(content)
    assert [code for code, _ in told(file) if code not in ("month_from_title", "year_from_title")] == expected
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


def test_sheets_of_tickets_are_compared_with_their_flags(understood: Callable[..., StagedFile]) -> None:
    """Yes, no and nothing are values like others."""
    header = [*TICKETS, "是否一次解决", "办结时间"]
    open_one = ("still_open", "columns_ignored")
    rows = [["1", "2025-11-03", "大洋", "资费", "是", "2025-11-04"], ["2", "2025-11-03", "临江", "资费", "", ""]]
    assert [code for code, _ in told(understood({"全部": [header, *rows], "一": [header, rows[1]]}), but=open_one)] == [
        "sheet_not_taken"
    ]
    other = [*rows[0][:4], "否", ""]
    assert [code for code, _ in told(understood({"全部": [header, *rows], "一": [header, other]}), but=open_one)] == [
        "sheets_disagree"
    ]
