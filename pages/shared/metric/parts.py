"""The parts of a metric's page: why it changed, its segments, what it means, and the cells that it rests on."""

from __future__ import annotations

from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from charts import numbers
from charts.contributions import reasons_chart
from charts.line import trend_line
from charts.pareto import pareto_chart
from metrics.analyses.explain import UNITS, caution_in_words, explain, segment_kinds
from metrics.analyses.segments import segment_kind_title
from metrics.model.metric import Metric
from pages.shared.components.charts import comparable, heading, limits_are, partly, ranking_block, show, unknown
from pages.shared.components.peers import peer_lines
from pages.shared.components.sources import sources
from pages.shared.components.tables import Cell, Group, table
from pages.shared.components.takeaways import join
from pages.shared.session import url_state as state
from pages.shared.view import View
from pages.shared.wording import labels as words
from pages.shared.wording.measures import term

SHOWN = 200


def control_block(view: View, metric: Metric, frame: pd.DataFrame) -> None:
    """The control chart: `frame` is the metric's trend by month."""
    if frame.empty or frame["value"].notna().sum() == 0:
        unknown(view, metric.name.to(view.lang))
        return
    average = view.average_name if view.above and comparable(metric) else None
    figure = view.drawn(
        "control",
        metric.code,
        make=lambda: trend_line(
            frame,
            metric,
            name=view.name,
            lang=view.lang,
            mode=view.mode,
            average=average,
            height=360,
            wide=True,
            events=view.events(metric.code),
        ),
    )
    show(
        figure,
        metric.name.to(view.lang),
        view.say("By month, {unit}", unit=metric.unit.to(view.lang)) + limits_are(view, frame),
        key="control",
    )
    events = view.events(metric.code)
    named = events[events["month"].isin(frame["month"])]
    if len(named):
        # On a phone, where the chart has no room for them.
        listed = " · ".join(f"{month} {label}" for month, label in zip(named["month"], named["label"], strict=True))
        st.html(f'<div class="sq sq-phone"><p class="sq-sub">{escape(listed)}</p></div>')


def peers_block(view: View, metric: Metric, frame: pd.DataFrame) -> None:
    """The metric's line before those of its peers."""
    if frame.empty or frame["value"].notna().sum() == 0:
        unknown(view, metric.name.to(view.lang))
        return
    if view.period != "month":
        # Limits and signals are those of single months.
        frame = frame.drop(columns=["centre", "lower", "upper", "point_type"])
    average = view.average_name if view.above and comparable(metric) else None
    figure = view.drawn(
        "peers",
        metric.code,
        len(frame),
        make=lambda: trend_line(
            frame,
            metric,
            name=view.name,
            lang=view.lang,
            mode=view.mode,
            peers=peer_lines(view, metric, list(frame["month"])),
            average=average,
            height=380,
            wide=True,
        ),
    )
    ended = frame["month"].iloc[-1] == view.month
    about = [
        metric.unit.to(view.lang),
        point_is(view),
        "" if ended else view.say("without the quarter that is not over"),
    ]
    about += [view.say("peers in light grey")] if len(frame) > 1 and not view.alone else []
    show(figure, metric.name.to(view.lang), join(view, *about) + limits_are(view, frame), key="line")


def point_is(view: View) -> str:
    """What one point of a trend covers; empty for a single month."""
    words_ = {
        "quarter": view.say("each point one quarter, named by its last month"),
        "ytd": view.say("each point from January to its month"),
        "rolling12": view.say("each point 12 months to its month"),
    }
    return words_.get(view.period, "")


def peers_and_reasons(view: View, metric: Metric) -> None:
    """Where the metric stands, and why it changed."""
    left, right = st.columns(2, gap="large")
    with left:
        ranking_block(view, metric.code, key="peers", title=view.say("Among its peers"))
    with right:
        reasons(view, metric)


