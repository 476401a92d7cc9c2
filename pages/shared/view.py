"""What every page works with: the selection, and the figures of one version, in one language."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from charts import numbers
from charts.theme import Palette, palette
from data.core.home import Home
from data.model.organisation import Organisation
from data.snapshots.reader import Snapshot
from locales import text
from metrics.analyses.attention import Attention
from metrics.analyses.segments import segments
from metrics.assessment.control_chart import ControlCharts
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import month_name, previous_period, window, year_before
from metrics.wording.provisional import card_in_words
from pages.shared.cache.results import (
    attention_of,
    catalogue_of,
    control_of,
    drawn,
    figures_of,
    lineage_of,
    ranking_of,
    scorecard_of,
    series_of,
    snapshot_of,
    trend_of,
)
from pages.shared.session import url_state as state
from pages.shared.wording import labels as words


@dataclass(frozen=True)
class View:
    """One reader's selection. `compare` is "previous" or "last_year"; `mode` is "light" or "dark"."""

    home: Home
    version: int
    lang: str
    mode: str
    unit: str
    month: str
    period: str
    compare: str
    staged: bool = True

    def say(self, message: str, **values: object) -> str:
        """`message` in the reader's language, its placeholders filled."""
        return text(self.lang, message, **values)

    @property
    def colours(self) -> Palette:
        return palette(self.mode)

    @cached_property
    def snapshot(self) -> Snapshot:
        return snapshot_of(self.home, self.version)

    @cached_property
    def organisation(self) -> Organisation:
        return self.snapshot.organisation

    @cached_property
    def figures(self) -> Figures:
        return figures_of(str(self.home.path), self.version)

    @cached_property
    def metrics(self) -> Mapping[str, Metric]:
        """The metrics of this version by code, in the catalogue's order."""
        return {metric.code: metric for metric in catalogue_of(str(self.home.path), self.version)}

    @property
    def name(self) -> str:
        return self.organisation.name(self.unit)

    @property
    def above(self) -> str | None:
        """The parent's code; None at the top."""
        return self.organisation.parent(self.unit)

    @property
    def average_name(self) -> str:
        """How the parent's own value is called on charts."""
        return self.organisation.name(self.above) if self.above else self.say("Average")

    @cached_property
    def card(self) -> pd.DataFrame:
        """The scorecard of the chosen unit, indexed by metric; not to be changed."""
        return self.card_of(self.unit)

    @property
    def span(self) -> str:
        """The months shown, in words; how many of them there is data of, where it begins later."""
        covered, said = window(self.month, self.period), words.span(self.month, self.period, self.lang)
        held = max(covered.last - max(covered.first, self.figures.first_month) + 1, 0)
        if held < covered.length:
            said = self.say("{span}, data of {held} of {months} months", span=said, held=held, months=covered.length)
        return " · ".join(part for part in (said, self.provisional) if part)

    @cached_property
    def provisional(self) -> str:
        """That the chosen unit's figures of this period are provisional, or some of them; empty where none is."""
        return card_in_words(self.card, self.lang) if self.figures.provisional.any else ""

    def card_of(self, unit: str) -> pd.DataFrame:
        """The scorecard of any unit in the same month and period; not to be changed."""
        found = scorecard_of(str(self.home.path), self.version, unit, self.month, self.period, self.lang)
        return found.set_index("metric", drop=False)

    @cached_property
    def card_before(self) -> pd.DataFrame | None:
        """The scorecard of the period compared with; None if that lies before the first month with data."""
        shown = window(self.month, self.period)
        earlier = year_before(shown) if self.compare == "last_year" else previous_period(shown, self.period)
        if earlier.last < self.figures.first_month:
            return None
        return scorecard_of(
            str(self.home.path), self.version, self.unit, month_name(earlier.last), self.period, self.lang
        )

    @cached_property
    def attention(self) -> Attention:
        """Strengths, weak spots and early warnings of the chosen unit."""
        return attention_of(str(self.home.path), self.version, self.unit, self.month, self.period, self.lang)

    def control(self) -> ControlCharts:
        """The control charts of all metrics of the chosen unit, in the order of `metrics`."""
        return control_of(str(self.home.path), self.version, self.unit, self.month)

    @cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        def by_metric() -> dict[str, dict[str, Any]]:
            rows = self.card.to_dict("records")
            return {str(row["metric"]): {str(name): field for name, field in row.items()} for row in rows}

        found: dict[str, dict[str, Any]] = self.drawn("scorecard", "rows", make=by_metric)
        return found

    def row(self, metric: str) -> dict[str, Any]:
        """One metric's line of the scorecard by column; empty if there is none."""
        return self._rows.get(metric, {})

    def trend(self, metric: str, unit: str | None = None, months: int = 36, period: str | None = None) -> pd.DataFrame:
        """`metric` over the months to the chosen one."""
        return trend_of(
            str(self.home.path),
            self.version,
            metric,
            unit or self.unit,
            self.month,
            period or self.period,
            months,
            self.lang,
        )

    def ranking(self, metric: str, level: str | None = None, within: str | None = None) -> pd.DataFrame:
        """The ranking of `metric` in the month and period, of the chosen unit's level if none is given; not to be
        changed.
        """
        asked = (metric, level or self.organisation.level(self.unit), within)
        return ranking_of(str(self.home.path), self.version, *asked, self.month, self.period, self.lang)

    def series(
        self, metrics: Sequence[str], units: Sequence[str], months: int, period: str | None = None
    ) -> np.ndarray:
        """Bare values [metric, unit, month] to the chosen month."""
        return series_of(
            str(self.home.path), self.version, tuple(metrics), tuple(units), self.month, period or self.period, months
        )

    def events(self, metric: str) -> pd.DataFrame:
        """Events that concern the chosen unit and `metric`: month, label, new_phase; not to be changed."""
        found: pd.DataFrame = self.drawn("events", metric, make=lambda: self._events(metric))
        return found

    def _events(self, metric: str) -> pd.DataFrame:
        found = self.snapshot.events()
        units = [self.unit, *self.organisation.ancestors(self.unit)]
        mine = found["unit"].isna() | found["unit"].isin(units)
        return found[mine & self.figures.mentioning(found["metric"], metric)]

    def drawn(self, *what: Hashable, make: Callable[[], Any]) -> Any:
        """The chart, table or sentence that `make` makes of this selection; `what` tells it from the others.

        Made once per version and selection.
        """
        chosen = (self.lang, self.mode, self.unit, self.month, self.period, self.compare)
        return drawn((str(self.home.path), self.version, *chosen, *what), make)

    def segments(self, metric: str, kind: str) -> pd.DataFrame:
        """The segments of `metric` in the month and period (see metrics.segments); not to be changed."""
        found: pd.DataFrame = self.drawn(
            "segments",
            metric,
            kind,
            make=lambda: segments(self.figures, metric, self.unit, self.month, self.period, kind),
        )
        return found

    def lineage(self) -> pd.DataFrame:
        """Which files the month's figures rest on (see Snapshot.lineage)."""
        return lineage_of(str(self.home.path), self.version, self.month)

    def peers(self) -> list[str]:
        """All units of the chosen unit's level, itself included."""
        level = self.organisation.level(self.unit)
        return self.organisation.at_level(level) if level else [self.unit]

    @property
    def alone(self) -> bool:
        """Whether the chosen unit has no peers, as a province."""
        return len(self.peers()) < 2

    def level_below(self) -> str | None:
        """The level of the chosen unit's children; None at the bottom."""
        children = self.organisation.children(self.unit)
        return self.organisation.level(children[0]) if children else None

    def value(self, number: float | None, metric: Metric) -> str:
        return numbers.value(number, metric.format, metric.decimals, self.lang)

    def place(self, row: Mapping[str, Any]) -> str:
        """The rank of a scorecard's line among its peers; empty where there is nobody to compare with."""
        ranked = numbers.known(row["rank"]) and row["peers"] > 1
        return numbers.place(row["rank"], row["peers"], self.lang) if ranked else ""

    def change(self, number: float | None, metric: Metric) -> str:
        return numbers.change(number, metric.format, self.lang)

    def change_name(self, metric: Metric | None = None) -> str:
        """The column of a scorecard that holds the comparison chosen; a cohort that only shrinks is held against that
        of last year.
        """
        return "yoy" if self.compare == "last_year" or (metric is not None and metric.restarts) else "mom"

    def basis(self, metric: Metric) -> str:
        """What a metric's change is measured against, in words."""
        return self.say("last year") if self.change_name(metric) == "yoy" else self.say("last period")

    def here(self, **choices: str) -> str:
        """A link to this page as it is now, with other choices."""
        return f"?{urlencode({**state.settled(), **choices})}"

    def address(self, page: str, **choices: str) -> str:
        """A link to `page` with this selection, other choices replacing it."""
        selection = {
            "unit": self.unit,
            "month": self.month,
            "period": self.period,
            "compare": self.compare,
            "lang": self.lang,
            "version": str(self.version),
        }
        return f"{page}?{urlencode({**selection, **choices})}"
