"""A comparison: several figures of one unit side by side, each against its peers' average and its target."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import AIR, LEADING, add_row_labels, axis_label, category_axis_width, text_width
from charts.months import FOOT
from charts.ranking import axis_range, error_bars
from charts.theme import empty_figure, escape_plotly, palette
from charts.ticks import number_axis
from locales import text

ROW = 44
KEY = 28
"""Ems of the key that fit one line."""


def comparison_chart(
    frame: pd.DataFrame,
    *,
    name: str,
    average: str,
    form: str = "percent",
    decimals: int = 1,
    lang: str = "en",
    mode: str = "light",
) -> go.Figure:
    """Figures of one unit, each a filled dot beside the average (open) and the target (tick).

    frame: label, value, average, target, first row on top; low and high, where there, are intervals, drawn as whiskers;
    form and decimals, where there, say how the row is written.
    Each value stands at the end of its row.
    """
    colours = palette(mode)
    rows = frame.iloc[::-1].reset_index(drop=True)
    figure = empty_figure(mode, max(140, 44 + ROW * len(rows)))
    forms = list(rows["form"]) if "form" in rows else [form] * len(rows)
    places = [int(one) for one in rows["decimals"]] if "decimals" in rows else [decimals] * len(rows)

    def shown(column: str) -> list[str]:
        values = zip(rows[column], forms, places, strict=True)
        return [numbers.format_value(number, one, exact, lang) for number, one, exact in values]

    def hover(title: str, column: str) -> list[str]:
        return [
            f"{escape_plotly(label)} · {escape_plotly(title)} · {value}"
            for label, value in zip(rows["label"], shown(column), strict=True)
        ]

    for index, row in rows.iterrows():
        if numbers.is_known(row["value"]) and numbers.is_known(row["average"]):
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
        y=rows.index,
        x=rows["average"],
        mode="markers",
        hoverinfo="text",
        hovertext=hover(average, "average"),
        marker={"size": 10, "color": colours.surface, "line": {"color": colours.muted, "width": 2}},
    )
    goal = text(lang, "Target")
    figure.add_scatter(
        y=rows.index,
        x=rows["target"],
        mode="markers",
        hoverinfo="text",
        hovertext=hover(goal, "target"),
        marker={"size": 20, "symbol": "line-ns", "line": {"color": colours.ink, "width": 2}},
    )
    figure.add_scatter(
        y=rows.index,
        x=rows["value"],
        mode="markers",
        marker={"size": 12, "color": colours.accent},
        error_x=error_bars(rows, colours.accent),
        hoverinfo="text",
        hovertext=hover(name, "value"),
        cliponaxis=False,
    )
    low, high = axis_range(rows, from_zero=False)
    room = add_row_labels(figure, shown("value"), high, [colours.accent] * len(rows), [True] * len(rows))
    apart = "<br>" if text_width(name + average + goal) > KEY else "   "
    keys = [f'<span style="color:{colours.accent}">●</span> {escape_plotly(name)}']
    keys += [f"○ {escape_plotly(average)}"] if rows["average"].notna().any() else []
    keys += [f"| {escape_plotly(goal)}"] if rows["target"].notna().any() else []
    key = apart.join(keys)
    figure.add_annotation(
        x=0,
        xshift=AIR - category_axis_width(rows["label"]),
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
    top = 28 + LEADING * key.count("<br>")
    figure.update_layout(margin={"l": category_axis_width(rows["label"]), "r": room, "t": top, "b": FOOT})
    figure.update_yaxes(
        automargin=False,
        tickvals=list(rows.index),
        ticktext=[axis_label(label) for label in rows["label"]],
        range=[-0.6, len(rows) - 0.25],
        tickfont={"color": colours.ink},
    )
    alike = forms[0] if len(set(forms)) == 1 else "number"
    figure.update_xaxes(automargin=False, range=[low, high], **number_axis(low, high, alike, lang))
    return figure
