"""The text of one header cell: brackets, footnote marks and months taken off."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from data.core.text import normalise
from data.parsing.dates import MONTH_PREFIXES, parse_month

BRACKETED = re.compile(r"[（(【\[][^（()）】\]]*[)）】\]]")


NOISE = re.compile(r"[\s_*:：\-/.、,，]")


# Before the name of a part.
OF_WHICH = re.compile(r"^其中(?=.)")


# Before a figure's name these say that it is the month's; whether a month is that of the rows is looked at where they
# are known.
OF_MONTH = re.compile(r"^(?:本月|当月|本期|当期|(?:(?:19|20)\d{2}年)?(?:1[0-2]|0?[1-9])月份?)(?=\D)")


@lru_cache(maxsize=100_000)
def normalise_header(header: Any) -> str:
    """A header for comparing: one script, width and case; no brackets, stars or separators."""
    text = normalise(str(header)) if header is not None else ""
    return OF_WHICH.sub("", NOISE.sub("", BRACKETED.sub("", text)) or NOISE.sub("", text))


def without_month(header: Any) -> str:
    """A plain header without the word that its figure is the month's: 本月投诉量, 11月投诉量."""
    return OF_MONTH.sub("", normalise_header(header))


BARE_MONTH = re.compile(rf"(\d{{1,2}})月份?|({'|'.join(MONTH_PREFIXES)})[a-z]*")


def parse_header_month(cell: Any, year: int | None) -> str | None:
    """The month that a header means, as 2025-11; "11月" and "Nov" need the year from elsewhere."""
    if isinstance(cell, (datetime, date)):
        return f"{cell:%Y-%m}"
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        found = parse_month(cell) if 190_001 <= cell <= 220_012 else None
        return f"{found:%Y-%m}" if found else None
    if not isinstance(cell, str) or not cell.strip():
        return None
    text = normalise(cell)
    bare = BARE_MONTH.fullmatch(text)
    if bare:
        number = int(bare[1]) if bare[1] else MONTH_PREFIXES.index(bare[2]) + 1
        return f"{year:04d}-{number:02d}" if year and 1 <= number <= 12 else None
    found = parse_month(cell) if any(letter.isdigit() for letter in cell) else None
    return f"{found:%Y-%m}" if found else None
