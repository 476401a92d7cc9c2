"""Figures outside a dashboard: as pieces of an offline page, and as JSON that a browser draws."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

Figure = go.Figure


def library() -> str:
    """The script that draws figures, whole: a page that holds it needs no network."""
    return str(get_plotlyjs())


def as_html(figure: go.Figure, name: str) -> str:
    """The figure as a piece of a page that holds the library; `name` is its element's id."""
    config = {"displayModeBar": False, "responsive": True}
    return str(figure.to_html(full_html=False, include_plotlyjs=False, div_id=name, config=config))


def as_json(figure: go.Figure) -> dict[str, Any]:
    """data and layout as the library takes them."""
    found: dict[str, Any] = json.loads(str(figure.to_json()))
    return found
