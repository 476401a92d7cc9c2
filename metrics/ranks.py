"""Ranks among peers: 1 is best, ties share the better rank, what is not known is not ranked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import TIE, Array, Flags, Indices


@dataclass(frozen=True)
class Ranks:
    """Of values [row, peer]: rank (NaN = not ranked), number of ranked peers per row, and the next better peer (-1 = none)."""

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
