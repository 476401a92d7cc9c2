"""How much room words take on a slide: nothing is cut, and nothing runs over its frame."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil

POINTS_PER_INCH = 72.0
# Widths in ems of the fonts that a pack names (Arial, Microsoft YaHei and their likes), rounded up.
WIDE, CAPITAL, NARROW = 1.0, 0.72, 0.56
# Lines of Chinese type stand further apart.
LEADING, CHINESE_LEADING = 1.22, 1.42


def text_width(words: str) -> float:
    """The width of `words` in ems: a Chinese sign is one, a capital three quarters, anything else a good half."""
    return sum(
        WIDE
        if unicodedata.east_asian_width(sign) in "WFA"
        else CAPITAL
        if sign.isupper() or sign in "%@mwMW—"
        else NARROW
        for sign in words
    )


def line_count(words: str, points: float, inches: float) -> int:
    """How many lines `words` take in a box of this width; breaks between words waste up to a tenth of a line."""
    room = inches * POINTS_PER_INCH / points * (0.9 if " " in words else 0.97)
    return sum(max(1, ceil(text_width(part) / room)) for part in words.split("\n"))


def text_height(words: str, points: float, inches: float) -> float:
    """The height in inches of `words` in a box of this width."""
    leading = CHINESE_LEADING if any(unicodedata.east_asian_width(sign) in "WF" for sign in words) else LEADING
    return line_count(words, points, inches) * points * leading / POINTS_PER_INCH


def largest_size(words: str, inches: float, most_lines: int, sizes: Sequence[float]) -> float:
    """The largest of `sizes` (descending) at which `words` stay within `most_lines`; the smallest if none does."""
    return next((size for size in sizes if line_count(words, size, inches) <= most_lines), sizes[-1])


def paginate(heights: Sequence[float], room: float) -> list[slice]:
    """Rows of these heights as consecutive pages of at most `room`; a row higher than that has a page of its own."""
    found: list[slice] = []
    start, used = 0, 0.0
    for place, tall in enumerate(heights):
        if place > start and used + tall > room:
            found.append(slice(start, place))
            start, used = place, 0.0
        used += tall
    return [*found, slice(start, len(heights))] if len(heights) else []


def paginate_evenly(heights: Sequence[float], room: float) -> list[slice]:
    """As `pages`, on as few pages, but filled alike: no last page with a single row."""
    wanted = len(paginate(heights, room))
    low, high = 0.0, room
    for _ in range(20):
        middle = (low + high) / 2
        low, high = (low, middle) if len(paginate(heights, middle)) == wanted else (middle, high)
    return paginate(heights, high)
