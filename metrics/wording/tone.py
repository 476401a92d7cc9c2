"""Better or worse: the one rule by which a figure, an attainment or a point takes a colour.

Pages, slides, sheets and charts all follow it.
"""

from __future__ import annotations

from typing import Literal

from metrics.model.record import Record

Tone = Literal["", "better", "worse"]


def tone_of_signal(row: Record) -> Tone:
    """The tone of a figure: better or worse than chance allows, never the bare sign."""
    if row.get("signal") != "signal":
        return ""
    turns: dict[str, Tone] = {"improving": "better", "concerning": "worse"}
    return turns.get(str(row.get("variation")), "")


def tone_of_attainment(row: Record) -> Tone:
    """The tone of an attainment: where the process always meets the target and did, or never meets it and did not."""
    if row.get("assurance") == "passes" and row["met"] == 1:
        return "better"
    return "worse" if row.get("assurance") == "fails" and row["met"] == 0 else ""


def tone_of_point(point_type: str, better: str) -> Tone:
    """The tone of a point of a control chart by its type (xmr.POINT_TYPES); `better` is higher, lower or neither."""
    if point_type in ("", "common") or better == "neither":
        return ""
    upward = point_type.endswith(("high", "up"))
    return "better" if upward == (better == "higher") else "worse"
