"""The waterfall: from a whole, step by step, to what is left of it."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from charts import numbers
from charts.theme import empty_figure, escape_plotly, palette


def waterfall_chart(
    steps: Sequence[tuple[str, float]], end: str, *, lang: str = "en", mode: str = "light", height: int = 280
) -> go.Figure:
    """A waterfall from a whole to what is left of it.

    steps: (label, amount); the first is the whole, the others change it.
    end: label of the last bar, what they come to.
    """
    colours = palette(mode)
    whole, *changes = steps
    left = sum(amount for _, amount in steps)
    amounts = [whole[1], *(amount for _, amount in changes), left]
    labels = [whole[0], *(label for label, _ in changes), end]
    written = numbers.format_column(amounts, "count", 0, lang)
    words = [
        f"{amount} · {numbers.format_percent(100 * number / whole[1])}" if whole[1] else amount
        for amount, number in zip(written, amounts, strict=True)
    ]
    figure = empty_figure(mode, height)
    figure.add_waterfall(
        x=[escape_plotly(label) for label in labels],
        y=amounts,
        measure=["absolute", *("relative" for _ in changes), "total"],
        text=[one.replace(" · ", "<br>") for one in words],
        textposition="outside",
        constraintext="none",
        cliponaxis=False,
        hoverinfo="text",
        hovertext=[f"{escape_plotly(label)} · {shown}" for label, shown in zip(labels, words, strict=True)],
        connector={"line": {"color": colours.rule, "width": 1}},
        decreasing={"marker": {"color": colours.worse}},
        increasing={"marker": {"color": colours.better}},
        totals={"marker": {"color": colours.accent}},
    )
    figure.update_layout(margin={"l": 8, "r": 8, "t": 40, "b": 8})
    figure.update_yaxes(visible=False, rangemode="tozero")
    return figure
