"""The words by which the columns of a feed are known in a header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from data.model.feed import Column, Feed
from data.recognition.header_text import normalise_header


@cache
def spellings(feed: Feed) -> Mapping[str, str]:
    """Plain header -> column name, for every spelling; the first column that has a spelling keeps it."""
    found: dict[str, str] = {}
    for words in (lambda column: (column.name, *column.title), lambda column: column.headers):
        for column in feed.columns:
            for word in words(column):
                found.setdefault(normalise_header(word), column.name)
    return found


@cache
def measured_columns(feed: Feed) -> frozenset[str]:
    """The columns of figures that the feed's measures are made from."""
    words = {word for measure in feed.measures for word in re.findall(r"\w+", measure.sql)}
    return frozenset(column.name for column in feed.columns if column.is_numeric and column.name in words)


@cache
def title_spellings(feed: Feed, name: str) -> frozenset[str]:
    """The name and titles of a column, as plain headers."""
    return frozenset(map(normalise_header, (name, *feed.column(name).title)))


@cache
def stock_columns(feed: Feed) -> frozenset[str]:
    """The columns of figures that are of a moment: customers, not complaints."""
    words = {
        word for measure in feed.measures if measure.over_time != "flow" for word in re.findall(r"\w+", measure.sql)
    }
    return measured_columns(feed) & words


@cache
def all_spellings(feed: Feed) -> frozenset[str]:
    """Every plain header that means a column of the feed, or a choice that may stand across."""
    across = (choice_spellings(feed.column(rule.into)) for rule in feed.wide)
    return frozenset(spellings(feed)).union(*across)


@cache
def choice_spellings(column: Column) -> Mapping[str, str]:
    """Plain header -> choice code: how a wide layout names its columns."""
    return {normalise_header(word): code for code, words in (column.choices or {}).items() for word in (code, *words)}
