"""Whether the cube was computed by today's measures: a newer program may define them otherwise."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from hashlib import sha256

from data.feeds import all_feeds
from data.model.feed import Feed
from data.warehouse.connection import Connection, organisation_of, transaction, version_of
from data.warehouse.cube import recompute, write_paths


@cache
def _digest(feed: Feed) -> str:
    return sha256(repr((feed.events, feed.measures, feed.limits)).encode()).hexdigest()


def outdated_feeds(connection: Connection) -> list[Feed]:
    """The feeds whose figures were computed by other measures than today's, or by nobody knows which."""
    known = dict(connection.execute("SELECT feed, digest FROM measured").fetchall())
    return [feed for feed in all_feeds() if feed.measures and known.get(feed.name) != _digest(feed)]


def recompute_outdated(connection: Connection) -> None:
    """Recomputes all months of the feeds whose measures changed; a version of its own if any figure differs."""
    feeds = outdated_feeds(connection)
    if not feeds:
        return
    held = {feed for (feed,) in connection.execute("SELECT DISTINCT feed FROM active").fetchall()}
    with transaction(connection):
        changing = [feed for feed in feeds if feed.name in held]
        if changing:
            before = _figures(connection, changing)
            write_paths(connection, organisation_of(connection))
            for feed in changing:
                recompute(connection, feed, None)
            if _figures(connection, changing) != before:
                connection.execute(
                    "INSERT INTO version VALUES (?, ?, '', 'measures', [])",
                    [version_of(connection) + 1, datetime.now().replace(microsecond=0)],
                )
        connection.execute(
            "INSERT OR REPLACE INTO measured SELECT unnest(?), unnest(?)",
            [[feed.name for feed in feeds], [_digest(feed) for feed in feeds]],
        )


def _figures(connection: Connection, feeds: list[Feed]) -> list[tuple]:
    """What tells one state of the feeds' figures from another.

    Sums of fractions differ in their last digits by the order of adding.
    """
    return connection.execute(
        "SELECT count(*), sum(hash(feed, month, unit, measure, segment_kind, segment, direct, round(value, "
        "6))::HUGEINT) FROM cube "
        "WHERE feed IN (SELECT unnest(?))",
        [[feed.name for feed in feeds]],
    ).fetchall()
