"""Limits that measures of events compare with, such as the hours to settle a complaint: loaded with the targets."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data.core.sql import quoted
from data.core.text import normalise
from data.feeds import all_feeds, feed_named
from data.feeds.limits import limit_names
from data.model.feed import Feed, Limit
from data.warehouse.connection import Connection
from data.warehouse.schema import active_rows, counted_rows, detail_table


def limited_feeds(connection: Connection) -> list[Feed]:
    """The feeds of which any target, counting or not, was ever a limit."""
    table = detail_table(feed_named("targets"))
    words = connection.execute(f"SELECT DISTINCT metric FROM {table}").fetchall()
    found = {limit_names()[word][0].name for (text,) in words if (word := normalise(str(text))) in limit_names()}
    return [feed for feed in all_feeds() if feed.name in found]


def limited_rows(connection: Connection, feed: Feed, rows: str | None = None) -> str:
    """SQL of the rows that counted_rows gives, with alias d and a column for each of its limits: SELECT ... FROM this.

    rows: others of the feed in place of those, with the same alias.
    """
    rows = rows or counted_rows(feed)
    for limit in feed.limits:
        held = _held(connection, limit, feed, rows)
        name = quoted(limit.name)
        if held.empty:
            rows = f"(SELECT d.*, {float(limit.default)}::DOUBLE AS {name} FROM {rows}) d"
            continue
        table = f"limit_{limit.name}"
        connection.register("limit_frame", held)
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS "
            "SELECT month::DATE AS month, choice::VARCHAR AS choice, number::DOUBLE AS number FROM limit_frame"
        )
        connection.unregister("limit_frame")
        rows = (
            f"(SELECT d.*, coalesce(l.number, {float(limit.default)}) AS {name} FROM {rows} LEFT JOIN {table} l "
            f"ON l.month = d.key_month AND l.choice = coalesce(d.{quoted(limit.by)}, '')) d"
        )
    return rows


def _held(connection: Connection, limit: Limit, feed: Feed, rows: str) -> pd.DataFrame:
    """What holds in each month that has rows: month, choice, number; nothing for months of the default."""
    stated = {
        (limit_names()[word][2], str(period)): float(number)
        for text, period, number in connection.execute(
            f"SELECT d.metric, d.period, d.target FROM {active_rows(feed_named('targets'))} "
            "WHERE d.target IS NOT NULL ORDER BY d.batch, d.row"
        ).fetchall()
        if (word := normalise(str(text))) in limit_names() and limit_names()[word][1] is limit
    }
    found = []
    if stated:
        months = connection.execute(f"SELECT DISTINCT key_month FROM {rows}").fetchall()
        for month in (pd.Timestamp(month) for (month,) in months):
            for choice in ("", *(feed.column(limit.by).choices or {})):
                number = next((stated[key] for key in _asked(month, choice) if key in stated), None)
                if number is not None:
                    found.append((month, choice, number))
    return pd.DataFrame(found, columns=["month", "choice", "number"])


def _asked(month: pd.Timestamp, choice: str) -> Iterator[tuple[str, str]]:
    """(choice, period) under which a limit may stand, the nearest first."""
    for name in dict.fromkeys((choice, "")):
        yield name, f"{month:%Y-%m}"
        yield name, f"{month:%Y}"
