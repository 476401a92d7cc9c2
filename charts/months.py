"""The axis of months: written as 2025-11, few enough to read, never past the last one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import plotly.graph_objects as go

T = TypeVar("T")
FOOT = 26
"""Pixels that the months take below a chart."""
STEPS = (1, 2, 3, 6, 12, 24, 36, 60)


def month_axis(figure: go.Figure, months: Sequence[str], most: int = 4) -> None:
    """At most `most` labels in even steps, counted back from the last month."""
    step = next((step for step in STEPS if -(-len(months) // step) <= most), max(len(months), 1))
    shown = list(months)[::-1][::step][::-1]
    places = [list(months).index(month) for month in shown]
    figure.update_xaxes(
        type="category",
        categoryorder="array",
        categoryarray=list(months),
        tickvals=places,
        ticktext=shown,
        tickangle=0,
        range=[-0.6, len(months) - 0.4],
        showgrid=False,
        automargin=False,
    )


def has_month_axis(figure: go.Figure) -> bool:
    """Whether the figure's horizontal axis is one of months."""
    return bool(figure.layout.xaxis.type == "category")


def join_with_gaps(
    months: Sequence[str], lines: Iterable[Sequence[T | None]], between: T | None = None
) -> tuple[list[str], list[T | None]]:
    """(months, values) of several lines over the same months as one line with gaps.

    Plotly draws one line of many parts much faster than many lines.
    """
    x: list[str] = []
    y: list[T | None] = []
    for line in lines:
        x += [*months, *months[-1:]]
        y += [*line, between]
    return x, y
