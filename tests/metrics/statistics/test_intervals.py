"""Intervals against the numbers that PHEindicatormethods prints."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.statistics.intervals import (
    count_interval,
    difference_of_proportions,
    exact_count_interval,
    mean_interval,
    normal_quantile,
    rate_interval,
    wilson_interval,
)

# Source of every literal: R package PHEindicatormethods, by way of ORACLES.md.
SEEN = [33.09375, 48.38596, 64.83495, 67.98475, 22.93556, 71.23587, 38.78465, 82.37927]
KNOWN = [
    ("Wilson, 65 of 100", wilson_interval(65, 100), (0.55254443, 0.73635752), 1e-8),
    ("Wilson, 65 of 100, 99.8 %", wilson_interval(65, 100, 0.998), (0.49549466, 0.77835406), 1e-8),
    ("Byar, 65", count_interval(65), (50.163188, 82.849139), 1e-6),
    ("exact, 1", count_interval(1), (0.02531781, 5.57164339), 1e-8),
    ("exact, 0", count_interval(0), (0.0, 3.68887945), 1e-8),
    ("rate per 10,000, 222 of 3215", rate_interval(222, 3215, 10_000), (602.6575, 787.5729), 1e-4),
    ("Student", mean_interval(np.mean(SEEN), np.std(SEEN, ddof=1), len(SEEN)), (36.168325, 71.240365), 1e-6),
    ("Newcombe, 56/70 - 48/80", difference_of_proportions(56, 70, 48, 80), (0.0524315, 0.3338727), 1e-7),
]


@pytest.mark.parametrize(("found", "expected", "within"), [row[1:] for row in KNOWN], ids=[row[0] for row in KNOWN])
def test_published_numbers(found: tuple[float, float], expected: tuple[float, float], within: float) -> None:
    assert np.asarray(found) == pytest.approx(expected, abs=within)


def test_point_estimates_of_the_same_sources() -> None:
    value = 222 / 3215 * 10_000
    assert value == pytest.approx(690.5132, abs=1e-4)
    assert np.mean(SEEN) == pytest.approx(53.704345, abs=1e-6)


def test_exact_gives_way_to_byar_at_ten() -> None:
    assert np.array_equal(count_interval(9.99), exact_count_interval(9.99))
    assert not np.array_equal(count_interval(10), exact_count_interval(10))
    assert np.array(count_interval(10)) == pytest.approx(np.array(exact_count_interval(10)), rel=2e-3)


@pytest.mark.parametrize(
    "found",
    [
        wilson_interval(np.nan, 10),
        wilson_interval(3, np.nan),
        wilson_interval(0, 0),
        wilson_interval(11, 10),
        wilson_interval(-1, 10),
        count_interval(np.nan),
        count_interval(-1),
        rate_interval(5, 0),
        rate_interval(np.nan, 5),
        rate_interval(5, np.nan),
        mean_interval(5, 1, 1),
        mean_interval(np.nan, 1, 9),
        mean_interval(5, np.nan, 9),
        difference_of_proportions(1, 0, 1, 2),
        difference_of_proportions(1, 2, np.nan, 2),
    ],
)
def test_not_known_stays_not_known(found: tuple[float, float]) -> None:
    assert np.isnan(found).all()


def test_arrays_of_any_shape() -> None:
    low, high = wilson_interval(np.array([[5], [50]]), np.array([100, 200, np.nan]))
    assert low.shape == high.shape == (2, 3)
    assert np.isnan(low[:, 2]).all()
    assert low[1, 0] == wilson_interval(50, 100)[0]
    assert count_interval(np.zeros((2, 0)))[0].shape == (2, 0)


whole = st.integers(1, 10_000)
levels = st.sampled_from([0.8, 0.95, 0.998])


@given(whole, st.floats(0, 1), levels)
def test_wilson_holds_the_estimate_inside_the_possible(n: int, share: float, level: float) -> None:
    x = round(n * share)
    low, high = wilson_interval(x, n, level)
    assert 0 <= low <= x / n + 1e-12
    assert x / n - 1e-12 <= high <= 1


@given(st.floats(0, 1e6), levels)
def test_counts_hold_the_estimate(x: float, level: float) -> None:
    low, high = count_interval(x, level)
    assert 0 <= low <= x <= high


@given(whole, st.floats(0, 1), whole, st.floats(0, 1))
def test_a_difference_holds_the_estimate_and_mirrors(n1: int, share1: float, n2: int, share2: float) -> None:
    x1, x2 = round(n1 * share1), round(n2 * share2)
    low, high = difference_of_proportions(x1, n1, x2, n2)
    assert low - 1e-12 <= x1 / n1 - x2 / n2 <= high + 1e-12
    assert np.array(difference_of_proportions(x2, n2, x1, n1)) == pytest.approx([-high, -low])


@given(whole, whole, st.floats(0.5, 0.9))
def test_a_higher_level_is_wider(x: int, n: int, level: float) -> None:
    narrow, wide = rate_interval(x, n, 1e4, level), rate_interval(x, n, 1e4, level + 0.05)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_coverage_is_what_the_level_says() -> None:
    rng = np.random.default_rng(5)
    seen = rng.binomial(120, 0.3, 20_000)
    low, high = wilson_interval(seen, 120)
    assert ((low <= 0.3) & (high >= 0.3)).mean() == pytest.approx(0.95, abs=0.01)


def test_quantile() -> None:
    assert normal_quantile(0.95) == pytest.approx(1.959963984540054)