def reasons(view: View, metric: Metric) -> None:
    """The change against the period that the page compares with, split over units or segments; the bars sum to it."""
    options = ([UNITS] if view.organisation.children(view.unit) else []) + segment_kinds(view.figures, metric)
    title = view.say("Why it changed")
    if not options or metric.components:
        unknown(view, title)
        return
    names = {UNITS: view.say("By unit")} | {
        kind: view.say("By {kind}", kind=segment_kind_title(metric, kind, view.lang))
        for kind in options
        if kind != UNITS
    }
    by, control = state.choice(title, "by", options, shown=names.__getitem__, optional=True)
    against = "last_year" if view.compare == "last_year" else "previous"
    found = view.drawn(
        "explained",
        metric.code,
        against,
        by,
        make=lambda: explain(view.figures, metric.code, view.unit, view.month, view.period, against, by),
    )
    if found.parts.empty:
        heading(
            title,
            view.say("No figure for {unit} in this period: not all that it takes is loaded.", unit=view.name),
            control,
        )
        return
    change = numbers.difference(found.change, metric.format, 2, view.lang)
    say = view.say(
        "{change} from {before} to {now}; the bars sum to it", change=change, before=found.before, now=found.now
    )
    say = join(view, say, caution_in_words(found.caution, view.lang))
    show(
        view.drawn(
            "reasons",
            metric.code,
            by,
            make=lambda: reasons_chart(
                _named(view, found.parts, by), metric, rest=view.say("Others"), lang=view.lang, mode=view.mode
            ),
        ),
        title,
        say,
        key="reasons",
        control=control,
    )


def _named(view: View, parts: pd.DataFrame, by: str) -> pd.DataFrame:
    """The parts of a change with their names in the reader's language."""
    names = [
        (str(name) if by == UNITS else words.segment(name, view.lang))
        if name
        else view.say("Not explained by the parts")
        for name in parts["name"]
    ]
    return parts.assign(name=names)


def segments_block(view: View, metric: Metric) -> None:
    """The segments of the metric, largest first, one chart for each way in which it is split here."""
    split = [(kind, view.segments(metric.code, kind)) for kind in segment_kinds(view.figures, metric)]
    held = [(kind, parts) for kind, parts in split if len(parts) > 1][:4]
    for start in range(0, len(held), 2):
        for place, (kind, parts) in zip(st.columns(2, gap="large"), held[start : start + 2], strict=False):
            with place:
                labels = [words.segment(code, view.lang, kind) for code in parts["segment"]]
                drawn = view.drawn(
                    "split",
                    metric.code,
                    kind,
                    make=partial(
                        pareto_chart,
                        parts.assign(label=labels, value=parts["numerator"]),
                        lang=view.lang,
                        mode=view.mode,
                        most=9,
                    ),
                )
                show(
                    drawn,
                    segment_kind_title(metric, kind, view.lang),
                    view.say("Counts and shares behind: {metric}", metric=metric.name.to(view.lang))
                    + partly(view, metric.code, parts),
                    key=f"split_{kind}",
                )


def definition(view: View, metric: Metric) -> None:
    """What the metric means, from its record."""
    better = {
        "higher": view.say("Higher is better"),
        "lower": view.say("Lower is better"),
        "neither": view.say("Neither is better"),
    }
    rows = [
        (view.say("Meaning"), metric.meaning.to(view.lang)),
        (view.say("Unit of measure"), metric.unit.to(view.lang)),
        (view.say("Direction"), better[metric.better]),
        (view.say("Numerator"), term(metric.numerator, view.lang) or "–"),
        (view.say("Denominator"), term(metric.denominator, view.lang) or "–"),
        (view.say("Least base"), numbers.decimal(metric.minimum_base)),
        (view.say("Source"), metric.source.to(view.lang) if metric.source else "–"),
        (view.say("Code"), metric.code),
    ]
    st.html(table([Cell(""), Cell("")], [Group([[Cell(name, "quiet"), Cell(words_)] for name, words_ in rows])]))


def lineage(view: View, metric: Metric) -> None:
    """File, sheet and rows of everything that the month's figure of the unit rests on."""
    found = sources(view, [metric])
    found = found[~found["other"]] if len(found) else found
    if found.empty:
        st.caption(view.say("No rows of this month stand behind it."))
        return
    headers = [
        Cell(view.say("Type")),
        Cell(view.say("Unit")),
        Cell(view.say("File")),
        Cell(view.say("Sheet")),
        Cell(view.say("Rows")),
        Cell(view.say("Batch"), "num"),
    ]
    rows = [
        [
            Cell(words.feed(str(line["feed"]), view.lang)),
            Cell(view.organisation.name(line["unit"])),
            Cell(str(line["file"])),
            Cell(str(line["sheet"])),
            Cell(_span(line["first_row"], line["last_row"])),
            Cell(numbers.decimal(line["batch"]), "num"),
        ]
        for line in found.head(SHOWN).to_dict("records")
    ]
    st.html(table(headers, [Group(rows)]))
    st.caption(view.say("{shown} of {total} shown", shown=len(rows), total=len(found)))


def _span(first: float, last: float) -> str:
    if pd.isna(first):
        return "–"
    return f"{int(first)}" if first == last else f"{int(first)} – {int(last)}"
