"""The monthly cube: additive measures of the rows that count, recomputed for feeds and months that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from data.core.sql import quoted
from data.feeds import all_feeds, feed_named
from data.model.feed import Feed, Measure
from data.model.organisation import Organisation
from data.warehouse.connection import Connection
from data.warehouse.limits import limited_feeds, limited_rows
from data.warehouse.schema import ACTIVE, active_rows, detail_table

TOTAL: tuple[str, ...] = ()
# Before and after every month.
FIRST, LAST = pd.Timestamp("1800-01-01"), pd.Timestamp("2200-01-01")
# Of a row of `unit_path` (an alias): whether it is so in the month of another one.
IN_FORCE = "{rows}.{month} >= {path}.since AND {rows}.{month} < {path}.until"


def update_cube(
    connection: Connection, touched: Mapping[str, Sequence[Any]], organisation: Organisation
) -> list[Any] | None:
    """Recomputes the months of each feed in `touched`; if units are among them, all months of the feeds of events too;
    if targets are, those of feeds whose limits were ever loaded.

    Returns the months whose published figures may differ from now on; None: any may.
    """
    work: dict[str, Sequence[Any] | None] = dict(touched)
    if "units" in work:
        work.update({feed.name: None for feed in all_feeds() if feed.events})
    limited = limited_feeds(connection) if "targets" in work else []
    work.update({feed.name: None for feed in limited})
    write_paths(connection, organisation)
    for name, months in work.items():
        feed = feed_named(name)
        if feed.measures:
            recompute(connection, feed, months)
    if "units" in touched or limited:
        return None
    return sorted({month for name, months in touched.items() if feed_named(name).measures for month in months})


def unit_paths(organisation: Organisation) -> pd.DataFrame:
    """One row per unit and each unit whose events include its own: itself and its ancestors below the top; where units
    move, for each time between two changes.

    Columns unit, ancestor, branch (the ancestor next below the top), level, opened, closed (of the unit), since and
    until (the months from which and before which it is so).
    """
    lives = organisation.frame.set_index("code")[["level", "opened", "closed"]]
    parts = []
    for since, until in pairwise([FIRST, *organisation.changes, LAST]):
        then = organisation.at(since)
        rows: list[tuple[str, str, str]] = []
        for code in then.codes:
            above = list(then.ancestors(code))
            line = [code, *above[:-1]]
            rows.extend((code, ancestor, line[-1]) for ancestor in line)
        parts.append(
            pd.DataFrame(rows, columns=["unit", "ancestor", "branch"], dtype="object").assign(since=since, until=until)
        )
    return pd.concat(parts, ignore_index=True).join(lives, on="unit")


def write_paths(connection: Connection, organisation: Organisation) -> None:
    connection.register("path_frame", unit_paths(organisation))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE unit_path AS SELECT unit::VARCHAR AS unit, ancestor::VARCHAR AS ancestor, "
        "branch::VARCHAR AS branch, "
        "level::VARCHAR AS level, opened::DATE AS opened, closed::DATE AS closed, since::DATE AS since, "
        "until::DATE AS until FROM path_frame"
    )
    connection.unregister("path_frame")


def recompute(connection: Connection, feed: Feed, months: Sequence[Any] | None) -> None:
    """Computes these months of a feed with measures anew (None: all). Precondition: `write_paths` was called."""
    which = "" if months is None else f"AND month IN ({', '.join('?::DATE' for _ in months)})"
    given = list(months or [])
    connection.execute(f"DELETE FROM cube WHERE feed = '{feed.name}' {which}", given)
    if feed.events:
        _gather_events(connection, feed, which, given)
    else:
        rows = f"SELECT d.*, true AS own FROM {active_rows(feed)} WHERE true {which.replace('month', 'd.key_month', 1)}"
        for kind, measures in _by_kind(feed.measures).items():
            _insert(connection, feed, kind, {measure.name: measure.sql for measure in measures}, rows, given)
    if feed.events:
        _fill_with_zero(connection, feed, which, given)


def _gather_events(connection: Connection, feed: Feed, which: str, given: list[Any]) -> None:
    """The measures of events, for each unit and every unit above it.

    Rows are summed up once, unit by unit and in all their segments; every figure is a sum of those few lines. Which of
    them count is looked up then, not for each of a hundred million rows. What is distinct is counted from the rows of
    each whole.
    """
    month = which.replace("month", "d.key_month", 1)
    above = f"JOIN unit_path p ON p.unit = g.key_unit AND {IN_FORCE.format(rows='g', month='key_month', path='p')}"
    additive = [measure for measure in feed.measures if not measure.within]
    segments = list(dict.fromkeys(name for measure in additive for kind in measure.segments for name in kind))
    columns = ", ".join(
        f"d.{quoted(name)}" for name in ("batch", "sheet", "key_part", "key_month", "key_unit", *segments)
    )
    sums = ", ".join(f"({measure.sql})::DOUBLE AS {quoted(measure.name)}" for measure in additive)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE gathered AS
        SELECT g.* EXCLUDE (key_unit), p.ancestor AS key_unit, p.ancestor = g.key_unit AS own
        FROM (SELECT {columns}, {sums} FROM {limited_rows(connection, feed)} WHERE true {month} GROUP BY ALL) g
            JOIN {ACTIVE.format(feed=feed.name, rows="g")} {above}
        """,
        given,
    )
    for measure in additive:
        _forget_unstated(connection, feed, measure)
    for kind, measures in _by_kind(additive).items():
        totals = {measure.name: _total(measure) for measure in measures}
        _insert(connection, feed, kind, totals, "FROM gathered", [])
    connection.execute("DROP TABLE gathered")
    for measure in (measure for measure in feed.measures if measure.within):
        assert all(kind == measure.within for kind in measure.segments), (
            "a distinct count has the segments it is within"
        )
        inside = ", ".join(quoted(name) for name in measure.within)
        counted_within = (
            f"SELECT key_month, ancestor AS key_unit, {inside}, bool_or(p.ancestor = g.key_unit) AS own, "
            f"({measure.sql})::DOUBLE AS {quoted(measure.name)} "
            f"FROM (SELECT d.* FROM {active_rows(feed)} WHERE true {month}) g {above} GROUP BY ALL"
        )
        connection.execute(f"CREATE OR REPLACE TEMP TABLE distinct_within AS {counted_within}", given)
        for kind in (TOTAL, *measure.segments):
            _insert(connection, feed, kind, {measure.name: f"sum({quoted(measure.name)})"}, "FROM distinct_within", [])
        connection.execute("DROP TABLE distinct_within")


