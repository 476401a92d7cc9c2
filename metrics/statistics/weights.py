"""How far a weighted score's rank is owed to its weights, and to the chance in what it is made of."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from metrics.statistics.arrays import TIE, Array

DRAWS = 10_000
SEED = 20_251_101
CELLS = 2_000_000
"""Scores drawn at once: bounds the memory, not the result."""
Sampled = Callable[[Array], Array]
"""The scores that so many standard errors more of each would give: [draws, units, parts] to the same shape."""


def sampled_weights(weights: Array, concentration: float | None = 50.0, draws: int = DRAWS, seed: int = SEED) -> Array:
    """Weightings that others might have chosen, [draws, parts], each row 0 or more with sum 1.

    The same for the same seed. `concentration` draws from a Dirichlet whose mean is `weights` (any positive sum; a
    part without weight stays without): at 50 a weight of .25 varies by about .06 (sqrt(w (1 - w) / (1 +
    concentration))). None draws uniformly from all weightings of the parts that have a weight.
    Source: Saisana, Saltelli and Tarantola 2005.
    """
    weights = np.asarray(weights, dtype=float)
    if not (weights >= 0).all() or not weights.sum() > 0:
        raise ValueError("weights must be known, 0 or more, and not all 0")
    used = weights > 0
    shape = np.ones(int(used.sum())) if concentration is None else concentration * weights[used] / weights.sum()
    found = np.zeros((draws, len(weights)))
    found[:, used] = np.random.default_rng(seed).dirichlet(shape, draws)
    return found


def share_in_top(
    scores: Array,
    weights: Array,
    top: int = 3,
    concentration: float | None = 50.0,
    draws: int = DRAWS,
    seed: int = SEED,
    sampled: Sampled | None = None,
) -> Array:
    """The share of draws (0..1) in which each unit is among the `top`. Shape [units].

    scores: [units, parts], higher is better, on one scale. weights: [parts].
    Each draw has a weighting of `sampled_weights` and, with `sampled`, scores within their errors: those at standard
    normal distances. Without it the scores are taken for certain.
    Ties share the better rank. A unit that lacks a score which has a weight is not ranked: NaN.
    Source: Saisana, Saltelli and Tarantola 2005, who draw both.
    """
    scores = np.asarray(scores, dtype=float)
    drawn = sampled_weights(weights, concentration, draws, seed)
    used = np.asarray(weights, dtype=float) > 0
    known = ~np.isnan(scores[:, used]).any(axis=1)
    found = np.full(len(scores), np.nan)
    if known.any():
        totals = (
            drawn[:, used] @ scores[known][:, used].T
            if sampled is None
            else _sampled_totals(sampled, drawn, scores.shape, seed)[:, known]
        )
        place = max(totals.shape[1] - top, 0)
        border = np.partition(totals, place, axis=1)[:, place : place + 1]
        slack = TIE * np.abs(totals).max(axis=1, keepdims=True)
        found[known] = (totals >= border - slack).mean(axis=0)
    return found


def _sampled_totals(sampled: Sampled, weightings: Array, shape: tuple[int, ...], seed: int) -> Array:
    """The weighted scores [draws, units] of weightings [draws, parts], each with scores of its own."""
    rng = np.random.default_rng([seed, 1])
    block = max(1, CELLS // max(1, shape[0] * shape[1]))
    totals = []
    for first in range(0, len(weightings), block):
        of_block = weightings[first : first + block]
        scores = sampled(rng.standard_normal((len(of_block), *shape)))
        totals.append(np.einsum("dup,dp->du", np.where(of_block[:, None, :] > 0, scores, 0.0), of_block))
    return np.concatenate(totals)
