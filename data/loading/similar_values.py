"""A new category, channel ... that is written like a known one: it would be counted apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from data.core.similarity import similar_pairs
from data.core.sql import quoted
from data.core.text import normalise, raw_text
from data.feeds import all_feeds
from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.staged import GroupQuestion, StagedSheet
from data.warehouse.connection import Connection
from data.warehouse.schema import active_rows

SIMILAR = Kind(
    "like_another_value",
    "warning",
    "“{value}” in “{column}” is new (rows: {count}) and reads like “{known}”.",
    "Correct it, or say so (--accept “{value}”={into}:{known}), if the same is meant: as it stands, the two are "
    "counted apart.",
)
# In a file itself the right name is so many times as frequent as its slip.
FREQUENCY_RATIO = 5
# A column with more different texts holds no names of categories.
MAX_VALUES = 5_000


def find_similar_values(connection: Connection, sheet: StagedSheet, file: str) -> Iterator[Finding]:
    """One warning per new value of a column that splits figures, at its first cell."""
    for name in sorted(_splitting(sheet.feed)) if len(sheet.frame) else ():
        counts = {raw_text(value): count for value, count in sheet.frame[name].value_counts().items() if count}
        if not 0 < len(counts) <= MAX_VALUES:
            continue
        column = sheet.feed.column(name)
        stored = stored_values(connection, sheet.feed, name)
        words = [word for spellings in (column.choices or {}).values() for word in spellings]
        fresh = [value for value in counts if value not in stored and value not in (column.choices or {})]
        if not fresh or len(stored) > MAX_VALUES or any(one.column == name for one in sheet.group_questions):
            continue
        reported: set[str] = set()
        # The more frequent first: of several it is the likeliest.
        for value, other in similar_pairs(fresh, [*stored, *words, *counts]):
            if value in reported or not (other in stored or other in words or _outnumbers(other, value, counts)):
                continue
            reported.add(value)
            row = int(sheet.frame.loc[sheet.frame[name] == value, "row"].min())
            letter = sheet.places.get(name)
            params = {"count": counts[value], "known": other, "into": name}
            sheet.group_questions.append(GroupQuestion(value, name, (other,), in_rows=True))
            yield Finding(
                SIMILAR,
                file,
                sheet.sheet,
                row,
                sheet.columns.get(name, name),
                f"{letter}{row}" if letter else None,
                value,
                params,
            )


def _outnumbers(other: str, value: str, counts: Mapping[str, int]) -> bool:
    """Whether of two names in one file the other is the right one."""
    return counts[other] >= counts[value] * (1 if normalise(other) == normalise(value) else FREQUENCY_RATIO)


def _splitting(feed: Feed) -> set[str]:
    """The columns of open texts that split the feed's figures."""
    split = {name for measure in feed.measures for by in measure.segments for name in by}
    return {name for name in split if feed.column(name).type == "text" or feed.column(name).open_choices}


def stored_values(connection: Connection, feed: Feed, name: str) -> dict[str, int]:
    """The values that count, of every feed that splits the same measures by this column, the most frequent first."""
    ours = _split_by(feed, name)
    found: dict[str, int] = {}
    for other in all_feeds():
        if ours & _split_by(other, name):
            rows = connection.execute(
                f"SELECT d.{quoted(name)}, count(*) FROM {active_rows(other)} WHERE d.{quoted(name)} IS NOT NULL "
                f"GROUP BY 1"
            ).fetchall()
            for value, count in rows:
                found[value] = found.get(value, 0) + count
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _split_by(feed: Feed, name: str) -> set[str]:
    return {measure.name for measure in feed.measures if any(name in by for by in measure.segments)}
