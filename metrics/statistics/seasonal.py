"""The same months of earlier years: what a month can fairly be compared with. January and February count as one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.statistics.arrays import Array, Indices


@dataclass(frozen=True)
class SeasonalComparison:
    """Each month beside the same season of earlier years: arrays [rows, months].

    value: the season's. earlier_mean, earlier_low, earlier_high: of the same season in the earlier `years` known.
    January and February both carry their joint value, once both are known: Spring Festival falls in either.
    """

    value: Array
    earlier_mean: Array
    earlier_low: Array
    earlier_high: Array
    years: Array
    difference: Array


def seasonal_comparison(values: Array, months: Indices, weights: Array | None = None) -> SeasonalComparison:
    """Compares each month of `values` [rows, months] with the same months of earlier years, in the units of the values.

    months: [months] counts year * 12 + month - 1, in any order, each once.
    weights: [rows, months] the denominators of ratios, so that January and February together are a ratio of sums;
    None
    weighs them alike. The earlier years weigh alike: each is one experience.
    NaN where nothing earlier is known. `years` is a count, 0 or more.
    """
    values = np.asarray(values, dtype=float)
    year, season = np.asarray(months) // 12, np.asarray(months) % 12
    value = _with_festival(values, year, season, weights)
    season = np.where(season == 0, 1, season)
    mean, low, high = np.full((3, *values.shape), np.nan)
    years = np.zeros(values.shape)
    for column in range(values.shape[1]):
        earlier = (season == season[column]) & (year < year[column])
        # Of January and February, which carry the same value, February alone speaks for a year.
        earlier &= np.asarray(months) % 12 != 0
        if not earlier.any():
            continue
        found = value[:, earlier]
        known = ~np.isnan(found)
        some = known.any(axis=1)
        years[:, column] = known.sum(axis=1)
        with np.errstate(invalid="ignore"):
            mean[:, column] = np.where(known, found, 0.0).sum(axis=1) / known.sum(axis=1)
        low[some, column] = np.where(known, found, np.inf)[some].min(axis=1)
        high[some, column] = np.where(known, found, -np.inf)[some].max(axis=1)
    return SeasonalComparison(value, mean, low, high, years, value - mean)


def _with_festival(values: Array, year: Indices, season: Indices, weights: Array | None) -> Array:
    """The values, with January and February of a year replaced by both together (NaN unless both are known)."""
    weights = np.ones_like(values) if weights is None else np.asarray(weights, dtype=float)
    found = values.copy()
    for column in np.flatnonzero(season <= 1):
        pair = np.flatnonzero((year == year[column]) & (season <= 1))
        if len(pair) < 2:
            found[:, column] = np.nan
            continue
        base = weights[:, pair].sum(axis=1)
        total = (weights[:, pair] * values[:, pair]).sum(axis=1)
        found[:, column] = total / np.where(base > 0, base, np.nan)
    return found
