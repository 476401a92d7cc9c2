"""A strip of large figures: a few metrics of a unit, or all that is known of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import streamlit as st

from charts import numbers
from metrics.analyses.outlook import outlook_in_brief
from metrics.model.metric import Metric
from metrics.wording.attainment import attainment_in_words
from metrics.wording.completeness import units_in_words
from pages.shared import view
from pages.shared.components.charts import has_comparable_parent
from pages.shared.components.takeaways import incomplete_note
from pages.shared.components.verdict_icons import attainment_css
from pages.shared.session import url_state
from pages.shared.session.selection import Selection
from pages.shared.wording import labels
from pages.shared.wording.measures import numerator_words
from pages.shared.wording.values import basis_words, change_column, change_words, rank_words, value_words

FIGURE = re.compile(r"[+−]?[\d.,]+%?")


def kpi(
    title: str,
    value: str,
    notes: Iterable[tuple[str, str]] = (),
    link: str = "",
    last: str | tuple[str, str] = "",
    hint: str = "",
) -> str:
    """One figure as HTML; `notes` are (text, CSS class) below it, empty ones left out, `last` the line below them.

    hint: what the pointer on the title says; the title itself if not given.
    """
    head = f'<a href="{escape(link)}" target="_self">{escape(title)}</a>' if link else escape(title)
    below = " · ".join(f'<span class="{css}">{escape(note)}</span>' for note, css in notes if note)
    words, css = last if isinstance(last, tuple) else (last, "")
    more = f'<em><span class="{css}">{escape(words)}</span></em>' if css else f"<em>{escape(words)}</em>"
    more = more if words else ""
    return (
        f'<div><span class="sq-one" title="{escape(hint or title)}">{head}</span><b>{with_small_unit(value)}</b>'
        f"<em>{below}</em>{more}</div>"
    )


def with_small_unit(value: str) -> str:
    """A figure as HTML, a word that follows it (percentage points) small: in Chinese it is wider than the figure.

    One sign (M, 万) is none.
    """
    number = FIGURE.match(value)
    cut = number.end() if number else len(value)
    if len(value[cut:].strip()) < 2:
        return escape(value)
    unit = f"<small>{escape(value[cut:])}</small>"
    return escape(value[:cut]) + unit


def show_kpis(figures: Iterable[str]) -> None:
    """Shows figures side by side."""
    if body := "".join(figures):
        st.html(f'<div class="sq sq-figures">{body}</div>')


def headline_kpis(selection: Selection, codes: Iterable[str]) -> None:
    """A few metrics, each with place, target and change."""
    shown = []
    for code in codes:
        row = view.row(selection, code)
        if not row or code not in view.metrics(selection):
            continue
        metric = view.metrics(selection)[code]
        aimed = value_words(selection, row["target"], metric)
        goal = (
            selection.say("default target {target}", target=aimed)
            if row["target_default"]
            else selection.say("target {target}", target=aimed)
        )
        goal = goal if numbers.is_known(row["target"]) else ""
        delta = row[change_column(selection, metric)]
        last = (
            selection.say(
                "{change} on {basis}",
                change=change_words(selection, delta, metric),
                basis=basis_words(selection, metric),
            )
            if numbers.is_known(delta)
            else numbers.MISSING
        )
        lacking = units_in_words(row, selection.lang) or incomplete_note(selection, row, metric)
        ahead = view.outlook(selection).get(code)
        brief = outlook_in_brief(ahead, metric, selection.lang) if ahead and not url_state.is_presenting() else ""
        off = "worse" if ahead and ahead["reach"] == "beyond" else ""
        notes = ((lacking, ""), (rank_words(selection, row), ""), (goal, attainment_css(row)), (brief, off))
        link = selection.address("trends", metric=code)
        shown.append(
            kpi(metric.name.to(selection.lang), value_words(selection, row["value"], metric), notes, link, last)
        )
    show_kpis(shown)


def metric_kpis(selection: Selection, metric: Metric) -> None:
    """All that is known of one metric in the period: value, target, place, change, average, next place."""
    row = view.row(selection, metric.code)
    if not row:
        return
    say, form = selection.say, metric.format
    gap = (
        numbers.format_difference(row["gap"], form, metric.decimals, selection.lang)
        if numbers.is_known(row["gap"])
        else ""
    )
    reached = attainment_in_words(row, selection.lang) if numbers.is_known(row["met"]) else ""
    moved = numbers.format_movement(row["rank_change"] or None)
    figures = [
        kpi(
            say("Value"),
            value_words(selection, row["value"], metric),
            ((metric.unit.to(selection.lang), ""),),
            last=units_in_words(row, selection.lang) or incomplete_note(selection, row, metric),
        ),
        kpi(
            say("Default target") if row["target_default"] else say("Target"),
            value_words(selection, row["target"], metric),
            ((reached, attainment_css(row)), (gap, "")),
        ),
        kpi(
            say("Place by size") if metric.total else say("Place"),
            rank_words(selection, row) or numbers.MISSING,
            ((moved, ""),),
        ),
        kpi(labels.change_column_title(selection.period, selection.lang), change_words(selection, row["mom"], metric)),
        kpi(say("YoY"), change_words(selection, row["yoy"], metric)),
    ]
    if view.parent(selection) and has_comparable_parent(metric):
        away = numbers.format_difference(row["gap_to_average"], form, metric.decimals, selection.lang)
        figures.append(
            kpi(view.average_name(selection), value_words(selection, row["peer_average"], metric), ((away, ""),))
        )
    if numbers.is_known(row["next_gap"]) and row["next_unit"]:
        said = {
            "measure": numerator_words(metric, selection.lang),
            "unit": view.organisation(selection).name(str(row["next_unit"])),
        }
        note = (
            say("fewer reach {unit}: {measure}", **said)
            if metric.better == "lower"
            else say("more reach {unit}: {measure}", **said)
        )
        figures.append(kpi(say("To the next place"), numbers.format_decimal(abs(row["next_gap"])), ((note, ""),)))
    figures += _year_end(selection, metric)
    show_kpis(figures)


def _year_end(selection: Selection, metric: Metric) -> list[str]:
    """What the year is expected to end with, and whether that reaches its target."""
    ahead = view.outlook(selection).get(metric.code)
    if ahead is None or not ahead["months_left"] or not numbers.is_known(ahead["expected"]):
        return []
    low, high = (value_words(selection, ahead[name], metric) for name in ("low95", "high95"))
    brief = (outlook_in_brief(ahead, metric, selection.lang), "worse" if ahead["reach"] == "beyond" else "")
    # A slide has no room for one more line.
    presenting = url_state.is_presenting()
    notes = (brief if presenting else (selection.say("95%: {low} to {high}", low=low, high=high), ""),)
    return [
        kpi(
            selection.say("Expected for the year"),
            value_words(selection, ahead["expected"], metric),
            notes,
            last="" if presenting else brief,
            hint=ahead["sentence"] or "",
        )
    ]
