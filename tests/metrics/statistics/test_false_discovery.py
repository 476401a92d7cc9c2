"""The false discovery rate, against published p-values and by simulation."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.false_discovery import adjusted_p_values, discoveries

# McDonald, Handbook of Biological Statistics: 25 dietary variables.
P_VALUES = (
    ".001 .008 .039 .041 .042 .06 .074 .205 .212 .216 .222 .251 .269 .275 .34 .341 .384 .569 .594 .696 .762 .94 .942 "
    ".975 .986"
)


def test_published_p_values() -> None:
    found = np.array(P_VALUES.split(), dtype=float)
    assert adjusted_p_values(found)[:6] == pytest.approx([0.025, 0.1, 0.21, 0.21, 0.21, 0.25])
    assert discoveries(found, 0.2).sum() == 2


def test_what_is_not_known_counts_for_nothing() -> None:
    known = np.array([0.01, 0.5])
    with_gaps = np.array([np.nan, 0.01, np.nan, 0.5])
    assert adjusted_p_values(with_gaps)[[1, 3]] == pytest.approx(adjusted_p_values(known))
    assert discoveries(with_gaps).tolist() == [False, True, False, False]
    assert discoveries(np.full(3, np.nan)).sum() == 0


def test_of_what_is_listed_a_tenth_is_chance() -> None:
    random = np.random.default_rng(1)
    shares = []
    for _ in range(400):
        p_values = np.concatenate([random.uniform(size=25), random.uniform(size=6) * 1e-3])
        found = discoveries(p_values)
        shares.append(found[:25].sum() / max(found.sum(), 1))
    print(f"false share of what is listed: {np.mean(shares):.1%}")
    assert np.mean(shares) <= 0.10
