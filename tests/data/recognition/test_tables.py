"""Rows that number the columns of a table are no data; what merely looks like figures is no number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from data.model.staged import StagedFile
from data.profiles.values import parse_numbers
from data.recognition.tables import _counts
from tests.data.small_books import COMPLAINTS, Rows, told


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        (["1", "2", "3"], True),
        (["(1)", "(2)", "(3)"], True),
        (["甲", "1", "2"], True),
        (["A", "B", "C"], True),
        (["A", "5"], False),
        (["A", "5", "6"], False),
        (["A", "2", "3"], False),
        (["B", "C"], False),
        (["1", "甲", "2"], False),
        (["7", "8"], False),
        (["甲", "乙", "1"], True),
        (["3", "7", "9"], False),
        (["1", "²"], False),
        (["①", "²", "³"], False),
        (["大洋", "1"], False),
    ],
)
def test_rows_that_number_the_columns(cells: list[str], counts: bool) -> None:
    assert _counts(cells) is counts


def test_a_mark_of_raised_figures_is_no_number() -> None:
    read = parse_numbers([1.0, 2.0], frozenset({"²"}))
    assert (list(read.values), read.bad) == ([1.0, 2.0], [])


SIGNED, FOREIGN = [], ["second_table_left_out"]


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        ([["填表人：张三", "", "审核：李四"]], SIGNED),
        ([["制表：张三", "审核：李四", "2025年12月3日"]], SIGNED),
        ([["制表人", "张三", "审核人：李四"]], SIGNED),
        ([["填表人:张三", "", "日期:2025-12-03"]], SIGNED),
        ([["审核", "", "复核"]], SIGNED),
        ([["制表：张三", "", date(2025, 12, 3)]], SIGNED),
        ([["填表：张三", "", "审核：李四"], ["负责人：王五", "", "联系电话：66668888"]], SIGNED),
        ([["类别", "说明", "件数"], ["甲", "乙", 3]], FOREIGN),
        ([["渠道", "说明", "备注"], ["甲", "乙", 3]], FOREIGN),
    ],
)
def test_where_a_form_is_signed_no_table_begins(
    understood: Callable[..., StagedFile], below: Rows, expected: list[str]
) -> None:
    """A table that is not understood is told, a signature is none."""
    file = understood([COMPLAINTS, ["2025-11", "大洋", 5], ["2025-11", "临江", 6], ["", "", ""], *below])
    assert [code for code, _ in told(file) if code != "total_row_left_out"] == expected
    assert len(file.sheets[0].frame) == 2
