"""Rare counts: the exact distribution of a further month."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from metrics.statistics.exact_limits import PRIOR, rare_counts

ALARM = 0.0027


def test_limits_are_quantiles_of_the_negative_binomial() -> None:
    count = np.array([[1.0, 0, 2, 1, 0, 0, 1, 3, 0, 1, 1, 0, 2, 0, 1]])
    found = rare_counts(count, np.ones(count.shape), np.zeros(count.shape, dtype=int), ALARM)
    size, months = count.sum() + PRIOR, 15
    exact = stats.nbinom.ppf(1 - ALARM, size, months / (months + 1))
    assert found.upper[0] == pytest.approx(np.full(15, exact))
    assert found.lower[0].tolist() == [0.0] * 15
    assert found.expected[0] == pytest.approx(np.full(15, 13 / 15))
    assert (found.jump == 0).all()


def test_each_level_is_judged_by_itself() -> None:
    count = np.array([[0.0, 1, 0, 0, 1, 0, 0, 1, 9, 8, 10, 9, 8, 9, 10, 9]])
    level = np.array([[0] * 8 + [1] * 8])
    assert (rare_counts(count, np.ones(count.shape), level, ALARM).jump == 0).all()
    found = rare_counts(count, np.ones(count.shape), level, ALARM)
    assert found.expected[0, [0, -1]] == pytest.approx([3 / 8, 9.0])


def test_more_exposure_more_cases() -> None:
    count, base = np.array([[1.0] * 11 + [10.0]]), np.array([[100.0] * 11 + [1000.0]])
    assert rare_counts(count, base, np.zeros((1, 12), dtype=int), ALARM).jump[0, -1] == 0
    assert rare_counts(count, 0 * base + 100, np.zeros((1, 12), dtype=int), ALARM).jump[0, -1] == 1


def test_counts_that_vary_more_than_chance_widen_their_limits() -> None:
    random = np.random.default_rng(6)
    wild = random.negative_binomial(1, 0.25, size=(200, 36)).astype(float)
    found = rare_counts(wild, np.ones(wild.shape), np.zeros(wild.shape, dtype=int), ALARM)
    assert (found.dispersion > 1).mean() > 0.8
    assert (found.jump != 0).mean() < 0.02
