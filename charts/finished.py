"""A chart that is drawn for good: what is sent of it is made once, however often it is shown."""

from __future__ import annotations

from typing import TypeVar

import plotly.graph_objects as go

Made = TypeVar("Made")


def finished(made: Made) -> Made:
    """`made`, whose dictionary a figure no longer copies anew; it must not be changed any more, and neither must what it gives.

    Copying every list of every trace was most of what showing a chart again took.
    """
    if isinstance(made, go.Figure):
        sent = made.to_dict()
        made.to_dict = lambda: sent  # type: ignore[method-assign]
    return made
