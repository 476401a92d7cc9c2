"""The segment map: one figure for every segment in every unit, the darker the more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.cells import cells as draw_cells
from charts.cells import shades
from charts.labels import column_titles, name_in_lines, row_height
from charts.theme import empty_figure, plain
from metrics.metric import Metric

SCALE = {"light": ("#EEF2F6", "#9CCBD3", "#0B7285"), "dark": ("#1E2833", "#1F5F6B", "#3BC9DB")}
ROW = 26
FINER = 1
"""A part is smaller than the whole: one more decimal tells parts apart."""


def segment_map(
    frame: pd.DataFrame, metric: Metric, *, units: Mapping[str, str], segments: Sequence[tuple[str, str]], lang: str = "en", mode: str = "light"
) -> go.Figure:  # fmt: skip
    """`frame`: unit, segment, numerator, value. Rows are `units` (code -> name) from the top, columns `segments` (code, label).
    customdata of a cell: its unit and segment."""
    cells = frame.set_index(["unit", "segment"])
    values, counts = cells["value"].to_dict(), cells["numerator"].to_dict()
    codes = [code for code, _ in segments]
    grid = [[values.get((unit, code)) for code in codes] for unit in units]
    words = [
        [
            "" if not numbers.known(value) else numbers.value(value, metric.format, metric.decimals + FINER, lang)
            for value in row
        ]
        for row in grid
    ]
    hover = [
        [f"{plain(name)} · {plain(label)} · {shown or numbers.MISSING} · n = {numbers.decimal(counts.get((unit, code)))}" for (code, label), shown in zip(segments, row, strict=True)]
        for (unit, name), row in zip(units.items(), words, strict=True)
    ]  # fmt: skip
    titles, angle, head = column_titles([label for _, label in segments], [False] * len(segments))
    figure = empty_figure(mode, 20 + head + row_height(units.values(), ROW) * len(units))
    most = max((value for row in grid for value in row if numbers.known(value)), default=1.0)
    shades(figure, grid, words, SCALE[mode], 0, most)
    draw_cells(figure, hover, [[[unit, code] for code in codes] for unit in units])
    figure.update_xaxes(tickvals=list(range(len(codes))), ticktext=titles, tickangle=angle, autotickangles=[0, -90])
    figure.update_yaxes(
        tickvals=list(range(len(units))),
        ticktext=[name_in_lines(name) for name in units.values()],
    )
    figure.update_layout(margin={"t": head, "b": 8})
    return figure
