"""How often the rules call pure noise a signal: 10,000 simulated series; the rate is printed (pytest -rP) and what
lists of signals say rests on it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from metrics.analyses.attention import FALSE_ALARM_RATE
from metrics.assessment.judgement import FRESH_MONTHS
from metrics.statistics.laney import p_chart, u_chart
from metrics.statistics.mann_kendall import mann_kendall
from metrics.statistics.path_model import paths
from metrics.statistics.path_records import Series
from metrics.statistics.term_search import SLOPE, STEP
from metrics.statistics.xmr import COMMON, POINT_TYPES, xmr
from tests.metrics.statistics.conftest import outside

SERIES, MONTHS = 10_000, 36
RNG_SEED = 20_251_101


def noise_of(months: int = MONTHS) -> np.ndarray:
    return np.random.default_rng(RNG_SEED).normal(80, 3, (SERIES, months))


def said(rate: float) -> float:
    """Half the width of what 10,000 series can tell of a rate, at 99.9 %."""
    return float(stats.norm.ppf(0.9995) * np.sqrt(rate * (1 - rate) / SERIES))


PLAIN_RATE = 0.016
"""How often the rules of the plain chart call the last of 36 months of pure noise a signal."""


def test_the_plain_chart_alarms_as_its_rules_do() -> None:
    last = xmr(noise_of()).point_type[:, -1]
    rate = float((last > COMMON).mean())
    by_rule = {POINT_TYPES[code]: float((last == code).mean()) for code in range(2, len(POINT_TYPES))}
    print(
        f"signal in the last of {MONTHS} months of noise: {rate:.2%} of {SERIES:,} series;",
        {name: f"{share:.2%}" for name, share in by_rule.items()},
    )
    assert rate == pytest.approx(PLAIN_RATE, abs=said(PLAIN_RATE))


def test_the_stated_rate_is_the_simulated_one() -> None:
    """A jump in the last month, a shift of the last year or a course: what the judgement calls a signal."""
    found = paths(Series.plain(noise_of()))
    jump = found.jump[:, -1] != 0
    fresh = ((found.kind == STEP) & (found.since >= MONTHS - FRESH_MONTHS)).any(axis=1)
    course = (found.kind == SLOPE).any(axis=1)
    rate = float((jump | fresh | course).mean())
    print(
        f"signals of noise: {rate:.2%}; jumps {jump.mean():.2%}, shifts {fresh.mean():.2%}, courses {course.mean():.2%}"
    )
    assert rate == pytest.approx(FALSE_ALARM_RATE, abs=said(FALSE_ALARM_RATE))


@pytest.mark.parametrize("months", [6, 13, 24])
def test_fewer_months_are_not_rasher_than_is_said(months: int) -> None:
    rate = float((xmr(noise_of(months)).point_type[:, -1] > COMMON).mean())
    print(f"{months} months: {rate:.2%}")
    assert rate < 2 * PLAIN_RATE


def test_points_outside_the_limits_are_as_rare_as_three_sigma_and_the_estimate_of_sigma_allow() -> None:
    """Known limits: .27 %. Limits estimated from 36 moving ranges: somewhat more, below 1 %."""
    outside = xmr(noise_of()).point_type
    rate = float(np.isin(outside, (2, 3)).mean())
    print(f"points outside: {rate:.2%}")
    assert stats.norm.sf(3) * 2 < rate < 0.01


def test_both_sides_alarm_alike() -> None:
    codes = xmr(noise_of()).point_type[:, -1]
    high, low = ((codes > COMMON) & (codes % 2 == side) for side in (0, 1))
    assert abs(high.mean() - low.mean()) < said(PLAIN_RATE)


@pytest.mark.parametrize("draw", [p_chart, u_chart])
def test_prime_charts_rarely_alarm_on_large_bases_that_vary_more_than_chance(draw: Any) -> None:
    """Bases of 100,000 whose rate itself moves: plain limits flag most months, prime limits about as many as XmR."""
    random = np.random.default_rng(RNG_SEED)
    base = random.integers(90_000, 110_000, (2_000, MONTHS)).astype(float)
    top = random.binomial(base.astype(int), np.clip(random.normal(0.1, 0.01, base.shape), 0, 1)).astype(float)
    plain, prime = (float((outside(draw(top, base, prime=wide)) != 0).mean()) for wide in (False, True))
    print(f"{draw.__name__}: plain {plain:.1%}, prime {prime:.2%} of points outside")
    assert plain > 0.5
    assert prime < 0.015


def test_mann_kendall_keeps_its_level() -> None:
    for months in (8, 24):
        rate = float(mann_kendall(noise_of(months)).significant.mean())
        print(f"Mann-Kendall, {months} months: {rate:.2%}")
        assert rate <= 0.05 + said(0.05)
    assert not mann_kendall(noise_of(4)).significant.any()
