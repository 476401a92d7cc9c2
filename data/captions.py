"""Captions over groups of columns that say which spreadsheet type each group belongs to: 投诉 | 热线 over 一次解决量 each."""

from __future__ import annotations

from functools import cache

from data.column_words import spellings
from data.feed import Feed
from data.feeds import all_feeds
from data.heads import Head, plain

# A caption of one sign names nothing: 量, 数.
SHORTEST = 2


def of_another_feed(feed: Feed, head: Head, place: int, word: str) -> bool:
    """Whether the figures of a column are those of another feed, though `word`, by which the column is known, is `feed`'s too.

    So it is if the caption over it names a feed that has such a figure and is not this one, while another caption names this one.
    """
    caption = head.uppers[place]
    if not caption or caption in word or _named(feed, caption):
        return False
    if not any(_named(feed, other) for other in head.uppers):
        return False
    return any(word in spellings(other) for other in all_feeds() if _named(other, caption))


@cache
def _named(feed: Feed, caption: str) -> bool:
    """Whether a plain caption is the beginning of a feed's name: 投诉 of 投诉月报."""
    return len(caption) >= SHORTEST and any(plain(title).startswith(caption) for title in (feed.name, *feed.title))
