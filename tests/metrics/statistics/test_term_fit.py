"""Generalised least squares against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.arrays import known_first
from metrics.statistics.term_fit import fit_terms
from tests.metrics.statistics.test_interrupted_series import SHAMPOO

sm = pytest.importorskip("statsmodels.api")
SALES = np.array(SHAMPOO.split(), dtype=float)
TIMES = np.arange(36.0)
DESIGN = np.stack([np.ones(36), TIMES, (TIMES >= 20) * 1.0], axis=1)


def test_independent_months_give_least_squares() -> None:
    found = fit_terms(SALES[None], TIMES[None], np.ones((1, 36)), DESIGN[None, :, :2], np.zeros(1))
    assert found.effect[0] == pytest.approx([101.21621622, 12.07907336])
    assert float(np.sqrt(found.variance[0])) == pytest.approx(78.50490218)
    assert float(found.freedom[0]) == 34


@pytest.mark.parametrize("rho", [0.2, 0.6])
def test_correlated_months_of_unequal_spread_give_what_statsmodels_gives(rho: float) -> None:
    spread = 1 + TIMES / 36
    known = np.ones(36, dtype=bool)
    known[[7, 8, 25]] = False
    months = TIMES[known]
    sigma = rho ** np.abs(months[:, None] - months[None, :]) * spread[known][:, None] * spread[known][None, :]
    reference = sm.GLS(SALES[known], DESIGN[known], sigma=sigma).fit()
    kept, order = known_first(np.where(known, SALES, np.nan)[None])
    columns = np.take_along_axis(DESIGN[None], order[:, :, None], axis=1)
    found = fit_terms(kept, order.astype(float), spread[order], columns, np.array([rho]))
    assert found.effect[0] == pytest.approx(reference.params)
    assert found.error[0] == pytest.approx(reference.bse)
    assert found.covariance[0] == pytest.approx(reference.cov_params())


def test_a_term_that_is_not_there_is_not_known() -> None:
    columns = np.concatenate([DESIGN[None, :, :1], np.zeros((1, 36, 1))], axis=2)
    found = fit_terms(SALES[None], TIMES[None], np.ones((1, 36)), columns, np.zeros(1))
    assert found.effect[0, 0] == pytest.approx(SALES.mean())
    assert np.isnan(found.effect[0, 1])
    assert float(found.freedom[0]) == 35
