"""The bump chart: every peer's place, month by month; the chosen unit accented, names at the end."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import AIR, EM, TICK, ems, lines, name_in_lines, row_height
from charts.months import FOOT, month_axis
from charts.theme import empty_figure, palette, plain
from metrics.metric import Metric

ROW = 26
PLACE = 2
"""Ems of a place before a name."""
MOST = 20
"""Peers up to which every line is drawn; of more, the best of the last month and the chosen unit."""


def bump_chart(
    frame: pd.DataFrame, metric: Metric, *, chosen: str | None = None, lang: str = "en", mode: str = "light"
) -> go.Figure:
    """`frame`: unit, name, month, value, rank, peers (metrics.places). Place 1 is on top; a month without a place breaks the line.
    customdata of a point: its unit."""
    colours = palette(mode)
    months = sorted(frame["month"].unique())
    last = (
        frame[frame["month"] == months[-1]].dropna(subset=["rank"]).sort_values(["rank", "unit"]) if months else frame
    )
    shown = list(last["unit"].head(MOST))
    if chosen is not None and chosen not in shown and (frame["unit"] == chosen).any():
        shown.append(chosen)
    places = frame[frame["unit"].isin(shown)]
    deepest = int(places["rank"].max()) if places["rank"].notna().any() else 1
    figure = empty_figure(mode, max(220, 60 + row_height(last["name"], ROW, TICK + PLACE) * min(deepest, MOST + 1)))
    widest = 0.0
    # The accent is drawn last, over the others.
    for unit in sorted(shown, key=lambda one: one == chosen):
        rows = places[places["unit"] == unit].sort_values("month")
        own = unit == chosen
        name = plain(rows["name"].iloc[0])
        words = [
            f"{name} · {month} · {numbers.place(rank, peers, lang)} · {numbers.value(value, metric.format, metric.decimals, lang)}"
            for month, rank, peers, value in zip(rows["month"], rows["rank"], rows["peers"], rows["value"], strict=True)
        ]
        figure.add_scatter(
            x=list(rows["month"]), y=list(rows["rank"]), mode="lines+markers", hoverinfo="text", hovertext=words, customdata=[unit] * len(rows), unselected={"marker": {"opacity": 1}}, connectgaps=False, cliponaxis=False,
            line={"color": colours.accent if own else colours.peer, "width": 3 if own else 1.5}, marker={"size": 9 if own else 6, "color": colours.accent if own else colours.peer},
        )  # fmt: skip
        end = rows.dropna(subset=["rank"])
        if len(end) and end["month"].iloc[-1] == months[-1]:
            rank = int(end["rank"].iloc[-1])
            title = f"{rank} {rows['name'].iloc[0]}"
            widest = max(widest, *(ems(line) for line in lines(title, TICK + PLACE)))
            figure.add_annotation(
                x=len(months) - 1, y=end["rank"].iloc[-1], xanchor="left", xshift=10, showarrow=False, text=name_in_lines(title, TICK + PLACE, own), align="left",
                font={"size": 12, "color": colours.accent if own else colours.ink},
            )  # fmt: skip
    figure.update_layout(margin={"l": 8, "r": round(widest * EM + AIR), "t": 12, "b": FOOT})
    figure.update_yaxes(autorange=False, range=[deepest + 0.6, 0.4], dtick=1 if deepest <= MOST else 10, showgrid=False)
    month_axis(figure, months, most=3)
    return figure
