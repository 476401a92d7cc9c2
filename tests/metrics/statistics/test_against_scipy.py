"""The same numbers from an independent implementation: scipy's own intervals, tests of trend and slopes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from metrics.statistics.intervals import exact_count_interval, mean_interval, wilson_interval
from metrics.statistics.mann_kendall import mann_kendall

levels = st.sampled_from([0.9, 0.95, 0.998])


@given(st.integers(1, 2000), st.floats(0, 1), levels)
def test_wilson(n: int, share: float, level: float) -> None:
    x = round(n * share)
    expected = stats.binomtest(x, n).proportion_ci(level, "wilson")
    assert [float(side) for side in wilson_interval(x, n, level)] == pytest.approx(
        [expected.low, expected.high], abs=1e-12
    )


@given(st.integers(0, 500), levels)
def test_exact_counts(x: int, level: float) -> None:
    """By the definition: as many or more under the low limit, as many or fewer under the high one, happen in (1 -
    level) / 2.
    """
    low, high = (float(side) for side in exact_count_interval(x, level))
    assert stats.poisson.cdf(x, high) == pytest.approx((1 - level) / 2)
    assert (low == 0) if x == 0 else (stats.poisson.sf(x - 1, low) == pytest.approx((1 - level) / 2))


@given(st.lists(st.floats(0, 100).map(lambda value: round(value, 2)), min_size=2, max_size=30), levels)
def test_student(values: list[float], level: float) -> None:
    if np.ptp(values) == 0:
        return
    expected = stats.ttest_1samp(values, 0).confidence_interval(level)
    found = mean_interval(np.mean(values), np.std(values, ddof=1), len(values), level)
    assert [float(side) for side in found] == pytest.approx([expected.low, expected.high])


@settings(max_examples=60)
@given(arrays(float, st.integers(4, 40), elements=st.integers(-20, 20).map(float)))
def test_mann_kendall_and_theil_sen(values: np.ndarray) -> None:
    """Integers have ties. S is tau-b's numerator; the slope and the intercept are scipy's."""
    found = mann_kendall(values[None])
    months = np.arange(len(values))
    pairs = np.sign(values[None, :] - values[:, None])[np.triu_indices(len(values), 1)]
    assert found.s[0] == pairs.sum()
    slope, intercept, *_ = stats.theilslopes(values, months)
    assert (found.slope[0], found.intercept[0]) == pytest.approx((slope, intercept), abs=1e-9)


@settings(max_examples=40)
@given(st.integers(4, 10), st.integers(0, 2**32 - 1))
def test_the_exact_p_without_ties(n: int, seed: int) -> None:
    values = np.random.default_rng(seed).permutation(n).astype(float)
    expected = stats.kendalltau(np.arange(n), values, method="exact").pvalue
    assert mann_kendall(values[None]).p[0] == pytest.approx(min(expected, 1.0))
