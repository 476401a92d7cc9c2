"""How far a weighted score's rank is owed to its weights."""

from __future__ import annotations

import numpy as np

from metrics.statistics.arrays import TIE, Array

DRAWS = 10_000
SEED = 20_251_101


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
) -> Array:
    """The share of sampled weightings (0..1) in which each unit is among the `top`. Shape [units].

    scores: [units, parts], higher is better, on one scale. weights: [parts].
    Ties share the better rank. A unit that lacks a score which has a weight is not ranked: NaN.
    The weightings are those of `sampled_weights`.
    """
    scores = np.asarray(scores, dtype=float)
    drawn = sampled_weights(weights, concentration, draws, seed)
    used = np.asarray(weights, dtype=float) > 0
    known = ~np.isnan(scores[:, used]).any(axis=1)
    found = np.full(len(scores), np.nan)
    if known.any():
        totals = drawn[:, used] @ scores[known][:, used].T
        place = max(totals.shape[1] - top, 0)
        border = np.partition(totals, place, axis=1)[:, place : place + 1]
        slack = TIE * np.abs(totals).max(axis=1, keepdims=True)
        found[known] = (totals >= border - slack).mean(axis=0)
    return found
