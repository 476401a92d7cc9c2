"""The trend: one metric of one unit over the months, with its target dashed and its peers in light grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.theme import empty_figure, palette, plain
from locales import text
from metrics.metric import Metric


def trend_line(
    frame: pd.DataFrame, metric: Metric, *, name: str, lang: str = "en", mode: str = "light", peers: Mapping[str, Sequence[float | None]] | None = None,
    average: str | None = None, height: int = 320,
) -> go.Figure:  # fmt: skip
    """`frame`: month ("YYYY-MM"), value, target, and peer_average if `average` names it. `peers`: name -> values on the same months."""
    colours = palette(mode)
    figure = empty_figure(mode, height)
    months = list(frame["month"])

    def shown(number: float | None) -> str:
        return numbers.value(number, metric.format, metric.decimals, lang)

    for peer, values in (peers or {}).items():
        figure.add_scatter(
            x=months, y=list(values), mode="lines", line={"color": colours.peer, "width": 1}, opacity=0.7, hoverinfo="text",
            hovertext=[f"{plain(peer)} · {month} · {shown(value)}" for month, value in zip(months, values, strict=True)],
        )  # fmt: skip
    if average and "peer_average" in frame and frame["peer_average"].notna().any():
        figure.add_scatter(
            x=months, y=frame["peer_average"], mode="lines", line={"color": colours.muted, "width": 1.5, "dash": "dot"},
            hoverinfo="text", hovertext=[f"{plain(average)} · {m} · {shown(v)}" for m, v in zip(months, frame["peer_average"], strict=True)],
        )  # fmt: skip
        label_end(figure, frame, "peer_average", plain(average), colours.muted)
    if "target" in frame and frame["target"].notna().any():
        figure.add_scatter(
            x=months,
            y=frame["target"],
            mode="lines",
            line={"color": colours.ink, "width": 1, "dash": "dash", "shape": "hv"},
            hoverinfo="skip",
        )
        first = frame.dropna(subset=["target"]).iloc[0]
        last_target = frame.dropna(subset=["target"]).iloc[-1]["target"]
        figure.add_annotation(
            x=first["month"], y=first["target"], text=plain(text(lang, "Target {value}", value=shown(last_target))), showarrow=False,
            xanchor="left", yanchor="bottom", font={"color": colours.muted, "size": 12},
        )  # fmt: skip
    figure.add_scatter(
        x=months, y=frame["value"], mode="lines+markers", line={"color": colours.accent, "width": 2.5}, marker={"size": 5},
        hoverinfo="text", hovertext=[f"<b>{plain(name)}</b> · {m} · {shown(v)}" for m, v in zip(months, frame["value"], strict=True)],
    )  # fmt: skip
    label_end(figure, frame, "value", f"<b>{plain(name)} {shown(last_known(frame, 'value'))}</b>", colours.accent)
    figure.update_layout(margin={"l": 8, "r": 112, "t": 16, "b": 8}, hovermode="closest")
    figure.update_xaxes(type="date", tickformat="%Y-%m", nticks=9)
    figure.update_yaxes(
        ticksuffix="%" if metric.format == "percent" else "",
        tickformat=",",
        nticks=6,
        title=plain(metric.unit.to(lang)),
    )
    return figure


def last_known(frame: pd.DataFrame, column: str) -> float | None:
    """The last value that is there."""
    found = frame[column].dropna()
    return float(found.iloc[-1]) if len(found) else None


def label_end(figure: go.Figure, frame: pd.DataFrame, column: str, label: str, colour: str) -> None:
    """Names a line at its last point, in place of a legend."""
    found = frame.dropna(subset=[column])
    if found.empty:
        return
    last = found.iloc[-1]
    figure.add_annotation(
        x=last["month"],
        y=last[column],
        text=label,
        showarrow=False,
        xanchor="left",
        yanchor="middle",
        xshift=8,
        font={"color": colour, "size": 12},
    )
