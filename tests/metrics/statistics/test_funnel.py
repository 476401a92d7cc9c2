"""Funnels against FunnelPlotR and simulated peers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics.funnel import funnel_of_ratios, limits_of_ratios, overdispersion, standardised_ratio_limits

NAN = np.nan


def test_ratio_limits() -> None:
    """Source: R package FunnelPlotR, by way of ORACLES.md."""
    assert np.array(standardised_ratio_limits(15)) == pytest.approx([0.5596924, 1.649348], abs=1e-6)
    assert np.isnan(standardised_ratio_limits([0, NAN, -1])).all()


@given(st.floats(0.01, 1e6))
def test_ratio_limits_hold_one_and_narrow(expected: float) -> None:
    low, high = standardised_ratio_limits(expected, 0.998)
    assert 0 <= low < 1 < high
    wider = standardised_ratio_limits(expected / 2, 0.998)
    assert wider[0] <= low
    assert wider[1] > high


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


def test_tau2_finds_most_of_the_spread_between_peers() -> None:
    """Winsorised normal scores keep .68 of their variance, those of peers of unequal size less."""
    rng = np.random.default_rng(6)
    base = rng.integers(2_000, 50_000, (200, 100))
    found = funnel_of_ratios(rng.binomial(base, rng.normal(0.4, 0.02, base.shape)), base, proportion=True)
    assert 0.7 < np.sqrt(np.median(found.tau2)) / 0.02 < 0.85
    assert (found.phi > 5).all()


@pytest.mark.parametrize("proportion", [True, False])
def test_flags_of_chance_alone_are_as_many_as_is_said(proportion: bool) -> None:
    """100 halls x 12 metrics at 95 % give sixty false alarms (PITFALLS.md); at 99.8 % two or three."""
    rng = np.random.default_rng(8)
    base = rng.integers(500, 5_000, (2_000, 100))
    seen = rng.binomial(base, 0.3) if proportion else rng.poisson(base * 0.3)
    for level, expected in ((0.95, 5.0), (0.998, 0.2)):
        found = funnel_of_ratios(seen, base, proportion, level, overdispersed=False)
        assert found.expected_false == pytest.approx(expected)
        assert (found.flag != 0).sum(axis=1).mean() == pytest.approx(expected, rel=0.25)
    assert 12 * funnel_of_ratios(seen, base, proportion, 0.95).expected_false[0] == pytest.approx(60)


def test_a_spread_that_all_share_flags_nobody_but_an_outlier_is_seen() -> None:
    rng = np.random.default_rng(9)
    base = np.full((1, 60), 100_000)
    shares = rng.normal(0.5, 0.02, (1, 60))
    shares[0, 7] = 0.7
    seen = rng.binomial(base, shares)
    assert (funnel_of_ratios(seen, base, True, overdispersed=False).flag != 0).mean() > 0.5
    found = funnel_of_ratios(seen, base, True)
    assert np.flatnonzero(found.flag[0]).tolist() == [7]
    assert found.flag[0, 7] == 1


def test_limits_are_those_of_the_curves() -> None:
    base = np.array([[100.0, 1_000, 10_000, NAN, 0]])
    found = funnel_of_ratios(base * np.array([0.2, 0.3, 0.25, 0.2, 0.2]), base, True)
    low, high = limits_of_ratios(found.centre[0], found.tau2[0], base[0], True)
    np.testing.assert_allclose(found.lower[0], low)
    np.testing.assert_allclose(found.upper[0], high)
    assert np.isnan(found.value[0, 3:]).all()
    assert np.isnan(low[3:]).all()
    assert found.expected_false[0] == pytest.approx(3 * 0.002)


def test_thin_bases_are_named() -> None:
    found = funnel_of_ratios(np.array([[1.0, 300]]), np.array([[10.0, 1_000]]), proportion=False)
    assert found.thin.tolist() == [[True, False]]


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_equal_peers_are_never_flagged(share: float) -> None:
    base = np.array([[10.0, 100, 1_000]])
    found = funnel_of_ratios(base * share, base, True)
    assert (found.flag == 0).all()
    assert found.centre[0] == share


@pytest.mark.parametrize("shape", [(1, 0), (0, 5), (0, 0)])
def test_nobody(shape: tuple[int, int]) -> None:
    assert funnel_of_ratios(np.zeros(shape), np.zeros(shape), True).flag.shape == shape


@given(
    arrays(float, (2, 8), elements=st.one_of(st.integers(1, 9_999).map(float), st.just(NAN))),
    arrays(float, (2, 8), elements=st.floats(0, 1)),
    st.permutations(range(8)),
)
def test_limits_hold_the_centre_and_order_does_not_matter(
    base: np.ndarray, share: np.ndarray, order: list[int]
) -> None:
    seen = np.floor(base * share)
    found, turned = funnel_of_ratios(seen, base, True), funnel_of_ratios(seen[:, order], base[:, order], True)
    known = ~np.isnan(found.value)
    centre = np.broadcast_to(found.centre[:, None], known.shape)
    assert (found.lower[known] <= centre[known]).all()
    assert (centre[known] <= found.upper[known]).all()
    np.testing.assert_allclose(turned.upper, found.upper[:, order], rtol=1e-9)
    np.testing.assert_allclose(turned.tau2, found.tau2, rtol=1e-7, atol=1e-12)
