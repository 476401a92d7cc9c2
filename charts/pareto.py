"""The Pareto: segments by size, with each one's share and what they make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.labels import AIR, EM, END, TICK, axis_label, category_axis_width, row_height, text_width
from charts.theme import empty_figure, escape_plotly, palette
from locales import text

ROW = 26
VITAL = 80.0
NARROWEST, LEAST = 356, 24
"""Pixels of a chart on a phone, or beside another, and of its longest bar there."""


def pareto_chart(
    frame: pd.DataFrame, *, lang: str = "en", mode: str = "light", most: int = 12, chosen: str | None = None
) -> go.Figure:
    """Segments by size; those that together make the first 80 per cent are darker.

    frame: label, value; before (the size in the period before), where there, makes each label say its change;
    segment (its code), where there, is the customdata of a bar, and the `chosen` one is accented.
    Beyond `most` segments the rest is summed as "Other".
    """
    colours = palette(mode)
    rows = frame.dropna(subset=["value"]).sort_values(["value", "label"], ascending=[False, True])
    rest = rows.iloc[most:]
    rows = rows.iloc[:most]
    if len(rest):
        more = {"label": text(lang, "Other ({count} more)", count=len(rest)), "value": rest["value"].sum()}
        if "before" in rest:
            more["before"] = rest["before"].sum(min_count=1)
        rows = pd.concat([rows, pd.DataFrame([more])], ignore_index=True)
    total = rows["value"].sum() or 1.0
    shares = 100 * rows["value"] / total
    together = shares.cumsum()
    sizes = [numbers.format_value(v, "count", 0, lang) for v in rows["value"]]
    if "before" in rows:
        moved = [
            numbers.format_difference(v - b, "count", 0, lang)
            for v, b in zip(rows["value"], rows["before"], strict=True)
        ]
        sizes = [
            f"{size} ({step})" if step != numbers.MISSING else size for size, step in zip(sizes, moved, strict=True)
        ]
    short = [f"{size} · {numbers.format_percent(share)}" for size, share in zip(sizes, shares, strict=True)]
    summed = [numbers.format_percent(share, 0) for share in together]
    full = [
        text(lang, "{label} · cum. {together}", label=label, together=one)
        for label, one in zip(short, summed, strict=True)
    ]
    hover = [
        text(lang, "{label} · together {together}", label=label, together=one)
        for label, one in zip(short, summed, strict=True)
    ]
    wide = TICK if _fits(rows["label"], short, TICK) else END
    labels = full if _fits(rows["label"], full, wide) else short
    codes = list(rows["segment"].fillna("")) if "segment" in rows else [""] * len(rows)
    paint = [colours.muted if t - s < VITAL else colours.peer for t, s in zip(together, shares, strict=True)]
    paint[most:] = [colours.peer] * len(paint[most:])
    paint = [colours.accent if chosen and code == chosen else colour for code, colour in zip(codes, paint, strict=True)]
    figure = empty_figure(mode, max(120, 16 + row_height(rows["label"], ROW, wide) * len(rows)))
    figure.add_bar(
        y=list(range(len(rows))),
        x=rows["value"],
        orientation="h",
        marker={"color": paint},
        text=labels,
        textposition="outside",
        textfont={"color": colours.ink},
        cliponaxis=False,
        customdata=codes,
        unselected={"marker": {"opacity": 1}},
        hoverinfo="text",
        hovertext=[f"{escape_plotly(n)} · {x}" for n, x in zip(rows["label"], hover, strict=True)],
    )
    figure.update_layout(margin={"l": category_axis_width(rows["label"], wide), "r": _room(labels), "t": 4, "b": 4})
    figure.update_yaxes(
        automargin=False,
        tickvals=list(range(len(rows))),
        ticktext=[axis_label(label, wide) for label in rows["label"]],
        range=[len(rows) - 0.5, -0.5],
        showgrid=False,
        tickfont={"color": colours.ink, "size": 12},
    )
    figure.update_xaxes(range=[0, float(rows["value"].max() if len(rows) else 0) or 1.0], visible=False)
    return figure


def _room(labels: Sequence[str]) -> float:
    """Pixels beside the longest bar for any of the labels."""
    return AIR + EM * max(map(text_width, labels), default=0.0)


def _fits(names: Iterable[object], labels: Sequence[str], wide: float) -> bool:
    """Whether names in lines of `wide` ems and the labels leave bars room where the chart is narrowest."""
    return category_axis_width(names, wide) + _room(labels) + LEAST <= NARROWEST
