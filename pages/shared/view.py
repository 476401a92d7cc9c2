"""What the data says of a selection: figures of one version, in the reader's language.

What is asked several times in one run is answered once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from data.core.home import Home
from data.model.organisation import Organisation
from data.snapshots.reader import Snapshot
from metrics.analyses.attention import Attention
from metrics.analyses.effect import Effect, effect
from metrics.analyses.forecast import MonthAhead
from metrics.analyses.segments import segments as segments_of
from metrics.assessment.expected_paths import ExpectedPaths
from metrics.assessment.judgement import Shift
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import month_name, previous_period, window, year_before
from metrics.model.record import Record, record_of, records_of
from metrics.wording.provisional import card_in_words
from pages.shared.cache import results
from pages.shared.session.selection import Selection
from pages.shared.wording.labels import span

Answer = TypeVar("Answer")


def _once(ask: Callable[[Selection], Answer]) -> Callable[[Selection], Answer]:
    """Answers a question about a selection once in its run."""

    @wraps(ask)
    def answer(selection: Selection) -> Answer:
        if ask not in selection.answers:
            selection.answers[ask] = ask(selection)
        found: Answer = selection.answers[ask]
        return found

    return answer


def _version(selection: Selection) -> tuple[Home, int]:
    return selection.home, selection.version


# A fragment keeps its selection as long as its page stands: what is large is asked for each time, and stays with its
# version.


def snapshot(selection: Selection) -> Snapshot:
    """The data of the version."""
    return results.snapshot_of(selection.home, selection.version)


def organisation(selection: Selection) -> Organisation:
    """The units of the version, with the parents that they have in the month."""
    known = snapshot(selection).organisation
    return known.at(selection.month) if selection.month else known


def figures(selection: Selection) -> Figures:
    """The dense arrays of the version; never changed."""
    return results.figures_of(*_version(selection))


def metrics(selection: Selection) -> Mapping[str, Metric]:
    """The metrics of the version by code, in the catalogue's order."""
    return results.metrics_of(*_version(selection))


def known_codes(selection: Selection) -> frozenset[str]:
    """Codes of the metrics that have a value for the chosen unit in the month and period."""
    codes = list(metrics(selection))
    values = series(selection, codes, [selection.unit], 1)[:, 0, -1]
    return frozenset(code for code, known in zip(codes, ~np.isnan(values), strict=True) if known)


def unit_name(selection: Selection) -> str:
    """The name of the chosen unit."""
    return organisation(selection).name(selection.unit)


def parent(selection: Selection) -> str | None:
    """The parent's code; None at the top."""
    return organisation(selection).parent(selection.unit)


def average_name(selection: Selection) -> str:
    """How the parent's own value is called on charts."""
    above = parent(selection)
    return organisation(selection).name(above) if above else selection.say("Average")


def peers(selection: Selection) -> list[str]:
    """All units of the chosen unit's level, itself included."""
    units = organisation(selection)
    level = units.level(selection.unit)
    return units.at_level(level) if level else [selection.unit]


def has_no_peers(selection: Selection) -> bool:
    """Whether the chosen unit is alone on its level, as a province."""
    return len(peers(selection)) < 2


def level_below(selection: Selection) -> str | None:
    """The level of the chosen unit's children; None at the bottom."""
    units = organisation(selection)
    children = units.children(selection.unit)
    return units.level(children[0]) if children else None


def months_shown(selection: Selection) -> str:
    """The months shown, in words; how many of them there is data of, where it begins later."""
    covered = window(selection.month, selection.period)
    said = span(selection.month, selection.period, selection.lang)
    held = max(covered.last - max(covered.first, figures(selection).axes.first_month) + 1, 0)
    if held < covered.length:
        said = selection.say("{span}, data of {held} of {months} months", span=said, held=held, months=covered.length)
    return " · ".join(part for part in (said, provisional(selection)) if part)


@_once
def provisional(selection: Selection) -> str:
    """That the chosen unit's figures of this period are provisional, or some of them; empty where none is."""
    return card_in_words(scorecard(selection), selection.lang) if figures(selection).provisional.any else ""


def scorecard_of(selection: Selection, unit: str) -> pd.DataFrame:
    """The scorecard of any unit, indexed by metric; not to be changed."""
    asked = (unit, selection.month, selection.period, selection.lang)
    return results.scorecard_of(*_version(selection), *asked).set_index("metric", drop=False)


@_once
def scorecard(selection: Selection) -> pd.DataFrame:
    """The scorecard of the chosen unit, indexed by metric; not to be changed."""
    return scorecard_of(selection, selection.unit)


@_once
def earlier_scorecard(selection: Selection) -> pd.DataFrame | None:
    """The scorecard of the period compared with; None if that lies before the first month with data."""
    shown = window(selection.month, selection.period)
    earlier = year_before(shown) if selection.compare == "last_year" else previous_period(shown, selection.period)
    if earlier.last < figures(selection).axes.first_month:
        return None
    asked = (selection.unit, month_name(earlier.last), selection.period, selection.lang)
    return results.scorecard_of(*_version(selection), *asked)


