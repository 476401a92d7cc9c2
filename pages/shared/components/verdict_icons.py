"""How a verdict looks: its two icons, its short words, and the colour that it gives to a figure."""

from __future__ import annotations

from charts.icon import assurance_icon, variation_icon
from charts.numbers import is_known
from charts.svg_sprite import SvgSprite
from metrics.model.metric import Metric
from metrics.model.record import Record
from metrics.wording.tone import tone_of_attainment, tone_of_signal
from pages.shared.session.selection import Selection


def variation_words(selection: Selection, row: Record) -> str:
    """The variation in a few words; empty where nothing can be said."""
    if row.get("signal") == "too_little_data":
        return selection.say("too little data")
    return {
        "common": selection.say("usual variation"),
        "improving": selection.say("signal: better"),
        "concerning": selection.say("signal: worse"),
        "neither_high": selection.say("signal: higher"),
        "neither_low": selection.say("signal: lower"),
    }.get(variation_kind(row), "")


def assurance_words(selection: Selection, row: Record) -> str:
    """How often the target was met, in a few words; empty where no month had one."""
    if not row.get("months_judged", 0) > 0:
        return ""
    return selection.say(
        "met in {met} of {judged} months", met=int(row["met_months"]), judged=int(row["months_judged"])
    )


def variation_kind(row: Record) -> str:
    """The variation that an icon shows: only of what has been judged."""
    if row.get("signal") not in ("signal", "noise"):
        return ""
    return str(row.get("variation") or "") if row["signal"] == "signal" else "common"


def verdict_icons(selection: Selection, row: Record, metric: Metric, sprite: SvgSprite) -> str:
    """Both icons as pictures of `sprite`, each with its words as text alternative."""
    upward = points_up(row, metric)
    first, second = variation_words(selection, row), assurance_words(selection, row)
    drawn = variation_icon(variation_kind(row), upward, selection.colours, first)
    aimed = assurance_icon(
        str(row.get("assurance") or "") if variation_kind(row) else "",
        metric.better == "lower",
        selection.colours,
        second,
    )
    return sprite.add(drawn, first) + sprite.add(aimed, second)


def points_up(row: Record, metric: Metric) -> bool:
    """Whether a signal is one of higher figures."""
    higher = {"improving": metric.better == "higher", "concerning": metric.better == "lower", "neither_high": True}
    return higher.get(str(row.get("variation")), False)


def signal_css(row: Record) -> str:
    """The class of a figure by its signal: colour is better or worse than chance allows, never the bare sign."""
    return tone_of_signal(row)


def attainment_css(row: Record) -> str:
    """The CSS class of an attainment.

    Coloured where the process always or never meets the target; bold where it is missed.
    """
    if not is_known(row.get("met")):
        return "quiet"
    return f"{'missed' if row['met'] == 0 else ''} {tone_of_attainment(row)}".strip()
