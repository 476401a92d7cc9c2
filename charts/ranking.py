"""The ranking: every peer by its value, best on top, the chosen unit accented."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import AIR, add_row_labels, axis_label, category_axis_width, row_height
from charts.months import FOOT
from charts.theme import Palette, empty_figure, escape_plotly, palette
from charts.ticks import number_axis
from locales import text
from metrics.model.metric import Metric

ROW = 22
LABELLED = 40
TICK = 18
NEAR = 2
"""Slim rows between two names, so that they do not meet."""
WIDER = 0.06
"""Of the width: air beside the lowest and the highest."""


def ranking_chart(
    frame: pd.DataFrame, metric: Metric, *, chosen: str | None = None, lang: str = "en", mode: str = "light"
) -> go.Figure:
    """Every peer by its value, best on top.

    frame: unit, name, value, target, rank, best first; peers, where some are left out; low and high, where there, are
    intervals.
    Counts and rates are bars from zero, shares and scores are dots.
    """
    colours = palette(mode)
    rows = frame.dropna(subset=["value"]).iloc[::-1]
    slim = len(rows) > LABELLED
    figure = empty_figure(mode, max(140, 48 + (10 if slim else row_height(rows["name"], ROW)) * len(rows)))
    shown = numbers.format_column(rows["value"], metric.format, metric.decimals, lang)
    positions = list(range(len(rows)))
    paint = [colours.accent if unit == chosen else colours.peer for unit in rows["unit"]]
    marks = {
        "y": positions,
        "x": rows["value"],
        "error_x": error_bars(rows, colours.muted),
        "customdata": [str(unit) for unit in rows["unit"]],
        "hoverinfo": "text",
        "hovertext": hover_texts(rows, metric, shown, lang),
        "unselected": {"marker": {"opacity": 1}},
        "cliponaxis": False,
    }
    dots = metric.format in numbers.POINT_FORMATS
    if dots:
        figure.add_scatter(mode="markers", marker={"size": 7 if slim else 11, "color": paint}, **marks)
    else:
        figure.add_bar(orientation="h", marker={"color": paint}, **marks)
    low, high = axis_range(rows, from_zero=not dots)
    own = [unit == chosen for unit in rows["unit"]]
    room = (
        AIR
        if slim
        else add_row_labels(figure, shown, high, [colours.accent if mine else colours.ink for mine in own], own)
    )
    add_target(figure, rows, metric, colours, lang)
    mine = [p for p, unit in zip(positions, rows["unit"], strict=True) if unit == chosen]
    labelled = [
        p
        for p, unit in zip(positions, rows["unit"], strict=True)
        if not slim or unit == chosen or (p in (0, len(rows) - 1) and not any(abs(p - own) <= NEAR for own in mine))
    ]
    figure.update_layout(margin={"l": category_axis_width(rows["name"].iloc[labelled]), "r": room, "t": 26, "b": FOOT})
    figure.update_yaxes(
        automargin=False,
        tickvals=labelled,
        ticktext=[axis_label(rows["name"].iloc[p], bold=rows["unit"].iloc[p] == chosen) for p in labelled],
        showgrid=dots and not slim,
        range=[-0.7, len(rows) - 0.3],
        tickfont={"color": colours.ink, "size": 12},
    )
    figure.update_xaxes(
        automargin=False, showgrid=False, range=[low, high], **number_axis(low, high, metric.format, lang, 5)
    )
    return figure


def error_bars(rows: pd.DataFrame, colour: str) -> dict[str, Any] | None:
    """The interval of each value as Plotly draws it: from `low` to `high`; None where none is known."""
    if not {"low", "high"} <= set(rows.columns) or rows[["low", "high"]].isna().all(axis=None):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": (rows["high"] - rows["value"]).fillna(0.0),
        "arrayminus": (rows["value"] - rows["low"]).fillna(0.0),
        "color": colour,
        "thickness": 1,
        "width": 0,
    }


def hover_texts(rows: pd.DataFrame, metric: Metric, shown: Sequence[str], lang: str) -> list[str]:
    """What each row says when pointed at: name, value, interval, place."""

    def interval(row: Mapping[Hashable, Any]) -> str:
        if not numbers.is_known(row.get("low")) or not numbers.is_known(row.get("high")):
            return ""
        ends = [numbers.format_value(row[end], metric.format, metric.decimals, lang) for end in ("low", "high")]
        return text(lang, "95%: {low} to {high}", low=ends[0], high=ends[1])

    return [
        " · ".join(
            part
            for part in (
                escape_plotly(row["name"]),
                value,
                interval(row),
                numbers.format_rank(row["rank"], row.get("peers", len(rows)), lang),
            )
            if part
        )
        for value, row in zip(shown, rows.to_dict("records"), strict=True)
    ]


def axis_range(rows: pd.DataFrame, from_zero: bool) -> tuple[float, float]:
    """From where to where the values, their whiskers, averages and targets reach, with some air; from zero for bars."""
    found = rows[[name for name in ("value", "low", "high", "average", "target") if name in rows]].to_numpy(dtype=float)
    found = found[np.isfinite(found)]
    if not len(found):
        return 0.0, 1.0
    low, high = float(found.min()), float(found.max())
    if from_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    air = WIDER * (high - low) or abs(high) * WIDER or 1.0
    return (low if from_zero and low == 0.0 else low - air, high if from_zero and high == 0.0 > low else high + air)


def add_target(figure: go.Figure, rows: pd.DataFrame, metric: Metric, colours: Palette, lang: str) -> None:
    """A dashed line at the target that all rows share; otherwise a tick on each row that has its own."""
    targets = rows["target"] if "target" in rows else pd.Series(dtype=float)
    if targets.notna().sum() == 0:
        return
    shown = [
        text(lang, "Target {value}", value=numbers.format_value(goal, metric.format, metric.decimals, lang))
        for goal in targets
    ]
    note = {
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": colours.muted, "size": 12},
    }
    if targets.nunique(dropna=False) == 1:
        figure.add_vline(x=targets.iloc[0], line={"color": colours.ink, "width": 1, "dash": "dash"})
        figure.add_annotation(x=targets.iloc[0], text=escape_plotly(shown[0]), **note)
        return
    hover = [f"{escape_plotly(name)} · {escape_plotly(goal)}" for name, goal in zip(rows["name"], shown, strict=True)]
    figure.add_scatter(
        x=targets,
        y=list(range(len(rows))),
        mode="markers",
        marker={"symbol": "line-ns", "size": TICK, "line": {"color": colours.ink, "width": 2}},
        hoverinfo="text",
        hovertext=hover,
        cliponaxis=False,
    )
    figure.add_annotation(x=0, xref="paper", xanchor="left", text=f"| {escape_plotly(text(lang, 'Target'))}", **note)
