"""A comparison: several figures of one unit side by side, each against its peers' average and its target."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import AIR, LEADING, ems, name_in_lines, names_room
from charts.months import FOOT
from charts.theme import empty_figure, palette, plain
from locales import text

ROW = 44
KEY = 28
"""Ems of the key that fit one line."""


def compare_dots(
    frame: pd.DataFrame,
    *,
    name: str,
    average: str,
    form: str = "percent",
    decimals: int = 1,
    lang: str = "en",
    mode: str = "light",
) -> go.Figure:
    """`frame`: label, value, average, target, first row on top. The unit is a filled dot, the average an open one, the target a tick;
    columns low and high, where there, are the interval of the value as a whisker."""
    colours = palette(mode)
    rows = frame.iloc[::-1].reset_index(drop=True)
    figure = empty_figure(mode, max(140, 44 + ROW * len(rows)))

    def shown(number: float | None) -> str:
        return numbers.value(number, form, decimals, lang)

    def hover(title: str, column: str) -> list[str]:
        return [
            f"{plain(label)} · {plain(title)} · {shown(v)}"
            for label, v in zip(rows["label"], rows[column], strict=True)
        ]

    for index, row in rows.iterrows():
        if numbers.known(row["value"]) and numbers.known(row["average"]):
            figure.add_shape(
                type="line",
                x0=row["average"],
                x1=row["value"],
                y0=index,
                y1=index,
                line={"color": colours.peer, "width": 2},
                layer="below",
            )
    figure.add_scatter(
        y=rows.index, x=rows["average"], mode="markers", hoverinfo="text", hovertext=hover(average, "average"),
        marker={"size": 10, "color": colours.surface, "line": {"color": colours.muted, "width": 2}},
    )  # fmt: skip
    goal = text(lang, "Target")
    figure.add_scatter(
        y=rows.index, x=rows["target"], mode="markers", hoverinfo="text", hovertext=hover(goal, "target"),
        marker={"size": 20, "symbol": "line-ns", "line": {"color": colours.ink, "width": 2}},
    )  # fmt: skip
    figure.add_scatter(
        y=rows.index, x=rows["value"], mode="markers+text", text=[f"<b>{shown(v)}</b>" for v in rows["value"]], textposition="top center",
        textfont={"color": colours.accent}, marker={"size": 12, "color": colours.accent}, hoverinfo="text", hovertext=hover(name, "value"), cliponaxis=False,
    )  # fmt: skip
    if {"low", "high"} <= set(rows.columns):
        whiskers = {
            "type": "data", "symmetric": False, "array": (rows["high"] - rows["value"]).fillna(0.0), "arrayminus": (rows["value"] - rows["low"]).fillna(0.0),
            "color": colours.accent, "thickness": 1.5, "width": 4,
        }  # fmt: skip
        figure.data[-1].error_x = whiskers
    apart = "<br>" if ems(name + average + goal) > KEY else "   "
    key = apart.join(
        [f'<span style="color:{colours.accent}">●</span> {plain(name)}', f"○ {plain(average)}", f"| {plain(goal)}"]
    )
    figure.add_annotation(
        x=0,
        xshift=AIR - names_room(rows["label"]),
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        text=key,
        align="left",
        font={"color": colours.muted},
    )
    figure.update_layout(
        margin={"l": names_room(rows["label"]), "r": 32, "t": 28 + LEADING * key.count("<br>"), "b": FOOT}
    )
    figure.update_yaxes(
        automargin=False,
        tickvals=list(rows.index),
        ticktext=[name_in_lines(label) for label in rows["label"]],
        range=[-0.6, len(rows) - 0.25],
        tickfont={"color": colours.ink},
    )
    figure.update_xaxes(automargin=False, nticks=6, ticksuffix="%" if form == "percent" else "", tickformat=",")
    return figure