def _total(measure: Measure) -> str:
    """SQL of a whole's figure from those of its parts."""
    name = quoted(measure.name)
    return f"CASE WHEN count({name}) = count(*) THEN sum({name}) END" if measure.needs else f"sum({name})"


def _forget_unstated(connection: Connection, feed: Feed, measure: Measure) -> None:
    """Takes back what was counted as nothing in sheets that had no such column, and in no row a value of it."""
    for column in measure.needs:
        connection.execute(
            f"""
            UPDATE gathered SET {quoted(measure.name)} = NULL WHERE (batch, sheet) IN (
                SELECT (s.batch, s.sheet) FROM sheet s WHERE s.feed = '{feed.name}'
                    AND s.batch IN (SELECT DISTINCT batch FROM gathered)
                    AND NOT contains(s.columns, '"{column}":')
                    AND NOT EXISTS (FROM {detail_table(feed)} d
                        WHERE d.batch = s.batch AND d.sheet = s.sheet AND d.{quoted(column)} IS NOT NULL))
            """
        )


def _insert(
    connection: Connection, feed: Feed, kind: tuple[str, ...], measures: Mapping[str, str], rows: str, given: list[Any]
) -> None:
    """Adds `measures` (name -> SQL over `rows`) by month, unit and the segments of `kind`."""
    segment = " || '/' || ".join(f"coalesce({quoted(name)}::VARCHAR, '')" for name in kind) or "''"
    sums = ", ".join(f"({sql})::DOUBLE AS {quoted(name)}" for name, sql in measures.items())
    names = ", ".join(quoted(name) for name in measures)
    connection.execute(
        f"""
        INSERT INTO cube SELECT '{feed.name}', key_month, key_unit, measure, '{"/".join(kind)}', segment, value, own
            FROM (
          SELECT key_month, key_unit, {segment} AS segment, bool_or(own) AS own, {sums} FROM ({rows})
              GROUP BY key_month, key_unit, {segment}
        ) UNPIVOT (value FOR measure IN ({names}))
        """,
        given,
    )


def _by_kind(measures: Sequence[Measure]) -> dict[tuple[str, ...], list[Measure]]:
    found: dict[tuple[str, ...], list[Measure]] = {}
    for measure in measures:
        for kind in (TOTAL, *measure.segments):
            found.setdefault(kind, []).append(measure)
    return found


