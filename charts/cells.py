"""Cells of a map that can be clicked: Plotly selects points only, so that an unseen one stands in each."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

# A click counts anywhere in a cell, not only at its middle.
REACH = 80


def clickable(figure: go.Figure, hover: Sequence[Sequence[str]], meant: Sequence[Sequence[Sequence[str]]]) -> None:
    """Puts a point into each cell [row][column], with its hover text and, as customdata, what a click on it means."""
    places = [(column, row) for row, line in enumerate(meant) for column in range(len(line))]
    figure.add_scatter(
        x=[column for column, _ in places], y=[row for _, row in places], mode="markers", marker={"size": 18, "opacity": 0}, hoverinfo="text",
        hovertext=[hover[row][column] for column, row in places], customdata=[list(meant[row][column]) for column, row in places],
        selected={"marker": {"opacity": 0}}, unselected={"marker": {"opacity": 0}},
    )  # fmt: skip
    figure.update_layout(hovermode="closest", hoverdistance=REACH)
