"""Per cent beside fractions: of several indicators in one column each is looked at by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.model.staged import StagedFile
from tests.data.small_books import Rows, cells, told

LONG = ["月份", "单位", "指标名称", "指标值"]
ACROSS = [["2025年指标"], ["单位", "指标名称", "1月", "2月"]]
PASSED, WAITED = ["2025-11", "大洋", "合格率"], ["2025-11", "大洋", "平均等候时长"]
SMALL = [
    [LONG, [*PASSED, "96.5%"], [*WAITED, 0.9]],
    [LONG, [*PASSED, "96.5%"], ["2025-11", "临江", "合格率", 0.965], [*WAITED, 0.9]],
]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (SMALL[0], []),
        ([LONG, [*PASSED, "96.5%"], [*WAITED, "0.9"], ["2025-11", "临江", "合格率", "95%"]], []),
        (SMALL[1], [("numbers_mixed", "D2")]),
        ([LONG, [*WAITED, 0.9], ["2025-10", "大洋", "合格率", 0.96], [*PASSED, "96.5%"]], [("numbers_mixed", "D2")]),
        ([LONG, ["2025-11", "大洋", "", "96.5%"], [*WAITED, 0.9]], [("required_empty", "C2")]),
        ([*ACROSS, ["大洋", "合格率", "96.5%", "97%"], ["大洋", "平均等候时长", 0.9, 0.8]], []),
        ([*ACROSS, ["大洋", "合格率", "96.5%", "97%"], ["临江", "合格率", 0.9, "95%"]], [("numbers_mixed", "C3")]),
    ],
)  # fmt: skip
def test_each_indicator_is_looked_at_by_itself(
    understood: Callable[..., StagedFile], rows: Rows, expected: list[tuple]
) -> None:
    assert [(code, at) for code, at in told(understood(rows)) if code != "year_from_title"] == expected


def test_the_indicator_that_is_written_in_two_ways_is_shown(understood: Callable[..., StagedFile]) -> None:
    (finding,) = understood(SMALL[1]).all_findings
    assert finding.params == {"value": "96.5%", "other": "0.965"}
    assert told(understood(SMALL[1], answers={"shares": "percent"})) == []
    assert cells(understood(SMALL[0]).sheets[0], "value") == [(96.5,), (0.9,)]
