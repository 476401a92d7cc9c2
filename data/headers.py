"""Finding the header row of a sheet by its content, and which of our columns each header means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from data.feed import Column, Feed, Wide
from data.organisation import normal

SEARCHED_ROWS = 40
NUMERIC = ("count", "number", "share")
BRACKETED = re.compile(r"[（(【\[][^（()）】\]]*[)）】\]]")
NOISE = re.compile(r"[\s_*:：\-/.、,，]")


def plain(header: Any) -> str:
    """A header for comparing: script, width and case folded, without brackets, units in brackets, stars and separators."""
    text = normal(str(header)) if header is not None else ""
    return NOISE.sub("", BRACKETED.sub("", text)) or NOISE.sub("", text)


@cache
def spellings(feed: Feed) -> Mapping[str, str]:
    """Plain header -> column name, for every spelling of every column; the first column to claim a spelling keeps it."""
    found: dict[str, str] = {}
    for words in (lambda column: (column.name, *column.title), lambda column: column.headers):
        for column in feed.columns:
            for word in words(column):
                found.setdefault(plain(word), column.name)
    return found


@cache
def choice_spellings(column: Column) -> Mapping[str, str]:
    """Plain header -> choice code: how a wide layout names its columns."""
    return {plain(word): code for code, words in (column.choices or {}).items() for word in (code, *words)}


@dataclass(frozen=True)
class Layout:
    """Where a feed's columns stand in a sheet. header: index into Sheet.rows; columns: our name -> column index;
    wide: column index -> choice code of a wide layout; headers: every header text."""

    feed: Feed
    header: int
    headers: tuple[str, ...]
    columns: Mapping[str, int]
    wide: Mapping[int, str] = field(default_factory=dict)

    @property
    def wide_rule(self) -> Wide | None:
        return self.feed.wide[0] if self.wide else None

    @property
    def absent(self) -> list[Column]:
        """Required columns that are not there."""
        made = {self.wide_rule.into, self.wide_rule.value} if self.wide_rule else set()
        return [
            column
            for column in self.feed.columns
            if column.required and column.name not in self.columns and column.name not in made
        ]

    @property
    def ignored(self) -> list[str]:
        """Headers that mean none of our columns."""
        used = {*self.columns.values(), *self.wide}
        return [text for index, text in enumerate(self.headers) if text and index not in used]

    @property
    def measurable(self) -> bool:
        """Whether any figure is there of those that the feed measures; true for feeds that count rows, or measure nothing."""
        words = {word for measure in self.feed.measures for word in re.findall(r"\w+", measure.sql)}
        figures = {column.name for column in self.feed.columns if column.type in NUMERIC and column.name in words}
        return bool(self.wide) or not figures or not figures.isdisjoint(self.columns)

    @property
    def proper(self) -> int:
        """How many columns carry their own name or title, not another spelling of it."""
        return sum(
            plain(self.headers[place]) in map(plain, (name, *self.feed.column(name).title))
            for name, place in self.columns.items()
        )

    @property
    def score(self) -> tuple[int, bool, int, int, int]:
        """For choosing: complete ones first, those that give a figure, then most columns understood, fewest headers ignored, most proper names."""
        understood = len(self.columns) + len(self.wide)
        return (-len(self.absent), self.measurable, understood, -len(self.ignored), self.proper)


def layout_of(feed: Feed, row: Sequence[Any], index: int) -> Layout:
    """The layout that `row` would give as the header of `feed`."""
    headers = tuple("" if cell is None else " ".join(str(cell).split()) for cell in row)
    words = spellings(feed)
    columns: dict[str, int] = {}
    for place, header in enumerate(headers):
        name = words.get(plain(header)) if header else None
        if name and name not in columns:
            columns[name] = place
    wide: dict[int, str] = {}
    for rule in feed.wide:
        if rule.value not in columns and rule.into not in columns:
            choices = choice_spellings(feed.column(rule.into))
            free = {place: header for place, header in enumerate(headers) if header and place not in columns.values()}
            wide = {place: choices[plain(header)] for place, header in free.items() if plain(header) in choices}
    if len(wide) < 2:
        return Layout(feed, index, headers, columns)
    # Another figure of a wide row belongs to all its columns together: repeated for each of them it would count several times.
    kinds = {column.name: column.type for column in feed.columns}
    shared = {name: place for name, place in columns.items() if kinds[name] not in NUMERIC}
    return Layout(feed, index, headers, shared, wide)


def find_layout(feed: Feed, rows: Sequence[Sequence[Any]]) -> Layout | None:
    """The row that reads most like the feed's header among the first rows; None if no row names two of its columns."""
    best: Layout | None = None
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        if sum(1 for cell in row if isinstance(cell, str) and cell.strip()) < 2:
            continue
        layout = layout_of(feed, row, index)
        if len(layout.columns) + len(layout.wide) >= 2 and (best is None or layout.score > best.score):
            best = layout
    return best


def choose(feeds: Sequence[Feed], rows: Sequence[Sequence[Any]]) -> Layout | None:
    """The feed and header that fit a sheet best; among incomplete ones the one that lacks least."""
    found = [layout for feed in feeds if (layout := find_layout(feed, rows)) is not None]
    return max(found, key=lambda layout: layout.score, default=None)
