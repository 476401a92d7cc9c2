"""Numbers on charts and pages: values, changes, differences, ranks, columns.

Values are written by `locales.numbers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from locales import text
from locales.numbers import EAST, MINUS, MISSING, WEST, format_decimal, format_percent, format_value, is_known, is_large

POINT_FORMATS = ("percent", "score")


def format_column(values: Iterable[float | None], form: str, decimals: int = 1, lang: str = "en") -> list[str]:
    """Values that stand together, as `format_value` writes them.

    Where one of them is large, all are in one step and one precision.
    """
    held = list(values)
    sizes = [abs(number) for number in held if is_known(number) and number]
    if not sizes or not is_large(max(sizes), form, lang):
        return [format_value(number, form, decimals, lang) for number in held]
    # The smallest keeps two digits; where no step leaves it them, all are written out.
    places = 2 if lang in EAST else 1
    fits = (
        step for step in EAST.get(lang, WEST) if max(sizes) >= step[0] and min(sizes) >= step[0] * 10 ** (1 - places)
    )
    size, letter = next(fits, (1.0, ""))
    places = places if letter else 0
    return [format_decimal(number / size, places) + letter if is_known(number) else MISSING for number in held]


def format_ticks(ticks: Sequence[float], lang: str = "en") -> list[str]:
    """Large round numbers in the step of the largest, with as few decimals as none of them needs more."""
    largest = max(map(abs, ticks), default=0.0)
    size, letter = next(((size, letter) for size, letter in EAST.get(lang, WEST) if largest >= size), (1.0, ""))
    exact = (
        places for places in range(3) if all(abs(round(tick / size, places) - tick / size) < 1e-9 for tick in ticks)
    )
    places = next(exact, 3)
    return [format_decimal(tick / size, places) + letter if tick else "0" for tick in ticks]


def format_change(number: float | None, form: str, lang: str = "en", decimals: int = 1) -> str:
    """A change: percentage points for percentages, points for scores, per cent for everything else."""
    if not is_known(number):
        return MISSING
    if form == "percent":
        return text(lang, "{number} pp", number=format_decimal(number, decimals, sign=True))
    if form == "score":
        return text(lang, "{number} pts", number=format_decimal(number, decimals, sign=True))
    return format_percent(number, decimals, sign=True)


def format_difference(number: float | None, form: str, decimals: int = 1, lang: str = "en") -> str:
    """A gap in the metric's own unit, signed: to a target, an average or the next place."""
    if form in POINT_FORMATS:
        return format_change(number, form, lang, decimals)
    if not is_known(number):
        return MISSING
    shown = format_value(abs(number), form, decimals, lang)
    return shown if shown.strip("0.,") == "" else (MINUS if number < 0 else "+") + shown


def format_rank(rank: float | None, peers: float | None, lang: str = "en") -> str:
    """A rank among its peers: "2 of 11"."""
    if not is_known(rank) or not is_known(peers):
        return MISSING
    return text(lang, "{rank} of {peers}", rank=int(rank), peers=int(peers))


def format_ordinal(number: float | None, lang: str = "en") -> str:
    """A place as a word: 1st, 2nd, 11th; 第 1."""
    if not is_known(number):
        return MISSING
    whole = int(number)
    if lang != "en":
        return f"第 {whole}"
    ending = "th" if 10 <= whole % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(whole % 10, "th")
    return f"{whole}{ending}"


def format_movement(places: float | None) -> str:
    """Places gained (▲) or lost (▼) since the period before; a middle dot where nothing moved."""
    if not is_known(places):
        return ""
    moved = int(places)
    return "·" if moved == 0 else f"{'▲' if moved > 0 else '▼'}{abs(moved)}"
