"""The warehouse's tables. Detail tables follow from the feeds' records; nothing here comes from a user."""

from __future__ import annotations

from collections.abc import Iterator

from data.core.sql import quoted
from data.feeds import all_feeds
from data.model.feed import Column, Feed

FORMAT = 1
SQL_TYPES = {
    "text": "VARCHAR",
    "unit": "VARCHAR",
    "month": "DATE",
    "period": "VARCHAR",
    "time": "TIMESTAMP",
    "count": "DOUBLE",
    "number": "DOUBLE",
    "share": "DOUBLE",
    "choice": "VARCHAR",
    "flag": "BOOLEAN",
}

# batch.undone is the one thing about a batch that ever changes. `claim` says which keys a batch holds, or clears; it
# is append-only. `provisional` is the day to which the figures of a month that is not over go. `active` follows from
# both: the latest claim of a batch that is not undone. `correction` names the batches of single cells, and those from
# which they took the rest of their keys over. `measured` says by which measures a feed's cube was computed.
# `identity` is what was said of events that several exports hold; `superseded`, the rows that therefore do not count,
# follows from it and from `active`.
TABLES = """
CREATE TABLE IF NOT EXISTS warehouse_format (number INTEGER);
CREATE TABLE IF NOT EXISTS version (version INTEGER PRIMARY KEY, made_at TIMESTAMP, who VARCHAR, action VARCHAR,
    batches INTEGER[]);
CREATE TABLE IF NOT EXISTS batch (
  batch INTEGER PRIMARY KEY, version INTEGER, file VARCHAR, sha256 VARCHAR, size BIGINT, profile VARCHAR,
      loaded_at TIMESTAMP, loaded_by VARCHAR,
  undone BOOLEAN, findings VARCHAR, original VARCHAR);
CREATE TABLE IF NOT EXISTS sheet (
  batch INTEGER, sheet VARCHAR, feed VARCHAR, rows BIGINT, header_row INTEGER, columns VARCHAR, places VARCHAR,
      ignored VARCHAR, profile VARCHAR);
CREATE TABLE IF NOT EXISTS claim (
  batch INTEGER, feed VARCHAR, part VARCHAR, month DATE, unit VARCHAR, cleared BOOLEAN, sheet VARCHAR, rows BIGINT,
      first_row BIGINT, last_row BIGINT,
  restated BOOLEAN, provisional DATE);
ALTER TABLE claim ADD COLUMN IF NOT EXISTS restated BOOLEAN;
ALTER TABLE claim ADD COLUMN IF NOT EXISTS provisional DATE;
CREATE TABLE IF NOT EXISTS active (
  feed VARCHAR, part VARCHAR, month DATE, unit VARCHAR, batch INTEGER, PRIMARY KEY (feed, part, month, unit));
CREATE TABLE IF NOT EXISTS identity (batch INTEGER, feed VARCHAR, identity VARCHAR, decision VARCHAR);
CREATE TABLE IF NOT EXISTS superseded (feed VARCHAR, batch INTEGER, sheet VARCHAR, row BIGINT, month DATE);
CREATE TABLE IF NOT EXISTS correction (batch INTEGER PRIMARY KEY, bases INTEGER[]);
CREATE TABLE IF NOT EXISTS measured (feed VARCHAR PRIMARY KEY, digest VARCHAR);
CREATE TABLE IF NOT EXISTS cube (
  feed VARCHAR, month DATE, unit VARCHAR, measure VARCHAR, segment_kind VARCHAR, segment VARCHAR, value DOUBLE,
      direct BOOLEAN);
"""


def sql_type(column: Column) -> str:
    return SQL_TYPES[column.type]


def detail_table(feed: Feed) -> str:
    return f"detail_{feed.name}"


def _detail(feed: Feed) -> Iterator[str]:
    columns = ", ".join(f"{quoted(column.name)} {sql_type(column)}" for column in feed.columns)
    yield (
        f"CREATE TABLE IF NOT EXISTS {detail_table(feed)} (batch INTEGER, sheet VARCHAR, row BIGINT, key_month DATE, "
        f"key_unit VARCHAR, key_part VARCHAR, {columns})"
    )


def _added(feed: Feed) -> Iterator[str]:
    """Columns that a later version of the program added."""
    for column in feed.columns:
        yield f"ALTER TABLE {detail_table(feed)} ADD COLUMN IF NOT EXISTS {quoted(column.name)} {sql_type(column)}"


def schema_statements(fresh: bool = False) -> Iterator[str]:
    """Everything that brings an older warehouse, or a fresh one, to today's shape."""
    yield from (statement for statement in TABLES.split(";") if statement.strip())
    for feed in all_feeds():
        yield from _detail(feed)
        if not fresh:
            yield from _added(feed)


# What counts, joined to `rows` (an alias) of the detail table of `feed`.
ACTIVE = (
    "active a ON a.feed = '{feed}' AND a.part = {rows}.key_part AND a.month "
    "= {rows}.key_month AND a.unit = {rows}.key_unit AND a.batch = {rows}.batch"
)


def counted_rows(feed: Feed) -> str:
    """SQL of the feed's rows without those superseded by another export, with alias d: SELECT ... FROM this."""
    table = f"{detail_table(feed)} d"
    if not feed.identity:
        return table
    same = "s.batch = d.batch AND s.sheet = d.sheet AND s.row = d.row"
    return f"{table} ANTI JOIN superseded s ON s.feed = '{feed.name}' AND {same}"


def active_rows(feed: Feed) -> str:
    """SQL of the feed's rows that count, with alias d: SELECT ... FROM this."""
    return f"{counted_rows(feed)} JOIN {ACTIVE.format(feed=feed.name, rows='d')}"
