"""The tables of a pack that hold its figures: scorecard, attention, rankings, months and the year's targets.

Slide, workbook and page show these, those of cause_tables, source_tables and record_tables, and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from charts import numbers
from locales import text
from metrics.model.metric import Metric
from metrics.model.record import MonthRecord, Record, months_of, records_of, warnings_of
from metrics.wording.attainment import attainment_in_words, exceeds_twice
from metrics.wording.provisional import month_in_words, verdict_in_words
from metrics.wording.tone import tone_of_attainment, tone_of_point, tone_of_signal
from reports.content import PackContent
from reports.table_model import Cell, Column, Table, Tone, change_cell, count_cells, metric_cell, table_of


def row_tone(row: Record) -> Tone:
    """The tone of a figure; what stands on too little data is muted."""
    return "muted" if row["signal"] == "too_little_data" else tone_of_signal(row)


def rank_with_range(row: Record, lang: str) -> str:
    """A rank of its peers with the plausible range."""
    if not numbers.is_known(row["rank"]) or row["peers"] <= 1:
        return numbers.MISSING
    shown = numbers.format_rank(row["rank"], row["peers"], lang)
    low, high = row["rank_low"], row["rank_high"]
    if not numbers.is_known(low) or not numbers.is_known(high):
        return shown
    return shown + (f" ({int(low)}–{int(high)})" if low != high else f" ({int(low)})")


def scorecard_table(content: PackContent, rows: pd.DataFrame | None = None, units: bool = True) -> Table:
    """Every metric that is known: value, target, attainment, rank, movement, changes, verdict.

    units: whether units of measure are named.
    """
    lang = content.header.lang

    def of(row: Record) -> Metric:
        return content.metric(row["metric"])

    unit = Column[Record](text(lang, "Unit of measure"), 1.2, lambda row: Cell(of(row).unit.to(lang), tone="muted"))
    columns: list[Column[Record]] = [
        Column(text(lang, "Metric"), 2.2, lambda row: Cell(of(row).name.to(lang))),
        *([unit] if units else []),
        Column(text(lang, "Value"), 0.9, lambda row: metric_cell(row["value"], of(row), row_tone(row))),
        Column(text(lang, "Target"), 0.9, lambda row: metric_cell(row["target"], of(row))),
        Column(text(lang, "Attainment"), 1.15, lambda row: _attainment(row, lang)),
        Column(text(lang, "Place (plausible)"), 1.3, lambda row: Cell(rank_with_range(row, lang))),
        Column(text(lang, "Movement"), 1.1, lambda row: Cell(row["rank_change"], "places")),
        Column(text(lang, "MoM"), 0.85, lambda row: change_cell(row["mom"], of(row))),
        Column(text(lang, "YoY"), 0.85, lambda row: change_cell(row["yoy"], of(row))),
        Column(text(lang, "Verdict"), 3.9, lambda row: Cell(verdict_in_words(row, lang), tone=row_tone(row))),
    ]
    return table_of("scorecard", text(lang, "Scorecard"), columns, records_of(content.known if rows is None else rows))


def _attainment(row: Record, lang: str) -> Cell:
    """A number; in words where a per cent says nothing, of a target without a share or of more than twice of it."""
    tone = tone_of_attainment(row)
    if exceeds_twice(row) or (numbers.is_known(row["met"]) and not numbers.is_known(row["attainment"])):
        return Cell(attainment_in_words(row, lang), tone=tone)
    return Cell(row["attainment"], "percent", tone=tone)


def ranking_table(content: PackContent, code: str) -> Table:
    """All peers of one metric, best first."""
    lang, metric, unit = content.header.lang, content.metric(code), content.header.unit
    based = metric.denominator is not None
    columns: list[Column[Record]] = [
        Column(text(lang, "Place"), 0.6, lambda row: Cell(row["rank"], "count", 0)),
        Column(text(lang, "Unit"), 1.6, lambda row: Cell(row["name"], tone="better" if row["unit"] == unit else "")),
        Column(text(lang, "Value"), 0.9, lambda row: metric_cell(row["value"], metric, row_tone(row))),
        Column(text(lang, "Interval from"), 0.9, lambda row: metric_cell(row["low"], metric)),
        Column(text(lang, "Interval to"), 0.9, lambda row: metric_cell(row["high"], metric)),
        Column(text(lang, "Base"), 1, lambda row: Cell(row["denominator"] if based else None, "count", 0)),
        Column(text(lang, "Target"), 0.9, lambda row: metric_cell(row["target"], metric)),
        Column(text(lang, "Attainment"), 1, lambda row: _attainment(row, lang)),
        Column(text(lang, "Movement"), 0.9, lambda row: Cell(row["rank_change"], "places")),
        Column(text(lang, "To the next place"), 1, lambda row: Cell(row["next_gap"], "count", 0)),
        Column(text(lang, "Verdict"), 4, lambda row: Cell(verdict_in_words(row, lang), tone=row_tone(row))),
    ]
    return table_of(f"ranking:{code}", metric.name.to(lang), columns, records_of(content.rankings[code]))


def trend_table(content: PackContent, code: str) -> Table:
    """The months of one metric with its limits; a value's tone is that of its point on the chart."""
    lang, metric = content.header.lang, content.metric(code)
    events = content.events_of(code).groupby("month")["label"].agg(" · ".join).to_dict()
    frame = content.trends[code]
    above, below = (
        dict(zip(frame["month"], count_cells(frame[side]), strict=True)) for side in ("numerator", "denominator")
    )

    def value(row: MonthRecord) -> Cell:
        return metric_cell(row["value"], metric, tone_of_point(row["point_type"] or "", metric.better))

    columns: list[Column[MonthRecord]] = [
        Column(text(lang, "Month"), 1, lambda row: Cell(month_in_words(row, lang))),
        Column(text(lang, "Value"), 1, value),
        Column(text(lang, "Numerator"), 1, lambda row: above[row["month"]]),
        Column(text(lang, "Denominator"), 1, lambda row: below[row["month"]]),
        Column(text(lang, "Target"), 1, lambda row: metric_cell(row["target"], metric)),
        Column(text(lang, "Centre"), 1, lambda row: metric_cell(row["centre"], metric)),
        Column(text(lang, "Lower limit"), 1, lambda row: metric_cell(row["lower"], metric)),
        Column(text(lang, "Upper limit"), 1, lambda row: metric_cell(row["upper"], metric)),
        Column(text(lang, "Kind of point"), 2, lambda row: Cell(signal_words(row["point_type"], lang))),
        Column(text(lang, "Place"), 0.7, lambda row: Cell(row["rank"], "count", 0)),
        Column(text(lang, "Events"), 2, lambda row: Cell(events.get(row["month"], ""))),
    ]
    return table_of(f"series:{code}", metric.name.to(lang), columns, months_of(frame))


