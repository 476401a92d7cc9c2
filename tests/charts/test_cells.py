"""Maps that can be clicked: where the points stand, and what is left of them in a large map."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest
from plotly.colors import sample_colorscale, unlabel_rgb

from charts.cells import MOST, can_be_clicked, cells, ink_on, shades
from charts.heat_map import SCALE
from tests.charts.test_theme import contrast


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


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_read_well_on_every_shade(mode: str) -> None:
    steps = [[at / 2, colour] for at, colour in enumerate(SCALE[mode])]
    for place in range(101):
        (ground,) = sample_colorscale(steps, [place / 100])
        assert (
            contrast(ink_on(place / 100, steps), "#" + "".join(f"{round(part):02X}" for part in unlabel_rgb(ground)))
            >= 4.5
        ), place


def test_every_cell_is_drawn_once_with_its_word() -> None:
    figure = go.Figure()
    shades(
        figure, [[0.0, None, 1.0], [float("nan"), 0.5, 0.2]], [["a", "b", "c"], ["d", "e", "f"]], SCALE["light"], 0, 1
    )
    drawn = sorted(
        (z, word)
        for map_ in figure.data
        for line, words in zip(map_.z, map_.text, strict=True)
        for z, word in zip(line, words, strict=True)
        if z is not None
    )
    assert drawn == [(0.0, "a"), (0.2, "f"), (0.5, "e"), (1.0, "c")]
