"""The parts of a metric's page: why it changed, its segments, what it means, and the cells that it rests on."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from charts import numbers
from charts.contributions import contributions_chart
from charts.line import TrendLook, trend_chart
from charts.pareto import pareto_chart
from metrics.analyses.earlier_level import level_before, span_in_words
from metrics.analyses.explain import UNITS, Explanation, doubt_in_words, explain, segment_kinds
from metrics.analyses.segments import segment_kind_title
from metrics.model.metric import Metric
from pages.shared import view
from pages.shared.components.charts import (
    block_heading,
    explain_missing,
    has_comparable_parent,
    known_part_note,
    limits_note,
    ranking_block,
    show_chart,
)
from pages.shared.components.peers import peer_lines
from pages.shared.components.sources import source_files
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.components.takeaways import join_clauses
from pages.shared.session import url_state
from pages.shared.session.selection import Selection
from pages.shared.wording import labels
from pages.shared.wording.measures import term_words

SHOWN = 200


def peers_block(selection: Selection, metric: Metric, frame: pd.DataFrame) -> None:
    """The metric's line before those of its peers."""
    if frame.empty or frame["value"].notna().sum() == 0:
        explain_missing(selection, metric.name.to(selection.lang))
        return
    if selection.period != "month":
        # Limits and signals are those of single months.
        frame = frame.drop(columns=["centre", "lower", "upper", "point_type"])
    average = view.average_name(selection) if view.parent(selection) and has_comparable_parent(metric) else None
    figure = view.cached(
        selection,
        "peers",
        metric.code,
        len(frame),
        make=lambda: trend_chart(
            frame,
            metric,
            name=view.unit_name(selection),
            look=TrendLook(selection.lang, selection.mode, 380, wide=True),
            peers=peer_lines(selection, metric, list(frame["month"])),
            average=average,
        ),
    )
    ended = frame["month"].iloc[-1] == selection.month
    about = [
        metric.unit.to(selection.lang),
        point_note(selection),
        "" if ended else selection.say("without the quarter that is not over"),
    ]
    about += [selection.say("peers in light grey")] if len(frame) > 1 and not view.has_no_peers(selection) else []
    show_chart(
        figure,
        metric.name.to(selection.lang),
        join_clauses(selection, *about) + limits_note(selection, frame),
        key="line",
    )


def point_note(selection: Selection) -> str:
    """What one point of a trend covers; empty for a single month."""
    words_ = {
        "quarter": selection.say("each point one quarter, named by its last month"),
        "ytd": selection.say("each point from January to its month"),
        "rolling12": selection.say("each point 12 months to its month"),
    }
    return words_.get(selection.period, "")


def peers_and_contributions(selection: Selection, metric: Metric) -> None:
    """Where the metric stands, and why it changed."""
    left, right = st.columns(2, gap="large")
    with left:
        ranking_block(selection, metric.code, key="peers", title=selection.say("Among its peers"))
    with right:
        contributions_block(selection, metric)


def contributions_block(selection: Selection, metric: Metric) -> None:
    """The change against the period that the page compares with, split over units or segments; the bars sum to it."""
    options = ([UNITS] if view.organisation(selection).children(selection.unit) else []) + segment_kinds(
        view.figures(selection), metric
    )
    title = selection.say("Why it changed")
    if not options or metric.components:
        explain_missing(selection, title)
        return
    names = {UNITS: selection.say("By unit")} | {
        kind: selection.say("By {kind}", kind=segment_kind_title(metric, kind, selection.lang))
        for kind in options
        if kind != UNITS
    }
    by, control = url_state.choice_control(title, "by", options, shown=names.__getitem__, optional=True)
    against = "last_year" if selection.compare == "last_year" else _spoken_of(selection, metric) or "previous"
    found = view.cached(
        selection,
        "explained",
        metric.code,
        against,
        by,
        make=lambda: explain(
            view.figures(selection), metric.code, selection.unit, selection.month, selection.period, against, by
        ),
    )
    if found.parts.empty:
        block_heading(title, _no_parts(selection, found), control)
        return
    change = numbers.format_difference(found.change, metric.format, 2, selection.lang)
    say = selection.say(
        "{change} from {before} to {now}; the bars sum to it",
        change=change,
        before=span_in_words(found.before),
        now=span_in_words(found.now),
    )
    say = join_clauses(selection, say, doubt_in_words(found, selection.lang))
    show_chart(
        view.cached(
            selection,
            "reasons",
            metric.code,
            by,
            make=lambda: contributions_chart(
                _named(selection, found.parts, by),
                metric,
                rest=selection.say("Others"),
                lang=selection.lang,
                mode=selection.mode,
            ),
        ),
        title,
        say,
        key="reasons",
        control=control,
    )


