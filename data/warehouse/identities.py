"""Events that several exports hold: what was said of them, and which of their rows count.

A batch that holds an event again says in `identity` whether it moved, so that only the newest row counts, or is
another event of the same number. Nothing is overwritten: `superseded` follows from what batches say, as far as they
are not undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from data.core.sql import quoted
from data.feeds import all_feeds, feed_named
from data.model.feed import Feed
from data.model.staged import EventDecision
from data.warehouse.connection import Connection
from data.warehouse.schema import active_rows, detail_table

# What was said last of an identity, of batches that are not undone.
SAID = """SELECT i.feed, i.identity, max_by(i.decision, i.batch) AS decision
    FROM identity i JOIN batch b ON b.batch = i.batch WHERE NOT b.undone GROUP BY i.feed, i.identity"""


def identity_sql(feed: Feed, rows: str) -> str:
    """SQL of what tells an event of `feed` from others, over the table alias `rows`.

    Case and the zeros in front, which a spreadsheet drops, tell nothing.
    """
    number, *others = (f"{rows}.{quoted(name)}::VARCHAR" for name in feed.identity)
    parts = [f"ltrim(upper(trim({number})), '0')", *(f"coalesce({name}, '')" for name in others)]
    return f"concat_ws(chr(31), {', '.join(parts)})"


def append_decisions(connection: Connection, batch: int, decisions: Iterable[EventDecision]) -> None:
    """Keeps what was said with a batch."""
    rows = pd.DataFrame([(batch, one.feed, one.identity, one.decision) for one in decisions], dtype="object")
    if len(rows):
        connection.register("said", rows)
        connection.execute("INSERT INTO identity SELECT * FROM said")
        connection.unregister("said")


def settle(connection: Connection) -> dict[str, Sequence[Any]]:
    """Finds anew which rows do not count; feed -> months in which that changed.

    Precondition: `active` is up to date.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE superseded_before AS FROM superseded")
    connection.execute("DELETE FROM superseded")
    moved = connection.execute(f"SELECT DISTINCT feed FROM ({SAID}) WHERE decision = 'moved'").fetchall()
    for (name,) in moved:
        feed = feed_named(name)
        connection.execute(
            f"""
            INSERT INTO superseded
            SELECT '{feed.name}', batch, sheet, row, key_month FROM (
              SELECT d.batch, d.sheet, d.row, d.key_month, row_number() OVER (
                  PARTITION BY {identity_sql(feed, "d")} ORDER BY d.batch DESC, s.place DESC, d.row DESC) AS turn
              FROM {active_rows(feed)} JOIN (SELECT batch, sheet, row_number() OVER (ORDER BY rowid) AS place FROM sheet
                  WHERE feed = '{feed.name}') s ON s.batch = d.batch AND s.sheet = d.sheet
              WHERE {identity_sql(feed, "d")} IN (SELECT identity FROM ({SAID}) WHERE feed = '{feed.name}'
                  AND decision = 'moved'))
            WHERE turn > 1
            """
        )
    changed = connection.execute(
        "SELECT DISTINCT feed, month FROM ((FROM superseded EXCEPT FROM superseded_before) UNION ALL "
        "(FROM superseded_before EXCEPT FROM superseded)) ORDER BY ALL"
    ).fetchall()
    connection.execute("DROP TABLE superseded_before")
    found: dict[str, list[Any]] = {}
    for feed_name, month in changed:
        found.setdefault(feed_name, []).append(month)
    return dict(found)


def first_counted_twice(connection: Connection, batch: int) -> tuple[str, int, int] | None:
    """(number, batch, other batch) of an event that the keys of `batch` and another batch's hold at the same moment,
    of which nobody said anything; None if there is none.
    """
    for feed in (feed for feed in all_feeds() if feed.identity):
        moment = quoted(str(feed.month_column))
        found = connection.execute(
            f"""
            WITH counted AS (SELECT d.*, {identity_sql(feed, "d")} AS identity FROM {active_rows(feed)}),
            here AS (SELECT c.* FROM counted c SEMI JOIN (FROM claim WHERE batch = ? AND feed = '{feed.name}') k
                ON k.part = c.key_part AND k.month = c.key_month AND k.unit = c.key_unit)
            SELECT h.{quoted(feed.identity[0])}, h.batch, o.batch FROM here h JOIN counted o
                ON o.identity = h.identity AND o.batch <> h.batch AND o.{moment} = h.{moment}
            WHERE h.identity NOT IN (SELECT identity FROM ({SAID}) WHERE feed = '{feed.name}')
            ORDER BY ALL LIMIT 1
            """,
            [batch],
        ).fetchall()
        if found:
            return found[0]
    return None


def has_rows(connection: Connection, feed: Feed) -> bool:
    """Whether any row of `feed` was ever loaded."""
    return bool(connection.execute(f"SELECT 1 FROM {detail_table(feed)} LIMIT 1").fetchall())
