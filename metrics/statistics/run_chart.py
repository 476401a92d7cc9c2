"""Run charts: the Anhoej rules, which need no limits and no normal distribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.statistics.arrays import Array, Flags, Numbers, known_first, rounding_tolerance, row_median

FEW = 10
"""Below this many useful points the rules say little; `RunChart.useful` lets the reader see it."""


@dataclass(frozen=True)
class RunChart:
    """Arrays [rows].

    `useful` counts the points that do not lie on the centre; longest run and crossings are of those.
    """

    centre: Array
    useful: Array
    longest_run: Array
    longest_allowed: Array
    crossings: Array
    crossings_needed: Array
    signal: Flags


def longest_allowed(useful: Numbers) -> Array:
    """The longest run that chance explains: round(log2 n) + 3.

    NaN below one point. Source: Anhoej 2015; Schilling 2012.
    """
    n = np.asarray(useful, dtype=float)
    return np.asarray(np.round(np.log2(np.where(n >= 1, n, np.nan))) + 3)


def crossings_needed(useful: Numbers) -> Array:
    """The fewest crossings that chance explains: the 5 % quantile of Binomial(n - 1, 1/2).

    NaN below one point. Source: Chen 2010.
    """
    n = np.asarray(useful, dtype=float)
    return np.asarray(stats.binom.ppf(0.05, np.where(n >= 1, n, np.nan) - 1, 0.5))


def run_chart(values: Array, centre: Numbers | None = None) -> RunChart:
    """The run chart of `values` [rows, months] about `centre` [rows] (in their units; None takes each row's median).

    Months that are not known, and points on the centre, are left out.
    A signal is a run longer than allowed, or fewer crossings than needed. Rows without a useful point: NaN, no
    signal.
    Source: Anhoej and Olesen 2014, R package qicharts2.
    """
    values = np.asarray(values, dtype=float)
    middle = row_median(values) if centre is None else np.broadcast_to(np.asarray(centre, dtype=float), len(values))
    gap = values - middle[:, None]
    side, _ = known_first(np.where(np.abs(gap) > rounding_tolerance(values), np.sign(gap), np.nan))
    useful = (~np.isnan(side)).sum(axis=1)
    run = np.zeros(len(values))
    longest = np.zeros(len(values))
    for month in range(side.shape[1]):
        goes_on = side[:, month] == side[:, month - 1] if month else np.zeros(len(values), dtype=bool)
        run = np.where(np.isnan(side[:, month]), 0.0, np.where(goes_on, run + 1, 1.0))
        longest = np.maximum(longest, run)
    crossed = (side[:, 1:] * side[:, :-1] < 0).sum(axis=1)
    known = useful > 0
    n = np.where(known, useful, np.nan)
    allowed, needed = longest_allowed(n), crossings_needed(n)
    return RunChart(
        middle,
        useful.astype(float),
        np.where(known, longest, np.nan),
        allowed,
        np.where(known, crossed, np.nan),
        needed,
        (longest > allowed) | (crossed < needed),
    )
