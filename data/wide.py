"""Wide layouts: channels, touchpoints or months stand across and become rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from data.feed import Column, Feed, Wide
from data.months import month_of
from data.organisation import normal
from data.surroundings import Surroundings

NUMERIC = ("count", "number", "share")
BARE_MONTH = re.compile(r"(\d{1,2})月份?|(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*")
SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
class Spread:
    """Which columns become rows. into_of: column index -> what `rule.into` is there; value_of: column index -> which column of ours its cells fill."""

    rule: Wide
    into_of: Mapping[int, str] = field(default_factory=dict)
    value_of: Mapping[int, str] = field(default_factory=dict)


@cache
def choice_spellings(column: Column, plain: Callable[[Any], str]) -> Mapping[str, str]:
    """Plain header -> choice code: how a wide layout names its columns."""
    return {plain(word): code for code, words in (column.choices or {}).items() for word in (code, *words)}


def choices_across(
    feed: Feed,
    columns: Mapping[str, int],
    free: Mapping[int, Any],
    uppers: Mapping[int, str | None],
    plain: Callable[[Any], str],
) -> Spread | None:
    """Columns named after the choices of a column of ours; under a merged upper header such as 充值金额 they fill that column."""
    for rule in feed.wide:
        if rule.into in columns:
            continue
        choices = choice_spellings(feed.column(rule.into), plain)
        found = {place: choices[plain(header)] for place, header in free.items() if plain(header) in choices}
        value_of = {place: _filled(feed, uppers[place]) or rule.value for place in found}
        if len(found) >= 2 and not set(value_of.values()) & set(columns) - _repeated(columns, found):
            return Spread(rule, found, value_of)
    return None


def _repeated(columns: Mapping[str, int], found: Mapping[int, str]) -> set[str]:
    """Columns of ours that were only taken for the upper header over the first wide column."""
    return {name for name, place in columns.items() if place in found}


def _filled(feed: Feed, name: str | None) -> str | None:
    return name if name and feed.column(name).type in NUMERIC else None


def months_across(
    feed: Feed, columns: Mapping[str, int], free: Mapping[int, Any], uppers: Mapping[int, str | None], header: int,
    about: Surroundings | None, words: Mapping[str, str],
) -> Spread | None:  # fmt: skip
    """Columns named after months. What they hold is said by the upper header, by an indicator's column, or by a title."""
    month = feed.month_column
    if month is None or month in columns or feed.column(month).type != "month":
        return None
    if sum(month_in_header(cell, 2000) is not None for cell in free.values()) < 2:
        return None
    year = about.year(header) if about else None
    found = {place: text for place, cell in free.items() if (text := month_in_header(cell, year))}
    if len(found) < 2 or len(set(found.values())) < 2:
        return None
    value = "value" if "indicator" in columns else _told(feed, columns, words, header, about)
    value_of = {place: _filled(feed, uppers[place]) or value for place in found}
    if None in value_of.values() or set(value_of.values()) & set(columns):
        return None
    names = {place: str(name) for place, name in value_of.items()}
    return Spread(Wide(month, next(iter(names.values()))), found, names)


def _told(
    feed: Feed, columns: Mapping[str, int], words: Mapping[str, str], header: int, about: Surroundings | None
) -> str | None:
    """The one figure that the feed needs, if a title, the sheet's or the file's name speaks of it."""
    needed = [
        column.name
        for column in feed.columns
        if column.required and column.type in NUMERIC and column.name not in columns
    ]
    if len(needed) != 1 or about is None:
        return None
    spoken = [word for word, name in words.items() if name == needed[0] and len(word) >= 2]
    return needed[0] if about.names(header, spoken) else None


def month_in_header(cell: Any, year: int | None) -> str | None:
    """The month that a header means, as 2025-11; "11月" and "Nov" need the year from elsewhere."""
    if isinstance(cell, (datetime, date)):
        return f"{cell:%Y-%m}"
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        found = month_of(cell) if 190_001 <= cell <= 220_012 else None
        return f"{found:%Y-%m}" if found else None
    if not isinstance(cell, str) or not cell.strip():
        return None
    text = normal(cell)
    bare = BARE_MONTH.fullmatch(text)
    if bare:
        number = int(bare[1]) if bare[1] else SHORT.index(bare[2][:3]) + 1
        return f"{year:04d}-{number:02d}" if year and 1 <= number <= 12 else None
    found = month_of(cell) if any(letter.isdigit() for letter in cell) else None
    return f"{found:%Y-%m}" if found else None
