"""A map of cells that can be clicked: Plotly selects points only, so that an unseen one stands in each."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

# A click counts anywhere in a cell, not only at its middle.
REACH = 80
# Beyond so many cells they are too small to hit, and the points make the drawing slow.
MOST = 1500


def can_be_clicked(rows: int, columns: int) -> bool:
    """Whether `cells` puts something to click into a map of this size."""
    return rows * columns <= MOST


def cells(
    figure: go.Figure, hover: Sequence[Sequence[str]], meant: Sequence[Sequence[Sequence[str]]], *, gap: int = 2
) -> None:
    """Makes one of the figure's heat map, its rows from the top, with the hover text of each cell [row][column] and, where `can_be_clicked`, a point
    in it whose customdata says what a click on it means."""
    rows, columns = len(meant), max((len(line) for line in meant), default=0)
    clickable = can_be_clicked(rows, columns)
    figure.update_traces(
        xgap=gap, ygap=2, showscale=False, hoverinfo="skip" if clickable else "text", hovertext=None if clickable else [list(line) for line in hover],
    )  # fmt: skip
    if clickable:
        places = [(column, row) for row, line in enumerate(meant) for column in range(len(line))]
        figure.add_scatter(
            x=[column for column, _ in places], y=[row for _, row in places], mode="markers", marker={"size": 18, "opacity": 0}, hoverinfo="text",
            hovertext=[hover[row][column] for column, row in places], customdata=[list(meant[row][column]) for column, row in places],
            selected={"marker": {"opacity": 0}}, unselected={"marker": {"opacity": 0}},
        )  # fmt: skip
        figure.update_layout(hovermode="closest", hoverdistance=REACH)
    # Points would leave room for themselves around the map.
    figure.update_xaxes(side="top", showgrid=False, range=[-0.5, columns - 0.5])
    figure.update_yaxes(showgrid=False, range=[rows - 0.5, -0.5])
