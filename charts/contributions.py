"""Why a figure changed: each part's contribution as a bar to the better or the worse side.

Together they are the change.
"""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import AIR, EM, axis_label, category_axis_width, row_height, text_width
from charts.theme import empty_figure, escape_plotly, palette
from metrics.model.metric import Metric

ROW = 30
MOST = 10


def contributions_chart(
    frame: pd.DataFrame, metric: Metric, *, rest: str, lang: str = "en", mode: str = "light", most: int = MOST
) -> go.Figure:
    """Each part's contribution to a change, as a bar.

    frame: name, within, mix, total, largest first.
    rest: name of the bar that sums what lies beyond `most` parts.
    """
    colours = palette(mode)
    rows = frame[["name", "within", "mix", "total"]].copy()
    if len(rows) > most:
        others = rows.iloc[most - 1 :][["within", "mix", "total"]].sum()
        rows = pd.concat([rows.iloc[: most - 1], pd.DataFrame([{"name": rest, **others.to_dict()}])], ignore_index=True)
    rows = rows.iloc[::-1].reset_index(drop=True)
    figure = empty_figure(mode, max(140, 40 + row_height(rows["name"], ROW) * len(rows)))
    shown = [numbers.format_difference(value, metric.format, 2, lang) for value in rows["total"]]
    good = {"higher": 1, "lower": -1}.get(metric.better, 0)
    paint = [
        colours.muted if not good or value == 0 else colours.better if value * good > 0 else colours.worse
        for value in rows["total"]
    ]
    hover = [
        f"{escape_plotly(name)} · {numbers.format_difference(within, metric.format, 3, lang)} + "
        f"{numbers.format_difference(mix, metric.format, 3, lang)}"
        for name, within, mix in zip(rows["name"], rows["within"], rows["mix"], strict=True)
    ]
    figure.add_bar(
        y=list(range(len(rows))),
        x=rows["total"],
        orientation="h",
        marker={"color": paint},
        text=shown,
        textposition="outside",
        cliponaxis=False,
        textfont={"color": colours.ink, "size": 12},
        hoverinfo="text",
        hovertext=hover,
    )
    low, high = (
        (min(0.0, float(rows["total"].min())), max(0.0, float(rows["total"].max()))) if len(rows) else (0.0, 1.0)
    )
    figure.update_xaxes(showgrid=False, showticklabels=False, range=[low, high if high > low else 1.0])
    # A value stands beyond its bar: left of the plot, between it and the names, or right of it.
    room = round(EM * max((text_width(value) for value in shown), default=0.0)) + AIR
    left = room if low < 0 else 0
    figure.add_vline(x=0, line={"color": colours.rule, "width": 1})
    figure.update_layout(margin={"l": category_axis_width(rows["name"]) + left, "r": room})
    # The axis line would run through the values of bars that reach beyond it.
    figure.update_yaxes(
        showline=False,
        automargin=False,
        ticklabelstandoff=left,
        tickvals=list(range(len(rows))),
        ticktext=[axis_label(name) for name in rows["name"]],
        tickfont={"color": colours.ink, "size": 12},
    )
    return figure
