"""A map of cells that can be clicked: Plotly selects points only, so that an unseen one stands in each."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.colors import sample_colorscale, unlabel_rgb

from charts.numbers import known

Grid = Sequence[Sequence[float | None]]
INKS = ("#000000", "#FFFFFF")
"""What words on a shade are written in: of black and white one always reads with a contrast of 4.5 or more (WCAG 2.2, 1.4.3)."""
# A click counts anywhere in a cell, not only at its middle.
REACH = 80
# Beyond so many cells they are too small to hit, and the points make the drawing slow.
MOST = 1500


def can_be_clicked(rows: int, columns: int) -> bool:
    """Whether `cells` puts something to click into a map of this size."""
    return rows * columns <= MOST


def shades(
    figure: go.Figure, values: Grid, words: Sequence[Sequence[str]], scale: Sequence[str], least: float, most: float
) -> None:
    """Adds cells [row][column] coloured along `scale` from `least` to `most`, each with its word: one heat map for every ink that the shades ask for,
    because a heat map writes all its words in one."""
    steps = [[at / (len(scale) - 1), colour] for at, colour in enumerate(scale)]
    wide = (most - least) or 1.0
    inks = [[ink_on((value - least) / wide, steps) if known(value) else None for value in line] for line in values]
    used = [ink for ink in INKS if any(ink in line for line in inks)] or [INKS[0]]
    for ink in used:
        mine = [[place for place, chosen in enumerate(line) if chosen == ink] for line in inks]
        z: list[list[float | None]] = [[None] * len(line) for line in values]
        text = [[""] * len(line) for line in values]
        for row, places in enumerate(mine):
            for place in places:
                z[row][place], text[row][place] = values[row][place], words[row][place]
        figure.add_heatmap(
            z=z, x=list(range(len(values[0]) if values else 0)), y=list(range(len(values))), zmin=least, zmax=most, colorscale=steps,
            text=text, texttemplate="%{text}", textfont={"size": 12, "color": ink},
        )  # fmt: skip


def ink_on(shade: float, steps: Sequence[Sequence[object]]) -> str:
    """Of INKS the one with the higher contrast to the colour at `shade` (0..1) of a colour scale, as WCAG 2.2 defines contrast."""
    (ground,) = sample_colorscale([list(step) for step in steps], [min(max(shade, 0.0), 1.0)])
    light = _luminance(unlabel_rgb(ground))
    return INKS[0] if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else INKS[1]


def _luminance(rgb: Sequence[float]) -> float:
    linear = [part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def cells(
    figure: go.Figure, hover: Sequence[Sequence[str]], meant: Sequence[Sequence[Sequence[str]]], *, gap: int = 2
) -> None:
    """Makes one of the figure's `shades`, its rows from the top, with the hover text of each cell [row][column] and, where `can_be_clicked`, a point
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
