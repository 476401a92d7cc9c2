"""Rows that number the columns of a table are no data; what merely looks like figures is no number."""

from __future__ import annotations

import pytest

from data.profile.cells import parse_numbers
from data.tables import _counts


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        (["1", "2", "3"], True), (["(1)", "(2)", "(3)"], True), (["甲", "1", "2"], True), (["A", "B", "C"], True),
        (["A", "5"], False), (["A", "5", "6"], False), (["A", "2", "3"], False), (["B", "C"], False), (["1", "甲", "2"], False), (["7", "8"], False), (["甲", "乙", "1"], True),
        (["3", "7", "9"], False), (["1", "²"], False), (["①", "²", "³"], False), (["大洋", "1"], False),
    ],
)  # fmt: skip
def test_rows_that_number_the_columns(cells: list[str], counts: bool) -> None:
    assert _counts(cells) is counts


def test_a_mark_of_raised_figures_is_no_number() -> None:
    read = parse_numbers([1.0, 2.0], frozenset({"²"}))
    assert (list(read.values), read.bad) == ([1.0, 2.0], [])
