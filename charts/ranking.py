"""The ranking: every peer by its value, best on top, the chosen unit accented."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import name_in_lines, names_room, row_height
from charts.months import FOOT
from charts.theme import Palette, empty_figure, palette, plain
from locales import text
from metrics.metric import Metric

ROW = 22
LABELLED = 40
NEAR = 2
"""Slim rows between two names, so that they do not meet."""
SHORT = 0.25


def ranking_chart(
    frame: pd.DataFrame, metric: Metric, *, chosen: str | None = None, lang: str = "en", mode: str = "light"
) -> go.Figure:
    """`frame`: unit, name, value, target, rank, best first. Counts and rates are bars from zero, shares and scores are dots."""
    colours = palette(mode)
    rows = frame.dropna(subset=["value"]).iloc[::-1]
    slim = len(rows) > LABELLED
    figure = empty_figure(mode, max(140, 48 + (10 if slim else row_height(rows["name"], ROW)) * len(rows)))
    shown = [numbers.value(value, metric.format, metric.decimals, lang) for value in rows["value"]]
    names = [plain(name) for name in rows["name"]]
    positions = list(range(len(rows)))
    units = [str(unit) for unit in rows["unit"]]
    paint = [colours.accent if unit == chosen else colours.peer for unit in rows["unit"]]
    hover = [
        f"{name} · {value} · {numbers.place(rank, len(rows), lang)}"
        for name, value, rank in zip(names, shown, rows["rank"], strict=True)
    ]
    if metric.format in numbers.POINTS:
        figure.add_scatter(
            y=positions, x=rows["value"], mode="markers", marker={"size": 7 if slim else 11, "color": paint}, hoverinfo="text", hovertext=hover, customdata=units, unselected={"marker": {"opacity": 1}},
            cliponaxis=False,
        )  # fmt: skip
        # All at once: Plotly checks everything again with each annotation added alone.
        figure.update_layout(
            annotations=[
                {
                    "x": 1, "xref": "paper", "y": position, "xanchor": "left", "xshift": 6, "showarrow": False, "text": f"<b>{value}</b>" if unit == chosen else value,
                    "font": {"color": colours.accent if unit == chosen else colours.ink, "size": 12},
                }
                for position, value, unit in zip(positions, shown, rows["unit"], strict=True)
                if not slim
            ]
        )  # fmt: skip
    else:
        widest = float(rows["value"].abs().max() or 1)
        inside = [abs(value) > SHORT * widest for value in rows["value"]]
        on_bar = [
            colours.surface if unit == chosen and fits else colours.ink
            for unit, fits in zip(rows["unit"], inside, strict=True)
        ]
        figure.add_bar(
            y=positions, x=rows["value"], orientation="h", marker={"color": paint}, text=None if slim else shown, hoverinfo="text", hovertext=hover, customdata=units, unselected={"marker": {"opacity": 1}},
            textposition=["inside" if fits else "outside" for fits in inside], insidetextanchor="start", textangle=0, constraintext="none",
            textfont={"color": on_bar, "size": 12}, cliponaxis=False,
        )  # fmt: skip
    mark_target(figure, rows, metric, colours, lang)
    mine = [p for p, unit in zip(positions, rows["unit"], strict=True) if unit == chosen]
    labelled = [
        p
        for p, unit in zip(positions, rows["unit"], strict=True)
        if not slim or unit == chosen or (p in (0, len(rows) - 1) and not any(abs(p - own) <= NEAR for own in mine))
    ]
    figure.update_layout(margin={"l": names_room(rows["name"].iloc[labelled]), "r": 56, "t": 26, "b": FOOT})
    figure.update_yaxes(
        automargin=False, tickvals=labelled, ticktext=[name_in_lines(rows["name"].iloc[p], bold=rows["unit"].iloc[p] == chosen) for p in labelled],
        showgrid=metric.format in numbers.POINTS and not slim, range=[-0.7, len(rows) - 0.3], tickfont={"color": colours.ink, "size": 12},
    )  # fmt: skip
    figure.update_xaxes(
        automargin=False, showgrid=False, nticks=5, ticksuffix="%" if metric.format == "percent" else "", tickformat=","
    )
    return figure


def mark_target(figure: go.Figure, rows: pd.DataFrame, metric: Metric, colours: Palette, lang: str) -> None:
    """A dashed line at the target, if the peers share one."""
    targets = list(rows["target"].dropna().unique()) if "target" in rows else []
    if len(targets) != 1:
        return
    label = text(lang, "Target {value}", value=numbers.value(targets[0], metric.format, metric.decimals, lang))
    figure.add_vline(x=targets[0], line={"color": colours.ink, "width": 1, "dash": "dash"})
    figure.add_annotation(
        x=targets[0],
        y=1,
        yref="paper",
        yanchor="bottom",
        text=plain(label),
        showarrow=False,
        font={"color": colours.muted, "size": 12},
    )
