"""The model of each series: plain limits of a short one, exact limits of rare counts, else its path with its season.

Short series fall back openly: below MONTHS_OF_A_PATH known months the limits are those of the plain control chart,
below FEWEST_MONTHS nothing is said.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from metrics.statistics.arrays import Array, Codes, Flags, Indices, put_rows, row_mean, take_rows
from metrics.statistics.exact_limits import RARE_MEAN, rare_counts
from metrics.statistics.expected_path import ALARM_RATE, ExpectedPath, Given, expected_path, fit_path, structure_of
from metrics.statistics.hampel import hampel_outliers
from metrics.statistics.path_records import EXACT, PATH, PLAIN, Paths, Series
from metrics.statistics.season import MONTHS_OF_YEAR, Season, season
from metrics.statistics.structural_change import Structure
from metrics.statistics.term_fit import TermFit
from metrics.statistics.term_search import STEP
from metrics.statistics.xmr import xmr

FEWEST_MONTHS = 6
"""Below this many known months nothing is said of a series."""
MONTHS_OF_A_PATH = 13
"""Known months from which on a series has a path; below, its limits are plain and provisional."""
ANSCOMBE = 0.375
"""Added to a count before its root, which then varies alike whatever its mean (Anscombe 1948)."""


def paths(series: Series, alarm_rate: float = ALARM_RATE) -> Paths:
    """The paths of all rows, each by the model that suits it."""
    series = with_counts(series)
    found = Paths.empty(*series.value.shape)
    known = (~np.isnan(series.value)).sum(axis=1)
    rare, turned = rare_rows(series)
    plain = np.flatnonzero((known >= FEWEST_MONTHS) & (known < MONTHS_OF_A_PATH) & ~rare)
    usual = np.flatnonzero((known >= MONTHS_OF_A_PATH) & ~rare)
    seldom = np.flatnonzero((known >= FEWEST_MONTHS) & rare)
    if len(plain):
        _write_plain(found, plain, series.value[plain])
    if len(usual):
        _write_path(found, usual, series.of(usual), alarm_rate)
    if len(seldom):
        _write_exact(found, seldom, series.of(seldom), turned[seldom], alarm_rate)
    return found


def with_counts(series: Series) -> Series:
    """The series with values that are counts themselves as their counts."""
    bare = series.countable & np.isnan(series.count).all(axis=1)
    if not bare.any():
        return series
    one = np.where(np.isnan(series.value), np.nan, 1.0)
    return replace(
        series,
        count=np.where(bare[:, None], series.value, series.count),
        base=np.where(bare[:, None], one, series.base),
        scale=np.where(bare, 1.0, series.scale),
        share=series.share & ~bare,
    )


def rare_rows(series: Series) -> tuple[Flags, Flags]:
    """(rows whose cases are rare, of these: those whose missing cases are, as of a share near 100 %)."""
    known = ~np.isnan(series.value)
    count, base = series.count, series.base
    counted = known == (known & (np.nan_to_num(base) > 0) & (np.nan_to_num(count, nan=-1.0) >= 0))
    whole = np.nan_to_num(np.where(known, np.abs(count - np.round(count)), 0.0), nan=1.0).max(axis=1, initial=0.0)
    counted = counted.all(axis=1) & (whole < 1e-6)
    with np.errstate(invalid="ignore"):
        cases = row_mean(np.where(known, count, np.nan))
        rest = row_mean(np.where(known, base - count, np.nan))
        turned = counted & series.share & (rest < np.minimum(cases, RARE_MEAN)) & (rest >= 0)
        return counted & ((cases < RARE_MEAN) | turned), turned


def _write_plain(found: Paths, rows: Indices, value: Array) -> None:
    """The limits of the plain control chart; only what lies outside them is a jump."""
    chart = xmr(value)
    found.model[rows] = PLAIN
    found.expected[rows] = chart.centre[:, -1:]
    found.lower[rows], found.upper[rows] = chart.lower[:, -1:], chart.upper[:, -1:]
    found.jump[rows] = np.where(chart.point_type == 2, 1, np.where(chart.point_type == 3, -1, 0))
    found.effect[rows, 0] = chart.centre[:, -1]
    found.deviation[rows] = (chart.upper - chart.centre)[:, -1] / 3
    known = (~np.isnan(value)).sum(axis=1)
    found.freedom[rows] = np.maximum(known - 1.0, 1.0)
    found.covariance[rows] = 0.0
    found.covariance[rows, 0, 0] = found.deviation[rows] ** 2 / known


def _write_path(found: Paths, rows: Indices, series: Series, alarm_rate: float) -> None:
    """The path without a season, the season in what is left, and the path again beside it where there is one."""
    given = Given(series.spread, series.forced, np.zeros(series.value.shape), np.zeros(len(rows)))
    path = expected_path(series.value, given, alarm_rate)
    _copy(found, rows, path, PATH)
    aside = path.aside & ~_every_year(path.jump, ~np.isnan(series.value), series.months)
    seen = _season_in(series, np.where(aside, np.nan, series.value - path.expected), path.deviation)
    at = np.flatnonzero(seen.own | seen.common)
    if not len(at):
        return
    there, deviation, seen = series.of(at), path.deviation[at], take_rows(seen, at)
    again = _path_beside(there, seen, deviation, alarm_rate)
    # A month that jumps has pulled the season of its calendar month towards itself: once more without it.
    pulled = np.flatnonzero(again.aside.any(axis=1) & seen.own)
    if len(pulled):
        left = np.where(again.aside, np.nan, there.value - again.expected)[pulled]
        anew = _season_in(there.of(pulled), left, deviation[pulled])
        put_rows(seen, pulled, anew)
        put_rows(again, pulled, _path_beside(there.of(pulled), anew, deviation[pulled], alarm_rate))
    better = _more_regular(again, path, at)
    kept = rows[at[better]]
    _copy(found, kept, take_rows(again, better), PATH, _seasonal(there, seen, deviation)[better])
    found.has_season[kept] = True
    found.profile[kept] = (seen.profile * deviation[:, None])[better]


def _standard(series: Series, deviation: Array) -> Array:
    """The standard deviation of each month [rows, months]; NaN for a series that does not vary."""
    return np.where(deviation > 0, deviation, np.nan)[:, None] * series.spread


def _season_in(series: Series, left: Array, deviation: Array) -> Season:
    """The season in what a path leaves of its series."""
    return season(left / _standard(series, deviation), series.months, series.festival, series.common)


def _seasonal(series: Series, seen: Season, deviation: Array) -> Array:
    return np.nan_to_num(seen.effect * _standard(series, deviation))


def _path_beside(series: Series, seen: Season, deviation: Array, alarm_rate: float) -> ExpectedPath:
    """The path of the series without its season."""
    given = Given(series.spread, series.forced, seen.leverage, seen.parameters)
    return expected_path(series.value - _seasonal(series, seen, deviation), given, alarm_rate)


MOST_WIDER = 1.25


def _more_regular(again: ExpectedPath, path: ExpectedPath, rows: Indices) -> Flags:
    """Whether the season makes the months vary less, or, at little cost, fewer of them jump."""
    before = path.deviation[rows]
    fewer = (again.jump != 0).sum(axis=1) < (path.jump[rows] != 0).sum(axis=1)
    return np.asarray((again.deviation < before) | (fewer & (again.deviation < MOST_WIDER * before)))


def _every_year(jump: Codes, known: Flags, months: Indices) -> Flags:
    """Jumps that come back in the same calendar month of most years: a season, not single months."""
    found = np.zeros(jump.shape, dtype=bool)
    for month in range(MONTHS_OF_YEAR):
        inside = np.flatnonzero(months % MONTHS_OF_YEAR == month)
        times = np.abs(jump[:, inside].sum(axis=1, dtype=int))
        again = (times >= 2) & (2 * times >= known[:, inside].sum(axis=1))
        found[np.ix_(again, inside)] = True
    return found


def _copy(found: Paths, rows: Indices, path: ExpectedPath, model: int, seasonal: Array | float = 0.0) -> None:
    found.model[rows] = model
    found.seasonal[rows] = seasonal
    for name in ("expected", "lower", "upper"):
        getattr(found, name)[rows] = getattr(path, name) + seasonal
    found.jump[rows] = path.jump
    _copy_structure(found, rows, path.structure, path.fit)
    found.deviation[rows], found.freedom[rows] = path.deviation, path.freedom


def _copy_structure(found: Paths, rows: Indices, structure: Structure, fit: TermFit) -> None:
    found.kind[rows], found.since[rows] = structure.kind, structure.since
    found.origin[rows], found.rho[rows] = structure.origin, structure.rho
    found.effect[rows], found.covariance[rows] = fit.effect, fit.covariance


def _write_exact(found: Paths, rows: Indices, series: Series, turned: Flags, alarm_rate: float) -> None:
    """Levels with steps by the roots of the counts, limits by the exact distribution of a further month."""
    base = np.where(np.isnan(series.value), np.nan, series.base)
    count = np.where(turned[:, None], base - series.count, series.count)
    usual = row_mean(base)[:, None]
    rate = np.maximum(count, 0.0) / base * usual
    root = 2.0 * np.sqrt(rate + ANSCOMBE)
    given = Given(np.sqrt(usual / np.where(base > 0, base, usual)), series.forced, *_nothing(root))
    structure = structure_of(root, given, hampel_outliers(root), slopes=False)
    times = np.arange(root.shape[1], dtype=float)
    level = ((times[None, :, None] >= structure.since[:, None, :]) & (structure.kind == STEP)[:, None, :]).sum(axis=2)
    judged = rare_counts(count, base, level, alarm_rate)
    fit = fit_path(np.where(judged.jump != 0, np.nan, series.value), given, structure)
    found.model[rows] = EXACT
    with np.errstate(divide="ignore", invalid="ignore"):
        sides = [side / base * series.scale[:, None] for side in (judged.expected, judged.lower, judged.upper)]
    full = series.scale[:, None]
    flip = turned[:, None]
    found.expected[rows] = np.where(flip, full - sides[0], sides[0])
    found.lower[rows] = np.where(flip, full - sides[2], sides[1])
    found.upper[rows] = np.where(flip, full - sides[1], sides[2])
    found.jump[rows] = np.where(flip, -judged.jump, judged.jump)
    _copy_structure(found, rows, structure, fit)
    found.deviation[rows], found.freedom[rows] = np.sqrt(fit.variance), fit.freedom


def _nothing(values: Array) -> tuple[Array, Array]:
    return np.zeros(values.shape), np.zeros(len(values))
