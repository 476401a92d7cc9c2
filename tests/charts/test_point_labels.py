"""Names in a cloud of points, from literals and at random."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts.point_labels import POSITIONS, place_labels


@pytest.mark.parametrize(
    ("point", "position"),
    [
        ((0.5, 0.5), "top center"),
        ((0.5, 0.99), "bottom center"),
        ((0.01, 0.5), "middle right"),
        ((0.99, 0.5), "middle left"),
    ],
)
def test_a_name_stands_where_it_is_inside(point: tuple[float, float], position: str) -> None:
    assert place_labels([point], ["大洋区"], [0], 300) == (["大洋区"], [position])


def test_of_two_names_on_one_spot_the_first_in_order_stands_and_the_other_takes_another_side() -> None:
    texts, positions = place_labels([(0.5, 0.5), (0.5, 0.5)], ["甲", "乙"], [1, 0], 300)
    assert texts == ["甲", "乙"]
    assert positions == ["bottom center", "top center"]


def test_a_name_without_room_is_left_out_unless_it_is_the_chosen_one() -> None:
    crowd = [(0.5 + 0.03 * x, 0.5 + 0.04 * y) for x in range(-2, 3) for y in range(-2, 3)]
    names = ["大洋高新技术区"] * len(crowd)
    texts, _ = place_labels(crowd, names, range(len(crowd)), 300, chosen=12)
    assert texts[12] == "<b>大洋高新技术区</b>"
    assert "" in texts


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=25))
def test_every_point_has_a_text_and_a_position(points: list[tuple[float, float]]) -> None:
    texts, positions = place_labels(points, ["大洋"] * len(points), range(0, len(points), 2), 300)
    assert len(texts) == len(positions) == len(points)
    assert set(positions) <= set(POSITIONS)
    assert not any(texts[1::2])
