"""The fan: what is expected of the months to come, with its 80 and 95 % intervals, behind the line of those known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from charts.theme import Palette
from locales import text

OPACITY = {95: 0.10, 80: 0.16}
"""Of each band; the inner one lies on the outer."""


@dataclass(frozen=True)
class Fan:
    """The months to come ("YYYY-MM") and what is expected of each; the bands are (low, high) of each month.

    start: the month and value of the last point known, from which the fan opens; None where there is none.
    """

    months: Sequence[str]
    expected: Sequence[float]
    bands: dict[int, Sequence[tuple[float, float]]]
    start: tuple[str, float] | None = None


def add_fan(figure: go.Figure, fan: Fan, colours: Palette, shown: Callable[[float], str], lang: str) -> None:
    """Draws the bands, the outer first, and the expected months as a dashed line whose points tell all."""
    head = [fan.start] if fan.start else []
    for share, band in sorted(fan.bands.items(), reverse=True):
        low = [*head, *((month, side[0]) for month, side in zip(fan.months, band, strict=True))]
        high = [*head, *((month, side[1]) for month, side in zip(fan.months, band, strict=True))]
        outline = [*low, *reversed(high)]
        figure.add_scatter(
            x=[month for month, _ in outline],
            y=[value for _, value in outline],
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=colours.accent,
            opacity=OPACITY[share],
            hoverinfo="skip",
        )
    line = [*head, *zip(fan.months, fan.expected, strict=True)]
    hover = [""] * len(head)
    for place, month in enumerate(fan.months):
        spans = {share: " – ".join(shown(side) for side in band[place]) for share, band in fan.bands.items()}
        hover.append(
            text(
                lang,
                "{month}: {expected} expected; 80%: {span80}; 95%: {span95}",
                month=month,
                expected=shown(fan.expected[place]),
                span80=spans[80],
                span95=spans[95],
            )
        )
    figure.add_scatter(
        x=[month for month, _ in line],
        y=[value for _, value in line],
        mode="lines+markers",
        line={"color": colours.accent, "width": 1.5, "dash": "dot"},
        marker={"size": [0] * len(head) + [5] * len(fan.months), "symbol": "circle-open", "color": colours.accent},
        hoverinfo="text",
        hovertext=hover,
    )