def _fill_with_zero(connection: Connection, feed: Feed, which: str, given: list[Any]) -> None:
    """No row is no event: open units of a branch that has some that month, at the levels that events were given to, had
    none.
    """
    connection.execute(
        f"""
        INSERT INTO cube
        WITH held AS (SELECT c.month, c.unit, c.measure FROM cube c WHERE c.feed = '{feed.name}'
            AND c.segment_kind = '' {which.replace("month", "c.month", 1)}),
        place AS (SELECT DISTINCT unit, branch, level, opened, closed, since, until FROM unit_path),
        placed AS (SELECT h.month, p.branch, p.level, h.measure FROM held h JOIN place p ON p.unit = h.unit
            AND {IN_FORCE.format(rows="h", month="month", path="p")}),
        used AS (SELECT DISTINCT month, branch, level FROM placed),
        brought AS (SELECT DISTINCT month, branch, measure FROM placed)
        SELECT '{feed.name}', u.month, p.unit, b.measure, '', '', 0.0, false
        FROM used u JOIN place p ON p.branch = u.branch AND p.level = u.level JOIN brought b ON b.month = u.month
            AND b.branch = u.branch
        WHERE {IN_FORCE.format(rows="u", month="month", path="p")}
        AND (p.opened IS NULL OR date_trunc('month', p.opened) <= u.month)
        AND (p.closed IS NULL OR p.closed >= u.month)
        -- A unit with rows has what they say, and what they do not say is not known.
        AND NOT EXISTS (SELECT 1 FROM held h WHERE h.month = u.month AND h.unit = p.unit)
        """,
        given,
    )


def published_cube_sql(source: str = "cube") -> str:
    """SQL of the cube as published: one value per (month, unit, measure, segment_kind, segment).

    source: the cube, or a table with whole months of it.

    Monthly totals stand before events of the same unit, month and measure. Where a unit below has monthly totals, the
    events of those above it are corrected by the difference, so that a whole is the sum of its parts however each part
    was reported.
    """
    events = ", ".join(f"'{feed.name}'" for feed in all_feeds() if feed.events) or "''"
    return f"""
        WITH total AS (SELECT * FROM {source} WHERE feed NOT IN ({events})), event AS (SELECT * FROM {source}
            WHERE feed IN ({events})),
        stated AS (SELECT DISTINCT month, unit, measure, segment_kind FROM total
                   WHERE EXISTS (SELECT 1 FROM event e WHERE e.month = total.month AND e.measure = total.measure)),
        topmost AS (SELECT s.* FROM stated s WHERE NOT EXISTS (
            SELECT 1 FROM unit_path p JOIN stated o ON o.unit = p.ancestor AND o.month = s.month
                AND o.measure = s.measure AND o.segment_kind = s.segment_kind
            WHERE p.unit = s.unit AND p.ancestor <> s.unit AND {IN_FORCE.format(rows="s", month="month", path="p")})),
        difference AS (
            SELECT t.month, t.unit, t.measure, t.segment_kind, t.segment, t.value FROM total t SEMI
                JOIN topmost USING (month, unit, measure, segment_kind)
            UNION ALL
            SELECT e.month, e.unit, e.measure, e.segment_kind, e.segment, -e.value FROM event e SEMI
                JOIN topmost USING (month, unit, measure, segment_kind)),
        correction AS (
            SELECT d.month, p.ancestor AS unit, d.measure, d.segment_kind, d.segment, d.value
            FROM difference d JOIN unit_path p ON p.unit = d.unit AND p.ancestor <> d.unit
                AND {IN_FORCE.format(rows="d", month="month", path="p")}
            WHERE EXISTS (SELECT 1 FROM event e WHERE e.month = d.month AND e.unit = p.ancestor
                AND e.measure = d.measure))
        SELECT month, unit, measure, segment_kind, segment, sum(value) AS value FROM (
            SELECT month, unit, measure, segment_kind, segment, value FROM total
            UNION ALL
            SELECT month, unit, measure, segment_kind, segment, value
            FROM (SELECT month, unit, measure, segment_kind, segment, value FROM event UNION ALL SELECT *
                FROM correction) e
            WHERE NOT EXISTS (SELECT 1 FROM stated s WHERE s.month = e.month AND s.unit = e.unit
                AND s.measure = e.measure AND s.segment_kind = e.segment_kind))
        GROUP BY month, unit, measure, segment_kind, segment
        """
