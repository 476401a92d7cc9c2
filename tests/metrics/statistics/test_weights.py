"""How far a rank is owed to the weights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.statistics.weights import sampled_weights, share_in_top

NAN = np.nan
EVEN = np.array([1.0, 1, 1, 1])


def test_weightings_are_weightings_about_the_given_ones() -> None:
    weights = np.array([0.5, 0.25, 0.25, 0])
    found = sampled_weights(weights)
    assert found.shape == (10_000, 4)
    assert found.sum(axis=1) == pytest.approx(1)
    assert found.mean(axis=0) == pytest.approx(weights, abs=0.005)
    assert found[:, 1].std() == pytest.approx(np.sqrt(0.25 * 0.75 / 51), rel=0.05)
    assert (found[:, 3] == 0).all()


def test_uniform_on_the_simplex() -> None:
    """With three parts each weight has mean 1/3 and variance 2 / (9 * 4)."""
    found = sampled_weights(np.array([7.0, 1, 1]), concentration=None)
    assert found.mean(axis=0) == pytest.approx([1 / 3] * 3, abs=0.01)
    assert found.var(axis=0) == pytest.approx([2 / 36] * 3, rel=0.05)


def test_the_same_every_time() -> None:
    np.testing.assert_array_equal(sampled_weights(EVEN), sampled_weights(EVEN))
    assert (sampled_weights(EVEN, seed=1) != sampled_weights(EVEN)).any()


@pytest.mark.parametrize("weights", [[0.0, 0], [-1, 2], [NAN, 1]])
def test_impossible_weights_are_refused(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="weights"):
        sampled_weights(np.array(weights))


def test_whoever_is_best_in_all_stays_and_whoever_is_worst_never_comes() -> None:
    scores = np.array([[9.0] * 4, [5, 6, 5, 6], [6, 5, 6, 5], [5, 5, 6, 6], [1] * 4])
    found = share_in_top(scores, EVEN)
    assert found[0] == 1
    assert found[4] == 0
    assert ((found[1:4] > 0) & (found[1:4] < 1)).all()


def test_two_opposites_share_the_top() -> None:
    found = share_in_top(np.array([[1.0, 0], [0, 1]]), np.array([1.0, 1]), top=1, concentration=None)
    assert found == pytest.approx([0.5, 0.5], abs=0.02)
    found = share_in_top(np.array([[1.0, 0], [0, 1]]), np.array([3.0, 1]), top=1)
    assert found[0] > 0.99


def test_scores_are_drawn_within_their_errors() -> None:
    """Two units .1 apart, each with an error of .1: the better one leads with probability f(.1 / .1414) = .76."""
    scores = np.array([[0.6, 0.6], [0.5, 0.5]])
    assert share_in_top(scores, np.array([1.0, 0]), top=1).tolist() == [1, 0]
    found = share_in_top(scores, np.array([1.0, 0]), top=1, sampled=lambda distance: scores + 0.1 * distance)
    assert found == pytest.approx([0.76, 0.24], abs=0.015)
    sure = share_in_top(scores, EVEN[:2], top=1, sampled=lambda distance: scores + 0 * distance)
    assert sure.tolist() == [1, 0]


def test_who_lacks_a_score_is_not_drawn_either() -> None:
    scores = np.array([[1.0, NAN], [2, NAN], [NAN, 3]])
    found = share_in_top(scores, np.array([1.0, 0]), top=1, sampled=lambda distance: scores + 0.01 * distance)
    assert found == pytest.approx([0, 1, NAN], nan_ok=True)


def test_ties_share_the_better_place() -> None:
    assert share_in_top(np.full((5, 4), 7.0), EVEN, top=1).tolist() == [1] * 5


def test_who_lacks_a_weighted_score_is_not_ranked() -> None:
    scores = np.array([[1.0, NAN], [NAN, 1], [2, 2], [NAN, NAN]])
    assert share_in_top(scores, np.array([1.0, 0]), top=1) == pytest.approx([0, NAN, 1, NAN], nan_ok=True)
    assert np.isnan(share_in_top(np.full((2, 2), NAN), np.array([1.0, 1]))).all()
    assert share_in_top(np.zeros((0, 2)), np.array([1.0, 1])).shape == (0,)


@settings(max_examples=25)
@given(arrays(float, (6, 4), elements=st.integers(0, 100).map(float)), st.permutations(range(6)))
def test_order_and_scale_do_not_matter_and_places_are_filled(scores: np.ndarray, order: list[int]) -> None:
    found = share_in_top(scores, EVEN, draws=500)
    np.testing.assert_allclose(share_in_top(scores[order], EVEN, draws=500), found[order])
    np.testing.assert_allclose(share_in_top(scores * 4, EVEN * 3, draws=500), found)
    assert found.sum() >= 3 - 1e-9
