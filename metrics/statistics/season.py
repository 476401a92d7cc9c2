"""The season of many series: what a calendar month adds to the path, pooled over peers and shrunk.

Each calendar month has an effect, and so has the share of Spring Festival that falls into a month. A series of three
years or more speaks for itself as far as its effects exceed what chance gives; the common season of its peers counts
for everybody, as far as it repeats itself from year to year. Where neither is sure there is no season.
Source: James and Stein 1961 (positive part) for the shrinkage; analysis of variance for the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from metrics.statistics.arrays import Array, Flags, Indices

MONTHS_OF_YEAR = 12
OWN_MONTHS = 36
"""Known months from which on a series has a season of its own."""
COMMON_MONTHS = 24
"""Known months of the peers' mean from which on they have a common season."""
FEWEST_PEERS = 4
SIGNIFICANCE = 0.01


@dataclass(frozen=True)
class Season:
    """The season of rows: arrays [rows, months] but `parameters`, `own` and `common`, which are [rows].

    effect: in standard deviations of the row. profile: of the twelve months and of Spring Festival [rows, 13].
    leverage: the share of each month's own deviation in its effect.
    parameters: how many a row spent. own: whether it has one of its own; common: of its peers.
    """

    effect: Array
    profile: Array
    leverage: Array
    parameters: Array
    own: Flags
    common: Flags


def season(residual: Array, months: Indices, festival: Array, common: Array) -> Season:
    """The season in `residual` [rows, months]: standardised distances from the path, NaN where unknown or set aside.

    months: counts of months. festival: its share in each.
    common: the season of each row's peers [rows, 13] (common_season), 0 where they have none.
    """
    calendar = np.asarray(months) % MONTHS_OF_YEAR
    moved = _within_calendar_month(np.broadcast_to(festival, residual.shape), residual, calendar)
    profile, count, within, freedom = _profiles(residual, calendar, moved)
    common = np.where((count.sum(axis=1) >= MONTHS_OF_YEAR)[:, None], common, 0.0)
    distance = profile - common
    size = (count * distance[:, :MONTHS_OF_YEAR] ** 2).sum(axis=1) / (MONTHS_OF_YEAR - 1) / within
    chance = stats.f.sf(size, MONTHS_OF_YEAR - 1, np.maximum(freedom, 1))
    enough = (count.min(axis=1) >= 2) & (count.sum(axis=1) >= OWN_MONTHS) & (freedom > 0)
    own = enough & (chance < SIGNIFICANCE)
    kept = np.where(own, np.maximum(0.0, 1.0 - 1.0 / np.maximum(size, 1.0)), 0.0)
    found = common + kept[:, None] * distance
    effect = found[:, calendar] + found[:, [MONTHS_OF_YEAR]] * moved
    leverage = (kept[:, None] / np.maximum(count, 1))[:, calendar]
    return Season(effect, found, leverage, kept * (MONTHS_OF_YEAR - 1), own, (common != 0).any(axis=1))


def common_seasons(values: Array, months: Indices, festival: Array) -> Array:
    """The season [groups, 13] that the peers of `values` [groups, peers, months] share; 0 where there is none.

    In standard deviations: the twelve months and the effect of the whole of Spring Festival in a month, beside each
    series' own straight line. There is none where it does not repeat itself, nor among fewer than FEWEST_PEERS.
    """
    groups, peers, _ = values.shape
    calendar = np.asarray(months) % MONTHS_OF_YEAR
    standard = _standardised(values.reshape(groups * peers, -1)).reshape(values.shape)
    known = ~np.isnan(standard)
    known &= (known.sum(axis=2) >= MONTHS_OF_YEAR)[:, :, None]
    count = known.sum(axis=1)
    mean = np.where(known, standard, 0.0).sum(axis=1) / np.maximum(count, 1)
    series = np.where(count >= FEWEST_PEERS, mean, np.nan)
    moved = _within_calendar_month(np.broadcast_to(festival, series.shape), series, calendar)
    profile, years, within, freedom = _profiles(series, calendar, moved)
    size = (years * profile[:, :MONTHS_OF_YEAR] ** 2).sum(axis=1) / (MONTHS_OF_YEAR - 1) / within
    enough = (years.sum(axis=1) >= COMMON_MONTHS) & (years.min(axis=1) >= 2) & (freedom >= 1)
    repeated = enough & (stats.f.sf(size, MONTHS_OF_YEAR - 1, np.maximum(freedom, 1)) < SIGNIFICANCE)
    kept = np.where(repeated, np.maximum(0.0, 1.0 - 1.0 / np.maximum(size, 1.0)), 0.0)
    return np.asarray(profile * kept[:, None])


