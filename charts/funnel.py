"""The funnel: every peer's value against its base, within the limits that its size gives."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.point_labels import place_labels
from charts.theme import empty_figure, escape_plotly, palette
from charts.ticks import number_axis
from metrics.model.metric import Metric

WIDTH = 190
"""Pixels of the plot beside a league table at 1280."""
HEIGHT, TOP, BELOW = 420, 8, 44
"""Pixels of the chart, and of it above and below the plot."""
AIR = 0.1
"""Above and below all values, as a part of what they span."""
LIMITS = {"inner_lower": ("dot", 1), "inner_upper": ("dot", 1), "lower": ("solid", 1.5), "upper": ("solid", 1.5)}
"""How each limit is drawn; the axis holds all of them, as the page speaks of all of them."""
NAMED = 12
"""Peers up to which every point is named; of more, the flagged and the chosen."""


def funnel_chart(
    units: pd.DataFrame,
    curve: pd.DataFrame,
    centre: float,
    metric: Metric,
    *,
    base_title: str,
    chosen: str | None = None,
    lang: str = "en",
    mode: str = "light",
) -> go.Figure:
    """A funnel chart; units outside the limits are coloured.

    units: unit, name, value, base, variation, little (drawn hollow).
    curve: base, lower, upper, inner_lower, inner_upper (metrics.funnel).
    customdata of a point: its unit.
    """
    colours = palette(mode)
    figure = empty_figure(mode, HEIGHT)
    for name, (dash, width) in LIMITS.items():
        figure.add_scatter(
            x=curve["base"],
            y=curve[name],
            mode="lines",
            hoverinfo="skip",
            line={"color": colours.muted, "width": width, "dash": dash},
        )
    figure.add_hline(y=centre, line={"color": colours.muted, "width": 1, "dash": "longdash"})
    paints = {"improving": colours.better, "concerning": colours.worse}
    rows = units.dropna(subset=["value", "base"])
    own = rows["unit"] == chosen
    paint = [
        paints.get(str(kind), colours.accent if mine else colours.peer)
        for kind, mine in zip(rows["variation"], own, strict=True)
    ]
    every = pd.concat([rows["value"], *(curve[name] for name in LIMITS)]).dropna()
    low, high = (float(every.min()), float(every.max())) if len(every) else (0.0, 1.0)
    air, widest = (
        AIR * (high - low) or 1.0,
        (1 + AIR / 2) * float(max(rows["base"].max(), curve["base"].max())) if len(rows) else 1.0,
    )
    low, high = low - air, high + air
    # The flagged are named first, then, of few, the others.
    flagged = rows["variation"].notna().tolist()
    order = [place for place, flag in enumerate(flagged) if flag] + list(range(len(rows)) if len(rows) <= NAMED else [])
    labels, sides = place_labels(
        [
            (base / widest, (value - low) / (high - low))
            for base, value in zip(rows["base"], rows["value"], strict=True)
        ],
        [str(name) for name in rows["name"]],
        order,
        HEIGHT - TOP - BELOW,
        width=WIDTH,
        chosen=next((place for place, mine in enumerate(own) if mine), None),
    )
    hover = [
        f"{escape_plotly(name)} · {numbers.format_value(value, metric.format, metric.decimals, lang)} "
        f"· n = {numbers.format_decimal(base)}"
        for name, value, base in zip(rows["name"], rows["value"], rows["base"], strict=True)
    ]
    figure.add_scatter(
        x=rows["base"],
        y=rows["value"],
        mode="markers+text",
        text=labels,
        textposition=sides,
        textfont={"size": 12, "color": colours.ink},
        hoverinfo="text",
        hovertext=hover,
        customdata=list(rows["unit"]),
        unselected={"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
        cliponaxis=False,
        marker={
            "opacity": 1,
            "size": [12 if mine else 8 for mine in own],
            "color": paint,
            "symbol": ["circle-open" if little else "circle" for little in rows["little"]],
        },
    )
    figure.update_layout(margin={"l": 8, "r": 24, "t": TOP, "b": 8})
    figure.update_xaxes(
        title=escape_plotly(base_title), range=[0, widest], **number_axis(0.0, widest, "count", lang, 4)
    )
    figure.update_yaxes(range=[low, high], **number_axis(low, high, metric.format, lang))
    return figure
