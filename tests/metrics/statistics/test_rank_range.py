"""The plausible rank range: the properties that ORACLES.md names, and its promise under simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics import rank_range as module
from metrics.statistics.rank_range import critical_z, rank_range

NAN = np.nan
HIGHER = np.array([False])


def ranges(values: list[float], errors: list[float], lower_is_better: bool = False) -> list[tuple[float, float]]:
    found = rank_range(np.array([values], dtype=float), np.array([errors], dtype=float), np.array([lower_is_better]))
    return list(zip(found.low[0].tolist(), found.high[0].tolist(), strict=True))


def test_separated_units_hold_a_single_rank() -> None:
    assert ranges([30, 10, 20], [0.1] * 3) == [(1, 1), (3, 3), (2, 2)]
    assert ranges([30, 10, 20], [0.1] * 3, lower_is_better=True) == [(3, 3), (1, 1), (2, 2)]


def test_identical_units_hold_every_rank() -> None:
    assert ranges([5, 5, 5, 5], [1] * 4) == [(1, 4)] * 4
    assert ranges([5, 5, 5, 5], [0] * 4) == [(1, 4)] * 4


def test_two_that_touch_and_one_apart() -> None:
    assert ranges([10, 10.1, 2], [0.5] * 3) == [(1, 2), (1, 2), (3, 3)]


@pytest.mark.parametrize(("z", "separated"), [(1.95, False), (1.97, True)])
def test_two_units_are_one_two_sided_comparison(z: float, separated: bool) -> None:
    assert ranges([z * np.sqrt(2), 0], [1, 1]) == ([(1, 1), (2, 2)] if separated else [(1, 2), (1, 2)])


def test_the_first_of_many_comparisons_is_bonferroni() -> None:
    """Four units: 12 one-sided hypotheses; -ndtri(.05 / 12) = 2.6383."""
    errors = np.array([1, 1, 1, 1]) / np.sqrt(2)
    assert ranges([2.63, 0, 0, 0], errors.tolist())[0] == (1, 4)
    assert ranges([2.65, 0, 0, 0], errors.tolist())[0] == (1, 1)


def test_later_comparisons_are_easier() -> None:
    """Holm: after five of twelve are rejected, -ndtri(.05 / 7) = 2.4500 is enough for the sixth."""
    errors = (np.ones(4) / np.sqrt(2)).tolist()
    assert ranges([100, 50, 2.46, 0], errors) == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert ranges([100, 50, 2.44, 0], errors) == [(1, 1), (2, 2), (3, 4), (3, 4)]


def test_not_known_is_not_ranked_and_uncertain_is_not_separated() -> None:
    found = ranges([30, NAN, 20, 10], [0.1, 0.1, NAN, 0.1])
    assert np.isnan(found[1]).all()
    assert found[0] == (1, 2)
    assert found[2] == (1, 3)
    assert found[3] == (2, 3)


@pytest.mark.parametrize("shape", [(0, 4), (3, 0), (3, 1)])
def test_nobody_to_compare(shape: tuple[int, int]) -> None:
    found = rank_range(np.zeros(shape), np.ones(shape), np.zeros(shape[0], dtype=bool))
    assert found.low.shape == shape
    assert (found.low == 1).all()
    assert (found.high == 1).all()


some = arrays(float, (3, 7), elements=st.one_of(st.integers(-50, 50).map(float), st.just(NAN)))
errors_of = arrays(float, (3, 7), elements=st.floats(0.1, 5))
directions = arrays(bool, 3)


@given(some, errors_of, directions)
def test_holds_the_observed_rank(values: np.ndarray, errors: np.ndarray, lower: np.ndarray) -> None:
    found = rank_range(values, errors, lower)
    key = np.where(lower[:, None], values, -values)
    observed = np.where(np.isnan(values), NAN, 1 + (key[:, None, :] < key[:, :, None]).sum(axis=2))
    known = ~np.isnan(values)
    assert (found.low[known] <= observed[known]).all()
    assert (observed[known] <= found.high[known]).all()
    assert (np.isnan(found.low) == ~known).all()
    assert (found.low[known] >= 1).all()
    assert (found.peers == known.sum(axis=1)).all()


@given(some, errors_of, directions, st.floats(1, 10), st.integers(0, 6))
def test_widens_as_bases_shrink(
    values: np.ndarray, errors: np.ndarray, lower: np.ndarray, factor: float, unit: int
) -> None:
    """For all units, and when only one unit's base shrinks, for that unit."""
    found = rank_range(values, errors, lower)
    known = ~np.isnan(values)
    for columns in (slice(None), slice(unit, unit + 1)):
        less = errors.copy()
        less[:, columns] *= factor
        wider = rank_range(values, less, lower)
        assert (wider.low <= found.low)[known].all()
        assert (wider.high >= found.high)[known].all()


