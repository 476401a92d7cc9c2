"""The chart of a metric's months: its expected path, or by choice the plain control chart."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from charts.fan import Fan
from charts.line import TrendLook, trend_chart
from metrics.analyses.effect import effect_in_words
from metrics.model.metric import Metric
from metrics.model.periods import month_name
from metrics.wording.path import path_in_words
from metrics.wording.values import change_in_words
from pages.shared import view
from pages.shared.components.charts import (
    explain_missing,
    has_comparable_parent,
    limits_note,
    plain_limits_note,
    show_chart,
)
from pages.shared.components.takeaways import join_clauses
from pages.shared.session import url_state
from pages.shared.session.selection import Selection

PATH_CHART, PLAIN_CHART = "path", "plain"


def control_block(selection: Selection, metric: Metric) -> None:
    """The chart of the months: the expected path, its limits and steps, or by choice the plain control chart."""
    title = metric.name.to(selection.lang)
    names = {PATH_CHART: selection.say("Expected path"), PLAIN_CHART: selection.say("Plain NHS chart")}
    drawn, control = url_state.choice_control(
        title, "chart", list(names), shown=names.__getitem__, buttons=True, optional=True
    )
    plain = drawn == PLAIN_CHART
    frame = view.trend(selection, metric.code, months=36, period="month", plain=plain)
    if frame.empty or frame["value"].notna().sum() == 0:
        explain_missing(selection, title)
        return
    average = view.average_name(selection) if view.parent(selection) and has_comparable_parent(metric) else None
    events = view.events(selection, metric.code)
    steps = None if plain else _steps(selection, metric)
    figure = view.cached(
        selection,
        "control",
        metric.code,
        drawn,
        make=lambda: trend_chart(
            frame,
            metric,
            name=view.unit_name(selection),
            look=TrendLook(selection.lang, selection.mode, 360, wide=True),
            average=average,
            events=events if steps is None else pd.concat([events[list(steps.columns)], steps]),
            fan=None if plain else _fan(selection, metric, frame),
        ),
    )
    model = path_in_words(view.row(selection, metric.code).get("model"), selection.lang)
    about = selection.say("By month, {unit}", unit=metric.unit.to(selection.lang))
    about += plain_limits_note(selection, frame) if plain else limits_note(selection, frame)
    about = about if plain else join_clauses(selection, about, model)
    show_chart(figure, title, about, key="control", control="" if url_state.is_presenting() else control)
    if url_state.is_presenting():
        return
    if happened := view.cached(selection, "happened", metric.code, make=lambda: _happened(selection, metric, frame)):
        st.html(happened)


def _fan(selection: Selection, metric: Metric, frame: pd.DataFrame) -> Fan | None:
    """The months to the year's end, from the last point known; None where nothing can be said of them."""
    ahead = [(month, one) for month, one in view.months_ahead(selection, metric.code) if one.expected == one.expected]
    if not ahead:
        return None
    before = frame[frame["value"].notna() & (frame["month"] < ahead[0][0])]
    last = before.iloc[-1] if len(before) else None
    return Fan(
        [month for month, _ in ahead],
        [one.expected for _, one in ahead],
        {80: [(one.low80, one.high80) for _, one in ahead], 95: [(one.low95, one.high95) for _, one in ahead]},
        None if last is None else (str(last["month"]), float(last["value"])),
    )


def _happened(selection: Selection, metric: Metric, frame: pd.DataFrame) -> str:
    """Events and actions of the months drawn as HTML, each with the change since; of most only a phone needs the names.

    A chart has no room for the changes, and on a phone none for the names.
    """
    events = view.events(selection, metric.code)
    named = [(str(row["month"]), str(row["label"])) for row in events.to_dict("records")]
    actions = view.actions(selection, metric.code)
    named += [(str(row["month"]), str(row["action"])) for row in actions.to_dict("records")]
    lines = []
    for month, label in sorted(named):
        if month not in set(frame["month"]):
            continue
        change = effect_in_words(view.effect_since(selection, metric.code, month), metric, selection.lang)
        css = "" if change else ' class="sq-phone"'
        said = selection.say("{month} {event}: {change}", month=month, event=label, change=change) if change else ""
        lines.append(f"<li{css}>{escape(said or f'{month} {label}')}</li>")
    return f'<div class="sq"><ul class="sq-sub sq-happened">{"".join(lines)}</ul></div>' if lines else ""


def _steps(selection: Selection, metric: Metric) -> pd.DataFrame:
    """The steps of the path as events: month, label, new_phase."""
    first = view.figures(selection).axes.first_month
    rows = [
        (
            month_name(first + one.since),
            ("+" if one.change > 0 else "−") + change_in_words(abs(one.change), metric, selection.lang),
            False,
        )
        for one in view.shifts(selection, metric.code)
    ]
    return pd.DataFrame(rows, columns=["month", "label", "new_phase"])
