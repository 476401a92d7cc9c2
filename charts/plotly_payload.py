"""A figure as it is sent to a page, so that Plotly draws it once.

Streamlit gives Plotly each new figure twice (when its place is made, and again from that place's effects), and
`Plotly.react` draws again whatever it takes for changed: a template and a typed array always, a list only when
`datarevision` changes, and what Streamlit adds for clicks (plot_api.js: diffLayout, diffData; PlotlyChart.tsx). None of
these is left in what is sent.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import zlib
from typing import Any, TypeVar

import numpy as np
import plotly.graph_objects as go
from plotly.basedatatypes import BaseFigure
from plotly.io.json import to_json_plotly

from charts.months import has_month_axis
from charts.theme import alt_text

AXIS = re.compile(r"([xy]axis)\d*")
TAKES_CLICKS = {"clickmode": "event+select", "dragmode": "pan"}
HOVERS = {"hovermode": "closest"}
"""What Streamlit sets for a chart with `on_select` and `selection_mode="points"`, the second only where nothing else is
said.
"""


def figure_payload(figure: go.Figure) -> dict[str, Any]:
    """`figure` as data and layout of plain lists.

    Its template is merged into the layout, without the `meta` that only pages read; `datarevision` changes with the
    data. A figure with customdata takes clicks.
    """
    sent = figure.to_plotly_json()
    traces = [_listed(trace) for trace in sent["data"]]
    layout = _listed(sent["layout"])
    template = layout.pop("template", {}).get("layout", {})
    layout.pop("meta", None)
    axes = {name for name in layout if AXIS.fullmatch(name)} | {"xaxis", "yaxis"}
    usual = template | {name: template[name[:5]] for name in axes if name[:5] in template}
    layout = _merged(usual, layout)
    if any("customdata" in trace for trace in traces):
        layout = HOVERS | layout | TAKES_CLICKS
    made: dict[str, Any] = json.loads(to_json_plotly({"data": traces, "layout": layout}))
    made["layout"]["datarevision"] = hashlib.blake2b(json.dumps(made["data"]).encode(), digest_size=8).hexdigest()
    return made


def _listed(value: Any) -> Any:
    """`value` with lists in place of the typed arrays (dtype, bdata, shape) that plotly.py packs numbers into."""
    if isinstance(value, dict):
        if "bdata" in value:
            packed = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
            shape = [int(length) for length in str(value.get("shape", packed.size)).split(",")]
            return packed.reshape(shape).tolist()
        return {name: _listed(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(part) for part in value]
    return value


def _merged(usual: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """`own` over `usual`, level by level."""
    both = dict(usual)
    for name, value in own.items():
        under = both.get(name)
        both[name] = _merged(under, value) if isinstance(value, dict) and isinstance(under, dict) else value
    return both


Value = TypeVar("Value")


class SerialisedFigure(BaseFigure):
    """A figure as text: its tree of objects is many times as large, and tied to itself.

    Plotly and Streamlit take it for a figure, of which they ask nothing but `to_dict`.
    """

    def __init__(self, figure: go.Figure) -> None:
        # Not BaseFigure's own: that makes the tree.
        self._sent = json.dumps(figure_payload(figure), ensure_ascii=False, separators=(",", ":")).encode()
        # Asked for only before a room.
        self._made = zlib.compress(figure.to_json().encode())
        self._alternative, self._by_month = alt_text(figure), has_month_axis(figure)

    def to_dict(self) -> dict[str, Any]:
        """What is sent of it (see figure_payload), each time anew."""
        sent: dict[str, Any] = json.loads(self._sent)
        return sent

    def figure(self) -> go.Figure:
        """The figure itself, each time anew."""
        return go.Figure(json.loads(zlib.decompress(self._made)))

    @property
    def alternative(self) -> str:
        """Its text alternative."""
        return self._alternative

    @property
    def by_month(self) -> bool:
        """Whether its horizontal axis is one of months."""
        return self._by_month


def freeze_payload(made: Value) -> Value | SerialisedFigure:
    """`made`; a figure as it is ever after: copying every list of every trace was most of what showing a chart again
    took.
    """
    return SerialisedFigure(made) if isinstance(made, go.Figure) else made
