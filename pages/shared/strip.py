"""A strip of large figures: a few metrics of a unit, or all that is known of one."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import streamlit as st

from charts import numbers
from metrics.metric import Metric
from pages.shared.blocks import standing_of
from pages.shared.view import View


def figure(title: str, value: str, notes: Iterable[tuple[str, str]] = (), link: str = "") -> str:
    """One figure as HTML; `notes` are (text, CSS class) below it, empty ones left out."""
    head = f'<a href="{escape(link)}" target="_self">{escape(title)}</a>' if link else escape(title)
    below = " · ".join(f'<span class="{css}">{escape(note)}</span>' for note, css in notes if note)
    return f"<div><span>{head}</span><b>{escape(value)}</b>{below or '&nbsp;'}</div>"


def strip(figures: Iterable[str]) -> None:
    """Shows figures side by side."""
    if body := "".join(figures):
        st.html(f'<div class="sq sq-figures">{body}</div>')


def headline(view: View, codes: Iterable[str]) -> None:
    """A few metrics, each with place, target and change."""
    shown = []
    for code in codes:
        row = view.row(code)
        if not row or code not in view.metrics:
            continue
        metric = view.metrics[code]
        goal = (
            view.say("target {target}", target=view.value(row["target"], metric))
            if numbers.known(row["target"])
            else ""
        )
        delta = view.change(row[view.change_name()], metric) if numbers.known(row[view.change_name()]) else ""
        notes = ((view.place(row), ""), (goal, standing_of(row["attainment"])), (delta, ""))
        shown.append(
            figure(
                metric.name.to(view.lang), view.value(row["value"], metric), notes, view.address("trends", metric=code)
            )
        )
    strip(shown)


def detail(view: View, metric: Metric) -> None:
    """All that is known of one metric in the period: value, target, place, change, average, next place."""
    row = view.row(metric.code)
    if not row:
        return
    say, form = view.say, metric.format
    gap = numbers.difference(row["gap"], form, metric.decimals, view.lang) if numbers.known(row["gap"]) else ""
    reached = numbers.per_cent(row["attainment"]) if numbers.known(row["attainment"]) else ""
    moved = numbers.movement(row["rank_change"])
    figures = [
        figure(say("Value"), view.value(row["value"], metric), ((metric.unit.to(view.lang), ""),)),
        figure(
            say("Target"), view.value(row["target"], metric), ((reached, standing_of(row["attainment"])), (gap, ""))
        ),
        figure(say("Place"), view.place(row) or numbers.MISSING, ((moved, ""),)),
        figure(say("MoM"), view.change(row["mom"], metric)),
        figure(say("YoY"), view.change(row["yoy"], metric)),
    ]
    if view.above:
        away = numbers.difference(row["gap_to_average"], form, metric.decimals, view.lang)
        figures.append(figure(view.average_name, view.value(row["peer_average"], metric), ((away, ""),)))
    if numbers.known(row["next_gap"]) and row["next_unit"]:
        other = view.organisation.name(str(row["next_unit"]))
        note = (
            say("fewer reach {unit}", unit=other) if metric.better == "lower" else say("more reach {unit}", unit=other)
        )
        figures.append(figure(say("To the next place"), numbers.decimal(abs(row["next_gap"])), ((note, ""),)))
    strip(figures)