@_once
def _rows(selection: Selection) -> dict[str, Record]:
    def by_metric() -> dict[str, Record]:
        return {row["metric"]: row for row in records_of(scorecard(selection))}

    found: dict[str, Record] = cached(selection, "scorecard", "rows", make=by_metric)
    return found


def row(selection: Selection, metric: str) -> Record:
    """One metric's row of the scorecard; empty if there is none."""
    return _rows(selection).get(metric, record_of({}))


@_once
def attention(selection: Selection) -> Attention:
    """Strengths, weak spots and early warnings of the chosen unit."""
    asked = (selection.unit, selection.month, selection.period, selection.lang)
    return results.attention_of(*_version(selection), *asked)


@_once
def outlook(selection: Selection) -> dict[str, Mapping[Any, Any]]:
    """The outlook of the year of every metric of the chosen unit, by code."""
    found = results.outlook_of(*_version(selection), selection.unit, selection.month, selection.lang)
    return {row["metric"]: row for row in found.to_dict("records")}


def months_ahead(selection: Selection, metric: str) -> tuple[tuple[str, MonthAhead], ...]:
    """The months to the year's end of `metric`."""
    return results.forecast_of(*_version(selection), metric, selection.unit, selection.month)


def expected_paths(selection: Selection) -> ExpectedPaths:
    """The control charts of all metrics of the chosen unit, in the order of `metrics`."""
    return results.paths_of(*_version(selection), selection.unit, selection.month)


def trend(
    selection: Selection,
    metric: str,
    unit: str | None = None,
    months: int = 36,
    period: str | None = None,
    plain: bool = False,
) -> pd.DataFrame:
    """`metric` over the months to the chosen one, beside its path; `plain`: beside the plain control chart."""
    shown = period or selection.period
    asked = (*_version(selection), metric, unit or selection.unit, selection.month, shown, months, selection.lang)
    return results.trend_of(*asked) if plain else results.path_of(*asked)


def shifts(selection: Selection, metric: str) -> tuple[Shift, ...]:
    """The steps in the path of `metric`, the oldest first."""
    return results.shifts_of(*_version(selection), metric, selection.unit, selection.month)


def ranking(selection: Selection, metric: str, level: str | None = None, within: str | None = None) -> pd.DataFrame:
    """The ranking of `metric` in the month and period; not to be changed.

    level: of the units ranked; the chosen unit's, if not given.
    """
    home, version = _version(selection)
    ranked = level or organisation(selection).level(selection.unit)
    return results.ranking_of(home, version, metric, ranked, within, selection.month, selection.period, selection.lang)


def series(
    selection: Selection, metrics: Sequence[str], units: Sequence[str], months: int, period: str | None = None
) -> np.ndarray:
    """Bare values [metric, unit, month] to the chosen month."""
    home, version = _version(selection)
    shown = period or selection.period
    return results.series_of(home, version, tuple(metrics), tuple(units), selection.month, shown, months)


def events(selection: Selection, metric: str) -> pd.DataFrame:
    """Events that concern the chosen unit and `metric`: month, label, new_phase; not to be changed."""

    def concerning() -> pd.DataFrame:
        found = snapshot(selection).events()
        units = [selection.unit, *organisation(selection).ancestors(selection.unit)]
        mine = found["unit"].isna() | found["unit"].isin(units)
        return found[mine & figures(selection).axes.mentioning(found["metric"], metric)]

    found: pd.DataFrame = cached(selection, "events", metric, make=concerning)
    return found


def actions(selection: Selection, metric: str) -> pd.DataFrame:
    """Actions of the chosen unit on `metric`, agreed up to the month: month, action; not to be changed."""
    found = snapshot(selection).actions()
    mine = (found["unit"] == selection.unit) & (found["month"] <= selection.month) & found["metric"].notna()
    return found[mine & figures(selection).axes.mentioning(found["metric"], metric)]


def effect_since(selection: Selection, metric: str, since: str) -> Effect:
    """Whether `metric` changed in the month `since`, beside its peers."""
    made: Effect = cached(
        selection,
        "effect",
        metric,
        since,
        make=lambda: effect(figures(selection), metric, selection.unit, since, selection.month),
    )
    return made


def segments(selection: Selection, metric: str, kind: str) -> pd.DataFrame:
    """The segments of `metric` in the month and period (see metrics.segments); not to be changed."""

    def split() -> pd.DataFrame:
        return segments_of(figures(selection), metric, selection.unit, selection.month, selection.period, kind)

    found: pd.DataFrame = cached(selection, "segments", metric, kind, make=split)
    return found


def lineage(selection: Selection) -> pd.DataFrame:
    """Which files the month's figures rest on (see Snapshot.lineage)."""
    return results.lineage_of(*_version(selection), selection.month)


def cached(selection: Selection, *what: Hashable, make: Callable[[], Any]) -> Any:
    """The chart, table or sentence that `make` makes of this selection, made once per version and selection.

    what: tells it from the others.
    """
    chosen = (selection.lang, selection.mode, selection.unit, selection.month, selection.period, selection.compare)
    return results.cached((*_version(selection), *chosen, *what), make)
