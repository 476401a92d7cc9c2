"""How often the model of a path is wrong and how often it sees what is there: simulated, printed, held to its goals."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from metrics.assessment.judgement import FRESH_MONTHS
from metrics.statistics.arrays import Array
from metrics.statistics.path_model import paths
from metrics.statistics.path_records import EXACT, NO_MODEL, PATH, PLAIN, Paths, Series
from metrics.statistics.term_search import SLOPE, STEP

SERIES = int(os.environ.get("SIMULATED_SERIES", "400"))
"""Of each kind; `make soak` simulates ten thousand."""
MOST_FALSE_JUMPS = 0.02
Random = np.random.Generator


def noise(random: Random, months: int, correlation: float = 0.0) -> Array:
    """Series of standard deviation 1 whose neighbouring months correlate."""
    shocks = random.normal(size=(SERIES, months + 60))
    found = np.zeros(shocks.shape)
    for month in range(1, shocks.shape[1]):
        found[:, month] = correlation * found[:, month - 1] + np.sqrt(1 - correlation**2) * shocks[:, month]
    return found[:, 60:]


def of_values(values: Array) -> Series:
    return Series.plain(values, np.arange(values.shape[1]))


def of_counts(count: Array, base: Array, share: bool = False, scale: float = 1.0) -> Series:
    return replace(
        of_values(scale * count / base),
        count=count,
        base=base,
        scale=np.full(len(count), scale),
        share=np.full(len(count), share),
    )


def season(months: int) -> Array:
    return np.asarray(2 * np.sin(2 * np.pi * np.arange(months) / 12))


def rare(random: Random, mean: float) -> Series:
    return of_counts(random.poisson(mean, size=(SERIES, 36)).astype(float), np.ones((SERIES, 36)))


def near_full(random: Random, base: int, share: float) -> Series:
    whole = np.full((SERIES, 36), float(base))
    return of_counts(random.binomial(base, share, size=(SERIES, 36)).astype(float), whole, share=True, scale=100.0)


ORDINARY: dict[str, Callable[[Random], Series]] = {
    "noise, 8 months": lambda random: of_values(noise(random, 8)),
    "noise, 13 months": lambda random: of_values(noise(random, 13)),
    "noise, 36 months": lambda random: of_values(noise(random, 36)),
    "noise, 60 months": lambda random: of_values(noise(random, 60)),
    "correlation 0.5": lambda random: of_values(noise(random, 36, 0.5)),
    "correlation 0.7": lambda random: of_values(noise(random, 36, 0.7)),
    "season of 2 sigma, 24 months": lambda random: of_values(noise(random, 24) + season(24)),
    "season of 2 sigma, 36 months": lambda random: of_values(noise(random, 36) + season(36)),
    "season of 2 sigma, 60 months": lambda random: of_values(noise(random, 60) + season(60)),
    "a January like no other month": lambda random: of_values(noise(random, 60) + 6.0 * (np.arange(60) % 12 == 0)),
    "steady trend": lambda random: of_values(noise(random, 36) + 0.1 * np.arange(36)),
    "steep trend, correlated": lambda random: of_values(noise(random, 36, 0.5) + 0.3 * np.arange(36)),
    "one old step": lambda random: of_values(noise(random, 36) + 3.0 * (np.arange(36) >= 12)),
    "rare counts of 0.1": lambda random: rare(random, 0.1),
    "rare counts of 0.5": lambda random: rare(random, 0.5),
    "rare counts of 2": lambda random: rare(random, 2.0),
    "rare counts of 4": lambda random: rare(random, 4.0),
    "shares of 98.5 % of 200": lambda random: near_full(random, 200, 0.985),
    "shares of 99 % of 50": lambda random: near_full(random, 50, 0.99),
    "shares of 99.9 % of 5,000": lambda random: near_full(random, 5_000, 0.999),
}


@pytest.mark.parametrize("what", ORDINARY)
def test_ordinary_months_seldom_jump(what: str) -> None:
    series = ORDINARY[what](np.random.default_rng(sum(map(ord, what))))
    false = float((paths(series).jump != 0).mean())
    print(f"{what}: {false:.2%} of the months jump")
    assert false <= MOST_FALSE_JUMPS


def has_step(found: Paths) -> Array:
    return (found.kind == STEP).any(axis=1)


@pytest.mark.parametrize(
    ("what", "sigmas", "months", "goal"), [("told by month 6", 1.5, 6, 0.75), ("still told at month 12", 2.0, 12, 0.95)]
)
def test_a_shift_is_told(what: str, sigmas: float, months: int, goal: float) -> None:
    values = noise(np.random.default_rng(months), 36 + months)
    values[:, 36:] += sigmas
    told = float(has_step(paths(of_values(values))).mean())
    print(f"a shift of {sigmas} sigma is {what}: {told:.1%}")
    assert told >= goal


def test_a_spike_jumps_in_its_own_month() -> None:
    values = noise(np.random.default_rng(5), 36)
    values[:, -1] += 5.0
    seen = float((paths(of_values(values)).jump[:, -1] == 1).mean())
    print(f"a spike of 5 sigma jumps in its own month: {seen:.1%}")
    assert seen >= 0.85


def test_noise_seldom_has_a_step_or_a_trend() -> None:
    for correlation, most in ((0.0, 0.12), (0.5, 0.20), (0.7, 0.20)):
        found = paths(of_values(noise(np.random.default_rng(9), 36, correlation)))
        false = float((found.kind != 0).any(axis=1).mean())
        fresh = ((found.kind == STEP) & (found.since >= 36 - FRESH_MONTHS)) | (found.kind == SLOPE)
        signals = float(((found.jump[:, -1] != 0) | fresh.any(axis=1)).mean())
        print(f"noise with correlation {correlation}: {false:.1%} have a step or a trend, {signals:.1%} a signal")
        assert (false <= most, signals <= 0.11) == (True, True)


def test_a_series_that_is_constant_but_for_one_month_judges_that_month_alone() -> None:
    values = np.full((1, 36), 7.0)
    values[0, 20] = 8.0
    found = paths(of_values(values))
    assert np.flatnonzero(found.jump[0]).tolist() == [20]
    assert found.expected[0] == pytest.approx(np.full(36, 7.0))


def test_a_spike_neither_bends_the_path_nor_widens_its_limits() -> None:
    values = noise(np.random.default_rng(3), 36)[:50]
    spiked = values.copy()
    spiked[:, 20] += 8.0
    calm, found = paths(of_values(np.where(np.arange(36) == 20, np.nan, values))), paths(of_values(spiked))
    assert (found.jump[:, 20] == 1).all()
    same = np.isclose(found.expected, calm.expected, atol=1e-9).all(axis=1)
    assert same.mean() > 0.9  # a Hampel filter without the spike may set aside another month


@pytest.mark.parametrize(("known", "model"), [(5, NO_MODEL), (6, PLAIN), (12, PLAIN), (13, PATH)])
def test_short_series_fall_back_openly(known: int, model: int) -> None:
    values = np.full((1, 20), np.nan)
    values[0, :known] = noise(np.random.default_rng(1), known)[0]
    assert paths(of_values(values)).model.tolist() == [model]


def test_rare_counts_have_exact_limits() -> None:
    count = np.array([[1.0, 0, 2, 1, 0, 0, 1, 3, 0, 1, 1, 0, 2, 0, 1, 9]])
    found = paths(of_counts(count, np.ones(count.shape)))
    assert found.model.tolist() == [EXACT]
    assert found.jump[0].tolist() == [0] * 15 + [1]
    # Thirteen cases in fifteen months: a further month is negative binomial with 13.5 and 1 / 16.
    assert (found.lower[0, 0], found.upper[0, 0]) == (0.0, 5.0)


def test_an_order_of_units_and_of_sizes_decides_nothing() -> None:
    values = noise(np.random.default_rng(4), 36)[:60]
    values[:20, 20:] += 3.0
    one = paths(of_values(values))
    turned = paths(of_values(-1000.0 * values[::-1]))
    assert np.array_equal(one.jump, -turned.jump[::-1])
    assert np.allclose(one.expected, turned.expected[::-1] / -1000.0, atol=1e-6)
