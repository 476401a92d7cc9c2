"""Numbers as readers of each language write them. Missing is always an en dash, a minus is a minus."""

from __future__ import annotations

import math
from typing import TypeGuard

MISSING = "–"
MINUS = "−"
EAST = {"zh_Hans": ((1e8, "亿"), (1e4, "万")), "zh_Hant": ((1e8, "億"), (1e4, "萬"))}
WEST = ((1e9, "B"), (1e6, "M"), (1e3, "K"))
LARGE = 100_000
"""Counts from here on are written in K or 万."""


def is_known(number: float | None) -> TypeGuard[float]:
    """Whether there is a number to show (neither None nor NaN nor infinite)."""
    return number is not None and not isinstance(number, str) and math.isfinite(number)


def format_decimal(number: float | None, decimals: int = 0, sign: bool = False) -> str:
    """`number` with thousands separators; never "-0"."""
    if not is_known(number):
        return MISSING
    rounded = round(float(number), decimals) + 0.0
    written = f"{abs(rounded):,.{decimals}f}"
    if rounded < 0:
        return MINUS + written
    return f"+{written}" if sign and rounded > 0 else written


def format_percent(number: float | None, decimals: int = 1, sign: bool = False) -> str:
    """A percentage on the scale 0-100."""
    return f"{format_decimal(number, decimals, sign)}%" if is_known(number) else MISSING


def format_compact(number: float | None, lang: str = "en", decimals: int = 1) -> str:
    """A large number in the language's own steps: 352.7K, 35.27万.

    In 万 with one more decimal, as the step is ten times as long.
    """
    if not is_known(number):
        return MISSING
    places = decimals + 1 if lang in EAST else decimals
    for size, letter in EAST.get(lang, WEST):
        if abs(number) >= size:
            shown = format_decimal(number / size, places)
            return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + letter
    return format_decimal(number, 0 if float(number).is_integer() else decimals)


def format_value(number: float | None, form: str, decimals: int = 1, lang: str = "en") -> str:
    """A metric's value by its format (percent, rate, score, count, amount, number)."""
    if form == "percent":
        return format_percent(number, decimals)
    if form == "amount":
        return format_compact(number, lang)
    if form == "count" and is_known(number) and abs(number) >= LARGE:
        return format_compact(number, lang)
    return format_decimal(number, 0 if form == "count" else decimals)


def is_large(number: float, form: str, lang: str = "en") -> bool:
    """Whether `value` writes a number of this size in K, 万 and the like."""
    return {"amount": EAST.get(lang, WEST)[-1][0], "count": LARGE}.get(form, math.inf) <= abs(number)
