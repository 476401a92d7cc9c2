"""Ranks: ties share the better one, what is not known is not ranked."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.ranks import cases_to_next_rank, cases_to_value, ranks

NAN = float("nan")


def ranked(values: list[float], lower: bool = False) -> list[float]:
    return ranks(np.array([values]), np.array([lower]), np.array([True])).rank[0].tolist()


@pytest.mark.parametrize(
    ("values", "lower", "expected"),
    [
        ([3, 1, 2], False, [1, 3, 2]),
        ([3, 1, 2], True, [3, 1, 2]),
        ([5, 5, 4], False, [1, 1, 3]),
        ([4, 5, 5, 5], True, [1, 2, 2, 2]),
        ([0.1 + 0.2, 0.3], False, [1, 1]),
    ],
)
def test_ranks(values: list[float], lower: bool, expected: list[float]) -> None:
    assert ranked(values, lower) == expected


def test_not_known_is_not_ranked() -> None:
    found = ranks(np.array([[2.0, NAN, 1.0]]), np.array([False]), np.array([True]))
    assert np.isnan(found.rank[0, 1])
    assert found.peers[0] == 2
    assert found.next_peer[0].tolist() == [-1, -1, 0]


def test_a_metric_without_a_better_direction_has_no_ranks() -> None:
    assert np.isnan(ranks(np.array([[2.0, 1.0]]), np.array([False]), np.array([False])).rank).all()


VALUES = st.lists(st.integers(-1000, 1000).map(float), min_size=1, max_size=30)


@given(VALUES, st.booleans(), st.floats(0.001, 1000))
def test_rescaling_changes_no_rank(values: list[float], lower: bool, factor: float) -> None:
    assert ranked(values, lower) == ranked([value * factor for value in values], lower)


@given(VALUES, st.booleans(), st.randoms())
def test_order_does_not_matter(values: list[float], lower: bool, random: object) -> None:
    order = list(range(len(values)))
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = ranked([values[place] for place in order], lower)
    assert [shuffled[order.index(place)] for place in range(len(values))] == ranked(values, lower)


@pytest.mark.parametrize(
    ("numerator", "denominator", "scale", "next_value", "lower", "expected"),
    [
        (180.0, 100_000.0, 10_000.0, 15.0, True, 30.0),  # 18 per 10,000 to 15: 30 fewer complaints
        (80.0, 100.0, 100.0, 84.5, False, 5.0),  # 80 % to 84.5 %: 4.5, so 5 more
        (12.0, 1.0, 1.0, 9.0, True, 3.0),  # a count
        (50.0, 100.0, 100.0, 50.0, False, 1.0),  # a difference within rounding still needs one
        (NAN, 100.0, 100.0, 50.0, False, NAN),
    ],
)
def test_next_place_in_natural_counts(
    numerator: float, denominator: float, scale: float, next_value: float, lower: bool, expected: float
) -> None:
    found = cases_to_next_rank(
        np.array(numerator), np.array(denominator), np.array(scale), np.array(next_value), np.array(lower)
    )
    assert float(found) == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("numerator", "denominator", "wanted", "lower", "expected"),
    [
        (75.0, 50_000.0, 15.0, True, 0),
        (75.0, 50_000.0, 12.0, True, 15),
        (75.0, 50_000.0, 20.0, True, 0),
        (76.0, 50_000.0, 15.0, True, 1),
        (75.0, 50_000.0, 16.1, False, 6),
        (75.0, 50_000.0, np.nan, True, np.nan),
        (np.nan, 50_000.0, 15.0, True, np.nan),
        (75.0, 50_000.0, 0.0, True, 75),
        (75.0, np.nan, 15.0, True, np.nan),
    ],
)
def test_cases_to_the_average_or_the_target(
    numerator: float, denominator: float, wanted: float, lower: bool, expected: float
) -> None:
    found = cases_to_value(np.array(numerator), np.array(denominator), np.array(1e4), np.array(wanted), np.array(lower))
    assert float(found) == pytest.approx(expected, nan_ok=True)


@given(st.integers(0, 500), st.integers(1, 100_000), st.floats(0, 100), st.booleans())
def test_so_many_cases_reach_it_and_one_less_does_not(
    numerator: int, denominator: int, wanted: float, lower: bool
) -> None:
    step = float(
        cases_to_value(
            np.array(float(numerator)), np.array(float(denominator)), np.array(1e4), np.array(wanted), np.array(lower)
        )
    )
    sign = -1 if lower else 1

    # A billionth of a case is none, however small the base that turns it into a rate.
    slack = 1e-6 * max(1, wanted) + 1e4 * 2e-9 * max(1, numerator) / denominator

    def reached(cases: float) -> bool:
        value = 1e4 * (numerator + sign * cases) / denominator
        return value <= wanted + slack if lower else value >= wanted - slack

    assert reached(step)
    assert (
        step == 0
        or not reached(step - 1)
        or abs(1e4 * (numerator + sign * (step - 1)) / denominator - wanted) < 1e-5 * max(1, wanted)
    )
