"""The blocks pages are built from: a titled chart, headline figures, the table of one metric."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from charts import numbers
from charts.compare import comparison_chart
from charts.labels import resize_with_labels
from charts.line import TrendLook, trend_chart
from charts.plotly_payload import SerialisedFigure
from charts.ranking import ranking_chart
from charts.theme import config_with_download
from locales import text
from metrics.model.metric import Metric
from pages.shared import view
from pages.shared.components.peers import MOST, mark_unranked, shorten_ranking, with_rank_in_name
from pages.shared.components.takeaways import next_rank_note
from pages.shared.session import url_state
from pages.shared.session.language import current_language
from pages.shared.session.picture_names import NAMED
from pages.shared.session.selection import Selection
from pages.shared.wording import labels

# Choices that are always made: a second click does not let them go.
FIXED = ("unit", "metric")
WHOLE = 0.999
"""Segments that make up this much of a figure are all of it: sums of amounts round."""
ROOM, HEADING = "room", 74
"""Before a room: the width and height that a block has, in pixels, and what a title and two lines below it take of it.
"""


def block_heading(title: str, subtitle: str = "", control: str = "") -> None:
    """Shows the heading of a block.

    title: what the block says.
    subtitle: what it is.
    control: HTML of a control that the block follows, at the heading's end.
    """
    below = f'<p class="sq-sub">{escape(subtitle)}</p>' if subtitle else ""
    said = f"<h2>{escape(title)}</h2>{below}"
    st.html(f'<div class="sq sq-head"><div>{said}</div>{control}</div>' if control else f'<div class="sq">{said}</div>')


def show_chart(
    figure: Any, title: str, subtitle: str = "", *, key: str, drill: Sequence[str] = (), control: str = ""
) -> None:
    """Shows a chart under its title.

    drill: names of the choices that a click on a bar, point or cell makes, from its customdata.
    control: HTML of a control beside the title.
    In present mode it is as high as there is room, and does not react.
    """
    block_heading(title, subtitle, control)
    chart = figure if isinstance(figure, SerialisedFigure) else SerialisedFigure(figure)
    unit, *rest = st.session_state.get(NAMED, ("",))
    config, words_ = (
        config_with_download(unit, title, *rest, said=text(current_language(), "Save as a picture")),
        chart.alternative or title,
    )
    # The style sheet knows charts of months by this name.
    key = f"months_{key}" if chart.by_month else key
    if url_state.is_presenting() and ROOM in st.session_state:
        wide, tall = st.session_state[ROOM]
        still = resize_with_labels(chart.figure(), wide, tall - HEADING)
        st.plotly_chart(still, theme=None, config={"staticPlot": True}, key=key, alt=words_, width="content")
    elif not drill:
        st.plotly_chart(chart, theme=None, config=config, key=key, alt=words_)
    else:
        drawn = {name: url_state.read(name) or "" for name in drill}
        key = "_".join([key, *drawn.values()])
        st.plotly_chart(
            chart,
            theme=None,
            config=config,
            key=key,
            alt=words_,
            on_select=partial(_drilled, key, drawn),
            selection_mode="points",
        )


def _drilled(key: str, drawn: Mapping[str, str]) -> None:
    """Makes the choices of the point that was clicked in a chart drawn with the choices `drawn`."""
    for point in st.session_state[key]["selection"]["points"][:1]:
        if chosen := clicked_choices(drawn, point.get("customdata")):
            url_state.apply_and_rerun(**chosen)


def clicked_choices(drawn: Mapping[str, str], said: object) -> dict[str, str]:
    """The choices that a click makes; what was chosen already is let go ("") as far as it can be.

    drawn: what the chart was drawn with, not what is chosen now: the browser tells of a click again with whatever it
    has to tell next, and the second time would take back the first.
    said: the point's customdata, one code or several.
    """
    codes = dict(zip(drawn, said if isinstance(said, list) else [said], strict=False))
    chosen = {name: str(code) for name, code in codes.items() if code}
    return {name: "" if name not in FIXED and drawn[name] == code else code for name, code in chosen.items()}


def explain_missing(selection: Selection, title: str) -> None:
    """In place of a chart: what is missing."""
    block_heading(
        title,
        selection.say(
            "No figure for {unit} in this period: not all that it takes is loaded.", unit=view.unit_name(selection)
        ),
    )


def known_part_note(selection: Selection, code: str, parts: pd.DataFrame) -> str:
    """A note where segments do not add up to the whole of their metric: how much of it they explain; else empty.

    parts: the segments, with their numerators.
    """
    known, total = float(parts["numerator"].sum()), view.row(selection, code).get("numerator")
    if not numbers.is_known(total) or known >= total * WHOLE:
        return ""
    return selection.say(
        "; known of {known} of {total}", known=numbers.format_decimal(known), total=numbers.format_decimal(total)
    )


def has_comparable_parent(metric: Metric) -> bool:
    """Whether the parent's value is on the same scale: a total of a whole province says nothing beside a city's."""
    return metric.denominator is not None or metric.numerator is None


def trend_block(selection: Selection, code: str, *, key: str, height: int = 280, months: int = 36) -> None:
    """Shows one metric's line with its target and the parent's value.

    Nothing for a metric that this version does not have.
    """
    if code not in view.metrics(selection):
        return
    metric = view.metrics(selection)[code]
    frame = view.trend(selection, code, months=months, period="month")
    if frame.empty or frame["value"].notna().sum() == 0:
        explain_missing(selection, metric.name.to(selection.lang))
        return
    figure = view.cached(
        selection,
        "trend",
        code,
        height,
        months,
        make=lambda: trend_chart(
            frame,
            metric,
            name=view.unit_name(selection),
            look=TrendLook(selection.lang, selection.mode, height),
            average=view.average_name(selection) if view.parent(selection) and has_comparable_parent(metric) else None,
        ),
    )
    about = selection.say("By month, {unit}", unit=metric.unit.to(selection.lang)) + limits_note(selection, frame)
    show_chart(figure, metric.name.to(selection.lang), about, key=key)


def limits_note(selection: Selection, frame: pd.DataFrame) -> str:
    """What the thin lines of a control chart and its large dots are; empty where it has none."""
    if "centre" not in frame or frame["centre"].isna().all():
        return ""
    return selection.say("; long dashes: expected path, dotted: its limits, large dots: months outside them")


def plain_limits_note(selection: Selection, frame: pd.DataFrame) -> str:
    """What the thin lines of a plain control chart and its large dots are; empty where it has none."""
    if "centre" not in frame or frame["centre"].isna().all():
        return ""
    return selection.say("; dotted: limits of chance, long dashes: mean, large dots: signals by the NHS rules")


def trend_pairs(selection: Selection, *codes: str, height: int = 220, months: int = 36) -> None:
    """Lines of several metrics, two side by side."""
    for start in range(0, len(codes), 2):
        for place, code in zip(st.columns(2, gap="large"), codes[start : start + 2], strict=False):
            with place:
                trend_block(selection, code, key=code, height=height, months=months)


def ranking_block(
    selection: Selection, code: str, *, key: str, title: str, level: str | None = None, within: str | None = None
) -> None:
    """Shows one metric's ranking as a chart, with what gains the next rank.

    level, within: rank the units of this level inside that unit, not the unit's own peers.
    A unit that has no peers, as a province, is shown by its parts.
    """
    if code not in view.metrics(selection):
        return
    metric = view.metrics(selection)[code]
    if level is None and view.has_no_peers(selection) and (below := view.level_below(selection)):
        level, within, title = below, selection.unit, selection.say("Inside the unit")
    rows = view.ranking(selection, code, level, within)
    if rows.empty or rows["value"].notna().sum() == 0:
        explain_missing(selection, title)
        return
    unit, control, shown = labels.unit_of_measure(metric, selection.lang), "", ""
    if len(rows) > MOST or url_state.is_presenting():
        short, known = shorten_ranking(rows, selection.unit), int(rows["value"].notna().sum())
        if len(short) < known:
            shown = selection.say("{shown} of {count} units, with their places", shown=len(short), count=known)
            there = selection.address(
                "rankings", metric=code, level=level or view.organisation(selection).level(selection.unit) or ""
            )
            control = f'<a href="{escape(there)}">{escape(selection.say("Rankings"))}</a>'
            short = with_rank_in_name(short)
        rows = short
    rows = mark_unranked(rows, selection.lang)
    steps = next_rank_note(selection, view.row(selection, code), metric) if level is None else ""
    chart = view.cached(
        selection,
        "ranking",
        code,
        level,
        within,
        len(rows),
        make=lambda: ranking_chart(rows, metric, chosen=selection.unit, lang=selection.lang, mode=selection.mode),
    )
    show_chart(
        chart,
        title,
        " · ".join(
            part
            for part in (metric.name.to(selection.lang), unit, steps, shown, intervals_note(selection, rows))
            if part
        ),
        key=key,
        drill=("unit",),
        control="" if url_state.is_presenting() else control,
    )


def intervals_note(selection: Selection, rows: pd.DataFrame) -> str:
    """What the thin lines across a ranking's values are; empty where it has none."""
    return selection.say("Whiskers: 95% intervals") if rows["low"].notna().any() else ""


