"""The only caches: figures of a version, and what pages derive from them.

Each belongs to its version (see pages/shared/cache/versions.py), and so to the file of that version: after a restore,
or with a new database in the same folder, the same number means other figures.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from charts.plotly_payload import freeze_payload
from data.core.home import Home
from data.snapshots.coverage import coverage_states
from data.snapshots.permits import note
from data.snapshots.reader import Snapshot, current_version, held_units
from data.snapshots.tickets import TicketPage, read_tickets
from data.synthetic.shipped import shipped_hashes
from metrics.analyses.attention import Attention, attention
from metrics.analyses.forecast import MonthAhead, forecasts, months_ahead
from metrics.analyses.outlook import outlook
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.analyses.series import value_series
from metrics.analyses.trend import as_path, shifts, trend
from metrics.assessment.expected_paths import ExpectedPaths, expected_paths
from metrics.assessment.judgement import Shift
from metrics.engine.catalogue import catalogue
from metrics.engine.figures import Figures
from metrics.engine.packs import families_with_data
from metrics.model.metric import Metric
from metrics.model.periods import month_name, month_number
from pages.shared.cache.memo import memoise
from pages.shared.cache.versions import Version, version_of


def _version(home: Home, version: int, *_asked: Hashable, **_named: Hashable) -> Version:
    return version_of(home, version)


def _version_drawn(key: tuple[Hashable, ...], _make: object) -> Version:
    place = next(place for place, part in enumerate(key) if isinstance(part, Home))
    home, number = key[place], key[place + 1]
    assert isinstance(home, Home)
    assert isinstance(number, int)
    return version_of(home, number)


def _asked(key: tuple[Hashable, ...], _make: object) -> Hashable:
    """What a version's own cache tells by: who asks is not part of it, the version is one of all who see the same."""
    return tuple(part for part in key if not isinstance(part, Home))


def snapshot_of(home: Home, version: int) -> Snapshot:
    """The snapshot of `version`, open as long as anybody looks at it."""
    return version_of(home, version).snapshot


def latest_version(home: Home) -> int | None:
    """Read from the pointer file on every run: a load from anywhere shows at the next click."""
    return current_version(home)


@memoise(1, of=_version)
def figures_of(home: Home, version: int) -> Figures:
    """The dense arrays of one version, shared by all sessions; never changed by a reader."""
    return Figures(snapshot_of(home, version))


@memoise(1, of=_version)
def catalogue_of(home: Home, version: int) -> tuple[Metric, ...]:
    """The metrics of one version."""
    return tuple(catalogue(snapshot_of(home, version)))


@memoise(1, of=_version)
def metrics_of(home: Home, version: int) -> Mapping[str, Metric]:
    """The metrics of one version by code, in the catalogue's order."""
    return {metric.code: metric for metric in catalogue_of(home, version)}


@memoise(1, of=_version)
def families_of(home: Home, version: int) -> frozenset[str]:
    """The families of which one version has figures."""
    return families_with_data(catalogue_of(home, version), snapshot_of(home, version).held_measures())


@memoise(1, of=_version)
def freshness_of(home: Home, version: int) -> Mapping[str, Any]:
    """How fresh a version is (see Snapshot.freshness)."""
    return snapshot_of(home, version).freshness()


@memoise(1, of=_version)
def holds_samples(home: Home, version: int) -> bool:
    """Whether figures of one version come from the program's own sample files, and so are invented."""
    return not shipped_hashes().isdisjoint(snapshot_of(home, version).file_hashes())


@memoise(1, of=_version)
def coverage_of(home: Home, version: int) -> pd.DataFrame:
    """What of each spreadsheet type, branch and month is there (see data/snapshots/coverage.py)."""
    return coverage_states(held_units(home, version), snapshot_of(home, version).organisation)


@memoise(256, of=_version)
def scorecard_of(home: Home, version: int, unit: str, month: str, period: str, lang: str) -> pd.DataFrame:
    """The scorecard of one unit."""
    return scorecard(figures_of(home, version), unit, month, period=period, lang=lang)


@memoise(512, of=_version)
def ranking_of(
    home: Home, version: int, metric: str, level: str | None, within: str | None, month: str, period: str, lang: str
) -> pd.DataFrame:
    """A ranking; never changed by a reader."""
    return ranking(figures_of(home, version), metric, month, period=period, level=level, within=within, lang=lang)


