"""Ranks among peers: 1 is best, ties share the better rank, what is not known is not ranked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import TIE, Array, Flags, Indices


@dataclass(frozen=True)
class Ranks:
    """Ranks of values [row, peer].

    rank: NaN = not ranked. peers: the number of ranked peers [row].
    next_peer: the index of the next better peer, -1 = none.
    """

    rank: Array
    peers: Indices
    next_peer: Indices


def ranks(values: Array, lower_is_better: Flags, ranked: Flags) -> Ranks:
    """Ranks each row of `values`; rows that are not `ranked` (neither direction is better) give none.

    Two values tie when they differ by less than a 1e-12th of their size, so that rounding noise gains no place.
    """
    rows, peers = values.shape
    key = np.where(lower_is_better[:, None], values, -values)
    key = np.where(ranked[:, None], key, np.nan)
    order = np.argsort(key, axis=1, kind="stable")
    ordered = np.take_along_axis(key, order, axis=1)
    known = ~np.isnan(ordered)
    fresh = np.ones((rows, peers), dtype=bool)
    fresh[:, 1:] = ordered[:, 1:] - ordered[:, :-1] > TIE * np.abs(ordered[:, 1:])
    first = np.maximum.accumulate(np.where(fresh, np.arange(peers), 0), axis=1)
    before = np.take_along_axis(order, np.maximum(first - 1, 0), axis=1) if peers else order
    rank = np.full((rows, peers), np.nan)
    next_peer = np.full((rows, peers), -1, dtype=np.intp)
    np.put_along_axis(rank, order, np.where(known, first + 1.0, np.nan), axis=1)
    np.put_along_axis(next_peer, order, np.where(known & (first > 0), before, -1), axis=1)
    return Ranks(rank, known.sum(axis=1), next_peer)


NOISE = 1e-9


def cases_to_next_rank(
    numerator: Array, denominator: Array, scale: Array, next_value: Array, lower_is_better: Flags
) -> Array:
    """How many cases reach the value of the next better peer, at least 1: a tie with it shares its rank.

    NaN where there is no next rank. `denominator` is 1 for metrics without one; all arrays broadcast to [metric, peer].
    """
    return np.maximum(1.0, cases_to_value(numerator, denominator, scale, next_value, lower_is_better))


def cases_to_value(numerator: Array, denominator: Array, scale: Array, wanted: Array, lower_is_better: Flags) -> Array:
    """How many fewer (lower is better) or more (higher is better) in the numerator reach `wanted`, the base unchanged.

    Whole numbers, 0 where it is reached. NaN where a number is not known. Shapes as in `cases_to_next_rank`.
    """
    needed = wanted * denominator / scale
    gap = np.where(lower_is_better, numerator - needed, needed - numerator)
    slack = NOISE * np.maximum(1.0, np.abs(numerator))
    return np.where(np.isnan(gap), np.nan, np.maximum(0.0, np.ceil(gap - slack)))
