"""Roll-up: a unit's own row beats the sum of its children; a ratio is a ratio of sums over units where both are
known.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.engine.rollup import Hierarchy, Tree, known_below, roll_up, roll_up_ratios

NAN = float("nan")
# 0 province; 1, 2 cities; 3, 4 counties of 1; 5 of 2.
TREE = Tree(np.array([-1, 0, 0, 1, 1, 2]))


def cells(*values: float) -> np.ndarray:
    return np.array(values)[None, :, None]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ([NAN, NAN, NAN, 1, 2, 4], [7, 3, 4, 1, 2, 4]),
        ([NAN, 10, NAN, 1, 2, 4], [14, 10, 4, 1, 2, 4]),
        ([100, 10, NAN, 1, 2, 4], [100, 10, 4, 1, 2, 4]),
        ([NAN, NAN, NAN, 1, NAN, NAN], [1, 1, NAN, 1, NAN, NAN]),
        ([NAN, NAN, NAN, 0, NAN, NAN], [0, 0, NAN, 0, NAN, NAN]),
    ],
)
def test_sums(own: list[float], expected: list[float]) -> None:
    np.testing.assert_array_equal(roll_up(cells(*own), TREE)[0, :, 0], expected)


def test_a_numerator_without_its_denominator_counts_for_nothing() -> None:
    top, base = roll_up_ratios(cells(NAN, NAN, NAN, 5, 7, 1), cells(NAN, NAN, NAN, 10, NAN, 2), TREE)
    assert (top[0, 1, 0], base[0, 1, 0]) == (5, 10)
    assert (top[0, 0, 0], base[0, 0, 0]) == (6, 12)


def test_an_own_numerator_over_the_childrens_denominators() -> None:
    top, base = roll_up_ratios(cells(NAN, 9, NAN, NAN, NAN, NAN), cells(NAN, NAN, NAN, 10, 20, NAN), TREE)
    assert (top[0, 1, 0], base[0, 1, 0]) == (9, 30)


def test_a_circle_of_parents_ends() -> None:
    assert roll_up(cells(1, 2), Tree(np.array([1, 0]))).shape == (1, 2, 1)


@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_what_is_known_of_a_sum_is_known_without_summing(known: list[bool]) -> None:
    own = cells(*np.where(known, 1.0, NAN))
    np.testing.assert_array_equal(known_below(~np.isnan(own), TREE), ~np.isnan(roll_up(own, TREE)))


@given(st.lists(st.one_of(st.none(), st.integers(0, 10_000)), min_size=3, max_size=3))
def test_the_whole_is_the_recomputed_whole(leaves: list[int | None]) -> None:
    own = [NAN, NAN, NAN, *(NAN if leaf is None else float(leaf) for leaf in leaves)]
    known = [leaf for leaf in leaves if leaf is not None]
    found = roll_up(cells(*own), TREE)[0, 0, 0]
    assert found == sum(known) if known else np.isnan(found)


# From the third month on 4 stands below 2.
MOVED = Hierarchy((TREE, Tree(np.array([-1, 0, 0, 1, 2, 2]))), (-1000, 2))


@pytest.mark.parametrize(
    ("first", "months", "of_one", "of_two"),
    [(0, 4, [3, 3, 1, 1], [4, 4, 6, 6]), (1, 2, [3, 1], [4, 6]), (2, 1, [1], [6]), (0, 2, [3, 3], [4, 4])],
)
def test_a_unit_counts_below_the_parent_of_its_month(first: int, months: int, of_one: list, of_two: list) -> None:
    own = np.repeat(cells(NAN, NAN, NAN, 1, 2, 4), months, axis=2)
    rolled = roll_up(own, MOVED, first)[0]
    assert (rolled[1].tolist(), rolled[2].tolist(), set(rolled[0])) == (of_one, of_two, {7.0})
    if first == 0:
        top, _ = roll_up_ratios(own, own, MOVED)
        assert (top[0, 1].tolist(), top[0, 2].tolist()) == (of_one, of_two)
