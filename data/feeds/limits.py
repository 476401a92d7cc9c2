"""The limits that measures of events compare with, by what a target may call them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from data.core.text import normalise
from data.feeds import all_feeds
from data.model.feed import Feed, Limit


@cache
def limit_names() -> Mapping[str, tuple[Feed, Limit, str]]:
    """What a target may call a limit, in normal form -> the feed, the limit, the choice that it holds for ("": all)."""
    found = {}
    for feed in all_feeds():
        for limit in feed.limits:
            for choice, title in limit.titles.items():
                code = f"{limit.name}_{choice}" if choice else limit.name
                found.update({normalise(word): (feed, limit, choice) for word in (code, *title)})
    return found
