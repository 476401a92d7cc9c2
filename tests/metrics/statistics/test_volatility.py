"""Volatility from literals, and the median of the others against numpy's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics.volatility import mean_moving_range, volatility_ratio

NAN = np.nan


@pytest.mark.parametrize(
    ("values", "expected"),
    [([1, 3, 2], 1.5), ([1, NAN, 3, 2], 1.5), ([4, 4, 4], 0), ([4], NAN), ([NAN, NAN], NAN), ([], NAN)],
)
def test_mean_moving_range(values: list[float], expected: float) -> None:
    assert mean_moving_range(np.array([values], dtype=float))[0] == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(
    ("values", "plain", "screened"),
    [
        ([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1], 32 / 17, 1),
        ([1, 2, 1, 2, 1], 1, 1),
        ([4, 4, 4, 4, 4, 9], 1, 0),
        ([4, 4], 0, 0),
        ([4], NAN, NAN),
    ],
    ids=["a shock out and back", "none", "nothing but one shock", "constant", "one month"],
)
def test_a_shock_is_screened_once(values: list[float], plain: float, screened: float) -> None:
    row = np.array([values], dtype=float)
    assert mean_moving_range(row)[0] == pytest.approx(plain, nan_ok=True)
    assert mean_moving_range(row, screen=True)[0] == pytest.approx(screened, nan_ok=True)


@pytest.mark.parametrize(
    ("volatility", "expected"),
    [
        ([1, 2, 4], [1 / 3, 0.8, 4 / 1.5]),
        ([1, 2, 4, 8], [0.25, 0.5, 2, 4]),
        ([1, 2], [0.5, 2]),
        ([1, NAN, 2], [0.5, NAN, 2]),
        ([1, 0, 0], [NAN, 0, 0]),
        ([3], [NAN]),
        ([NAN, NAN], [NAN, NAN]),
        ([], []),
    ],
)
def test_against_peers(volatility: list[float], expected: list[float]) -> None:
    found = volatility_ratio(np.array([volatility], dtype=float))[0]
    assert found == pytest.approx(expected, nan_ok=True)


@given(arrays(float, (2, 7), elements=st.one_of(st.floats(0.01, 100), st.just(NAN))), st.permutations(range(7)))
def test_the_unit_is_not_its_own_peer(volatility: np.ndarray, order: list[int]) -> None:
    found = volatility_ratio(volatility)
    for row in range(2):
        for unit in range(7):
            others = np.delete(volatility[row], unit)
            others = others[~np.isnan(others)]
            expected = volatility[row, unit] / np.median(others) if len(others) else NAN
            assert found[row, unit] == pytest.approx(expected, nan_ok=True)
    np.testing.assert_allclose(volatility_ratio(volatility[:, order]), found[:, order])
    np.testing.assert_allclose(volatility_ratio(volatility * 4), found)
