"""The only caches: figures of a version, and what pages derive from them.

Every key holds home and version, and so the file of that
version: after a restore, or with a new database in the same folder, the same number means other figures.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from charts.plotly_payload import finished
from data.core.home import Home
from data.snapshots.coverage import coverage_states
from data.snapshots.reader import Snapshot, current_version, held_units, open_snapshot, snapshot_file
from data.snapshots.tickets import TicketPage, read_tickets
from metrics.analyses.attention import Attention, attention
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.analyses.series import value_series
from metrics.analyses.trend import trend
from metrics.assessment.control_chart import ControlCharts, control_charts
from metrics.engine.catalogue import catalogue
from metrics.engine.figures import Figures
from metrics.engine.packs import families_with_data
from metrics.model.metric import Metric
from metrics.model.periods import month_number
from pages.shared.cache.memo import by_arguments, kept


def _of_its_file(home: str, version: int, *asked: Hashable, **named: Hashable) -> Hashable:
    return by_arguments(snapshot_file(Home(Path(home)), version), home, version, *asked, **named)


def _drawn_of_its_file(key: tuple[Hashable, ...], _make: object) -> Hashable:
    place = next(place for place, part in enumerate(key) if isinstance(part, int))
    return snapshot_file(Home(Path(str(key[place - 1]))), int(str(key[place]))), key


def snapshot_of(home: Home, version: int) -> Snapshot:
    """The snapshot of `version`; the data layer keeps it open."""
    return open_snapshot(home, version)


def latest_version(home: Home) -> int | None:
    """Read from the pointer file on every run: a load from anywhere shows at the next click."""
    return current_version(home)


@kept(6, key=_of_its_file)
def figures_of(home: str, version: int) -> Figures:
    """The dense arrays of one version, shared by all sessions; never changed by a reader."""
    return Figures(open_snapshot(Home(Path(home)), version))


@kept(6, key=_of_its_file)
def catalogue_of(home: str, version: int) -> tuple[Metric, ...]:
    """The metrics of one version."""
    return tuple(catalogue(open_snapshot(Home(Path(home)), version)))


@kept(6, key=_of_its_file)
def families_of(home: str, version: int) -> frozenset[str]:
    """The families of which one version has figures."""
    return families_with_data(catalogue_of(home, version), open_snapshot(Home(Path(home)), version).held_measures())


@kept(32, key=_of_its_file)
def freshness_of(home: str, version: int) -> Mapping[str, Any]:
    """How fresh a version is (see Snapshot.freshness)."""
    return open_snapshot(Home(Path(home)), version).freshness()


@kept(6, key=_of_its_file)
def coverage_of(home: str, version: int) -> pd.DataFrame:
    """What of each spreadsheet type, branch and month is there (see data/snapshots/coverage.py)."""
    place = Home(Path(home))
    return coverage_states(held_units(place, version), open_snapshot(place, version).organisation)


@kept(256, key=_of_its_file)
def scorecard_of(home: str, version: int, unit: str, month: str, period: str, lang: str) -> pd.DataFrame:
    """The scorecard of one unit."""
    return scorecard(figures_of(home, version), unit, month, period=period, lang=lang)


@kept(512, key=_of_its_file)
def ranking_of(
    home: str, version: int, metric: str, level: str | None, within: str | None, month: str, period: str, lang: str
) -> pd.DataFrame:
    """A ranking; never changed by a reader."""
    return ranking(figures_of(home, version), metric, month, period=period, level=level, within=within, lang=lang)


@kept(512, key=_of_its_file)
def trend_of(
    home: str, version: int, metric: str, unit: str, month: str, period: str, months: int, lang: str
) -> pd.DataFrame:
    """One metric of one unit over the months."""
    return trend(figures_of(home, version), metric, unit, month, period=period, months=months, lang=lang)


@kept(256, key=_of_its_file)
def series_of(
    home: str, version: int, metrics: tuple[str, ...], units: tuple[str, ...], month: str, period: str, months: int
) -> np.ndarray:
    """Bare values [metric, unit, month]."""
    return value_series(figures_of(home, version), metrics, units, month, period, months)


@kept(128, key=_of_its_file)
def control_of(home: str, version: int, unit: str, month: str) -> ControlCharts:
    """The control charts of all metrics of one unit, to `month`."""
    figures = figures_of(home, version)
    rows = np.arange(len(figures.metrics), dtype=np.intp)
    units = np.full(len(rows), figures.unit_index(unit), dtype=np.intp)
    return control_charts(figures, rows, units, month_number(month) - figures.first_month)


@kept(128, key=_of_its_file)
def attention_of(home: str, version: int, unit: str, month: str, period: str, lang: str) -> Attention:
    """Strengths, weak spots and early warnings of one unit."""
    card = scorecard_of(home, version, unit, month, period, lang)
    return attention(figures_of(home, version), unit, month, period, lang, card)


@kept(32, key=_of_its_file)
def lineage_of(home: str, version: int, month: str) -> pd.DataFrame:
    """Which files the month's figures rest on."""
    return open_snapshot(Home(Path(home)), version).lineage(month=month)


@kept(64, key=_of_its_file)
def _tickets(
    home: str, version: int, unit: str, first: str, last: str, category: str | None, offset: int
) -> TicketPage:
    figures = figures_of(home, version)
    units = [code for code, below in zip(figures.units, figures.subtree(unit), strict=True) if below]
    return read_tickets(Home(Path(home)), version, units, first, last, category=category, offset=offset)


def tickets_of(
    home: Home, version: int, unit: str, first: str, last: str, category: str | None = None, offset: int = 0
) -> TicketPage:
    """One page of the complaints of a unit and everything below it."""
    return _tickets(str(home.path), version, unit, first, last, category, offset)


@kept(2048, key=_drawn_of_its_file)
def drawn(key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
    """A chart or a piece of HTML as made once; `key` holds home, then version, and everything else that it shows;
    before them only words. Never changed by a reader.
    """
    return finished(make())
