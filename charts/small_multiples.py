"""Small multiples: one metric of several units, a panel each, all on one scale.

All panels are parts of one plot, each moved to its place: Plotly takes many times as long for axes of their own.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts import numbers
from charts.labels import LEADING, axis_label, value_axis_width, wrap_name
from charts.months import FOOT, STEPS, join_with_gaps
from charts.theme import empty_figure, escape_plotly, palette, with_alt_text
from charts.ticks import round_ticks
from metrics.model.metric import Metric

PANEL, TITLE = 112, 36
MOST_ACROSS = 4
WIDTH = 28
"""Ems of all panels side by side on a phone: names that fit there fit everywhere."""
GAP = 0.1
"""Between two panels, as a part of their width."""
MONTHS, TICKS = 3, 4
"""At most so many months are named below a panel, and numbers beside one."""


@dataclass(frozen=True)
class _Grid:
    """Where panels stand: `wide` months and `span` of the axis each, `across` in a row, a `head` (in parts of a panel's
    height) above each for its name.
    """

    across: int
    wide: int
    low: float
    span: float
    head: float

    def x(self, panel: int, month: int) -> float:
        return (panel % self.across) * self.wide * (1 + GAP) + month

    def y(self, panel: int, value: float | None) -> float | None:
        """The value moved to its panel's row; the first row stands where the axis says."""
        return value - (panel // self.across) * self.span * (1 + self.head) if numbers.is_known(value) else None

    def line(self, panel: int, values: Sequence[float | None]) -> tuple[list[float], list[float | None]]:
        return [self.x(panel, month) for month in range(len(values))], [self.y(panel, value) for value in values]


def small_multiples(
    values: Mapping[str, Sequence[float | None]],
    months: Sequence[str],
    metric: Metric,
    *,
    targets: Mapping[str, float] | None = None,
    across: int = 3,
    lang: str = "en",
    mode: str = "light",
) -> go.Figure:
    """A panel for each unit, the other units in grey behind its own line.

    values: name -> one value a month.
    targets: name -> the height of a dashed line in its panel.
    across: panels in a row.
    """
    colours, goals = palette(mode), targets or {}
    names, across = list(values), max(1, min(across, MOST_ACROSS, len(values)))
    down = -(-len(names) // across)
    low, high = _scale([*(value for line in values.values() for value in line), *goals.values()])
    lasts = [
        _shown(next((value for value in reversed(list(line)) if numbers.is_known(value)), None), metric, lang)
        for line in values.values()
    ]
    most = WIDTH / across
    title = TITLE + LEADING * (max((len(wrap_name(name, most)) for name in names), default=1) - 1)
    grid = _Grid(across, len(months), low, high - low, title / PANEL)
    figure = empty_figure(mode, title + down * PANEL + (down - 1) * title + FOOT)
    behind = [
        grid.line(panel, line) for panel, name in enumerate(names) for other, line in values.items() if other != name
    ]
    _draw(figure, behind, line={"color": colours.peer, "width": 1}, hoverinfo="skip")
    dashed = [grid.line(panel, [goals[name]] * len(months)) for panel, name in enumerate(names) if name in goals]
    _draw(figure, dashed, line={"color": colours.ink, "width": 1, "dash": "dash"}, hoverinfo="skip")
    hover = [
        [
            f"{escape_plotly(name)} · {month} · {_shown(value, metric, lang)}"
            for month, value in zip(months, line, strict=True)
        ]
        for name, line in values.items()
    ]
    _draw(
        figure,
        [grid.line(panel, line) for panel, line in enumerate(values.values())],
        mode="lines+markers",
        line={"color": colours.accent, "width": 2.5},
        marker={"size": 4},
        hoverinfo="text",
        hovertext=join_with_gaps(months, hover, "")[1],
    )
    figure.update_layout(
        annotations=[
            {
                "x": grid.x(panel, 0),
                "y": grid.y(panel, high),
                "xanchor": "left",
                "yanchor": "bottom",
                "showarrow": False,
                "align": "left",
                "text": f"{axis_label(name, most, bold=True)}  {last}",
                "font": {"color": colours.ink, "size": 12},
            }
            for panel, (name, last) in enumerate(zip(names, lasts, strict=True))
        ]
    )
    suffix = "%" if metric.format == "percent" else ""
    ticks = list(round_ticks(low, high, TICKS))
    decimals = max(0, -math.floor(math.log10(ticks[1] - ticks[0]) + 1e-9)) if len(ticks) > 1 else 0
    large = numbers.is_large(high, metric.format, lang)
    written = numbers.format_ticks(ticks, lang) if large else [f"{tick:,.{decimals}f}{suffix}" for tick in ticks]
    rows = range(0, down * across, across)
    figure.update_yaxes(
        automargin=False,
        range=[grid.y(rows[-1], low), high],
        tickvals=[grid.y(row, tick) for row in rows for tick in ticks],
        ticktext=written * len(rows),
    )
    step = next((step for step in STEPS if -(-len(months) // step) <= MONTHS), len(months))
    named = range(len(months) - 1, -1, -step)
    figure.update_xaxes(
        automargin=False,
        showgrid=False,
        range=[-0.5, grid.x(across - 1, len(months)) - 0.5],
        tickangle=0,
        tickvals=[grid.x(panel, month) for panel in range(across) for month in named],
        ticktext=[months[month] for _ in range(across) for month in named],
    )
    figure.update_layout(
        margin={"l": value_axis_width(low, high, suffix, written=written), "r": 24, "t": title, "b": FOOT}
    )
    words = "; ".join(f"{name}: {last}" for name, last in zip(names, lasts, strict=True))
    return with_alt_text(figure, f"{metric.name.to(lang)}. {words}")


def _draw(figure: go.Figure, parts: Sequence[tuple[list[float], list[float | None]]], **look: object) -> None:
    """Lines as one with gaps."""
    x: list[float | None] = []
    y: list[float | None] = []
    for places, heights in parts:
        x += [*places, None]
        y += [*heights, None]
    if parts:
        figure.add_scatter(x=x, y=y, **{"mode": "lines", **look})


def _shown(value: float | None, metric: Metric, lang: str) -> str:
    return numbers.format_value(value, metric.format, metric.decimals, lang)


def _scale(values: Sequence[float | None]) -> tuple[float, float]:
    """One range for all panels, with some air; it begins at zero only where the values nearly do."""
    known = [float(value) for value in values if numbers.is_known(value)]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    air = 0.1 * (high - low) or abs(high) * 0.05 or 1.0
    return (0.0 if 0 <= low < air else low - air), high + air
