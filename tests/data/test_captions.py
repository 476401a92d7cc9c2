"""Captions over groups of columns: figures of two spreadsheet types side by side are not mixed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.staged import StagedFile
from tests.data.small_books import Rows, cells, told

FIGURES = ["月份", "单位", "投诉量", "一次解决量", "来电量", "一次解决量", "升级量"]
BESIDE = [
    ["", "", "投诉", "", "热线", "", ""],
    FIGURES,
    ["2025-11", "大洋", 120, 96, 9000, 8100, 77],
]
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
