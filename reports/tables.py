"""The tables of a pack, each made from its content; slide, workbook and page show these and no others."""

from __future__ import annotations

import pandas as pd

from charts import numbers
from locales import text
from metrics.analyses.explain import Explanation, caution_in_words
from metrics.analyses.segments import segment_kind_title
from metrics.model.metric import Metric
from metrics.model.record import Record, months_of, records_of, warnings_of
from metrics.wording.labels import feed, segment
from metrics.wording.provisional import month_in_words, verdict_in_words
from metrics.wording.tone import tone_of_attainment, tone_of_point, tone_of_signal
from reports.content import PackContent
from reports.table_model import Cell, Table, Tone, change_cell, count_cells, metric_cell, text_cells

UNIT_COLUMN = 1


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
    shown = content.known if rows is None else rows
    heads = (
        text(lang, "Metric"),
        text(lang, "Unit of measure"),
        text(lang, "Value"),
        text(lang, "Target"),
        text(lang, "Attainment"),
        text(lang, "Place (plausible)"),
        text(lang, "Movement"),
        text(lang, "MoM"),
        text(lang, "YoY"),
        text(lang, "Verdict"),
    )
    found = []
    for row in records_of(shown):
        metric = content.metric(str(row["metric"]))
        tone = row_tone(row)
        found.append(
            (
                Cell(metric.name.to(lang)),
                Cell(metric.unit.to(lang), tone="muted"),
                metric_cell(row["value"], metric, tone),
                metric_cell(row["target"], metric),
                Cell(row["attainment"], "percent", tone=tone_of_attainment(row)),
                Cell(rank_with_range(row, lang)),
                Cell(row["rank_change"], "places"),
                change_cell(row["mom"], metric),
                change_cell(row["yoy"], metric),
                Cell(verdict_in_words(row, lang), tone=tone),
            )
        )
    widths = (2.2, 1.2, 0.9, 0.9, 1.15, 1.3, 1.1, 0.85, 0.85, 3.9)
    kept = [place for place in range(len(heads)) if units or place != UNIT_COLUMN]
    return Table(
        "scorecard",
        text(lang, "Scorecard"),
        tuple(heads[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in found),
        tuple(widths[place] for place in kept),
    )


def ranking_table(content: PackContent, code: str) -> Table:
    """All peers of one metric, best first."""
    lang, metric = content.header.lang, content.metric(code)
    heads = (
        text(lang, "Place"),
        text(lang, "Unit"),
        text(lang, "Value"),
        text(lang, "Interval from"),
        text(lang, "Interval to"),
        text(lang, "Base"),
        text(lang, "Target"),
        text(lang, "Attainment"),
        text(lang, "Movement"),
        text(lang, "To the next place"),
        text(lang, "Verdict"),
    )
    found = []
    for row in records_of(content.rankings[code]):
        tone = row_tone(row)
        found.append(
            (
                Cell(row["rank"], "count", 0),
                Cell(str(row["name"]), tone="better" if row["unit"] == content.header.unit else ""),
                metric_cell(row["value"], metric, tone),
                metric_cell(row["low"], metric),
                metric_cell(row["high"], metric),
                Cell(row["denominator"] if metric.denominator else None, "count", 0),
                metric_cell(row["target"], metric),
                Cell(row["attainment"], "percent", tone=tone_of_attainment(row)),
                Cell(row["rank_change"], "places"),
                Cell(row["next_gap"], "count", 0),
                Cell(verdict_in_words(row, lang), tone=tone),
            )
        )
    return Table(
        f"ranking:{code}", metric.name.to(lang), heads, tuple(found), (0.6, 1.6, 0.9, 0.9, 0.9, 1, 0.9, 1, 0.9, 1, 4)
    )


def trend_table(content: PackContent, code: str) -> Table:
    """The months of one metric with its limits; a value's tone is that of its point on the chart."""
    lang, metric = content.header.lang, content.metric(code)
    heads = (
        text(lang, "Month"),
        text(lang, "Value"),
        text(lang, "Numerator"),
        text(lang, "Denominator"),
        text(lang, "Target"),
        text(lang, "Centre"),
        text(lang, "Lower limit"),
        text(lang, "Upper limit"),
        text(lang, "Kind of point"),
        text(lang, "Place"),
        text(lang, "Events"),
    )
    events = content.events_of(code).groupby("month")["label"].agg(" · ".join).to_dict()
    rows = content.trends[code]
    found = tuple(
        (
            Cell(month_in_words(row, lang)),
            metric_cell(row["value"], metric, tone_of_point(str(row["point_type"] or ""), metric.better)),
            above,
            below,
            metric_cell(row["target"], metric),
            metric_cell(row["centre"], metric),
            metric_cell(row["lower"], metric),
            metric_cell(row["upper"], metric),
            Cell(signal_words(row["point_type"], lang)),
            Cell(row["rank"], "count", 0),
            Cell(events.get(str(row["month"]), "")),
        )
        for row, above, below in zip(
            months_of(rows), count_cells(rows["numerator"]), count_cells(rows["denominator"]), strict=True
        )
    )
    return Table(f"series:{code}", metric.name.to(lang), heads, found, (1,) * 8 + (2, 0.7, 2))


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


def segments_table(content: PackContent, code: str, kind: str) -> Table:
    """The segments of one metric."""
    lang, metric = content.header.lang, content.metric(code)
    heads = (
        segment_kind_title(metric, kind, lang),
        text(lang, "Count"),
        text(lang, "Share"),
        text(lang, "Value"),
        text(lang, "Period before"),
    )
    rows = content.splits[code, kind]
    found = tuple(
        (
            Cell(segment(row["segment"], lang, kind)),
            count,
            Cell(row["share"], "percent"),
            metric_cell(row["value"], metric),
            metric_cell(row["previous"], metric),
        )
        for row, count in zip(rows.to_dict("records"), count_cells(rows["numerator"]), strict=True)
    )
    return Table(
        f"split:{code}:{kind}",
        f"{metric.name.to(lang)} – {segment_kind_title(metric, kind, lang)}",
        heads,
        found,
        (2, 1, 1, 1, 1),
    )


def contributions_table(content: PackContent, reason: Explanation) -> Table:
    """Why one metric changed; the parts sum to the change."""
    lang, metric = content.header.lang, content.metric(reason.metric)
    heads = (
        text(lang, "Part"),
        text(lang, "Before"),
        text(lang, "Now"),
        text(lang, "Inside the part"),
        text(lang, "Weight of the part"),
        text(lang, "Together"),
    )
    parts = reason.parts
    whole = {
        "name": text(lang, "Change"),
        "value_before": reason.value_before,
        "value_now": reason.value_now,
        "total": reason.change,
    }
    rows = pd.concat(
        [
            parts.assign(
                name=[str(name) if name else text(lang, "Not explained by the parts") for name in parts["name"]]
            ),
            pd.DataFrame([whole]),
        ],
        ignore_index=True,
    )
    steps = zip(*(count_cells(rows[column], 3) for column in ("within", "mix", "total")), strict=True)
    found = tuple(
        (Cell(row["name"]), metric_cell(row["value_before"], metric), metric_cell(row["value_now"], metric), *step)
        for row, step in zip(rows.to_dict("records"), steps, strict=True)
    )
    title = text(lang, "; ").join(
        part for part in (metric.name.to(lang), caution_in_words(reason.caution, lang)) if part
    )
    return Table(f"reason:{reason.metric}", title, heads, found, (2, 1, 1, 1, 1, 1))


def outlook_table(content: PackContent) -> Table:
    """What the rest of the year must bring."""
    lang = content.header.lang
    heads = (
        text(lang, "Metric"),
        text(lang, "Year so far"),
        text(lang, "Target of the year"),
        text(lang, "Needed in each month left"),
        text(lang, "Outlook"),
    )
    rows = content.outlook[content.outlook["target"].notna() & content.outlook["value"].notna()]
    found = []
    for row in rows.to_dict("records"):
        metric = content.metric(str(row["metric"]))
        tone: Tone = {"beyond": "worse", "safe": "better"}.get(str(row["reach"]), "")  # type: ignore[assignment]
        found.append(
            (
                Cell(metric.name.to(lang)),
                metric_cell(row["value"], metric),
                metric_cell(row["target"], metric),
                metric_cell(row["needed"] if row["needed"] >= 0 else None, metric),
                Cell(row["sentence"] or numbers.MISSING, tone=tone),
            )
        )
    return Table("outlook", text(lang, "Targets of the year"), heads, tuple(found), (2, 1, 1, 1.2, 5))


def attention_tables(content: PackContent) -> tuple[Table, ...]:
    """Strengths, weak spots and early warnings."""
    lang, found = content.header.lang, content.attention
    lists = (
        ("strengths", text(lang, "Strengths"), [(row, row["verdict"]) for row in records_of(found.strengths)]),
        ("weak_spots", text(lang, "Weak spots"), [(row, row["verdict"]) for row in records_of(found.weak_spots)]),
        (
            "early_warnings",
            text(lang, "Early warnings"),
            [(row, row["because"]) for row in warnings_of(found.early_warnings)],
        ),
    )
    return tuple(
        Table(
            key,
            title,
            (text(lang, "Metric"), text(lang, "Value"), text(lang, "Place"), text(lang, "Why")),
            tuple(_attended(content, row, why) for row, why in rows),
            (2, 1, 1.2, 5),
        )
        for key, title, rows in lists
    )


def _attended(content: PackContent, row: Record, why: str | None) -> tuple[Cell, ...]:
    metric, lang = content.metric(str(row["metric"])), content.header.lang
    tone = row_tone(row)
    return (
        Cell(metric.name.to(lang)),
        metric_cell(row["value"], metric, tone),
        Cell(rank_with_range(row, lang)),
        Cell(why or "", tone=tone),
    )


def definitions_table(content: PackContent) -> Table:
    """What each metric shown means, and where it comes from."""
    lang = content.header.lang
    heads = (
        text(lang, "Metric"),
        text(lang, "Meaning"),
        text(lang, "Unit of measure"),
        text(lang, "Better"),
        text(lang, "Source"),
    )
    found = tuple(
        text_cells(
            (
                metric.name.to(lang),
                metric.meaning.to(lang),
                metric.unit.to(lang),
                better_direction(metric, lang),
                metric.source.to(lang) if metric.source else "",
            )
        )
        for metric in (content.metric(str(code)) for code in content.known["metric"])
    )
    return Table("definitions", text(lang, "Definitions"), heads, found, (2, 5, 1.3, 0.8, 3))


def better_direction(metric: Metric, lang: str) -> str:
    """Whether higher or lower values of a metric are better, in words."""
    if metric.better == "neither":
        return text(lang, "neither")
    return text(lang, "higher") if metric.better == "higher" else text(lang, "lower")


def lineage_table(content: PackContent) -> Table:
    """Which files, sheets and rows the month rests on."""
    lang = content.header.lang
    heads = (
        text(lang, "Spreadsheet type"),
        text(lang, "Unit"),
        text(lang, "File"),
        text(lang, "Sheet"),
        text(lang, "First row"),
        text(lang, "Last row"),
        text(lang, "Rows"),
        text(lang, "Batch"),
    )
    organisation = content.figures.organisation
    found = tuple(
        (
            Cell(feed(str(row["feed"]), lang)),
            Cell(organisation.name(row["unit"])),
            Cell(str(row["file"])),
            Cell(str(row["sheet"])),
            Cell(row["first_row"], "count", 0),
            Cell(row["last_row"], "count", 0),
            Cell(row["rows"], "count", 0),
            Cell(row["batch"], "count", 0),
        )
        for row in content.lineage.to_dict("records")
    )
    return Table("lineage", text(lang, "Sources"), heads, found, (1.5, 1.5, 2.5, 1.2, 0.8, 0.8, 0.8, 0.7))


def findings_table(content: PackContent) -> Table:
    """What was said about those files when they were loaded."""
    lang = content.header.lang
    heads = (
        text(lang, "File"),
        text(lang, "Severity"),
        text(lang, "Code"),
        text(lang, "Sheet"),
        text(lang, "Cell"),
        text(lang, "Found"),
        text(lang, "Message"),
    )
    names = ("file", "severity", "code", "sheet", "cell", "value", "message")
    found = tuple(
        text_cells([row[name] if row[name] == row[name] else None for name in names])
        for row in content.findings.to_dict("records")
    )
    return Table("findings", text(lang, "Findings"), heads, found, (2, 0.8, 1.4, 1, 0.6, 1, 5))


def restated_table(content: PackContent) -> Table | None:
    """What later uploads changed since an earlier pack; None if there is none to compare with."""
    if content.restated is None:
        return None
    lang = content.header.lang
    heads = (
        text(lang, "Metric"),
        text(lang, "Unit"),
        text(lang, "Month"),
        text(lang, "Published"),
        text(lang, "Now"),
        text(lang, "Through the file"),
    )
    found = []
    for row in content.restated.to_dict("records"):
        metric = content.metric(str(row["metric"]))
        found.append(
            (
                Cell(metric.name.to(lang)),
                Cell(str(row["name"])),
                Cell(str(row["month"])),
                metric_cell(row["old"], metric),
                metric_cell(row["new"], metric),
                Cell(", ".join(row["files"])),
            )
        )
    return Table("restated", text(lang, "Restated since the last pack"), heads, tuple(found), (2, 1.2, 0.8, 1, 1, 3))