@given(some, errors_of, directions, st.sampled_from([0.25, 2.0, 1024.0]), st.permutations(range(7)))
def test_scale_direction_and_order_do_not_matter(
    values: np.ndarray, errors: np.ndarray, lower: np.ndarray, factor: float, order: list[int]
) -> None:
    found = rank_range(values, errors, lower)
    for other in (rank_range(values * factor, errors * factor, lower), rank_range(-values, errors, ~lower)):
        np.testing.assert_array_equal(other.low, found.low)
        np.testing.assert_array_equal(other.high, found.high)
    turned = rank_range(values[::-1, order], errors[::-1, order], lower[::-1])
    np.testing.assert_array_equal(turned.low, found.low[::-1, order])
    np.testing.assert_array_equal(turned.high, found.high[::-1, order])


def test_blocks_of_rows_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    values, errors, lower = rng.normal(size=(9, 6)), np.full((9, 6), 0.3), rng.random(9) < 0.5
    whole = rank_range(values, errors, lower)
    monkeypatch.setattr(module, "CELLS", 80)
    np.testing.assert_array_equal(rank_range(values, errors, lower).high, whole.high)


@pytest.mark.parametrize("spread", [0.0, 1.0, 3.0])
def test_all_true_ranks_lie_within_together(spread: float) -> None:
    """2,000 worlds of 12 units: the share of worlds in which any true rank lies outside its range is below 5 %."""
    rng = np.random.default_rng(11)
    truth = np.sort(rng.normal(0, spread, 12)) if spread else np.zeros(12)
    errors = np.broadcast_to(rng.uniform(0.3, 1.5, 12), (2_000, 12))
    found = rank_range(truth + rng.normal(size=errors.shape) * errors, errors, np.zeros(2_000, dtype=bool))
    best = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
    worst = 12 - (truth[None, :] < truth[:, None]).sum(axis=1)
    # A true rank among equals is a range of its own; what may not happen is that the found range excludes it wholly or
    # in part.
    wrong = ((found.low > best) | (found.high < worst)).any(axis=1).mean()
    print(f"\nworlds with a wrong rank range, spread {spread}: {wrong:.4f}")
    assert wrong < 0.05


def test_what_a_pair_needs_by_hand() -> None:
    """Four units, 12 one-sided hypotheses: 2.638 for the widest difference; three are significant, so that all others
    face 12 - 3.
    """
    z = critical_z(np.array([0.0, 0.5, 1, 10]), np.ones(4) / np.sqrt(2))
    assert z[0, 3] == z[3, 0] == pytest.approx(2.6383, abs=1e-4)
    assert (z[1, 3], z[2, 3]) == pytest.approx((2.6086, 2.5758), abs=1e-4)
    assert z[0, 1] == z[0, 2] == z[1, 2] == pytest.approx(2.5392, abs=1e-4)
    assert np.isnan(z.diagonal()).all()
    assert np.isnan(critical_z(np.array([1.0, NAN, 3]), np.array([1, 1, NAN]))[0]).all()
    assert critical_z(np.array([0.0, 5]), np.ones(2))[0, 1] == pytest.approx(1.959964)


@given(
    arrays(float, 6, elements=st.one_of(st.integers(0, 40).map(float), st.just(NAN))),
    arrays(float, 6, elements=st.one_of(st.integers(0, 5).map(float), st.just(NAN))),
)
def test_a_pair_is_apart_just_where_the_ranges_say_so(values: np.ndarray, errors: np.ndarray) -> None:
    found = rank_range(values[None, :], errors[None, :], HIGHER)
    gap = values[:, None] - values[None, :]
    apart = np.abs(gap) > critical_z(values, errors) * np.hypot(errors[:, None], errors[None, :])
    known = ~np.isnan(values)
    np.testing.assert_array_equal(found.low[0][known], 1 + (apart & (gap < 0)).sum(axis=1)[known])
    np.testing.assert_array_equal(found.high[0][known], known.sum() - (apart & (gap > 0)).sum(axis=1)[known])
