"""The number that a text means; a text that could mean several numbers means none."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from data.core.text import normalise_width, to_simplified

# Powers of ten, added to the exponent as text: a factor in binary would add digits (35.27 x 10,000 is
# 352,700.00000000006).
SUFFIX_POWERS = {"万": 4, "亿": 8, "%": 0, "": 0, "k": 3, "m": 6}
PERCENT_SIGNS = ("%", "％", "﹪")
# A space stands between thousands or before a unit. Any other, and every line end, would join two numbers into one.
NUMBER = re.compile(
    r"([+-]?) ?((?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)?(?:\.\d+)?)(?:e([+-]?\d+))? *(万|亿|%|k|m|) "
    r"*(?:元|户|笔|件|人|个|次|台|分|)"
)


@lru_cache(maxsize=100_000)
def parse_number(text: str) -> float | None:
    """1,234 · １２３ · 62.47% (as 62.47) · 35.27万 or 萬 (as 352700); None for what is no number, or not one number."""
    spelled = text.strip().casefold() if text.isascii() else to_simplified(normalise_width(text)).replace("−", "-")
    found = NUMBER.fullmatch(spelled)
    if not found or not found[2]:
        return None
    digits = found[2].replace(",", "").replace(" ", "")
    value = float(f"{digits}e{int(found[3] or 0) + SUFFIX_POWERS[found[4]]}")
    if math.isinf(value):
        return None
    return -value if found[1] == "-" else value


def is_percentage(cell: object) -> bool:
    """Whether a cell is a text such as 62.47%."""
    return isinstance(cell, str) and cell.rstrip().endswith(PERCENT_SIGNS)