def comparison_block(selection: Selection, codes: Sequence[str], *, title: str, key: str, subtitle: str = "") -> None:
    """Several metrics of one unit, each against the parent's value and its target."""
    known = [
        code
        for code in codes
        if code in view.metrics(selection) and numbers.is_known(view.row(selection, code).get("value"))
    ]
    if not known:
        explain_missing(selection, title)
        return
    rows = view.scorecard(selection).loc[known]
    frame = pd.DataFrame(
        {
            "label": [view.metrics(selection)[code].name.to(selection.lang) for code in known],
            "value": rows["value"].to_list(),
            "average": rows["peer_average"].to_list(),
            "target": rows["target"].to_list(),
            "low": rows["low"].to_list(),
            "high": rows["high"].to_list(),
            "form": [view.metrics(selection)[code].format for code in known],
            "decimals": [view.metrics(selection)[code].decimals for code in known],
        }
    )
    form = view.metrics(selection)[known[0]].format
    decimals = max(view.metrics(selection)[code].decimals for code in known)
    figure = view.cached(
        selection,
        "compare",
        *known,
        make=lambda: comparison_chart(
            frame,
            name=view.unit_name(selection),
            average=view.average_name(selection),
            form=form,
            decimals=decimals,
            lang=selection.lang,
            mode=selection.mode,
        ),
    )
    show_chart(figure, title, subtitle, key=key)
