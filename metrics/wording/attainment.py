"""How much of a target is reached, in words."""

from __future__ import annotations

import math

from locales import numbers, text
from metrics.model.record import Record

WHOLE = 100.0


def attainment_in_words(row: Record, lang: str, decimals: int = 1) -> str:
    """The attainment of a row: in per cent; as a multiple of the target where lower is better and more than twice the
    target is reached, because a negative per cent says nothing; "met" or "not met" where a target has no share (it is
    zero or negative); a dash where nothing is held against a target.

    What falls short is never rounded up to 100.
    """
    reached, target = row["attainment"], row["target"]
    if not numbers.is_known(reached):
        met = row.get("met")
        return (text(lang, "met") if met else text(lang, "not met")) if numbers.is_known(met) else numbers.MISSING
    if exceeds_twice(row):
        return text(lang, "{times} times the target", times=numbers.format_decimal(row["value"] / target, 1))
    if reached < WHOLE <= round(reached, decimals):
        finer = 10 ** (decimals + 1)
        return numbers.format_percent(math.floor(reached * finer) / finer, decimals + 1)
    return numbers.format_percent(reached, decimals)


def attained_of_target(row: Record, target: str, lang: str) -> str:
    """How much of its target, which is named, a row reaches; of a target without a share, whether it meets it."""
    default, reached = row["target_default"], row["attainment"]
    if reached != reached:
        met = "meets the default target {target}" if default else "meets target {target}"
        missed = "short of the default target {target}" if default else "short of target {target}"
        return text(lang, met, target=target) if row["met"] else text(lang, missed, target=target)
    if exceeds_twice(row):
        multiple = "{times} times the default target {target}" if default else "{times} times the target {target}"
        return text(lang, multiple, times=numbers.format_decimal(row["value"] / row["target"], 1), target=target)
    share = "{attainment}% of the default target {target}" if default else "{attainment}% of the target {target}"
    return text(lang, share, attainment=f"{reached:.1f}", target=target)


def exceeds_twice(row: Record) -> bool:
    """Whether a figure of which less is better is more than twice its target: its attainment is negative."""
    return bool(row["attainment"] < 0 < row["target"] < row["value"])
