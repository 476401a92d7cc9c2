"""Everything that a pack shows, gathered once: slides, workbook and page read this record and compute nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd
from cachetools import LRUCache, cached

from data.loading.report import stored_findings
from metrics.analyses.action_outcomes import action_outcomes
from metrics.analyses.attention import Attention, attention
from metrics.analyses.briefing import Section, briefing
from metrics.analyses.earlier_level import level_before
from metrics.analyses.explain import Explanation, explain, segment_kinds
from metrics.analyses.outlook import outlook
from metrics.analyses.ranking import ranking
from metrics.analyses.scorecard import scorecard
from metrics.analyses.segments import segments
from metrics.analyses.trend import MONTHS, as_path, trends
from metrics.definitions import all_families
from metrics.engine.figures import Figures
from metrics.model.metric import Family, Metric
from metrics.model.periods import month_number, window
from metrics.model.record import Record, records_of
from metrics.wording.provisional import card_in_words

COMPARED_WITH = "last_year"
# Parts that a slide's chart of reasons can carry; the workbook has all of them.
REASONS = 6


@dataclass(frozen=True)
class PackHeader:
    """What every page of a pack says of itself. provisional: that its figures, or some of them, are; empty where none
    is.
    """

    unit: str
    unit_name: str
    month: str
    period: str
    version: int
    lang: str
    generated: datetime
    link: str
    provisional: str = ""


@dataclass(frozen=True)
class PackContent:
    """Everything that one pack shows.

    header: what every page says of the pack.
    figures: the figures of its version.
    card: the scorecard of all metrics (records.COLUMNS).
    known: its rows with a value.
    attention: strengths, weak spots, early warnings.
    sections: the briefing, by section.
    families: the families shown, in order.
    pressing: the metrics that ask for a decision: weak spots, signals for the worse, early warnings.
    leading: the first headline metric of each family.
    rankings, trends, reasons: by metric.
    splits: (metric, kind) -> segments.
    outlook: what the rest of the year must bring.
    notes, actions, events: what people entered.
    lineage, findings: what the month rests on.
    restated: None unless an earlier pack is named.
    """

    header: PackHeader
    figures: Figures
    card: pd.DataFrame
    known: pd.DataFrame
    attention: Attention
    sections: tuple[Section, ...]
    families: tuple[Family, ...]
    pressing: tuple[str, ...]
    leading: tuple[str, ...]
    rankings: dict[str, pd.DataFrame]
    trends: dict[str, pd.DataFrame]
    reasons: dict[str, Explanation]
    splits: dict[tuple[str, str], pd.DataFrame]
    outlook: pd.DataFrame
    notes: pd.DataFrame
    actions: pd.DataFrame
    events: pd.DataFrame
    lineage: pd.DataFrame
    findings: pd.DataFrame
    restated: pd.DataFrame | None = None

    def metric(self, code: str) -> Metric:
        """The record of a metric."""
        return self.figures.axes.metric(code)

    def row(self, code: str) -> Record:
        """The scorecard's row of a metric."""
        return records_of(self.card[self.card["metric"] == code])[0]

    def events_of(self, code: str) -> pd.DataFrame:
        """The events that concern a metric, or all."""
        return self.events[self.figures.axes.mentioning(self.events["metric"], code)]

    def notes_of(self, code: str) -> pd.DataFrame:
        """The month's notes on a metric."""
        return self.notes[self.figures.axes.mentioning(self.notes["metric"], code, whole=False)]

    def family_rows(self, family: Family) -> pd.DataFrame:
        """The scorecard's rows of a family."""
        return self.known[self.known["family"] == family.code]


