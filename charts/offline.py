"""Figures outside a dashboard: as pieces of an offline page, and as JSON that a browser draws."""

from __future__ import annotations

import json
import re
from typing import Any

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

Figure = go.Figure
# What an element may be called: Plotly writes the name into the page as it is.
NAME = re.compile(r"[a-z0-9-]+")


def plotly_script() -> str:
    """The script that draws figures, whole: a page that holds it needs no network."""
    return str(get_plotlyjs())


def figure_html(figure: go.Figure, name: str) -> str:
    """The figure as a piece of a page that holds the library.

    name: id of its element, of small letters, digits and hyphens.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"not the name of an element: {name!r}")
    config = {"displayModeBar": False, "responsive": True}
    return str(figure.to_html(full_html=False, include_plotlyjs=False, div_id=name, config=config))


def figure_json(figure: go.Figure) -> dict[str, Any]:
    """data and layout as the library takes them."""
    found: dict[str, Any] = json.loads(str(figure.to_json()))
    return found
