"""The axis of months: written as 2025-11, few enough to read, never past the last one."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

STEPS = (1, 2, 3, 6, 12, 24, 36, 60)


def month_axis(figure: go.Figure, months: Sequence[str], most: int = 4) -> None:
    """At most `most` labels in even steps, counted back from the last month."""
    step = next((step for step in STEPS if -(-len(months) // step) <= most), max(len(months), 1))
    shown = list(months)[::-1][::step][::-1]
    places = [list(months).index(month) for month in shown]
    figure.update_xaxes(
        type="category", categoryorder="array", categoryarray=list(months), tickvals=places, ticktext=shown, tickangle=0,
        range=[-0.6, len(months) - 0.4], showgrid=False,
    )  # fmt: skip


def by_month(figure: go.Figure) -> bool:
    """Whether the figure's horizontal axis is one of months."""
    return bool(figure.layout.xaxis.type == "category")
