"""How a verdict looks: its two icons, its short words, and the colour that it gives to a figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from charts.icon import assurance_icon, variation_icon
from charts.numbers import known
from charts.svg_sprite import Sheet
from metrics.model.metric import Metric
from metrics.statistics.attainment import misses_target
from metrics.wording.tone import tone_of_attainment, tone_of_signal
from pages.shared.view import View


def varied(view: View, row: Mapping[str, Any]) -> str:
    """The variation in a few words; empty where nothing can be said."""
    if row.get("signal") == "too_little_data":
        return view.say("too little data")
    return {
        "common": view.say("usual variation"),
        "improving": view.say("signal: better"),
        "concerning": view.say("signal: worse"),
        "neither_high": view.say("signal: higher"),
        "neither_low": view.say("signal: lower"),
    }.get(kind(row), "")


def assured(view: View, row: Mapping[str, Any]) -> str:
    """What the target asks of the process, in a few words."""
    return {
        "passes": view.say("always meets the target"),
        "fails": view.say("cannot meet the target"),
        "hit_or_miss": view.say("some months meet the target, some do not"),
    }.get(str(row.get("assurance") or ""), "")


def kind(row: Mapping[str, Any]) -> str:
    """The variation that an icon shows: only of what has been judged."""
    if row.get("signal") not in ("signal", "noise"):
        return ""
    return str(row.get("variation") or "") if row["signal"] == "signal" else "common"


def icons(view: View, row: Mapping[str, Any], metric: Metric, sheet: Sheet) -> str:
    """Both icons as pictures of `sheet`, each with its words as text alternative."""
    upward = str(row.get("point_type") or "").endswith(("high", "up"))
    first, second = varied(view, row), assured(view, row)
    drawn = variation_icon(kind(row), upward, view.colours, first)
    aimed = assurance_icon(
        str(row.get("assurance") or "") if kind(row) else "", metric.better == "lower", view.colours, second
    )
    return sheet.picture(drawn, first) + sheet.picture(aimed, second)


def css(row: Mapping[str, Any]) -> str:
    """The class of a figure by its signal: colour is better or worse than chance allows, never the bare sign."""
    return tone_of_signal(row)


def goal_css(row: Mapping[Any, Any]) -> str:
    """The class of an attainment: coloured where the process always or never meets the target; bold where it is
    missed.
    """
    reached = row.get("attainment")
    if not known(reached):
        return "quiet"
    return f"{'missed' if misses_target(reached) else ''} {tone_of_attainment(row)}".strip()
