"""The path's limits: those of a further month, judged by the others; wide where the months were."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from metrics.statistics.expected_path import ALARM_RATE, Given, expected_path

sm = pytest.importorskip("statsmodels.api")


def test_of_independent_months_a_jump_is_an_externally_studentised_residual() -> None:
    values = np.random.default_rng(2).normal(size=(200, 30))
    values[:, -1] += np.linspace(0, 6, 200)
    found = expected_path(values)
    plain = (found.structure.kind == 0).all(axis=1) & (found.structure.rho == 0)
    plain &= (found.jump[:, :-1] == 0).all(axis=1)
    critical = stats.t.ppf(1 - ALARM_RATE / 2, 28)
    for row in np.flatnonzero(plain):
        residual = sm.OLS(values[row], np.ones(30)).fit().get_influence().resid_studentized_external[-1]
        assert (abs(residual) > critical) == (found.jump[row, -1] != 0), row
    assert plain.sum() > 100


def test_the_others_of_a_jump_lie_within_their_limits() -> None:
    values = np.random.default_rng(3).normal(size=(300, 40))
    found = expected_path(values)
    outside = (values > found.upper) | (values < found.lower)
    assert (outside == (found.jump != 0)).all()


def test_a_step_may_change_the_spread() -> None:
    """Wild months before a loaded event do not widen the limits of the calm ones since."""
    random = np.random.default_rng(4)
    values = np.concatenate([100 + 20 * random.normal(size=(1, 30)), 40 + random.normal(size=(1, 24))], axis=1)
    given = Given.nothing(values)
    given.forced[0, 30] = True
    found = expected_path(values, given)
    width = (found.upper - found.lower)[0]
    assert width[:30].mean() > 8 * width[30:].mean()
    assert width[-1] < 10


def test_months_of_small_bases_have_wide_limits() -> None:
    values = np.random.default_rng(5).normal(size=(1, 30))
    given = Given.nothing(values)
    given.spread[0, 10] = 4.0
    width = (lambda path: (path.upper - path.lower)[0])(expected_path(values, given))
    assert width[10] == pytest.approx(4 * width[11], rel=0.05)
