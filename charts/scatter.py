"""The scatter: two figures of every unit against each other, the chosen one accented, the ends of the cloud named."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.point_labels import place_labels
from charts.theme import empty_figure, escape_plotly, palette
from charts.ticks import number_axis

NAMED = 12
"""Units up to which every point is named; above that only the chosen one and the ends."""
ENDS = 3
TOP, BELOW = 8, 44
"""Pixels above and below the plot."""
AIR = 0.12
"""Around all points, as a part of what they span."""


def scatter_chart(
    frame: pd.DataFrame,
    *,
    x_title: str,
    y_title: str,
    forms: tuple[str, str] = ("score", "score"),
    chosen: str | None = None,
    lang: str = "en",
    mode: str = "light",
    height: int = 340,
) -> go.Figure:
    """Two figures of every unit against each other; dashed lines are the medians.

    frame: unit, name, x, y; rows without either are left out.
    customdata of a point: its unit.
    """
    colours = palette(mode)
    rows = frame.dropna(subset=["x", "y"]).reset_index(drop=True)
    figure = empty_figure(mode, height)
    mine = rows["unit"] == chosen
    ends = pd.Series(len(rows) <= NAMED, index=rows.index)
    for column in ("x", "y"):
        order = rows[column].sort_values().index
        ends |= rows.index.isin([*order[:1], *order[-ENDS:]])
    x_form, y_form = forms
    hover = [
        f"{escape_plotly(name)} · {escape_plotly(x_title)} {numbers.format_value(x, x_form, 2, lang)} "
        f"· {escape_plotly(y_title)} "
        f"{numbers.format_value(y, y_form, 2, lang)}"
        for name, x, y in zip(rows["name"], rows["x"], rows["y"], strict=True)
    ]
    (left, right), (low, high) = _span(rows["x"]), _span(rows["y"])
    names, sides = place_labels(
        [((x - left) / (right - left), (y - low) / (high - low)) for x, y in zip(rows["x"], rows["y"], strict=True)],
        [str(name) for name in rows["name"]],
        [place for place, end in enumerate(ends) if end],
        height - TOP - BELOW,
        chosen=next((place for place, own in enumerate(mine) if own), None),
    )
    figure.add_scatter(
        x=rows["x"],
        y=rows["y"],
        mode="markers+text",
        text=names,
        textposition=sides,
        textfont={"size": 12, "color": colours.ink},
        cliponaxis=False,
        marker={
            "opacity": 1,
            "size": [12 if own else 8 for own in mine],
            "color": [colours.accent if own else colours.peer for own in mine],
        },
        hoverinfo="text",
        hovertext=hover,
        customdata=list(rows["unit"]),
        unselected={"marker": {"opacity": 1}, "textfont": {"color": colours.ink}},
    )
    if len(rows) > 1:
        figure.add_vline(x=rows["x"].median(), line={"color": colours.rule, "width": 1, "dash": "dash"}, layer="below")
        figure.add_hline(y=rows["y"].median(), line={"color": colours.rule, "width": 1, "dash": "dash"}, layer="below")
    figure.update_layout(margin={"l": 8, "r": 24, "t": TOP, "b": 8})
    figure.update_xaxes(range=[left, right], title=escape_plotly(x_title), **number_axis(left, right, x_form, lang))
    figure.update_yaxes(range=[low, high], title=escape_plotly(y_title), **number_axis(low, high, y_form, lang))
    return figure


def _span(values: pd.Series) -> tuple[float, float]:
    """What an axis shows, so that no point stands at its end."""
    if values.empty:
        return 0.0, 1.0
    low, high = float(values.min()), float(values.max())
    air = AIR * (high - low) or 1.0
    return low - air, high + air
