"""p, u and primed charts against R packages, and on huge bases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics.laney import p_chart, u_chart
from metrics.statistics.run_chart import run_chart
from tests.metrics.statistics.conftest import outside

NAN = np.nan
COUNTS = np.array([[2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4]], dtype=float)
FIFTY = np.full_like(COUNTS, 50)


def test_u_chart() -> None:
    """Source: qicharts2, by way of ORACLES.md."""
    found = u_chart(COUNTS, FIFTY, prime=False)
    assert found.centre[0] == pytest.approx(0.074)
    assert found.upper[0] == pytest.approx(0.1894123, abs=1e-7)
    assert (found.lower == 0).all()
    runs = run_chart(found.value, centre=found.centre[:, 0])
    assert (runs.longest_run[0], runs.crossings[0]) == (2, 15)


def test_scale_changes_only_the_unit() -> None:
    plain, scaled = u_chart(COUNTS, FIFTY), u_chart(COUNTS, FIFTY, scale=10_000)
    assert scaled.upper == pytest.approx(plain.upper * 10_000)
    assert scaled.sigma_z == pytest.approx(plain.sigma_z)
    assert (outside(scaled) == outside(plain)).all()


def test_prime_is_the_plain_chart_widened_by_sigma_z() -> None:
    """By hand: p = .5, n = 100 and 400, so sigma = .05 and .025; z = -2, 4 (x = 40 and 240); |dz| = 6."""
    x, n = np.array([[40.0, 240]]), np.array([[100.0, 400]])
    centre = 280 / 500
    sigma = np.sqrt(centre * (1 - centre) / n[0])
    z = (x[0] / n[0] - centre) / sigma
    found = p_chart(x, n)
    assert found.sigma_z[0] == pytest.approx(abs(z[1] - z[0]) / 1.128)
    assert found.upper[0] == pytest.approx(np.minimum(centre + 3 * sigma * found.sigma_z[0], 1))


def test_a_shock_does_not_widen_the_limits_for_years() -> None:
    """Rates of .1 and .14 in turn on 10,000 (z about -+6), one of .6: screened, sigma_z is that of the months without
    the shock.
    """
    base = np.full((1, 24), 10_000.0)
    quiet = np.tile([1_000.0, 1_400], 12)[None, :]
    shocked = quiet.copy()
    shocked[0, 10] = 6_000
    calm = u_chart(quiet, base).sigma_z[0]
    assert u_chart(shocked, base).sigma_z[0] > 1.7 * calm
    # Only the centre has moved: sigma grows with its root, so that z shrinks.
    smaller = np.sqrt(quiet.sum() / shocked.sum())
    assert u_chart(shocked, base, screen=True).sigma_z[0] == pytest.approx(calm * smaller)
    assert u_chart(quiet, base, screen=True).sigma_z[0] == pytest.approx(calm)


def test_screening_leaves_chance_its_part() -> None:
    """Two events in two years: every event is a jump far beyond the others' mean, yet nothing but chance is at work."""
    x = np.zeros((1, 24))
    x[0, [5, 15]] = 1
    n = np.linspace(9_000, 11_000, 24)[None, :]
    assert u_chart(x, n).sigma_z[0] < 1
    assert u_chart(x, n, screen=True).sigma_z[0] == pytest.approx(u_chart(x, n).sigma_z[0])


def test_huge_bases() -> None:
    """True proportions that differ by half a point on millions: the plain chart flags most months, the primed one
    hardly any.
    """
    rng = np.random.default_rng(4)
    base = np.full((50, 36), 2_000_000.0)
    seen = rng.binomial(base.astype(int), 0.6 + rng.normal(0, 0.005, base.shape)).astype(float)
    assert (outside(p_chart(seen, base, prime=False)) != 0).mean() > 0.5
    primed = p_chart(seen, base)
    assert (outside(primed) != 0).mean() < 0.01
    assert primed.sigma_z.mean() > 10


def test_sigma_z_is_one_where_chance_is_all() -> None:
    rng = np.random.default_rng(4)
    base = np.full((200, 36), 5_000.0)
    found = p_chart(rng.binomial(5_000, 0.3, base.shape).astype(float), base)
    assert found.sigma_z.mean() == pytest.approx(1, abs=0.03)


def test_holes_are_skipped_and_stay() -> None:
    x = np.array([[5, NAN, 7, 6, 5, 8, 30]], dtype=float)
    n = np.array([[10, 10, 0, 20, NAN, 10, 20]], dtype=float)
    found = p_chart(x, n)
    assert np.isnan(found.value[0]).tolist() == [False, True, True, False, True, False, True]
    assert (np.isnan(found.upper) == np.isnan(found.value)).all()
    assert found.centre[0] == pytest.approx((5 + 6 + 8) / 40)
    assert (outside(found)[np.isnan(found.value)] == 0).all()


@pytest.mark.parametrize(("x", "n"), [([NAN, NAN], [1, 1]), ([1, 1], [0, 0]), ([], [])])
def test_nothing_known(x: list[float], n: list[float]) -> None:
    found = u_chart(np.array([x], dtype=float), np.array([n], dtype=float))
    assert np.isnan(found.centre).all()
    assert np.isnan(found.sigma_z[0])


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_constant_never_signals(share: float) -> None:
    n = np.array([[100.0, 200, 400, 800]])
    found = p_chart(share * n, n)
    assert (outside(found) == 0).all()
    assert found.upper[0] == pytest.approx(share)


bases = arrays(float, (3, 12), elements=st.integers(1, 5000).map(float))


@given(bases, arrays(float, (3, 12), elements=st.floats(0, 1)))
def test_limits_hold_the_centre_within_the_possible(n: np.ndarray, share: np.ndarray) -> None:
    found = p_chart(np.floor(n * share), n)
    assert (found.lower >= 0).all()
    assert (found.upper <= 1).all()
    assert (found.lower <= found.centre + 1e-12).all()
    assert (found.centre <= found.upper + 1e-12).all()
    turned = p_chart(np.floor(n * share)[::-1], n[::-1])
    np.testing.assert_array_equal(outside(turned)[::-1], outside(found))
