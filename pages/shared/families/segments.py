"""A count by its segments: categories with their change, one of them alone, channels over time, functions."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from charts.line import trend_line
from charts.mix import mix_chart
from charts.pareto import pareto_chart
from charts.ranking import ranking_chart
from locales import Text
from metrics.analyses.segments import segment_matrix, segment_series
from metrics.model.metric import Metric
from pages.shared.components.charts import heading, partly, show, unknown
from pages.shared.families.segments_by_unit import FINER
from pages.shared.session import url_state as state
from pages.shared.view import View
from pages.shared.wording import labels as words


def segments_pareto(view: View, code: str, kind: str, title: str, *, choose: bool = False) -> None:
    """The segments of a count with their change on the period before; with `choose` a click on a bar chooses its
    segment, a second lets it go.
    """
    parts = view.segments(code, kind)
    if parts.empty:
        unknown(view, title)
        return
    span = view.span
    about = (
        view.say("{span}; in brackets the change on the same months of the year before", span=span)
        if view.period == "ytd"
        else view.say("{span}; in brackets the change on the period before", span=span)
    )
    about += partly(view, code, parts)
    about += view.say("; a click on a bar shows it alone") if choose else ""
    chosen = state.read(kind) if choose else None
    show(
        view.drawn(
            "pareto",
            code,
            kind,
            chosen,
            make=lambda: pareto_chart(
                labelled(view, parts, parts["numerator"]), lang=view.lang, mode=view.mode, most=9, chosen=chosen
            ),
        ),
        title,
        about,
        key=f"pareto_{kind}",
        drill=(kind,) if choose else (),
    )


def labelled(view: View, parts: pd.DataFrame, value: pd.Series) -> pd.DataFrame:
    """Segments as a Pareto chart takes them: label, value, before."""
    return parts.assign(
        label=[words.segment(one, view.lang) for one in parts["segment"]], value=value, before=parts["numerator_before"]
    )


def chosen_segment(view: View, code: str, kind: str) -> None:
    """The segment that was chosen, alone: month by month, and by unit; nothing where none is."""
    segment = state.read(kind)
    if not segment:
        state.forget(kind)
        return
    months = segment_series(view.figures, code, view.unit, view.month, kind, 36)
    mine = months[months["segment"] == segment]
    if mine.empty:
        return
    state.write(**{kind: segment})
    name, metric = words.segment(segment, view.lang), view.metrics[code]
    everything = sorted(months["month"].unique())
    counts = dict(zip(mine["month"], mine["value"], strict=True))
    frame = pd.DataFrame({"month": everything, "value": [counts.get(month) for month in everything], "target": None})
    counted = replace(metric, denominator=None, format="count", decimals=0, unit=Text("complaints", "件", "件"))
    heading(view.say("{segment} alone", segment=name))
    left, right = st.columns([3, 2], gap="large")
    with left:
        figure = trend_line(frame, counted, name=name, lang=view.lang, mode=view.mode, height=240)
        show(
            figure,
            view.say("{segment}, month by month", segment=name),
            view.say("Complaints received, {unit}", unit=view.name),
            key="chosen_months",
        )
    with right:
        level = view.level_below()
        rows = view.ranking(code, level, view.unit if level else view.above)
        cells = segment_matrix(view.figures, code, list(rows["unit"]), view.month, view.period, kind)
        cells = cells[(cells["segment"] == segment) & cells["value"].notna()].assign(target=None)
        better = cells.sort_values("value", ignore_index=True)
        better = better.assign(
            name=[view.organisation.name(one) for one in better["unit"]], rank=range(1, len(better) + 1)
        )
        if len(better):
            chart = ranking_chart(
                better,
                replace(metric, decimals=max(metric.decimals, FINER)),
                chosen=view.unit,
                lang=view.lang,
                mode=view.mode,
            )
            show(
                chart,
                view.say("{segment}, by unit", segment=name),
                metric.unit.to(view.lang),
                key="chosen_units",
                drill=("unit",),
            )
    tickets, all_of_them, _rest = st.columns([2, 2, 3])
    with tickets:
        st.html(
            f'<p class="sq"><a href="{escape(view.address("metric", metric=code, category=segment))}" target="_self" data-block="below">{escape(view.say("The complaints themselves"))}</a></p>'
        )
    with all_of_them:
        st.button(
            view.say("Show all again"),
            on_click=state.take,
            kwargs={kind: ""},
            key=f"all_{kind}",
            icon=":material/close:",
        )


def channel_mix(view: View, metric: Metric, own: tuple[str, ...], staffed: tuple[str, ...]) -> None:
    """The channels of a count over two years, those in which customers serve themselves in colour."""
    channels = view.drawn(
        "mix",
        "figures",
        metric.code,
        make=lambda: segment_series(view.figures, metric.code, view.unit, view.month, "channel", 24),
    )
    title, about = view.say("Recharges by channel"), view.say("Share of transactions, self-service channels in colour")
    if not len(channels) or not channels["value"].sum():
        unknown(view, title)
        return
    names = {code: words.segment(code, view.lang) for code in channels["segment"].unique()}
    chart = view.drawn(
        "mix",
        metric.code,
        make=lambda: mix_chart(
            channels, names=names, order=(*own, *staffed), accented=own, lang=view.lang, mode=view.mode
        ),
    )
    show(chart, title, about, key="mix")


def functions_used(view: View, code: str, title: str) -> None:
    """The segments of a count by function, those without a share of their own by what they are a part of."""
    found = view.segments(code, "function")
    if found.empty:
        unknown(view, title)
        return
    whole = found["denominator"].fillna(found["numerator"])
    chart = view.drawn(
        "functions",
        code,
        make=lambda: pareto_chart(labelled(view, found, whole).drop(columns="before"), lang=view.lang, mode=view.mode),
    )
    show(chart, title, view.span, key="functions")
