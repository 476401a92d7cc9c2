"""Maps that can be clicked: where the points stand, and what is left of them in a large map."""

from __future__ import annotations

import plotly.graph_objects as go

from charts.cells import MOST, can_be_clicked, cells


def drawn(rows: int, columns: int) -> go.Figure:
    figure = go.Figure(go.Heatmap(z=[[0.0] * columns] * rows))
    hover = [[f"{row} {column}" for column in range(columns)] for row in range(rows)]
    cells(figure, hover, [[[f"r{row}", f"c{column}"] for column in range(columns)] for row in range(rows)])
    return figure


def test_every_cell_holds_a_point_that_says_what_it_means() -> None:
    figure = drawn(2, 3)
    points = figure.data[1]
    assert list(zip(points.x, points.y, points.hovertext, [tuple(one) for one in points.customdata], strict=True))[:4] == [
        (0, 0, "0 0", ("r0", "c0")), (1, 0, "0 1", ("r0", "c1")), (2, 0, "0 2", ("r0", "c2")), (0, 1, "1 0", ("r1", "c0")),
    ]  # fmt: skip
    assert figure.data[0].hoverinfo == "skip"


def test_the_points_take_no_room_around_the_map() -> None:
    figure = drawn(2, 3)
    assert (list(figure.layout.xaxis.range), list(figure.layout.yaxis.range)) == ([-0.5, 2.5], [1.5, -0.5])


def test_a_large_map_says_what_its_cells_are_without_points() -> None:
    figure = drawn(10, MOST // 10 + 1)
    assert not can_be_clicked(10, MOST // 10 + 1)
    (map_,) = figure.data
    assert (map_.hoverinfo, map_.hovertext[1][2]) == ("text", "1 2")
