"""Batches of single cells: what of a key they leave as it was is taken over from the batch that counted before."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data.core.sql import quoted
from data.model.feed import Feed
from data.model.staged import StagedSheet, to_arrow
from data.warehouse.connection import Connection
from data.warehouse.schema import active_rows, detail_table, sql_type

# Between the file and the sheet that a row was taken over from: it is still the row of that file.
ORIGIN = " › "
TAKEN_OVER = ("part", "month", "unit", "rows", "until", "held")


def incoming_columns(feed: Feed) -> str:
    """SQL of a registered staged frame's columns, typed as they are stored."""
    keys = "row, key_month::DATE AS key_month, key_unit::VARCHAR AS key_unit, key_part::VARCHAR AS key_part"
    return f"{keys}, " + ", ".join(
        f"{quoted(column.name)}::{sql_type(column)} AS {quoted(column.name)}" for column in feed.columns
    )


def same_key(feed: Feed, one: str, other: str) -> str:
    """SQL: whether two rows have one key of the feed, such as one ticket's, in whatever month and unit."""
    names = [quoted(name) for name in feed.key]
    return " AND ".join(f"{one}.{name} IS NOT DISTINCT FROM {other}.{name}" for name in names)


def stored_beside(connection: Connection, sheet: StagedSheet) -> pd.DataFrame:
    """Each row of a sheet with what is empty in it filled by the row that counts under its key.

    The columns of StagedSheet.frame, and `found`: how many rows count under its key.
    """
    feed = sheet.feed
    filled = ", ".join(
        f"coalesce(i.{quoted(one.name)}, d.{quoted(one.name)}) AS {quoted(one.name)}" for one in feed.columns
    )
    connection.register("incoming", to_arrow(with_joined_aliases(sheet.frame).assign(place=range(len(sheet.frame)))))
    frame = connection.execute(
        f"""
        WITH i AS (SELECT place, {incoming_columns(feed)} FROM incoming),
        d AS (SELECT d.* FROM {active_rows(feed)})
        SELECT i.row, coalesce(i.key_month, d.key_month) AS key_month, coalesce(i.key_unit, d.key_unit) AS key_unit,
          {filled}, count(d.row) OVER (PARTITION BY i.place) AS found
        FROM i LEFT JOIN d ON {same_key(feed, "i", "d")}
        QUALIFY row_number() OVER (PARTITION BY i.place ORDER BY d.row) = 1 ORDER BY i.place
        """
    ).df()
    connection.unregister("incoming")
    return frame


def with_joined_aliases(frame: pd.DataFrame) -> pd.DataFrame:
    """Units' aliases as the one text that is stored."""
    if "aliases" not in frame:
        return frame
    return frame.assign(aliases=[";".join(words) if isinstance(words, list) else words for words in frame["aliases"]])


def provisional_months(connection: Connection, feed: Feed) -> dict[pd.Timestamp, pd.Timestamp]:
    """The months of a feed that are not over as they count now -> the day to which their figures go."""
    rows = connection.execute(
        "SELECT c.month, min(c.provisional) FROM active a JOIN claim c USING (feed, part, month, unit, batch) "
        "WHERE a.feed = ? AND c.provisional IS NOT NULL GROUP BY 1",
        [feed.name],
    ).fetchall()
    return {pd.Timestamp(month): pd.Timestamp(until) for month, until in rows}


def take_over_rest(connection: Connection, batch: int, feeds: Iterable[Feed]) -> pd.DataFrame:
    """Copies into `batch`, whose own rows are written, all other rows of the keys that it touches.

    Returns each of these keys: feed and TAKEN_OVER, rows: how many were copied; until: the day to which its month goes,
    if that is not over; held: whether anything counted under it.
    """
    found = []
    bases: set[int] = set()
    for feed in feeds:
        table = detail_table(feed)
        names = ", ".join(quoted(name) for name in ("row", "key_month", "key_unit", "key_part"))
        names += ", " + ", ".join(quoted(column.name) for column in feed.columns)
        key = "key_part, key_month, key_unit"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE touched AS SELECT DISTINCT {key} FROM {table} WHERE batch = ? UNION "
            f"SELECT DISTINCT d.key_part, d.key_month, d.key_unit FROM {active_rows(feed)} "
            f"WHERE EXISTS (SELECT 1 FROM {table} n WHERE n.batch = ? AND {same_key(feed, 'n', 'd')})",
            [batch, batch],
        )
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE rest AS SELECT d.*, b.file FROM {active_rows(feed)} "
            f"JOIN touched t USING ({key}) JOIN batch b ON b.batch = d.batch"
        )
        bases |= {int(one) for (one,) in connection.execute("SELECT DISTINCT batch FROM rest").fetchall()}
        connection.execute(
            f"DELETE FROM rest r WHERE EXISTS (FROM {table} n WHERE n.batch = ? AND {same_key(feed, 'n', 'r')})",
            [batch],
        )
        connection.execute(
            f"INSERT INTO {table} (batch, sheet, {names}) SELECT ?, CASE WHEN contains(sheet, '{ORIGIN}') THEN sheet "
            f"ELSE concat_ws('{ORIGIN}', file, nullif(sheet, '')) || CASE WHEN sheet = '' THEN '{ORIGIN}' ELSE '' END "
            f"END, {names} FROM rest",
            [batch],
        )
        frame = connection.execute(
            "SELECT t.key_part AS part, t.key_month AS month, t.key_unit AS unit, count(r.row) AS rows, "
            "any_value(c.provisional) AS until, count(a.batch) > 0 AS held FROM touched t "
            "LEFT JOIN rest r USING (key_part, key_month, key_unit) LEFT JOIN active a ON a.feed = ? "
            "AND a.part = t.key_part AND a.month = t.key_month AND a.unit = t.key_unit "
            "LEFT JOIN claim c ON c.feed = a.feed AND c.part = a.part AND c.month = a.month AND c.unit = a.unit "
            "AND c.batch = a.batch GROUP BY ALL ORDER BY ALL",
            [feed.name],
        ).df()
        found.append(frame.assign(feed=feed.name))
        connection.execute("DROP TABLE touched")
        connection.execute("DROP TABLE rest")
    connection.execute("INSERT INTO correction VALUES (?, ?)", [batch, sorted(bases)])
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["feed", *TAKEN_OVER])


def resting_on(connection: Connection, batch: int) -> list[int]:
    """The batches of single cells that count and took rows over from `batch`."""
    rows = connection.execute(
        "SELECT c.batch FROM correction c JOIN batch b ON b.batch = c.batch WHERE list_contains(c.bases, ?) "
        "AND NOT b.undone ORDER BY 1",
        [batch],
    ).fetchall()
    return [int(one) for (one,) in rows]


def undone_bases(connection: Connection, batch: int) -> list[int]:
    """The undone batches from which `batch` took rows over."""
    rows = connection.execute(
        "SELECT b.batch FROM correction c JOIN batch b ON list_contains(c.bases, b.batch) WHERE c.batch = ? "
        "AND b.undone ORDER BY 1",
        [batch],
    ).fetchall()
    return [int(one) for (one,) in rows]
