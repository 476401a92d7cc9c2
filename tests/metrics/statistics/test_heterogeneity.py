"""How far peers differ, against hand calculation and simulated scores."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.heterogeneity import dispersion, expected_squares, homogeneity, overdispersion

NAN = np.nan


def test_overdispersion_by_hand() -> None:
    """Three peers, winsorised at 10 %: z -3, 0, 3 -> quantiles -2.4, 2.4; w = 1, 4, 1."""
    phi, tau2 = overdispersion(np.array([[-3.0, 0, 3]]), np.array([[1.0, 0.5, 1]]))
    assert phi[0] == pytest.approx(2 * 2.4**2 / 3)
    assert tau2[0] == pytest.approx((2 * 2.4**2 - 2) / (6 - 18 / 6))


@pytest.mark.parametrize(
    ("z", "phi", "tau2"),
    [([0.1, -0.1, 0.0], None, 0.0), ([5.0, NAN, NAN], 25.0, 0.0), ([NAN, NAN, NAN], NAN, NAN)],
    ids=["under-dispersed", "one peer", "nobody"],
)
def test_overdispersion_at_the_edges(z: list[float], phi: float | None, tau2: float) -> None:
    found_phi, found_tau2 = overdispersion(np.array([z]), np.ones((1, 3)))
    assert found_tau2[0] == pytest.approx(tau2, nan_ok=True)
    if phi is not None:
        assert found_phi[0] == pytest.approx(phi, nan_ok=True)


def test_winsorised_squares_of_two_by_hand() -> None:
    """Two residuals are +-d / 2 with d^2 = 2 on average; the quantiles at 10 % draw both in to .8 of that."""
    assert expected_squares(np.array([0, 1, 2])) == pytest.approx([0, 0, 0.8**2], abs=1e-4)


def test_winsorised_squares_of_many_tend_to_the_normal_distributions() -> None:
    """1 - .2 - 2 a f(a) + .2 a^2 with a = 1.2815516, f(a) = .1754983: .678655."""
    assert expected_squares(np.array([1_001]))[0] / 1_000 == pytest.approx(0.678655, abs=1e-6)
    assert expected_squares(np.array([200]))[0] / 199 == pytest.approx(0.678655, rel=0.002)


@pytest.mark.parametrize("n", [3, 5, 10, 21])
def test_winsorised_squares_of_few_are_those_of_simulated_ones(n: int) -> None:
    scores = np.random.default_rng(n).standard_normal((100_000, n))
    rest = scores - scores.mean(axis=1, keepdims=True)
    low, high = np.quantile(rest, [0.1, 0.9], axis=1)
    simulated = (np.clip(rest, low[:, None], high[:, None]) ** 2).sum(axis=1).mean()
    assert expected_squares(np.array([n]))[0] == pytest.approx(simulated, rel=0.015)


def test_dispersion_by_hand() -> None:
    """Two peers of equal error at -d and d: the quantiles are -+.8 d, phi = 2 (.8 d)^2 / .64, and with d^2 = 9 and
    s^2 = 1 the sum is .64 / 2 at 1 + tau2 = 2 * 9 / .5.
    """
    phi, tau2 = dispersion(np.array([[-3.0, 3]]), np.ones((1, 2)))
    assert phi[0] == pytest.approx(18, rel=1e-3)
    assert tau2[0] == pytest.approx(35, rel=1e-3)


@pytest.mark.parametrize(
    ("distance", "phi", "tau2"),
    [([0.1, -0.1, 0.0], None, 0.0), ([5.0, NAN, NAN], NAN, 0.0), ([NAN, NAN, NAN], NAN, NAN)],
    ids=["under-dispersed", "one peer", "nobody"],
)
def test_dispersion_at_the_edges(distance: list[float], phi: float | None, tau2: float) -> None:
    found_phi, found_tau2 = dispersion(np.array([distance]), np.ones((1, 3)))
    assert found_tau2[0] == pytest.approx(tau2, nan_ok=True)
    if phi is not None:
        assert found_phi[0] == pytest.approx(phi, nan_ok=True)


def test_scale_changes_nothing_but_the_unit() -> None:
    rng = np.random.default_rng(3)
    distance, error = rng.normal(0, 3, (4, 30)), rng.uniform(0.5, 2, (4, 30))
    one, hundred = dispersion(distance, error), dispersion(100 * distance, 100 * error)
    np.testing.assert_allclose(hundred[0], one[0])
    np.testing.assert_allclose(hundred[1], 1e4 * one[1])
    assert (one[1] > 0).all()


@pytest.mark.parametrize(
    ("change", "error", "degrees", "q", "p"),
    [
        ([1, 3], [1, 1], np.inf, 2.0, 0.157299),  # about their mean 2: 1 + 1; chi-square with 1 degree
        ([1, 3], [1, 1], 4, 1.0, 0.317311),  # of 4 degrees each variance counts twice
        ([1, 3], [1, 1], 2, NAN, NAN),
        ([0, 0, 6], [1, 1, 2], np.inf, 8.0, 0.018316),  # w 1, 1, 1/4, mean 2/3: 2 * 4/9 + (16/3)^2 / 4
        ([1, NAN, 3], [1, 1, 1], np.inf, 2.0, 0.157299),
        ([1, NAN], [1, 1], np.inf, NAN, NAN),
        ([], [], np.inf, NAN, NAN),
    ],
)
def test_homogeneity_by_hand(change: list[float], error: list[float], degrees: float, q: float, p: float) -> None:
    found = homogeneity(np.array([change], dtype=float), np.array([error], dtype=float), degrees)
    assert (found[0][0], found[1][0]) == pytest.approx((q, p), abs=1e-6, nan_ok=True)


def test_homogeneity_keeps_its_level_also_where_errors_are_estimated() -> None:
    rng = np.random.default_rng(4)
    error = rng.uniform(1, 3, (20_000, 12))
    change = rng.normal(7, error)
    known = (homogeneity(change, error)[1] < 0.05).mean()
    estimated = error * np.sqrt(rng.chisquare(20, error.shape) / 20)
    unknown = (homogeneity(change, estimated, 20.0)[1] < 0.05).mean()
    print(f"one common change called uneven: {known:.2%}; with errors of 20 degrees {unknown:.2%}")
    assert known == pytest.approx(0.05, abs=0.005)
    assert unknown < 0.07
