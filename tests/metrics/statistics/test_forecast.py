"""The coming months: held against a whole covariance matrix, against simulated series, and by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from metrics.statistics.arrays import Array
from metrics.statistics.forecast import DAMPING, SHIFTING, forecast, since_the_last_gap
from metrics.statistics.path_model import paths
from metrics.statistics.path_records import EXACT, PATH, Paths, Series
from metrics.statistics.term_search import SLOPE

AHEAD = 6


def ahead_of(series: Series, found: Paths | None = None):
    return forecast(series, paths(series) if found is None else found, AHEAD, np.zeros(AHEAD))


def simulated(months: int, correlation: float, seed: int, rows: int = 400) -> Array:
    random = np.random.default_rng(seed)
    shocks, found = random.normal(size=(rows, months + 60)), np.zeros((rows, months + 60))
    for month in range(1, months + 60):
        found[:, month] = correlation * found[:, month - 1] + np.sqrt(1 - correlation**2) * shocks[:, month]
    return found[:, 60:]


@pytest.mark.parametrize(
    ("months", "correlation", "slope"), [(8, 0.0, 0.0), (24, 0.0, 0.0), (36, 0.0, 0.1), (36, 0.5, 0.0), (60, 0.7, 0.0)]
)
def test_intervals_hold_what_comes(months: int, correlation: float, slope: float) -> None:
    values = simulated(months + AHEAD, correlation, months) + slope * np.arange(months + AHEAD)
    found = ahead_of(Series.plain(values[:, :months])).months
    low, high = found.quantile(0.025), found.quantile(0.975)
    inside = float(((values[:, months:] >= low) & (values[:, months:] <= high)).mean())
    print(f"{months} months, correlation {correlation}, slope {slope}: 95 % intervals hold {inside:.1%}")
    assert 0.92 <= inside <= 0.995  # the allowance for shifts is of no use to series without any


def test_months_that_depend_on_each_other_by_the_whole_covariance_matrix() -> None:
    """Best linear prediction with an unknown mean, from all months at once (Goldberger 1962)."""
    months, rho = 36, 0.6
    value = simulated(months, rho, 3)[:1]
    series = Series.plain(value)
    found = paths(series)
    found = replace(found, rho=np.array([rho]), jump=np.zeros_like(found.jump), kind=np.zeros_like(found.kind))
    times = np.arange(months + AHEAD)
    correlation = rho ** np.abs(times[:, None] - times[None, :])
    inverse = np.linalg.inv(correlation[:months, :months])
    ones = np.ones(months)
    level = ones @ inverse @ value[0] / (ones @ inverse @ ones)
    deviation = found.deviation[0]
    found.effect[:], found.covariance[:] = np.nan, 0.0
    found.effect[0, 0], found.covariance[0, 0, 0] = level, deviation**2 / (ones @ inverse @ ones)
    found.expected[:], found.profile[:], found.has_season[:] = level, 0.0, False
    across = correlation[months:, :months]
    mean = level + across @ inverse @ (value[0] - level)
    rest = 1 - across @ inverse @ ones
    whole = correlation[months:, months:] - across @ inverse @ across.T
    whole += np.outer(rest, rest) / (ones @ inverse @ ones)
    steps = np.arange(1, AHEAD + 1)
    whole += SHIFTING**2 * np.minimum(steps[:, None], steps[None, :])
    ahead = ahead_of(series, found)
    assert ahead.mean[0] == pytest.approx(mean)
    assert ahead.covariance[0] == pytest.approx(deviation**2 * whole)


def test_a_trend_goes_on_ever_more_slowly() -> None:
    values = 50 + 2.0 * np.arange(36) + 0.1 * simulated(36, 0.0, 1)[:1]
    series = Series.plain(values)
    found = paths(series)
    assert found.kind[0, 0] == SLOPE
    ahead = ahead_of(series, found)
    assert np.diff(ahead.mean[0]) == pytest.approx(found.effect[0, 1] * DAMPING ** np.arange(2, AHEAD + 1), rel=1e-6)
    assert ahead.mean[0, 0] - found.expected[0, -1] == pytest.approx(found.effect[0, 1] * DAMPING, rel=1e-6)


def test_a_season_comes_again() -> None:
    season = 5 * np.sin(2 * np.pi * np.arange(54) / 12)
    values = 40 + season[None, :48] + 0.3 * simulated(48, 0.0, 2)[:1]
    assert ahead_of(Series.plain(values)).mean[0] == pytest.approx(40 + season[48:], abs=0.8)


def counted(count: Array, base: Array, share: bool, scale: float) -> Series:
    rows = len(count)
    return replace(
        Series.plain(scale * count / base),
        count=count,
        base=base,
        scale=np.full(rows, scale),
        share=np.full(rows, share),
    )


def test_rare_cases_are_counted() -> None:
    """Sixteen months with 13 cases: half a case more over sixteen; a further month is negative binomial about it."""
    count = np.array([[1.0, 0, 2, 1, 0, 0, 1, 3, 0, 1, 1, 0, 2, 0, 1, 0]])
    series = counted(count, np.full(count.shape, 100.0), False, 1000.0)
    assert paths(series).model.tolist() == [EXACT]
    ahead = ahead_of(series).months
    assert ahead.mean[0] == pytest.approx(np.full(AHEAD, 13.5 / 1600 * 1000))
    low, high = ahead.quantile(0.025)[0], ahead.quantile(0.975)[0]
    assert (low == 0).all()
    assert set(high.tolist()) <= {30.0, 40.0}, "whole cases: ten per thousand each"
    assert ahead.at_least(np.full((1, AHEAD), 10.0))[0, 0] == pytest.approx(
        1 - ahead.at_most(np.zeros((1, AHEAD)))[0, 0]
    )


def test_missing_cases_of_a_share_near_100() -> None:
    base = np.full((1, 24), 200.0)
    count = base - np.array([[1.0, 0, 2, 1, 0, 0, 1, 3, 0, 1, 1, 0] * 2])
    ahead = ahead_of(counted(count, base, True, 100.0)).months
    assert ahead.quantile(0.975)[0, 0] == 100.0
    assert 97.5 <= ahead.quantile(0.025)[0, 0] < 99.5


def test_intervals_widen_with_the_horizon_and_the_year_is_their_sum() -> None:
    ahead = ahead_of(Series.plain(simulated(36, 0.0, 7)[:20]))
    variance = ahead.months.variance
    assert (np.diff(variance, axis=1) > 0).all()
    total = ahead.sums(np.full(20, 100.0), np.ones((20, AHEAD)))
    assert total.mean == pytest.approx(100 + ahead.mean.sum(axis=1))
    assert total.variance == pytest.approx(ahead.covariance.sum(axis=(1, 2)))


def test_short_constant_and_forgotten_series() -> None:
    values = np.full((3, 30), np.nan)
    values[0, :5], values[1, -10:], values[2, :15] = 7.0, 7.0, 7.0
    found = ahead_of(Series.plain(values))
    assert np.isnan(found.mean[[0, 2]]).all(), "five months are no series, and one of 15 months ago is over"
    assert found.mean[1] == pytest.approx(np.full(AHEAD, 7.0))


def test_what_lies_before_a_gap_of_a_year_says_nothing() -> None:
    values = np.array([[1.0, 2, *[np.nan] * 12, 3, 4], [1.0, 2, *[np.nan] * 11, 3, 4, 5]])
    found = since_the_last_gap(values)
    assert np.isnan(found[0, :2]).all()
    assert found[0, -2:].tolist() == [3, 4]
    assert found[1, :2].tolist() == [1, 2]


def test_the_path_of_noise() -> None:
    assert (paths(Series.plain(simulated(36, 0.0, 7)[:5])).model == PATH).all()
