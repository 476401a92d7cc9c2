"""Interrupted time series: by how much a level changed at a known month, with what peers did as a control.

Errors that depend on the months before widen the interval (heteroskedasticity and autocorrelation consistent).
Source: Newey and West 1987 with Bartlett weights, 1994 for the number of lags, MacKinnon and White 1985 for the
small-sample correction; Wagner and others 2002 for segmented regression; Bernal and others 2018 for controls.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.statistics.arrays import Array

FEWEST_BEFORE, FEWEST_AFTER = 6, 3
"""Known months before and after the interruption without which nothing is said."""
MOST_CORRELATION = 0.9
TREND_MONTHS, TREND_SIGNIFICANCE = 12, 0.01
"""Months before that show a trend, and how surely, from which on it is expected to have gone on."""


@dataclass(frozen=True)
class LeastSquares:
    """Ordinary least squares: coefficients, their standard errors and their HAC standard errors [k]; residual [n]."""

    coefficients: Array
    errors: Array
    hac_errors: Array
    residual: Array
    freedom: int


@dataclass(frozen=True)
class Interruption:
    """The change of a level, its standard error and its 95 % interval; before, after: known months on both sides."""

    change: float
    error: float
    low: float
    high: float
    before: int
    after: int


def lags_for(months: int) -> int:
    """How many lags the errors' correlation is followed: 4 (n / 100)^(2/9)."""
    return int(4 * (months / 100) ** (2 / 9))


def least_squares(value: Array, design: Array, lags: int | None = None) -> LeastSquares:
    """`value` [n] on the columns of `design` [n, k]; NaN is left out, but months keep their distance. Full rank."""
    known = ~np.isnan(value) & ~np.isnan(design).any(axis=1)
    columns, target = np.where(known[:, None], design, 0.0), np.where(known, value, 0.0)
    count, width = int(known.sum()), design.shape[1]
    inverse = np.linalg.inv(columns.T @ columns)
    found = inverse @ columns.T @ target
    residual = np.where(known, target - columns @ found, 0.0)
    freedom = count - width
    scores = columns * residual[:, None]
    middle = scores.T @ scores
    used = lags_for(count) if lags is None else lags
    for lag in range(1, min(used, len(value) - 1) + 1):
        beside = scores[lag:].T @ scores[:-lag]
        middle += (1 - lag / (used + 1)) * (beside + beside.T)
    hac = count / freedom * inverse @ middle @ inverse
    plain = residual @ residual / freedom * np.diag(inverse)
    return LeastSquares(
        found,
        np.sqrt(np.maximum(plain, 0.0)),
        np.sqrt(np.maximum(np.diag(hac), 0.0)),
        np.where(known, residual, np.nan),
        freedom,
    )


def interrupted_series(value: Array, start: int, control: Array | None = None, level: float = 0.95) -> Interruption:
    """The change of `value` [n] from the place `start` on, beside what `control` [n] explains.

    The error is the larger of the HAC one and the ordinary one raised by the correlation of neighbouring months: few
    months after leave HAC errors too little to see.
    NaN with fewer than FEWEST_BEFORE months before or FEWEST_AFTER after.
    """
    months = np.arange(len(value), dtype=float)
    known = ~np.isnan(value) & (True if control is None else ~np.isnan(control))
    before, after = int(known[:start].sum()), int(known[start:].sum())
    nothing = float("nan")
    if before < FEWEST_BEFORE or after < FEWEST_AFTER:
        return Interruption(nothing, nothing, nothing, nothing, before, after)
    columns: list[Array] = [np.ones(len(value)), np.asarray(months >= start, dtype=float)]
    if control is not None and np.ptp(control[known]) > 0:
        columns.append(control - control[known].mean())
    if _has_trend(value[:start], columns, start):
        columns.append((months - months.mean()) / len(value))
    found = least_squares(value, np.column_stack(columns))
    change = float(found.coefficients[1])
    error = float(max(found.errors[1] * correlated_factor(found.residual), found.hac_errors[1]))
    half = float(stats.t.ppf((1 + level) / 2, found.freedom)) * error
    return Interruption(change, error, change - half, change + half, before, after)


def correlated_factor(residual: Array) -> float:
    """By how much a standard error grows with the correlation of neighbours, corrected for its bias; 1 or more.

    Source: Kendall 1954 for the bias (1 + 4 r) / n of a series with fitted level and change; sqrt((1 + r) / (1 - r)).
    """
    both = ~np.isnan(residual[1:]) & ~np.isnan(residual[:-1])
    power = float(np.nansum(residual**2))
    if power <= 0 or both.sum() < FEWEST_BEFORE:
        return 1.0
    found = float((residual[1:] * residual[:-1])[both].sum()) / power
    rho = min(max(found + (1 + 4 * found) / len(residual), 0.0), MOST_CORRELATION)
    return float(np.sqrt((1 + rho) / (1 - rho)))


def _has_trend(before: Array, columns: list[Array], start: int) -> bool:
    """Whether the months before the interruption already rise or fall beside what the control explains."""
    others = [column[:start] for place, column in enumerate(columns) if place != 1]
    design = np.column_stack([*others, np.arange(start, dtype=float)])
    if (~np.isnan(before)).sum() < TREND_MONTHS or np.linalg.matrix_rank(np.nan_to_num(design)) < design.shape[1]:
        return False
    found = least_squares(before, design)
    error = max(found.errors[-1], found.hac_errors[-1])
    size = abs(found.coefficients[-1])
    if not error > 0:
        return bool(size > 0)
    return bool(2 * stats.t.sf(size / error, found.freedom) < TREND_SIGNIFICANCE)
