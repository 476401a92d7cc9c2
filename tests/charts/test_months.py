"""The axis of months, and many lines as one."""

from __future__ import annotations

import pytest

from charts.months import has_month_axis, join_with_gaps, month_axis
from charts.theme import empty_figure

YEAR = [f"2025-{month:02d}" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("most", "shown"),
    [(4, ["2025-03", "2025-06", "2025-09", "2025-12"]), (12, YEAR), (2, ["2025-06", "2025-12"]), (1, ["2025-12"])],
)
def test_labels_are_counted_back_from_the_last_month(most: int, shown: list[str]) -> None:
    figure = empty_figure("light", 200)
    month_axis(figure, YEAR, most=most)
    assert has_month_axis(figure)
    assert list(figure.layout.xaxis.ticktext) == shown
    assert [YEAR[place] for place in figure.layout.xaxis.tickvals] == shown


def test_lines_as_one_have_gaps_between() -> None:
    assert join_with_gaps(["a", "b"], [[1, 2], [None, 4]]) == (
        ["a", "b", "b", "a", "b", "b"],
        [1, 2, None, None, 4, None],
    )
    assert join_with_gaps(["a"], [["x"], ["y"]], "") == (["a", "a", "a", "a"], ["x", "", "y", ""])
    assert join_with_gaps([], []) == ([], [])
