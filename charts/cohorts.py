"""Cohort curves: the share of each snapshot's customers still there, by months since.

The newest snapshot is accented.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import EndLabel, add_end_labels
from charts.theme import empty_figure, escape_plotly, palette

FOOT = 60
"""Pixels of a chart below and above its plot."""


def cohort_chart(
    frame: pd.DataFrame, *, x_title: str, lang: str = "en", mode: str = "light", height: int = 280
) -> go.Figure:
    """One line for each snapshot, named at its end.

    frame: snapshot, months_since, month, customers, share.
    """
    colours = palette(mode)
    figure = empty_figure(mode, height)
    snapshots = sorted(frame["snapshot"].unique())
    ends: list[EndLabel] = []
    for snapshot in snapshots:
        rows = frame[frame["snapshot"] == snapshot].sort_values("months_since")
        newest = snapshot == snapshots[-1]
        colour = colours.accent if newest else colours.peer
        words = [
            f"{escape_plotly(snapshot)} → {month} · {numbers.format_percent(share)} "
            f"· n = {numbers.format_decimal(count)}"
            for month, share, count in zip(rows["month"], rows["share"], rows["customers"], strict=True)
        ]
        figure.add_scatter(
            x=rows["months_since"],
            y=rows["share"],
            mode="lines+markers",
            line={"color": colour, "width": 2.5 if newest else 1.5},
            marker={"size": 5 if newest else 4, "color": colour},
            hoverinfo="text",
            hovertext=words,
        )
        ends.append(
            EndLabel(
                float(rows["share"].iloc[-1]),
                f"{snapshot} {numbers.format_percent(rows['share'].iloc[-1])}",
                colours.accent if newest else colours.muted,
            )
        )
    low, high = (float(frame["share"].min()), float(frame["share"].max())) if len(frame) else (0.0, 1.0)
    room = add_end_labels(figure, ends, low=low, high=high, height=height - FOOT)
    figure.update_layout(margin={"l": 8, "r": room, "t": 8, "b": 8})
    figure.update_xaxes(
        title=escape_plotly(x_title), dtick=1 if len(frame) and frame["months_since"].max() <= 14 else 6, showgrid=False
    )
    figure.update_yaxes(ticksuffix="%", nticks=6)
    return figure
