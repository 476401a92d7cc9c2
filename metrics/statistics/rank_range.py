"""The plausible rank range: which places a unit could hold, given how surely each value is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.statistics.arrays import Array, Flags

CELLS = 4_000_000
"""Pairs compared at once: bounds the memory, not the result."""


@dataclass(frozen=True)
class RankRange:
    """Best (`low`) and worst (`high`) plausible rank [rows, peers], 1 = best, NaN = not ranked; `peers` ranked [rows]."""

    low: Array
    high: Array
    peers: Array


def rank_range(values: Array, standard_errors: Array, lower_is_better: Flags, level: float = 0.95) -> RankRange:
    """low = 1 + peers significantly better, high = peers - those significantly worse; all ranges of a row hold together at `level`.

    values and standard_errors [rows, peers] in one unit (standard errors 0 or more), lower_is_better [rows]. NaN values are not
    ranked. A value whose standard error is not known differs from nobody: its range is every place, and it narrows nobody's.
    Source: Mogstad, Romano, Shaikh and Wilhelm 2023; Klein, Wright and Wieczorek 2020. A departure from both: in place of their
    bootstrap or plain Bonferroni, z of independent pairs with Holm's steps over the n (n - 1) one-sided hypotheses of a row, which
    is exact arithmetic, holds under any dependence of the comparisons, and is never wider than Bonferroni's.
    """
    values, errors = np.asarray(values, dtype=float), np.asarray(standard_errors, dtype=float)
    rows, peers = values.shape
    lower = np.broadcast_to(np.asarray(lower_is_better, dtype=bool), rows)
    signed = np.where(lower[:, None], -values, values)
    known = ~np.isnan(values)
    better, worse = np.zeros((2, rows, peers))
    block = max(1, CELLS // max(1, peers * peers))
    for first in range(0, rows, block):
        part = slice(first, first + block)
        beaten = _beaten(signed[part], errors[part], known[part].sum(axis=1), level)
        better[part], worse[part] = beaten.sum(axis=1), beaten.sum(axis=2)
    count = known.sum(axis=1).astype(float)
    return RankRange(np.where(known, 1 + better, np.nan), np.where(known, count[:, None] - worse, np.nan), count)


def _beaten(signed: Array, errors: Array, count: Array, level: float) -> Flags:
    """[rows, a, b]: a is significantly better than b (higher is better)."""
    gap = signed[:, :, None] - signed[:, None, :]
    spread = np.sqrt(errors[:, :, None] ** 2 + errors[:, None, :] ** 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = gap / spread
    # Without any error a difference is certain, and no difference is none.
    z = np.where((spread == 0) & (gap == 0), 0.0, z)
    z = np.where(np.isnan(z), 0.0, z)
    # Only one side of a pair can be positive, so the larger half of the hypotheses holds every candidate.
    peers = signed.shape[1]
    above, under = np.triu_indices(peers, 1)
    sizes = np.sort(np.abs(z[:, above, under]), axis=1)[:, ::-1]
    hypotheses = (count * (count - 1))[:, None] - np.arange(sizes.shape[1])
    needed = -special.ndtri((1 - level) / np.maximum(hypotheses, 1.0))
    rejected = np.logical_and.accumulate(sizes > needed, axis=1)
    last = rejected.sum(axis=1)
    # Rejected are the largest `last` of them; ties at the border share their fate, because needed falls as the steps go on.
    border = np.full(len(signed), np.inf)
    some = last > 0
    border[some] = sizes[some, last[some] - 1]
    return np.asarray(z >= border[:, None, None]) & some[:, None, None]
