"""Numbers as readers of each language write them. Missing is always an en dash, a minus is a minus."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeGuard

from locales import text

MISSING = "–"
MINUS = "−"
THIN = "\u202f"
EAST = {"zh_Hans": ((1e8, "亿"), (1e4, "万")), "zh_Hant": ((1e8, "億"), (1e4, "萬"))}
WEST = ((1e9, "B"), (1e6, "M"), (1e3, "K"))
LARGE = 100_000
"""Counts from here on are written in K or 万."""
POINTS = ("percent", "score")
WHOLE = 100.0


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


def attainment(number: float | None, decimals: int = 1) -> str:
    """How much of a target is reached, in per cent; what falls short is never rounded up to 100."""
    if known(number) and number < WHOLE <= round(number, decimals):
        finer = 10 ** (decimals + 1)
        return per_cent(math.floor(number * finer) / finer, decimals + 1)
    return per_cent(number, decimals)


def per_cent(number: float | None, decimals: int = 1, sign: bool = False) -> str:
    """A percentage on the scale 0-100."""
    return f"{decimal(number, decimals, sign)}%" if known(number) else MISSING


def compact(number: float | None, lang: str = "en", decimals: int = 1) -> str:
    """A large number in the language's own steps: 352.7K, 35.27万 (one more decimal, as the step is ten times as long)."""
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


def column(values: Iterable[float | None], form: str, decimals: int = 1, lang: str = "en") -> list[str]:
    """Values that stand together, as `value` writes them; where one of them is large, all in one step and one precision."""
    held = list(values)
    sizes = [abs(number) for number in held if known(number) and number]
    if not sizes or not is_large(max(sizes), form, lang):
        return [value(number, form, decimals, lang) for number in held]
    # The smallest keeps two digits; where no step leaves it them, all are written out.
    places = 2 if lang in EAST else 1
    fits = (step for step in EAST.get(lang, WEST) if max(sizes) >= step[0] and min(sizes) >= step[0] * 10 ** (1 - places))  # fmt: skip
    size, letter = next(fits, (1.0, ""))
    places = places if letter else 0
    return [decimal(number / size, places) + letter if known(number) else MISSING for number in held]


def in_one_step(ticks: Sequence[float], lang: str = "en") -> list[str]:
    """Large round numbers in the step of the largest, with as few decimals as none of them needs more."""
    largest = max(map(abs, ticks), default=0.0)
    size, letter = next(((size, letter) for size, letter in EAST.get(lang, WEST) if largest >= size), (1.0, ""))
    exact = (places for places in range(3) if all(abs(round(tick / size, places) - tick / size) < 1e-9 for tick in ticks))  # fmt: skip
    places = next(exact, 3)
    return [decimal(tick / size, places) + letter if tick else "0" for tick in ticks]


def change(number: float | None, form: str, lang: str = "en", decimals: int = 1) -> str:
    """A change: percentage points for percentages, points for scores, per cent for everything else."""
    if not known(number):
        return MISSING
    if form == "percent":
        return text(lang, "{number} pp", number=decimal(number, decimals, sign=True))
    if form == "score":
        return text(lang, "{number} pts", number=decimal(number, decimals, sign=True))
    return per_cent(number, decimals, sign=True)


def difference(number: float | None, form: str, decimals: int = 1, lang: str = "en") -> str:
    """A gap in the metric's own unit, signed: to a target, an average or the next place."""
    if form in POINTS:
        return change(number, form, lang, decimals)
    if not known(number):
        return MISSING
    shown = value(abs(number), form, decimals, lang)
    return shown if shown.strip("0.,") == "" else (MINUS if number < 0 else "+") + shown


def place(rank: float | None, peers: float | None, lang: str = "en") -> str:
    """A rank among its peers: "2 of 11"."""
    if not known(rank) or not known(peers):
        return MISSING
    return text(lang, "{rank} of {peers}", rank=int(rank), peers=int(peers))


def ordinal(number: float | None, lang: str = "en") -> str:
    """A place as a word: 1st, 2nd, 11th; 第 1."""
    if not known(number):
        return MISSING
    whole = int(number)
    if lang != "en":
        return f"第 {whole}"
    ending = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{ending}"


def movement(places: float | None) -> str:
    """Places gained (▲) or lost (▼) since the period before; a middle dot where nothing moved."""
    if not known(places):
        return ""
    moved = int(places)
    return "·" if moved == 0 else f"{'▲' if moved > 0 else '▼'}{abs(moved)}"
