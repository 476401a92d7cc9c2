"""Small multiples from literals: a panel a unit, one scale, names as they are."""

from __future__ import annotations

import pytest

from charts.small_multiples import small_multiples
from charts.theme import LIGHT, alternative
from metrics.metric import Metric

MONTHS = ["2025-01", "2025-02", "2025-03"]


def accented(figure) -> list[list]:
    return [list(line.y) for line in figure.data if line.line.color == LIGHT.accent]


def test_every_unit_has_its_panel_with_the_others_behind(rate: Metric) -> None:
    figure = small_multiples({"a": [1, 2, 3], "<b>": [4, None, 6]}, MONTHS, rate, across=2)
    assert accented(figure) == [[1, 2, 3], [4, None, 6]]
    assert [list(line.y) for line in figure.data if line.line.color == LIGHT.peer] == [
        [4, None, 6, None],
        [1, 2, 3, None],
    ]
    assert [note.text.split("  ")[0] for note in figure.layout.annotations] == ["<b>a</b>", "<b>&lt;b&gt;</b>"]
    assert "a: " in alternative(figure)
    assert "<b>: " in alternative(figure)


def test_all_panels_stand_on_one_scale_that_holds_everything(rate: Metric) -> None:
    figure = small_multiples(
        {"a": [50, 51, 52], "b": [90, 91, 92], "c": [70, 70, 70]}, MONTHS, rate, targets={"a": 99.0, "c": 60.0}
    )
    ranges = {tuple(figure.layout[axis].range) for axis in figure.layout if axis.startswith("yaxis")}
    assert len(ranges) == 1
    low, high = ranges.pop()
    assert low < 50
    assert high > 99
    assert sum(line.line.dash == "dash" for line in figure.data) == 2


@pytest.mark.parametrize(
    ("units", "across", "rows"), [(1, 3, 1), (2, 2, 1), (4, 2, 2), (5, 3, 2), (8, 3, 3), (8, 9, 2)]
)
def test_panels_fill_rows(units: int, across: int, rows: int, rate: Metric) -> None:
    figure = small_multiples({str(number): [1.0, 2.0, 3.0] for number in range(units)}, MONTHS, rate, across=across)
    one = small_multiples({"a": [1.0, 2.0, 3.0]}, MONTHS, rate)
    panel = one.layout.height - 28
    assert round((figure.layout.height - 28) / panel) == rows


def test_without_a_single_value_nothing_breaks(rate: Metric) -> None:
    assert accented(small_multiples({"a": [None, None, None]}, MONTHS, rate)) == [[None, None, None]]
