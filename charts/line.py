"""The trend: one metric of one unit over the months, with its target dashed and its peers in light grey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from charts import numbers
from charts.events import EVENT, EventLabel, event_labels
from charts.fan import Fan, add_fan
from charts.labels import EndLabel, add_end_labels, shorten_name, value_axis_width
from charts.months import FOOT, join_with_gaps, month_axis
from charts.theme import FONT, Palette, empty_figure, escape_plotly, palette
from charts.ticks import number_axis
from locales import text
from metrics.model.metric import Metric
from metrics.model.record import months_of
from metrics.wording.provisional import month_in_words
from metrics.wording.tone import tone_of_point

TOP = 8
LEAST = 4
"""Steps of the last decimal shown that an axis spans at least: what no label tells apart must not fill a chart."""
# Ems of an event's name that a chart holds, wide or not, the height of a row of names, and the signs of the longest
# name.
WIDE_ROOM, ROOM, EVENT_ROW, LONGEST = 80, 36, 14, 30


@dataclass(frozen=True)
class TrendLook:
    """How a trend is drawn.

    lang: the language of its words.
    mode: "light" or "dark".
    height: pixels.
    wide: over the whole page, with room for every month and for long names of events.
    """

    lang: str = "en"
    mode: str = "light"
    height: int = 320
    wide: bool = False


PLAIN = TrendLook()


def trend_chart(
    frame: pd.DataFrame,
    metric: Metric,
    *,
    name: str,
    look: TrendLook = PLAIN,
    peers: Mapping[str, Sequence[float | None]] | None = None,
    average: str | None = None,
    events: pd.DataFrame | None = None,
    fan: Fan | None = None,
) -> go.Figure:
    """One metric of one unit over the months.

    frame: month ("YYYY-MM"), value, target, and peer_average if `average` names it.
    peers: name -> values on the same months, drawn in grey.
    events: month, label, new_phase; those in the months shown are marked.
    fan: the months to come.
    """
    lang, height = look.lang, look.height
    colours = palette(look.mode)
    figure = empty_figure(look.mode, height)
    months = list(frame["month"])
    told = [month_in_words(row, lang) for row in months_of(frame)]
    labels: list[EndLabel] = []

    def shown(number: float | None) -> str:
        return numbers.format_value(number, metric.format, metric.decimals, lang)

    def line(who: str, values: Sequence[float | None], style: dict[str, object], **more: object) -> None:
        hover = [f"{escape_plotly(who)} · {month} · {shown(value)}" for month, value in zip(told, values, strict=True)]
        figure.add_scatter(
            x=months, y=list(values), line=style, hoverinfo="text", hovertext=hover, **{"mode": "lines", **more}
        )

    if peers:
        x, y = join_with_gaps(months, peers.values())
        _x, hover = join_with_gaps(
            months,
            [
                [
                    f"{escape_plotly(peer)} · {month} · {shown(value)}"
                    for month, value in zip(months, values, strict=True)
                ]
                for peer, values in peers.items()
            ],
            "",
        )
        figure.add_scatter(
            x=x,
            y=y,
            mode="lines",
            line={"color": colours.peer, "width": 1},
            opacity=0.8,
            hoverinfo="text",
            hovertext=hover,
        )
    if average and (last := last_known_value(frame, "peer_average")) is not None:
        line(
            average,
            list(frame["peer_average"]),
            {"color": colours.muted, "width": 1.5, "dash": "dot"},
            **({"mode": "markers", "marker": {"symbol": "circle-open", "size": 9}} if len(months) == 1 else {}),
        )
        labels.append(EndLabel(last, shorten_name(average), colours.muted))
    if (goal := last_known_value(frame, "target")) is not None:
        style = {"color": colours.ink, "width": 1, "dash": "dash", "shape": "hv"}
        # A line of one month is none: its target is a stroke across it.
        alone = (
            {"mode": "markers", "marker": {"symbol": "line-ew", "size": 48, "line": {"color": colours.ink, "width": 1}}}
            if len(months) == 1
            else {"mode": "lines", "line": style}
        )
        figure.add_scatter(x=months, y=frame["target"], hoverinfo="skip", **alone)
        labels.append(EndLabel(goal, text(lang, "Target {value}", value=shown(goal)), colours.ink))
    _limits(figure, frame, colours)
    if fan is not None:
        add_fan(figure, fan, colours, shown, lang)
    line(
        name,
        list(frame["value"]),
        {"color": colours.accent, "width": 2.5},
        mode="lines+markers",
        cliponaxis=False,
        marker={"size": _sizes(frame), "color": _colours(frame, metric, colours), "symbol": _symbols(frame)},
    )
    if (last := last_known_value(frame, "value")) is not None:
        labels.append(EndLabel(last, f"{shorten_name(name)} {shown(last)}", colours.accent, bold=True))
    low, high = value_range(figure, LEAST * 10**-metric.decimals)
    axis_months = list(dict.fromkeys([*months, *(fan.months if fan else ())]))
    marked = event_labels(events, axis_months, WIDE_ROOM if look.wide else ROOM, LONGEST)
    top = TOP + _mark_events(figure, marked, axis_months, colours)
    suffix, title = ("%", "") if metric.format == "percent" else ("", metric.unit.to(lang))
    axis = number_axis(low, high, metric.format, lang)
    right = add_end_labels(figure, labels, low=low, high=high, height=max(height - FOOT - top, FOOT))
    figure.update_layout(
        margin={
            "l": value_axis_width(low, high, suffix, title, axis.get("ticktext", ())),
            "r": right,
            "t": top,
            "b": FOOT,
        },
        hovermode="closest",
    )
    month_axis(figure, axis_months, most=12 if look.wide else 4)
    figure.update_yaxes(range=[low, high], title=escape_plotly(title), automargin=False, **axis)
    return figure


def _mark_events(figure: go.Figure, events: Sequence[EventLabel], months: Sequence[str], colours: Palette) -> int:
    """A thin line at each event that rises to its name above the plot, where no point lies; returns the pixels that the
    rows of names take.
    """
    rows = 1 + max((one.row for one in events), default=-1)
    for one in events:
        month, side, foot = months[one.place], -1 if one.leftward else 1, EVENT_ROW * (rows - 1 - one.row)
        line = {
            "type": "line",
            "x0": month,
            "x1": month,
            "xref": "x",
            "yref": "paper",
            "line": {"color": colours.muted, "width": 1, "dash": "dash" if one.phase else "dot"},
        }
        figure.add_shape(y0=0, y1=1, **line)
        figure.add_shape(y0=0, y1=foot + EVENT_ROW, ysizemode="pixel", yanchor=1, **line)
        figure.add_annotation(
            x=month,
            y=1,
            yref="paper",
            yanchor="bottom",
            xanchor="right" if one.leftward else "left",
            xshift=3 * side,
            yshift=foot,
            showarrow=False,
            text=escape_plotly(one.label),
            hovertext=escape_plotly(one.whole),
            font={"color": colours.muted, "size": 11, "family": f"{FONT}, {EVENT}"},
            bgcolor=colours.surface,
            borderpad=0,
        )
    return EVENT_ROW * rows


def _limits(figure: go.Figure, frame: pd.DataFrame, colours: Palette) -> None:
    """The centre and the limits of the control chart, thin and dotted, where the frame has them."""
    for columns, dash in ((("lower", "upper"), "dot"), (("centre",), "longdash")):
        lines = [list(frame[column]) for column in columns if column in frame and frame[column].notna().any()]
        if lines:
            x, y = join_with_gaps(list(frame["month"]), lines)
            style = {"color": colours.muted, "width": 0.8, "dash": dash}
            figure.add_scatter(x=x, y=y, mode="lines", line=style, hoverinfo="skip")


def _signals(frame: pd.DataFrame) -> list[str]:
    """The rule each month breaks; "" for an ordinary month."""
    kinds = frame["point_type"] if "point_type" in frame else [None] * len(frame)
    return [str(kind) if isinstance(kind, str) and kind != "common" else "" for kind in kinds]


def _sizes(frame: pd.DataFrame) -> list[int]:
    return [9 if kind else 5 for kind in _signals(frame)]


def _symbols(frame: pd.DataFrame) -> str | list[str]:
    """A hollow point for a month that is not over."""
    until = list(frame["provisional_until"]) if "provisional_until" in frame else []
    marked = [isinstance(day, str) and bool(day) for day in until]
    return ["circle-open" if one else "circle" for one in marked] if any(marked) else "circle"


def _colours(frame: pd.DataFrame, metric: Metric, colours: Palette) -> list[str]:
    """Colour follows the signal and the direction that is better, never the bare sign."""
    return [colours.for_tone(tone_of_point(kind, metric.better)) for kind in _signals(frame)]


def last_known_value(frame: pd.DataFrame, column: str) -> float | None:
    """The last value that is there."""
    found = frame[column].dropna() if column in frame else pd.Series(dtype=float)
    return float(found.iloc[-1]) if len(found) else None


def value_range(figure: go.Figure, least: float = 0.0) -> tuple[float, float]:
    """The range of everything drawn, with some air, and never less than `least`; lines need not begin at zero."""
    values = [float(value) for trace in figure.data for value in trace.y if numbers.is_known(value)]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    air = 0.08 * (high - low) or abs(high) * 0.05 or 1.0
    air = max(air, (least - (high - low)) / 2)
    return (0.0 if 0 <= low < air else low - air), high + air
