"""The same months of earlier years, with January and February as one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics.seasonal import SeasonalComparison, seasonal_comparison

NAN = np.nan
JANUARY = 2023 * 12


def of_month(found: SeasonalComparison, column: int) -> tuple[float, ...]:
    fields = ("value", "earlier_mean", "earlier_low", "earlier_high", "years", "difference")
    return tuple(float(getattr(found, field)[0, column]) for field in fields)


def three_years() -> tuple[np.ndarray, np.ndarray]:
    """2023-01 .. 2025-12; the value is month + 10 * (year - 2023)."""
    months = JANUARY + np.arange(36)
    return (months % 12 + 1 + 10.0 * (months // 12 - 2023))[None], months


def test_march_is_compared_with_march() -> None:
    assert of_month(seasonal_comparison(*three_years()), 26) == (23, 8, 3, 13, 2, 15)


def test_january_and_february_are_one() -> None:
    found = seasonal_comparison(*three_years())
    assert of_month(found, 24) == of_month(found, 25) == (21.5, 6.5, 1.5, 11.5, 2, 15)


def test_the_festival_moves_and_nothing_is_seen() -> None:
    """The same sum of both months, the busy one now in January, now in February: no difference."""
    months = np.array([JANUARY, JANUARY + 1, JANUARY + 12, JANUARY + 13])
    found = seasonal_comparison(np.array([[10.0, 30, 30, 10]]), months)
    assert found.difference[0, 2:].tolist() == [0, 0]


def test_january_alone_waits_for_february() -> None:
    values, months = three_years()
    found = seasonal_comparison(values[:, :25], months[:25])
    assert np.isnan(found.value[0, 24])
    assert found.earlier_mean[0, 24] == 6.5
    assert np.isnan(found.difference[0, 24])


def test_ratios_are_put_together_by_their_sums() -> None:
    """2 of 10 and 30 of 90 are 32 of 100."""
    found = seasonal_comparison(np.array([[0.2, 1 / 3]]), np.array([JANUARY, JANUARY + 1]), np.array([[10.0, 90]]))
    assert found.value[0] == pytest.approx(0.32)


@pytest.mark.parametrize(
    ("hole", "expected"),
    [(2, (23, 13, 13, 13, 1, 10)), (26, (NAN, 8, 3, 13, 2, NAN)), (14, (23, 3, 3, 3, 1, 20))],
    ids=["an earlier year", "this year", "last year"],
)
def test_holes(hole: int, expected: tuple[float, ...]) -> None:
    values, months = three_years()
    values[0, hole] = NAN
    assert of_month(seasonal_comparison(values, months), 26) == pytest.approx(expected, nan_ok=True)


def test_the_first_year_has_nothing_to_compare_with() -> None:
    found = seasonal_comparison(*three_years())
    assert np.isnan(found.earlier_mean[0, :12]).all()
    assert (found.years[0, :12] == 0).all()
    assert seasonal_comparison(np.zeros((2, 0)), np.zeros(0, dtype=int)).value.shape == (2, 0)


@given(arrays(float, (2, 30), elements=st.one_of(st.floats(-100, 100), st.just(NAN))), st.permutations(range(30)))
def test_order_of_months_and_rows_does_not_matter(values: np.ndarray, order: list[int]) -> None:
    months = JANUARY + np.arange(30)
    found, turned = seasonal_comparison(values, months), seasonal_comparison(values[::-1, order], months[order])
    np.testing.assert_allclose(turned.difference, found.difference[::-1, order], atol=1e-9)
    some = ~np.isnan(found.earlier_mean)
    assert (found.earlier_low[some] <= found.earlier_mean[some] + 1e-9).all()
    assert (found.earlier_mean[some] <= found.earlier_high[some] + 1e-9).all()