def _no_parts(selection: Selection, found: Explanation) -> str:
    """Why a change has no parts: it is not known itself, or nothing is known of them."""
    unit = view.unit_name(selection)
    if found.change == found.change:
        return selection.say("No figures of its parts: those of {unit} were loaded as a whole.", unit=unit)
    return selection.say("No figure for {unit} in this period: not all that it takes is loaded.", unit=unit)


def _spoken_of(selection: Selection, metric: Metric) -> str | None:
    """The months of the level that the verdict holds this one against, where it speaks of a jump or a shift."""
    row = view.row(selection, metric.code)
    return level_before(view.figures(selection), row, selection.period, selection.month) if row else None


def _named(selection: Selection, parts: pd.DataFrame, by: str) -> pd.DataFrame:
    """The parts of a change with their names in the reader's language."""
    names = [
        (str(name) if by == UNITS else labels.segment(name, selection.lang))
        if name
        else selection.say("Not explained by the parts")
        for name in parts["name"]
    ]
    return parts.assign(name=names)


def segments_block(selection: Selection, metric: Metric) -> None:
    """The segments of the metric, largest first, one chart for each way in which it is split here."""
    split = [
        (kind, view.segments(selection, metric.code, kind)) for kind in segment_kinds(view.figures(selection), metric)
    ]
    held = [(kind, parts) for kind, parts in split if len(parts) > 1][:4]
    for start in range(0, len(held), 2):
        for place, (kind, parts) in zip(st.columns(2, gap="large"), held[start : start + 2], strict=False):
            with place:
                names = [labels.segment(code, selection.lang, kind) for code in parts["segment"]]
                drawn = view.cached(
                    selection,
                    "split",
                    metric.code,
                    kind,
                    make=partial(
                        pareto_chart,
                        parts.assign(label=names, value=parts["numerator"]),
                        lang=selection.lang,
                        mode=selection.mode,
                        most=9,
                    ),
                )
                show_chart(
                    drawn,
                    segment_kind_title(metric, kind, selection.lang),
                    selection.say("Counts and shares behind: {metric}", metric=metric.name.to(selection.lang))
                    + known_part_note(selection, metric.code, parts),
                    key=f"split_{kind}",
                )


def definition_block(selection: Selection, metric: Metric) -> None:
    """What the metric means, from its record."""
    better = {
        "higher": selection.say("Higher is better"),
        "lower": selection.say("Lower is better"),
        "neither": selection.say("Neither is better"),
    }
    rows = [
        (selection.say("Meaning"), metric.meaning.to(selection.lang)),
        (selection.say("Unit of measure"), metric.unit.to(selection.lang)),
        (selection.say("Direction"), better[metric.better]),
        (selection.say("Numerator"), term_words(metric.numerator, selection.lang) or "–"),
        (selection.say("Denominator"), term_words(metric.denominator, selection.lang) or "–"),
        (selection.say("Least base"), numbers.format_decimal(metric.minimum_base)),
        (selection.say("Source"), metric.source.to(selection.lang) if metric.source else "–"),
        (selection.say("Code"), metric.code),
    ]
    st.html(
        html_table([Cell(""), Cell("")], [RowGroup([[Cell(name, "quiet"), Cell(words_)] for name, words_ in rows])])
    )


def lineage_block(selection: Selection, metric: Metric) -> None:
    """File, sheet and rows of everything that the month's figure of the unit rests on."""
    found = source_files(selection, [metric])
    found = found[~found["other"]] if len(found) else found
    if found.empty:
        st.caption(selection.say("No rows of this month stand behind it."))
        return
    headers = [
        Cell(selection.say("Type")),
        Cell(selection.say("Unit")),
        Cell(selection.say("File")),
        Cell(selection.say("Sheet")),
        Cell(selection.say("Rows")),
        Cell(selection.say("Batch"), "num"),
    ]
    rows = [
        [
            Cell(labels.feed(str(line["feed"]), selection.lang)),
            Cell(view.organisation(selection).name(line["unit"])),
            Cell(str(line["file"])),
            Cell(str(line["sheet"])),
            Cell(_span(line["first_row"], line["last_row"])),
            Cell(numbers.format_decimal(line["batch"]), "num"),
        ]
        for line in found.head(SHOWN).to_dict("records")
    ]
    st.html(html_table(headers, [RowGroup(rows)]))
    st.caption(selection.say("{shown} of {total} shown", shown=len(rows), total=len(found)))


def _span(first: float, last: float) -> str:
    if pd.isna(first):
        return "–"
    return f"{int(first)}" if first == last else f"{int(first)} – {int(last)}"
