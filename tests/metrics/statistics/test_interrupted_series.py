"""Interrupted time series against statsmodels, and how often they alarm without a cause."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.interrupted_series import correlated_factor, interrupted_series, least_squares
from tests.metrics.statistics.test_forecast import simulated

sm = pytest.importorskip("statsmodels.api")


def test_the_nile_after_28_years() -> None:
    value = sm.datasets.nile.load_pandas().data["volume"].to_numpy(dtype=float)
    step = (np.arange(100) >= 28) * 1.0
    found = least_squares(value, np.column_stack([np.ones(100), step]))
    assert found.coefficients[1] == pytest.approx(-247.7777778)
    assert found.errors[1] == pytest.approx(28.43520169)
    assert found.hac_errors[1] == pytest.approx(31.65762387)
    judged = interrupted_series(value, 28)
    # More than the HAC error alone: these years correlate.
    assert judged.error == pytest.approx(28.43520169 * correlated_factor(found.residual))
    assert judged.error > 31.65762387
    assert (judged.change, judged.before, judged.after) == (pytest.approx(-247.7777778), 28, 72)


SHAMPOO = (
    "266.0 145.9 183.1 119.3 180.3 168.5 231.8 224.5 192.8 122.9 336.5 185.9 194.3 149.5 210.1 273.3 191.4 287.0 226.0 "
    "303.6 289.9 421.6 264.5 342.3 339.7 440.4 315.9 439.3 401.3 437.4 575.5 407.6 682.0 475.3 581.3 646.9"
)


def test_the_shampoo_sales() -> None:
    """The numbers of statsmodels 0.15: least squares over 36 months, HAC with 3 lags."""
    value = np.array(SHAMPOO.split(), dtype=float)
    found = least_squares(value, np.column_stack([np.ones(36), np.arange(36.0)]), lags=3)
    assert found.coefficients == pytest.approx([101.21621622, 12.07907336])
    assert np.sqrt((found.residual**2).sum() / found.freedom) == pytest.approx(78.50490218)
    assert found.hac_errors == pytest.approx([31.42475798, 1.65814905])


def test_a_regression_with_a_control_as_statsmodels_has_it() -> None:
    value, control = simulated(60, 0.5, 4)[:2]
    value = value + 0.5 * control + 2.0 * (np.arange(60) >= 40)
    design = np.column_stack([np.ones(60), np.arange(60) >= 40, control])
    reference = sm.OLS(value, design).fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True})
    found = least_squares(value, design, lags=3)
    assert found.coefficients == pytest.approx(reference.params)
    assert found.hac_errors == pytest.approx(reference.bse)


@pytest.mark.parametrize(("correlation", "most"), [(0.0, 0.09), (0.3, 0.12), (0.5, 0.14)])
@pytest.mark.parametrize("after", [3, 12])
def test_nothing_happened(correlation: float, most: float, after: int) -> None:
    values = simulated(36, correlation, after)
    judged = [interrupted_series(value, 36 - after) for value in values]
    wrong = float(np.mean([not one.low <= 0 <= one.high for one in judged]))
    print(f"correlation {correlation}, {after} months after: {wrong:.1%} called a change")
    assert wrong <= most


def test_what_all_peers_did_is_no_effect() -> None:
    common = 10 * np.sin(np.arange(36) / 2) + 3.0 * (np.arange(36) >= 24)
    value = common + 0.3 * simulated(36, 0.0, 1)[0]
    assert interrupted_series(value, 24).high > 0
    judged = interrupted_series(value, 24, common)
    assert judged.low < 0 < judged.high
    assert abs(judged.change) < 0.5


def test_too_few_months_say_nothing() -> None:
    value = np.arange(20.0)
    assert np.isnan(interrupted_series(value, 5).change)
    assert np.isnan(interrupted_series(value, 18).change)
