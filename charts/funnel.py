"""The funnel: every peer's value against its base, within the limits that its size gives."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import END, name_in_lines
from charts.theme import empty_figure, palette, plain
from metrics.metric import Metric

NAMED = 12
"""Peers up to which every point is named; of more, the flagged and the chosen."""


def funnel_chart(
    units: pd.DataFrame, curve: pd.DataFrame, centre: float, metric: Metric, *, base_title: str, chosen: str | None = None, lang: str = "en", mode: str = "light",
    height: int = 420,
) -> go.Figure:  # fmt: skip
    """`units`: unit, name, value, base, variation; `curve`: base, lower, upper, inner_lower, inner_upper (metrics.funnel). Outside = coloured.
    customdata of a point: its unit."""
    colours = palette(mode)
    figure = empty_figure(mode, height)
    for name, dash, width in (
        ("inner_lower", "dot", 1),
        ("inner_upper", "dot", 1),
        ("lower", "solid", 1.5),
        ("upper", "solid", 1.5),
    ):
        figure.add_scatter(
            x=curve["base"], y=curve[name], mode="lines", hoverinfo="skip", line={"color": colours.muted, "width": width, "dash": dash},
        )  # fmt: skip
    figure.add_hline(y=centre, line={"color": colours.muted, "width": 1, "dash": "longdash"})
    paints = {"improving": colours.better, "concerning": colours.worse}
    rows = units.dropna(subset=["value", "base"])
    own = rows["unit"] == chosen
    paint = [
        paints.get(str(kind), colours.accent if mine else colours.peer)
        for kind, mine in zip(rows["variation"], own, strict=True)
    ]
    named = own | rows["variation"].notna() | (len(rows) <= NAMED)
    labels = [
        name_in_lines(name, END, mine) if seen else ""
        for name, mine, seen in zip(rows["name"], own, named, strict=True)
    ]
    hover = [
        f"{plain(name)} · {numbers.value(value, metric.format, metric.decimals, lang)} · n = {numbers.decimal(base)}"
        for name, value, base in zip(rows["name"], rows["value"], rows["base"], strict=True)
    ]
    figure.add_scatter(
        x=rows["base"], y=rows["value"], mode="markers+text", text=labels, textposition="top center", textfont={"size": 12, "color": colours.ink}, hoverinfo="text",
        hovertext=hover, customdata=list(rows["unit"]), unselected={"marker": {"opacity": 1}, "textfont": {"color": colours.ink}}, cliponaxis=False, marker={"opacity": 1, "size": [12 if mine else 8 for mine in own], "color": paint},
    )  # fmt: skip
    figure.update_layout(margin={"l": 8, "r": 24, "t": 20, "b": 8})
    figure.update_xaxes(title=plain(base_title), nticks=6, tickformat="~s" if lang == "en" else ",", rangemode="tozero")
    figure.update_yaxes(nticks=6, ticksuffix="%" if metric.format == "percent" else "", tickformat=",")
    return figure