@memoise(512, of=_version)
def trend_of(
    home: Home, version: int, metric: str, unit: str, month: str, period: str, months: int, lang: str
) -> pd.DataFrame:
    """One metric of one unit over the months; centre, limits and point types of the plain control chart."""
    return trend(figures_of(home, version), metric, unit, month, period=period, months=months, lang=lang)


@memoise(512, of=_version)
def path_of(
    home: Home, version: int, metric: str, unit: str, month: str, period: str, months: int, lang: str
) -> pd.DataFrame:
    """`trend_of` with the path and its limits in place of the plain chart's."""
    return as_path(trend_of(home, version, metric, unit, month, period, months, lang))


@memoise(512, of=_version)
def shifts_of(home: Home, version: int, metric: str, unit: str, month: str) -> tuple[Shift, ...]:
    """The steps in the path of one metric of one unit."""
    return tuple(shifts(figures_of(home, version), metric, unit, month))


@memoise(256, of=_version)
def series_of(
    home: Home, version: int, metrics: tuple[str, ...], units: tuple[str, ...], month: str, period: str, months: int
) -> np.ndarray:
    """Bare values [metric, unit, month]."""
    return value_series(figures_of(home, version), metrics, units, month, period, months)


@memoise(128, of=_version)
def paths_of(home: Home, version: int, unit: str, month: str) -> ExpectedPaths:
    """The expected paths of all metrics of one unit, to `month`."""
    figures = figures_of(home, version)
    rows = np.arange(len(figures.axes.metrics), dtype=np.intp)
    units = np.full(len(rows), figures.axes.unit_index(unit), dtype=np.intp)
    return expected_paths(figures, rows, units, month_number(month) - figures.axes.first_month)


@memoise(128, of=_version)
def attention_of(home: Home, version: int, unit: str, month: str, period: str, lang: str) -> Attention:
    """Strengths, weak spots and early warnings of one unit."""
    card = scorecard_of(home, version, unit, month, period, lang)
    ahead = outlook_of(home, version, unit, month, lang)
    return attention(figures_of(home, version), unit, month, period, lang, card, ahead)


@memoise(128, of=_version)
def outlook_of(home: Home, version: int, unit: str, month: str, lang: str) -> pd.DataFrame:
    """The year against its targets of one unit, one row per metric."""
    return outlook(figures_of(home, version), unit, month, lang=lang)


@memoise(512, of=_version)
def forecast_of(home: Home, version: int, metric: str, unit: str, month: str) -> tuple[tuple[str, MonthAhead], ...]:
    """The months to the year's end of one metric of one unit."""
    axes = figures_of(home, version).axes
    pair = np.array([axes.metric_index(metric)]), np.array([axes.unit_index(unit)])
    return tuple(months_ahead(forecasts(figures_of(home, version), *pair, month), 0))


@memoise(32, of=_version)
def lineage_of(home: Home, version: int, month: str) -> pd.DataFrame:
    """Which files the month's figures rest on."""
    return snapshot_of(home, version).lineage(month=month)


@memoise(64, of=_version)
def _tickets(
    home: Home, version: int, unit: str, first: str, last: str, category: str | None, offset: int
) -> TicketPage:
    figures = figures_of(home, version)
    units = {
        month_name(month): [
            code for code, below in zip(figures.axes.units, figures.axes.subtree(unit, month), strict=True) if below
        ]
        for month in range(month_number(first), month_number(last) + 1)
    }
    return read_tickets(home, version, units, first, last, category=category, offset=offset)


def tickets_of(
    home: Home, version: int, unit: str, first: str, last: str, category: str | None = None, offset: int = 0
) -> TicketPage:
    """One page of the complaints of a unit and everything below it in their month; each look is recorded."""
    note(home, "tickets", unit=unit, first=first, last=last, count=offset)
    return _tickets(home, version, unit, first, last, category, offset)


@memoise(2048, key=_asked, of=_version_drawn)
def cached(key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
    """The chart, table or text that `make` makes, made once for each key.

    key: home, then version, and everything else that is shown; before them only words.
    Never changed by a reader.
    """
    return freeze_payload(make())
