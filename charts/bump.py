"""The bump chart: every peer's place, month by month; the chosen unit accented, names at the end."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import TICK, EndLabel, add_end_labels, row_height, shorten_name
from charts.months import FOOT, month_axis
from charts.theme import empty_figure, escape_plotly, palette
from metrics.model.metric import Metric

ROW = 26
PLACE = 2
"""Ems of a place before a name."""
TOP = 12
MOST = 20
"""Peers up to which every line is drawn; of more, the best of the last month and the chosen unit."""


def bump_chart(
    frame: pd.DataFrame, metric: Metric, *, chosen: str | None = None, lang: str = "en", mode: str = "light"
) -> go.Figure:
    """Every peer's rank by month; rank 1 is on top, a month without one breaks the line.

    frame: unit, name, month, value, rank, peers.
    customdata of a point: its unit.
    """
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
    ends: list[tuple[int, str, bool]] = []
    # The accent is drawn last, over the others.
    for unit in sorted(shown, key=lambda one: one == chosen):
        rows = places[places["unit"] == unit].sort_values("month")
        own = unit == chosen
        name = escape_plotly(rows["name"].iloc[0])
        words = [
            f"{name} · {month} · {numbers.format_rank(rank, peers, lang)} · "
            f"{numbers.format_value(value, metric.format, metric.decimals, lang)}"
            for month, rank, peers, value in zip(rows["month"], rows["rank"], rows["peers"], rows["value"], strict=True)
        ]
        figure.add_scatter(
            x=list(rows["month"]),
            y=list(rows["rank"]),
            mode="lines+markers",
            hoverinfo="text",
            hovertext=words,
            customdata=[unit] * len(rows),
            unselected={"marker": {"opacity": 1}},
            connectgaps=False,
            cliponaxis=False,
            line={"color": colours.accent if own else colours.peer, "width": 3 if own else 1.5},
            marker={"size": 9 if own else 6, "color": colours.accent if own else colours.peer},
        )
        end = rows.dropna(subset=["rank"])
        if len(end) and end["month"].iloc[-1] == months[-1]:
            ends.append((int(end["rank"].iloc[-1]), str(rows["name"].iloc[0]), own))
    low, high = 0.4, deepest + 0.6
    # Places go down, heights up; those that share a place stand below each other.
    labels = [
        EndLabel(-rank, f"{rank} {shorten_name(name)}", colours.accent if own else colours.ink, own)
        for rank, name, own in sorted(ends)
    ]
    room = add_end_labels(
        figure, labels, low=-high, high=-low, height=figure.layout.height - TOP - FOOT, most=TICK + PLACE, shift=10
    )
    figure.update_layout(
        annotations=[{**note.to_plotly_json(), "y": -note.y} for note in figure.layout.annotations],
        margin={"l": 8, "r": room, "t": TOP, "b": FOOT},
    )
    figure.update_yaxes(autorange=False, range=[high, low], dtick=1 if deepest <= MOST else 10, showgrid=False)
    month_axis(figure, months, most=3)
    return figure
