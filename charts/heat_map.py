"""The heat map: every metric by every unit, each cell the place among the peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.cells import cells as draw_cells
from charts.cells import shades
from charts.labels import column_titles
from charts.theme import empty_figure, palette, plain
from metrics.metric import Metric

SCALE = {"light": ("#0B7285", "#9CCBD3", "#EEF2F6"), "dark": ("#3BC9DB", "#1F5F6B", "#1E2833")}
CROWDED = 24


def heat_map(
    frame: pd.DataFrame,
    metrics: Sequence[Metric],
    units: Mapping[str, str],
    *,
    chosen: str | None = None,
    lang: str = "en",
    mode: str = "light",
) -> go.Figure:
    """`frame`: unit, metric, value, rank, peers. Rows are `metrics` from the top, columns `units` (code -> name); the darker the better the place.
    customdata of a cell: its unit and metric."""
    colours = palette(mode)
    crowded = len(units) > CROWDED
    by_cell = frame.drop_duplicates(["metric", "unit"]).set_index(["metric", "unit"]).to_dict("index")
    places: list[list[float | None]] = []
    words: list[list[str]] = []
    hover: list[list[str]] = []
    for metric in metrics:
        cells = [by_cell.get((metric.code, unit), {}) for unit in units]
        ranks = [cell.get("rank") for cell in cells]
        peers = [cell.get("peers") for cell in cells]
        places.append(
            [
                (r - 1) / max(p - 1, 1) if numbers.known(r) and numbers.known(p) else None
                for r, p in zip(ranks, peers, strict=True)
            ]
        )
        words.append(["" if crowded or not numbers.known(rank) else str(int(rank)) for rank in ranks])
        hover.append([
            f"{plain(name)} · {plain(metric.name.to(lang))} · {numbers.value(cell.get('value'), metric.format, metric.decimals, lang)} · "
            f"{numbers.place(cell.get('rank'), cell.get('peers'), lang)}"
            for name, cell in zip(units.values(), cells, strict=True)
        ])  # fmt: skip
    names = list(units.items())
    seen = [i for i, (unit, _) in enumerate(names) if not crowded or unit == chosen]
    titles, angle, head = column_titles([names[i][1] for i in seen], [names[i][0] == chosen for i in seen])
    figure = empty_figure(mode, 28 + head + 24 * len(metrics))
    shades(figure, places, words, SCALE[mode], 0, 1)
    # Between the cells of hundreds of units a gap would be all there is.
    draw_cells(figure, hover, [[[unit, metric.code] for unit in units] for metric in metrics], gap=0 if crowded else 2)
    figure.update_xaxes(
        tickvals=seen,
        ticktext=titles,
        tickfont={"color": colours.ink},
        tickangle=angle,
        autotickangles=[0, -90],
    )
    figure.update_yaxes(
        tickvals=list(range(len(metrics))), ticktext=[plain(metric.name.to(lang)) for metric in metrics],
        tickfont={"color": colours.ink, "size": 12},
    )  # fmt: skip
    figure.update_layout(margin={"t": head, "b": 8})
    return figure
