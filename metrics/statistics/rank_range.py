"""The plausible rank range: which places a unit could hold, given how surely each value is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from metrics.statistics.arrays import Array, Flags, Indices

CELLS = 4_000_000
"""Pairs compared at once: bounds the memory, not the result."""


@dataclass(frozen=True)
class RankRange:
    """Plausible ranks [rows, peers], 1 = best, NaN = not ranked.

    low: the best plausible rank. high: the worst. peers: the peers ranked [rows].
    """

    low: Array
    high: Array
    peers: Array


def rank_range(values: Array, standard_errors: Array, lower_is_better: Flags, level: float = 0.95) -> RankRange:
    """The plausible ranks of each row; all ranges of a row hold together at `level`.

    low = 1 + peers significantly better, high = peers - those significantly worse.
    values, standard_errors: [rows, peers] in one unit, errors 0 or more; lower_is_better: [rows].
    NaN values are not ranked. A value whose standard error is not known differs from nobody: its range is every
    place, and it narrows nobody's.
    Source: Mogstad, Romano, Shaikh and Wilhelm 2023; Klein, Wright and Wieczorek 2020. A departure from both: in
    place of their bootstrap or plain Bonferroni, z of independent pairs with Holm's steps over the n (n - 1)
    one-sided hypotheses of a row, which is exact arithmetic, holds under any dependence of the comparisons, and is
    never wider than Bonferroni's.
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
        row, winner, loser = _beaten(signed[part], errors[part], known[part].sum(axis=1), level)
        np.add.at(better[part], (row, loser), 1)
        np.add.at(worse[part], (row, winner), 1)
    count = known.sum(axis=1).astype(float)
    return RankRange(np.where(known, 1 + better, np.nan), np.where(known, count[:, None] - worse, np.nan), count)


def critical_z(values: Array, standard_errors: Array, level: float = 0.95) -> Array:
    """The critical z of the difference of each pair of `values` [peers], as [peers, peers].

    |difference| over the root of the summed squares of both errors is larger just where `rank_range` holds one of
    the two for better: a significant pair has the z of its own Holm step, all others that of the step that failed.
    NaN where a value or an error is not known.
    """
    values, errors = np.asarray(values, dtype=float), np.asarray(standard_errors, dtype=float)
    one, other = np.triu_indices(len(values), 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.abs(values[one] - values[other]) / np.hypot(errors[one], errors[other])
    unknown = np.isnan(values[one] + values[other] + errors[one] + errors[other])
    sizes = np.where(np.isnan(sizes), 0.0, sizes)
    order = np.argsort(-sizes, kind="stable")
    count = (~np.isnan(values)).sum()
    steps = np.arange(len(order))
    z = -special.ndtri((1 - level) / np.maximum(count * (count - 1) - steps, 1.0))
    failed = np.append(sizes[order] <= z, True).argmax()
    found = np.full((len(values), len(values)), np.nan)
    pairs = np.where(unknown[order], np.nan, z[np.minimum(steps, failed)])
    found[one[order], other[order]] = found[other[order], one[order]] = pairs
    return found


def _beaten(signed: Array, errors: Array, count: Array, level: float) -> tuple[Indices, Indices, Indices]:
    """(row, a, b) of every pair in which a is significantly better than b (higher is better)."""
    # Only one side of a pair can be positive, so half of the hypotheses, the larger sizes, holds every candidate.
    one, other = np.triu_indices(signed.shape[1], 1)
    gap = signed[:, one] - signed[:, other]
    with np.errstate(divide="ignore", invalid="ignore"):
        z = gap / np.hypot(errors[:, one], errors[:, other])
    # Without any error a difference is certain, and no difference is none: 0 / 0 is NaN, and what is not known is no
    # candidate either.
    sizes = np.abs(np.where(np.isnan(z), 0.0, z))
    hypotheses = np.maximum(count * (count - 1), 1.0)
    # Holm's last step among the pairs is the easiest: what it does not reject, no step does.
    easiest = -special.ndtri((1 - level) / np.maximum(hypotheses - sizes.shape[1] + 1, 1.0))
    row, pair = np.nonzero(sizes > easiest[:, None])
    size = sizes[row, pair]
    order = np.lexsort((-size, row))
    row, pair, size = row[order], pair[order], size[order]
    step = np.arange(len(row)) - np.searchsorted(row, row)
    needed = -special.ndtri((1 - level) / np.maximum(hypotheses[row] - step, 1.0))
    # The first step that fails ends the row; ties at the border share their fate, because needed falls as the steps go
    # on.
    failed = np.full(len(signed), np.inf)
    np.minimum.at(failed, row[size <= needed], step[size <= needed])
    kept = step < failed[row]
    row, pair = row[kept], pair[kept]
    first_wins = z[row, pair] > 0
    return row, np.where(first_wins, one[pair], other[pair]), np.where(first_wins, other[pair], one[pair])
