"""Words for the path that a series follows, and for how sure a first place is."""

from __future__ import annotations

from locales import text
from metrics.model.record import Record

PARTS = {
    "level": "level",
    "trend": "trend",
    "steps": "steps of the level",
    "season": "season",
    "correlation": "neighbouring months alike",
    "exact": "exact limits of rare cases",
}


def path_in_words(model: object, lang: str) -> str:
    """What a path (judgement.models) is made of and why; empty where there is none."""
    if not isinstance(model, str) or not model:
        return ""
    if model == "plain":
        return text(lang, "mean and limits of the plain control chart: fewer than 13 months are known")
    parts = text(lang, ", ").join(text(lang, PARTS[part]) for part in model.split("+"))
    return text(lang, "expected path: {parts}; each part is larger than chance", parts=parts)


def indistinct_first(row: Record, lang: str) -> str:
    """Of a first place that is not sure: from how many others it cannot be told apart; else empty."""
    if row["rank"] != 1 or not row["rank_high"] > 1 or row["total"]:
        return ""
    others = int(row["rank_high"]) - 1
    if others == 1:
        return text(lang, "not distinguishable from one other")
    return text(lang, "not distinguishable from {others} others", others=others)