def signal_words(kind: object, lang: str) -> str:
    """The rule that a month breaks, in words."""
    said = {
        "common": text(lang, "ordinary"),
        "outside_high": text(lang, "above the upper limit"),
        "outside_low": text(lang, "below the lower limit"),
        "shift_high": text(lang, "run above the mean"),
        "shift_low": text(lang, "run below the mean"),
        "trend_up": text(lang, "rising run"),
        "trend_down": text(lang, "falling run"),
        "two_of_three_high": text(lang, "two of three near the upper limit"),
        "two_of_three_low": text(lang, "two of three near the lower limit"),
    }
    return said.get(str(kind), str(kind)) if isinstance(kind, str) else ""


def attention_tables(content: PackContent) -> tuple[Table, ...]:
    """Strengths, weak spots and early warnings."""
    lang, found = content.header.lang, content.attention
    columns: list[Column[tuple[Record, str | None]]] = [
        Column(text(lang, "Metric"), 2, lambda line: Cell(content.metric(line[0]["metric"]).name.to(lang))),
        Column(
            text(lang, "Value"),
            1,
            lambda line: metric_cell(line[0]["value"], content.metric(line[0]["metric"]), row_tone(line[0])),
        ),
        Column(text(lang, "Place"), 1.2, lambda line: Cell(rank_with_range(line[0], lang))),
        Column(text(lang, "Why"), 5, lambda line: Cell(line[1] or "", tone=row_tone(line[0]))),
    ]
    strong, weak = ([(row, row["verdict"]) for row in records_of(rows)] for rows in (found.strengths, found.weak_spots))
    warned = [(row, row["because"]) for row in warnings_of(found.early_warnings)]
    return (
        table_of("strengths", text(lang, "Strengths"), columns, strong),
        table_of("weak_spots", text(lang, "Weak spots"), columns, weak),
        table_of("early_warnings", text(lang, "Early warnings"), columns, warned),
    )


def outlook_table(content: PackContent) -> Table:
    """What the rest of the year must bring."""
    lang = content.header.lang
    tones: dict[str, Tone] = {"beyond": "worse", "safe": "better"}

    def of(row: Mapping[Any, Any]) -> Metric:
        return content.metric(row["metric"])

    def said(row: Mapping[Any, Any]) -> Cell:
        return Cell(row["sentence"] or numbers.MISSING, tone=tones.get(str(row["reach"]), ""))

    columns: list[Column[Mapping[Any, Any]]] = [
        Column(text(lang, "Metric"), 2, lambda row: Cell(of(row).name.to(lang))),
        Column(text(lang, "Year so far"), 1, lambda row: metric_cell(row["value"], of(row))),
        Column(text(lang, "Target of the year"), 1, lambda row: metric_cell(row["target"], of(row))),
        Column(
            text(lang, "Needed in each month left"),
            1.2,
            lambda row: metric_cell(row["needed"] if row["needed"] >= 0 else None, of(row)),
        ),
        Column(text(lang, "Outlook"), 5, said),
    ]
    rows = content.outlook[content.outlook["target"].notna() & content.outlook["value"].notna()]
    return table_of("outlook", text(lang, "Targets of the year"), columns, rows.to_dict("records"))
