"""Run charts against the table of R package qicharts2."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics.run_chart import crossings_needed, longest_allowed, run_chart

NAN = np.nan


# Source: qicharts2, by way of ORACLES.md.
@pytest.mark.parametrize(("n", "longest", "fewest"), [(10, 6, 2), (12, 7, 3), (18, 7, 5), (24, 8, 8), (40, 8, 14)])
def test_bounds(n: int, longest: int, fewest: int) -> None:
    assert (longest_allowed(n), crossings_needed(n)) == (longest, fewest)


# n = 24 allows runs to 8 and needs 8 crossings.
@pytest.mark.parametrize(
    ("name", "values", "longest", "crossings", "signal"),
    [
        ("up and down", [1, 3] * 12, 1, 23, False),
        ("a step", [1] * 12 + [3] * 12, 12, 1, True),
        ("a run of eight is allowed", [1] * 8 + [3, 1] * 3 + [3] * 8 + [1, 3], 8, 9, False),
        ("a run of nine is not", [3, 1, 3, 1, 3, 1] + [3] * 9 + [1, 1, 3, 1, 3, 1, 1, 1, 1], 9, 11, True),
        ("too few crossings", ([1] * 4 + [3] * 4) * 3, 4, 5, True),
    ],
)
def test_signals(name: str, values: list[float], longest: int, crossings: int, signal: bool) -> None:
    found = run_chart(np.array([values], dtype=float), centre=[2.0])
    assert (found.longest_run[0], found.crossings[0], found.signal[0]) == (longest, crossings, signal), name


def test_points_on_the_median_and_holes_are_left_out() -> None:
    found = run_chart(np.array([[1, 2, NAN, 3, 2, 1, 3, 3, 1, 2]], dtype=float))
    assert (found.centre[0], found.useful[0], found.longest_run[0], found.crossings[0]) == (2, 6, 2, 4)


@pytest.mark.parametrize("values", [[], [NAN, NAN], [5.0], [4.0, 4.0, 4.0]])
def test_nothing_to_say(values: list[float]) -> None:
    found = run_chart(np.array([values], dtype=float))
    assert np.isnan(found.longest_run[0])
    assert np.isnan(found.crossings[0])
    assert found.useful[0] == 0
    assert not found.signal[0]


def test_another_centre() -> None:
    found = run_chart(np.array([[1.0, 2, 3], [1, 2, 3]]), centre=np.array([0.0, 2.5]))
    assert found.longest_run.tolist() == [3, 2]


@given(st.floats(-1e6, 1e6), st.integers(1, 60))
def test_a_constant_never_signals(value: float, months: int) -> None:
    assert not run_chart(np.full((1, months), value)).signal.any()
    assert not run_chart(np.full((1, months), value), centre=[np.mean(np.full(months, value))]).signal.any()


@given(arrays(float, (3, 24), elements=st.one_of(st.integers(0, 9).map(float), st.just(NAN))))
def test_order_of_rows_scale_and_mirror_do_not_matter(values: np.ndarray) -> None:
    found = run_chart(values)
    for other in (run_chart(values[::-1]), run_chart(values[::-1] * 4), run_chart(-values[::-1])):
        np.testing.assert_array_equal(other.longest_run[::-1], found.longest_run)
        np.testing.assert_array_equal(other.crossings[::-1], found.crossings)
        np.testing.assert_array_equal(other.signal[::-1], found.signal)


def test_false_alarms() -> None:
    share = run_chart(np.random.default_rng(3).normal(size=(10_000, 24))).signal.mean()
    print(f"\nfalse alarms of the Anhoej rules over 24 points: {share:.4f}")
    assert share < 0.06