def _standardised(values: Array) -> Array:
    """Each row beside its own straight line, in its own standard deviations; NaN for a row that does not vary."""
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    time = np.where(known, np.arange(values.shape[1], dtype=float), 0.0)
    time = np.where(known, time - time.sum(axis=1, keepdims=True) / count, 0.0)
    level = np.where(known, values, 0.0).sum(axis=1, keepdims=True) / count
    gap = np.where(known, values - level, 0.0)
    power = (time**2).sum(axis=1, keepdims=True)
    gap -= time * (time * gap).sum(axis=1, keepdims=True) / np.where(power > 0, power, 1.0)
    deviation = np.sqrt((gap**2).sum(axis=1, keepdims=True) / np.maximum(count - 2, 1))
    varies = deviation > 1e-9 * np.maximum(np.abs(level), 1e-300)
    return np.where(known & varies, gap / np.where(varies, deviation, 1.0), np.nan)


def _within_calendar_month(column: Array, residual: Array, calendar: Indices) -> Array:
    """`column` less its mean over the known months of the same calendar month, row by row."""
    known = ~np.isnan(residual)
    found = column.astype(float).copy()
    for month in range(MONTHS_OF_YEAR):
        inside = calendar == month
        count = known[:, inside].sum(axis=1, keepdims=True)
        mean = np.where(known[:, inside], column[:, inside], 0.0).sum(axis=1, keepdims=True) / np.maximum(count, 1)
        found[:, inside] -= mean
    return found


def _profiles(residual: Array, calendar: Indices, moved: Array) -> tuple[Array, Array, Array, Array]:
    """(effects of the months and of the festival, months known of each, variance within, its freedom) of rows."""
    known = ~np.isnan(residual)
    apart = np.where(known, _within_calendar_month(np.nan_to_num(residual), residual, calendar), 0.0)
    shift = np.where(known, moved, 0.0)
    power = (shift**2).sum(axis=1)
    slope = (shift * apart).sum(axis=1) / np.where(power > 0, power, 1.0)
    count, mean = np.zeros((2, len(residual), MONTHS_OF_YEAR))
    for month in range(MONTHS_OF_YEAR):
        inside = calendar == month
        count[:, month] = known[:, inside].sum(axis=1)
        mean[:, month] = np.where(known[:, inside], residual[:, inside], 0.0).sum(axis=1)
    mean /= np.maximum(count, 1)
    total = (mean * count).sum(axis=1) / np.maximum(count.sum(axis=1), 1)
    mean = np.where(count > 0, mean - total[:, None], 0.0)
    rest = np.where(known, apart - slope[:, None] * shift, 0.0)
    freedom = count.sum(axis=1) - (count > 0).sum(axis=1) - (power > 0)
    within = (rest**2).sum(axis=1) / np.maximum(freedom, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        strength = np.where(within > 0, slope**2 * power / within, 0.0)
    slope = slope * np.maximum(0.0, 1.0 - 1.0 / np.maximum(strength, 1.0)) * (strength > 4.0)
    return np.concatenate([mean, slope[:, None]], axis=1), count, np.maximum(within, 1e-12), freedom