def gather_content(
    figures: Figures,
    unit: str,
    month: str,
    period: str = "month",
    lang: str = "en",
    *,
    link: str = "",
    generated: datetime | None = None,
    restated: pd.DataFrame | None = None,
) -> PackContent:
    """The content of `unit`'s pack; WrongUsage if the unit, the month or the period is not known."""
    window(month, period)
    figures.axes.unit_index(unit)
    card = scorecard(figures, unit, month, period, lang=lang)
    known = card[card["value"].notna()].reset_index(drop=True)
    found = attention(figures, unit, month, period, lang, card)
    present = tuple(
        family
        for family in sorted(all_families(), key=lambda family: family.order)
        if (known["family"] == family.code).any()
    )
    signals = known[known["listed"]]
    worse, better = (signals[signals["variation"] == word]["metric"].tolist() for word in ("concerning", "improving"))
    pressing = tuple(dict.fromkeys([*found.weak_spots["metric"], *worse, *found.early_warnings["metric"]]))
    leading = tuple(_leading(figures, known))
    ranked = known[known["rank"].notna() & (known["peers"] > 1)]["metric"].tolist()
    level = figures.organisation.level(unit)
    spoken_of = {row["metric"]: level_before(figures, row, period, month) for row in records_of(known)}
    reasons = {code: explain(figures, code, unit, month, period, spoken_of[code] or COMPARED_WITH) for code in pressing}
    return PackContent(
        PackHeader(
            unit,
            figures.organisation.name(unit),
            month,
            period,
            figures.version,
            lang,
            (generated or datetime.now()).replace(microsecond=0),
            link,
            card_in_words(card, lang),
        ),
        figures,
        card,
        known,
        found,
        briefing(figures, unit, month, period, lang),
        present,
        pressing,
        leading,
        {code: _ranking(figures, code, month, period, level, lang) for code in ranked},
        {
            code: as_path(frame)
            for code, frame in trends(
                figures, list(dict.fromkeys([*pressing, *leading, *better])), unit, month, lang=lang
            ).items()
        },
        {code: reason for code, reason in reasons.items() if len(reason.parts)},
        dict(_splits(figures, known, unit, month, period)),
        outlook(figures, unit, month, lang=lang),
        _of(figures.snapshot.notes(), unit, month),
        action_outcomes(figures, unit, month, lang),
        _events(figures, unit, month),
        *_sources(figures, unit, month),
        restated,
    )


# The peers' rankings are the same for every city of a run; they go when the version's figures go.
_RANKINGS: WeakKeyDictionary[Figures, LRUCache] = WeakKeyDictionary()
_GUARD = Lock()
MOST_RANKINGS = 256
"""Rankings kept of a version: all metrics of one month at one level in three languages, and as much again."""


def _ranking(figures: Figures, code: str, month: str, period: str, level: str | None, lang: str) -> pd.DataFrame:
    """The ranking of a metric among all units of a level, computed once for the packs of a version."""
    with _GUARD:
        held = _RANKINGS.setdefault(figures, LRUCache(MOST_RANKINGS))
    found: pd.DataFrame = cached(held, lock=_GUARD)(partial(ranking, figures))(code, month, period, level, lang=lang)
    return found


def _of(notes: pd.DataFrame, unit: str, month: str) -> pd.DataFrame:
    return notes[(notes["unit"] == unit) & (notes["month"] == month)].reset_index(drop=True)


def _events(figures: Figures, unit: str, month: str) -> pd.DataFrame:
    """Events that concern the unit, in the months that the charts show."""
    found = figures.snapshot.events()
    mine = found["unit"].isna() | found["unit"].isin([unit, *figures.organisation.at(month).ancestors(unit)])
    first = str(pd.Period(month, "M") - MONTHS + 1)
    return (
        found[mine & (found["month"] <= month) & (found["month"] >= first)].sort_values("month").reset_index(drop=True)
    )


def _leading(figures: Figures, known: pd.DataFrame) -> list[str]:
    """The first headline metric of each family."""
    headline = known[[figures.axes.metric(code).headline for code in known["metric"]]]
    return headline.drop_duplicates("family")["metric"].tolist() if len(headline) else []


def _splits(figures: Figures, known: pd.DataFrame, unit: str, month: str, period: str) -> Any:
    for code in known["metric"]:
        for kind in segment_kinds(figures, figures.axes.metric(code)):
            found = segments(figures, code, unit, month, period, kind)
            if len(found):
                yield (code, kind), found


def _sources(figures: Figures, unit: str, month: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(lineage of the month for the unit, what it belongs to and what belongs to it; findings of those files)."""
    organisation = figures.organisation.at(month)
    inside = figures.axes.subtree(unit, month_number(month))
    below = (code for code, belongs in zip(figures.axes.units, inside, strict=True) if belongs)
    near = {unit, *organisation.ancestors(unit), *below}
    lineage = figures.snapshot.lineage(month=month)
    lineage = lineage[lineage["unit"].isin(near)].reset_index(drop=True)
    batches = figures.snapshot.batches()
    used = batches[batches["batch"].isin(lineage["batch"])]
    found = [
        {"batch": row["batch"], "file": row["file"], **finding}
        for row in used.to_dict("records")
        for finding in stored_findings(row["findings"])
    ]
    names = ["batch", "file", "severity", "code", "sheet", "cell", "value", "message", "suggestion"]
    return lineage, pd.DataFrame(found).reindex(columns=names)
