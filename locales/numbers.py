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


def known(number: float | None) -> TypeGuard[float]:
    """Whether there is a number to show (neither None nor NaN nor infinite)."""
    return number is not None and not isinstance(number, str) and math.isfinite(number)


def decimal(number: float | None, decimals: int = 0, sign: bool = False) -> str:
    """`number` with thousands separators; never "-0"."""
    if not known(number):
        return MISSING
    rounded = round(float(number), decimals) + 0.0
    written = f"{abs(rounded):,.{decimals}f}"
    if rounded < 0:
        return MINUS + written
    return f"+{written}" if sign and rounded > 0 else written


def per_cent(number: float | None, decimals: int = 1, sign: bool = False) -> str:
    """A percentage on the scale 0-100."""
    return f"{decimal(number, decimals, sign)}%" if known(number) else MISSING


def compact(number: float | None, lang: str = "en", decimals: int = 1) -> str:
    """A large number in the language's own steps: 352.7K, 35.27万 (one more decimal, as the step is ten times as
    long).
    """
    if not known(number):
        return MISSING
    places = decimals + 1 if lang in EAST else decimals
    for size, letter in EAST.get(lang, WEST):
        if abs(number) >= size:
            shown = decimal(number / size, places)
            return (shown.rstrip("0").rstrip(".") if "." in shown else shown) + letter
    return decimal(number, 0 if float(number).is_integer() else decimals)


def value(number: float | None, form: str, decimals: int = 1, lang: str = "en") -> str:
    """A metric's value by its format (percent, rate, score, count, amount, number)."""
    if form == "percent":
        return per_cent(number, decimals)
    if form == "amount":
        return compact(number, lang)
    if form == "count" and known(number) and abs(number) >= LARGE:
        return compact(number, lang)
    return decimal(number, 0 if form == "count" else decimals)


def is_large(number: float, form: str, lang: str = "en") -> bool:
    """Whether `value` writes a number of this size in K, 万 and the like."""
    return {"amount": EAST.get(lang, WEST)[-1][0], "count": LARGE}.get(form, math.inf) <= abs(number)
