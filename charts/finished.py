"""A chart that is drawn for good: what is sent of it is made once, however often it is shown."""

from __future__ import annotations

from typing import TypeVar

import plotly.graph_objects as go

from charts.drawn_once import drawn_once

Made = TypeVar("Made")


def finished(made: Made) -> Made:
    """`made`; a figure's dictionary is made now and given as it is ever after: neither may be changed any more.

    Copying every list of every trace was most of what showing a chart again took.
    """
    if isinstance(made, go.Figure):
        sent = drawn_once(made)
        made.to_dict = lambda: sent  # type: ignore[method-assign]
    return made
