"""How far peers differ, against hand calculation and simulated scores."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.heterogeneity import dispersion, expected_squares, overdispersion

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
