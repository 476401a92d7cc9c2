"""Mann-Kendall and Theil-Sen against pymannkendall and against counting."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics.mann_kendall import EXACT, exact_p, last_run_of_steps, mann_kendall

NAN = np.nan
SHAMPOO = [
    266.0,
    145.9,
    183.1,
    119.3,
    180.3,
    168.5,
    231.8,
    224.5,
    192.8,
    122.9,
    336.5,
    185.9,
    194.3,
    149.5,
    210.1,
    273.3,
    191.4,
    287.0,
    226.0,
    303.6,
    289.9,
    421.6,
    264.5,
    342.3,
    339.7,
    440.4,
    315.9,
    439.3,
    401.3,
    437.4,
    575.5,
    407.6,
    682.0,
    475.3,
    581.3,
    646.9,
]


# Source: pymannkendall on the shampoo sales, by way of ORACLES.md.
@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("s", 440),
        ("tau", 0.6984127),
        ("slope", 11.509375),
        ("intercept", 78.7359375),
        ("variance", 5390),
        ("z", 5.9795725),
        ("n", 36),
        ("significant", True),
    ],
)
def test_shampoo(field: str, expected: float) -> None:
    assert getattr(mann_kendall(np.array([SHAMPOO])), field)[0] == pytest.approx(expected, abs=1e-6)


# Source: Gilbert 1987, by way of ORACLES.md.
@pytest.mark.parametrize(("n", "threshold"), [(5, 10), (6, 13), (7, 15), (8, 18), (9, 20), (10, 23)])
def test_exact_thresholds(n: int, threshold: int) -> None:
    """The table, and the exact distribution behind p, say the same."""
    assert EXACT[n] == threshold
    p = exact_p(n)
    reachable = [s for s in range(n * (n - 1) // 2 + 1) if (s - n * (n - 1) // 2) % 2 == 0]
    assert min(s for s in reachable if p[s] <= 0.05) == threshold


def test_four_points_are_never_a_trend() -> None:
    assert not mann_kendall(np.array([[1.0, 2, 3, 4]])).significant[0]
    assert mann_kendall(np.array([[1.0, 2, 3, 4, 5]])).significant[0]
    assert exact_p(4).min() > 0.05


@pytest.mark.parametrize("n", [2, 4, 6])
def test_exact_p_by_counting_all_orders(n: int) -> None:
    orders = np.array(list(permutations(range(n))), dtype=float)
    s = np.abs(mann_kendall(orders).s)
    assert exact_p(n) == pytest.approx([(s >= size).mean() for size in range(n * (n - 1) // 2 + 1)])


def test_ties_by_hand() -> None:
    """1 2 2 3 3 3: S = 11, groups of 2 and 3: (6 5 17 - 2 1 9 - 3 2 11) / 18."""
    found = mann_kendall(np.array([[1.0, 2, 2, 3, 3, 3]]))
    assert found.s[0] == 11
    assert found.variance[0] == pytest.approx((510 - 18 - 66) / 18)
    assert found.z[0] == pytest.approx(10 / np.sqrt(426 / 18))


def test_holes_keep_their_place_in_time() -> None:
    found = mann_kendall(np.array([[10.0, NAN, 14, NAN, NAN, 20, 22]]))
    assert (found.n[0], found.s[0], found.slope[0], found.intercept[0]) == (4, 6, 2, 10)


@pytest.mark.parametrize("values", [[], [NAN], [5.0], [NAN, 5.0, NAN]])
def test_too_little(values: list[float]) -> None:
    found = mann_kendall(np.array([values], dtype=float))
    for field in ("s", "tau", "variance", "z", "p", "slope", "intercept"):
        assert np.isnan(getattr(found, field)[0]), field
    assert not found.significant[0]


@given(st.floats(-1e6, 1e6), st.integers(2, 40))
def test_a_constant_never_signals(value: float, months: int) -> None:
    found = mann_kendall(np.full((1, months), value))
    assert (found.s[0], found.slope[0], found.z[0], found.p[0]) == (0, 0, 0, 1)
    assert not found.significant[0]


@given(arrays(float, (3, 14), elements=st.one_of(st.integers(-9, 9).map(float), st.just(NAN))))
def test_order_of_rows_scale_and_direction(values: np.ndarray) -> None:
    found = mann_kendall(values)
    turned, larger, mirrored = mann_kendall(values[::-1]), mann_kendall(values * 8 + 64), mann_kendall(values[:, ::-1])
    np.testing.assert_array_equal(turned.p[::-1], found.p)
    np.testing.assert_array_equal(larger.s, found.s)
    np.testing.assert_allclose(larger.slope, found.slope * 8)
    np.testing.assert_array_equal(mirrored.s, -found.s)
    np.testing.assert_allclose(mirrored.slope, -found.slope, atol=1e-12)
    some = ~np.isnan(found.p)
    assert ((found.p[some] >= 0) & (found.p[some] <= 1)).all()
    assert (np.abs(found.tau[some]) <= 1).all()


@pytest.mark.parametrize("months", [8, 24])
def test_false_alarms_stay_below_five_per_cent(months: int) -> None:
    share = mann_kendall(np.random.default_rng(12).normal(size=(10_000, months))).significant.mean()
    print(f"\nfalse alarms of Mann-Kendall over {months} points: {share:.4f}")
    assert 0.025 < share < 0.055


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4], 3),
        ([5, 1, 2, 3], 2),
        ([9, 8, 7], -2),
        ([1, 2, 2], 0),
        ([1, 1, 2], 1),
        ([4, NAN, 3, 2, NAN], -1),
        ([1, 2, 3, NAN, NAN], 2),
        ([1, NAN, 2, NAN, 3], 0),
        ([0.1 + 0.2, 0.3], 0),
        ([5], NAN),
        ([NAN, NAN], NAN),
        ([], NAN),
    ],
)
def test_declining_for(values: list[float], expected: float) -> None:
    assert last_run_of_steps(np.array([values], dtype=float))[0] == pytest.approx(expected, nan_ok=True)


def test_declining_for_many_rows() -> None:
    assert last_run_of_steps(np.array([[3.0, 2, 1, NAN], [1, 2, 1, 2]])).tolist() == [-2, 1]
