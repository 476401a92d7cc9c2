"""A count by its segments: categories with their change, one of them alone, channels over time, functions."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import pandas as pd
import streamlit as st

from charts.line import TrendLook, trend_chart
from charts.mix import mix_chart
from charts.pareto import pareto_chart
from charts.ranking import ranking_chart
from locales import Text
from metrics.analyses.segments import segment_matrix, segment_series
from metrics.model.metric import Metric
from pages.shared import view
from pages.shared.components.charts import block_heading, explain_missing, known_part_note, show_chart
from pages.shared.families.segments_by_unit import FINER
from pages.shared.session import url_state
from pages.shared.session.selection import Selection
from pages.shared.wording import labels


def segments_pareto(selection: Selection, code: str, kind: str, title: str, *, choose: bool = False) -> None:
    """Shows the segments of a count with their change on the period before.

    choose: a click on a bar chooses its segment, a second one lets it go.
    """
    parts = view.segments(selection, code, kind)
    if parts.empty:
        explain_missing(selection, title)
        return
    span = view.months_shown(selection)
    about = (
        selection.say("{span}; in brackets the change on the same months of the year before", span=span)
        if selection.period == "ytd"
        else selection.say("{span}; in brackets the change on the period before", span=span)
    )
    about += known_part_note(selection, code, parts)
    about += selection.say("; a click on a bar shows it alone") if choose else ""
    chosen = url_state.read(kind) if choose else None
    show_chart(
        view.cached(
            selection,
            "pareto",
            code,
            kind,
            chosen,
            make=lambda: pareto_chart(
                pareto_rows(selection, parts, parts["numerator"]),
                lang=selection.lang,
                mode=selection.mode,
                most=9,
                chosen=chosen,
            ),
        ),
        title,
        about,
        key=f"pareto_{kind}",
        drill=(kind,) if choose else (),
    )


def pareto_rows(selection: Selection, parts: pd.DataFrame, value: pd.Series) -> pd.DataFrame:
    """Segments as a Pareto chart takes them: label, value, before."""
    return parts.assign(
        label=[labels.segment(one, selection.lang) for one in parts["segment"]],
        value=value,
        before=parts["numerator_before"],
    )


def segment_detail(selection: Selection, code: str, kind: str) -> None:
    """The segment that was chosen, alone: month by month, and by unit; nothing where none is."""
    segment = url_state.read(kind)
    if not segment:
        url_state.forget(kind)
        return
    months = segment_series(view.figures(selection), code, selection.unit, selection.month, kind, 36)
    mine = months[months["segment"] == segment]
    if mine.empty:
        return
    url_state.write(**{kind: segment})
    name, metric = labels.segment(segment, selection.lang), view.metrics(selection)[code]
    everything = sorted(months["month"].unique())
    counts = dict(zip(mine["month"], mine["value"], strict=True))
    frame = pd.DataFrame({"month": everything, "value": [counts.get(month) for month in everything], "target": None})
    counted = replace(metric, denominator=None, format="count", decimals=0, unit=Text("complaints", "件", "件"))
    block_heading(selection.say("{segment} alone", segment=name))
    left, right = st.columns([3, 2], gap="large")
    with left:
        figure = trend_chart(frame, counted, name=name, look=TrendLook(selection.lang, selection.mode, 240))
        show_chart(
            figure,
            selection.say("{segment}, month by month", segment=name),
            selection.say("Complaints received, {unit}", unit=view.unit_name(selection)),
            key="chosen_months",
        )
    with right:
        level = view.level_below(selection)
        rows = view.ranking(selection, code, level, selection.unit if level else view.parent(selection))
        cells = segment_matrix(
            view.figures(selection), code, list(rows["unit"]), selection.month, selection.period, kind
        )
        cells = cells[(cells["segment"] == segment) & cells["value"].notna()].assign(target=None)
        better = cells.sort_values("value", ignore_index=True)
        better = better.assign(
            name=[view.organisation(selection).name(one) for one in better["unit"]], rank=range(1, len(better) + 1)
        )
        if len(better):
            chart = ranking_chart(
                better,
                replace(metric, decimals=max(metric.decimals, FINER)),
                chosen=selection.unit,
                lang=selection.lang,
                mode=selection.mode,
            )
            show_chart(
                chart,
                selection.say("{segment}, by unit", segment=name),
                metric.unit.to(selection.lang),
                key="chosen_units",
                drill=("unit",),
            )
    tickets, all_of_them, _rest = st.columns([2, 2, 3])
    with tickets:
        st.html(
            f'<p class="sq"><a href="{escape(selection.address("metric", metric=code, category=segment))}" '
            f'target="_self" data-block="below">{escape(selection.say("The complaints themselves"))}</a></p>'
        )
    with all_of_them:
        st.button(
            selection.say("Show all again"),
            on_click=url_state.apply_and_rerun,
            kwargs={kind: ""},
            key=f"all_{kind}",
            icon=":material/close:",
        )


def channel_mix(selection: Selection, metric: Metric, own: tuple[str, ...], staffed: tuple[str, ...]) -> None:
    """The channels of a count over two years, those in which customers serve themselves in colour."""
    channels = view.cached(
        selection,
        "mix",
        "figures",
        metric.code,
        make=lambda: segment_series(
            view.figures(selection), metric.code, selection.unit, selection.month, "channel", 24
        ),
    )
    title, about = (
        selection.say("Recharges by channel"),
        selection.say("Share of transactions, self-service channels in colour"),
    )
    if not len(channels) or not channels["value"].sum():
        explain_missing(selection, title)
        return
    names = {code: labels.segment(code, selection.lang) for code in channels["segment"].unique()}
    chart = view.cached(
        selection,
        "mix",
        metric.code,
        make=lambda: mix_chart(
            channels, names=names, order=(*own, *staffed), accented=own, lang=selection.lang, mode=selection.mode
        ),
    )
    show_chart(chart, title, about, key="mix")


def functions_block(selection: Selection, code: str, title: str) -> None:
    """The segments of a count by function, those without a share of their own by what they are a part of."""
    found = view.segments(selection, code, "function")
    if found.empty:
        explain_missing(selection, title)
        return
    whole = found["denominator"].fillna(found["numerator"])
    chart = view.cached(
        selection,
        "functions",
        code,
        make=lambda: pareto_chart(
            pareto_rows(selection, found, whole).drop(columns="before"), lang=selection.lang, mode=selection.mode
        ),
    )
    show_chart(chart, title, view.months_shown(selection), key="functions")
