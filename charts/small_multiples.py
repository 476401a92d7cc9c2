"""Small multiples: one metric of several units, a panel each, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts import numbers
from charts.labels import LEADING, ems, lines, name_in_lines, numbers_room
from charts.months import FOOT, as_one, month_axis
from charts.theme import described, empty_figure, palette, plain
from metrics.metric import Metric

PANEL, TITLE = 112, 36
MOST_ACROSS = 4
WIDTH = 72
"""Ems of all panels side by side."""


def small_multiples(
    values: Mapping[str, Sequence[float | None]], months: Sequence[str], metric: Metric, *, targets: Mapping[str, float] | None = None, across: int = 3, lang: str = "en",
    mode: str = "light",
) -> go.Figure:  # fmt: skip
    """`values`: name -> one value a month; every panel shows the other units in grey behind its own line. targets: name -> a dashed line in its panel."""
    colours = palette(mode)
    across = max(1, min(across, MOST_ACROSS, len(values)))
    down = -(-len(values) // across)
    known = [float(value) for line in values.values() for value in line if numbers.known(value)]
    lasts = {name: _shown(next((value for value in reversed(list(line)) if numbers.known(value)), None), metric, lang) for name, line in values.items()}  # fmt: skip
    goals = targets or {}
    low, high = _scale([*known, *goals.values()])
    suffix = "%" if metric.format == "percent" else ""
    most = WIDTH / across - max((ems(last) for last in lasts.values()), default=0.0)
    title = TITLE + LEADING * (max((len(lines(name, most)) for name in values), default=1) - 1)
    height = down * (PANEL + title) + 28
    figure = make_subplots(
        rows=down,
        cols=across,
        shared_xaxes=True,
        shared_yaxes=True,
        horizontal_spacing=0.03,
        vertical_spacing=title / height,
    )
    figure.update_layout(
        template=empty_figure(mode, height).layout.template,
        height=height,
        margin={"l": numbers_room(low, high, suffix), "r": 24, "t": title, "b": FOOT},
    )
    figure.update_xaxes(fixedrange=True)
    for place, (name, line) in enumerate(values.items()):
        where = {"row": place // across + 1, "col": place % across + 1}
        x, y = as_one(months, [behind for other, behind in values.items() if other != name])
        figure.add_scatter(x=x, y=y, mode="lines", line={"color": colours.peer, "width": 1}, hoverinfo="skip", **where)
        if name in goals:
            figure.add_scatter(x=list(months), y=[goals[name]] * len(months), mode="lines", line={"color": colours.ink, "width": 1, "dash": "dash"}, hoverinfo="skip", **where)  # fmt: skip
        hover = [f"{plain(name)} · {month} · {_shown(value, metric, lang)}" for month, value in zip(months, line, strict=True)]  # fmt: skip
        figure.add_scatter(
            x=list(months), y=list(line), mode="lines+markers", line={"color": colours.accent, "width": 2.5}, marker={"size": 4}, hoverinfo="text",
            hovertext=hover, **where,
        )  # fmt: skip
        axis = "" if place == 0 else str(place + 1)
        figure.add_annotation(
            x=0, xref=f"x{axis} domain", y=1, yref=f"y{axis} domain", xanchor="left", yanchor="bottom", showarrow=False,
            text=f"{name_in_lines(name, most, bold=True)}  {lasts[name]}", align="left", font={"color": colours.ink, "size": 12},
        )  # fmt: skip
    month_axis(figure, months, most=3)
    figure.update_yaxes(fixedrange=True, range=[low, high], nticks=4, tickformat=",", ticksuffix=suffix, automargin=False)  # fmt: skip
    words = "; ".join(f"{name}: {last}" for name, last in lasts.items())
    return described(figure, f"{metric.name.to(lang)}. {words}")


def _shown(value: float | None, metric: Metric, lang: str) -> str:
    return numbers.value(value, metric.format, metric.decimals, lang)


def _scale(values: Sequence[float | None]) -> tuple[float, float]:
    """One range for all panels, with some air; it begins at zero only where the values nearly do."""
    known = [float(value) for value in values if numbers.known(value)]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    air = 0.1 * (high - low) or abs(high) * 0.05 or 1.0
    return (0.0 if 0 <= low < air else low - air), high + air
