"""A whole beside its parts is not counted twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from data.staged import StagedFile
from tests.data.small_books import COMPLAINTS, told

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
