"""The mix: how a total is shared between segments, month by month, as stacked columns of 100 per cent."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import TICK, EndLabel, add_end_labels, value_axis_width
from charts.months import FOOT, month_axis
from charts.theme import empty_figure, escape_plotly, palette

SHADES = {"light": ("#0B7285", "#3B93A3", "#74B5C1", "#A9D3DB"), "dark": ("#3BC9DB", "#2A9FB0", "#1F7784", "#17545E")}
GREYS = {"light": ("#AEB8C2", "#C3CBD4", "#D6DCE2", "#E4E7EB"), "dark": ("#5B6976", "#4A5865", "#3C4955", "#323F4B")}
TOP = 8


def mix_chart(
    frame: pd.DataFrame,
    *,
    names: Mapping[str, str],
    order: Sequence[str],
    accented: Collection[str],
    lang: str = "en",
    mode: str = "light",
    height: int = 340,
) -> go.Figure:
    """Stacked columns of 100 per cent, one for each month.

    frame: month, segment, value.
    accented: segments that take shades of the accent; the others are grey.
    """
    table = frame.pivot_table(index="month", columns="segment", values="value", aggfunc="sum").sort_index()
    shares = 100 * table.div(table.sum(axis=1), axis=0)
    found = [str(segment) for segment in shares]
    present = [segment for segment in order if segment in found] + [
        segment for segment in found if segment not in order
    ]
    figure = empty_figure(mode, height)
    colours = palette(mode)
    paints = {"accent": iter(SHADES[mode] * 9), "grey": iter(GREYS[mode] * 9)}
    heights: list[tuple[float, str]] = []
    base = 0.0
    for segment in present:
        name = names.get(segment, segment)
        values = shares[segment].fillna(0.0)
        figure.add_bar(
            x=list(shares.index),
            y=values,
            marker={"color": next(paints["accent" if segment in accented else "grey"]), "line": {"width": 0}},
            hoverinfo="text",
            hovertext=[
                f"{escape_plotly(name)} · {m} · {numbers.format_percent(v)}"
                for m, v in zip(shares.index, values, strict=True)
            ],
        )
        last = float(values.iloc[-1])
        heights.append((base + last / 2, f"{name} {numbers.format_percent(last)}"))
        base += last
    ends = [EndLabel(y, label, colours.ink) for y, label in heights]
    room = add_end_labels(figure, ends, low=0, high=100, height=height - FOOT - TOP, most=TICK)
    figure.update_layout(
        barmode="stack", bargap=0.12, margin={"l": value_axis_width(0, 100, "%"), "r": room, "t": TOP, "b": FOOT}
    )
    month_axis(figure, [str(month) for month in shares.index])
    figure.update_yaxes(range=[0, 100], ticksuffix="%", nticks=6, automargin=False)
    return figure
