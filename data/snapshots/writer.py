"""The file of a version, written whole, or from the version before with the months that changed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data.feeds import all_feeds, feed_named
from data.model.organisation import Organisation
from data.warehouse.connection import Connection, transaction, unit_rows
from data.warehouse.cube import IN_FORCE, published_cube_sql, write_paths
from data.warehouse.schema import active_rows

# Feeds whose rows a version carries whole, to be shown and edited as a table.
EDITABLE = ("targets", "units", "events", "notes", "actions", "people")


def write_snapshot(
    connection: Connection,
    path: Path,
    organisation: Organisation,
    before: Path | None = None,
    months: Sequence[Any] | None = None,
) -> None:
    """Writes everything that readers need into one file.

    organisation: the units of the version.
    before: the file of the version before, whose figures are kept where they still hold.
    months: the only months whose figures are written anew then.
    """
    path.unlink(missing_ok=True)
    write_paths(connection, organisation)
    connection.register("units_now", organisation.frame if len(organisation) else unit_rows(connection))
    connection.register("parents_now", _parents(organisation))
    connection.register("measures_now", _measures())
    continued = before is not None and months is not None and _continue(connection, before, path)
    try:
        if not continued:
            path.unlink(missing_ok=True)
            _attach(connection, path)
        try:
            with transaction(connection):
                _write_cube(connection, months if continued else None)
                for statement in _statements():
                    connection.execute(statement)
            connection.execute("CHECKPOINT snap")
        finally:
            connection.execute("DETACH snap")
    finally:
        connection.unregister("units_now")
        connection.unregister("parents_now")
        connection.unregister("measures_now")


def _continue(connection: Connection, before: Path, path: Path) -> bool:
    """Attaches a copy of the version `before`, if its figures can be gone on from; else leaves nothing attached."""
    if not before.is_file():
        return False
    shutil.copyfile(before, path)
    try:
        _attach(connection, path)
    except duckdb.Error:  # damaged: then everything is written anew
        return False
    if not (fits := _comes_before(connection)):
        connection.execute("DETACH snap")
    return fits


def _attach(connection: Connection, path: Path) -> None:
    connection.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS snap")


def _comes_before(connection: Connection) -> bool:
    """Whether the attached snapshot is of this warehouse, one version ago, with the measures of today's program."""
    tables = {
        name
        for (name,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'snap'"
        ).fetchall()
    }
    if not {"version", "measure", "cube"} <= tables:
        return False
    versions, measures = connection.execute(
        """
        SELECT (SELECT count(*) FROM (FROM version EXCEPT FROM snap.version)) - 1 + (SELECT count(*)
            FROM (FROM snap.version EXCEPT FROM version)),
          (SELECT count(*) FROM ((FROM measures_now EXCEPT FROM snap.measure) UNION ALL (FROM snap.measure EXCEPT
              FROM measures_now)))
        """
    ).fetchall()[0]
    return bool(versions == 0 and measures == 0)


def _write_cube(connection: Connection, months: Sequence[Any] | None) -> None:
    number = "(year(month) * 12 + month(month) - 1)::INTEGER"
    source = "cube"
    if months is not None:
        source = "cube_anew"
        which = f"IN ({', '.join(str(one.year * 12 + one.month - 1) for one in months)})" if months else "IS NULL"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {source} AS SELECT * FROM cube WHERE {number} {which}")
        connection.execute(f"DELETE FROM snap.cube WHERE month {which}")
    connection.execute(
        f"""
        {"CREATE TABLE snap.cube AS" if months is None else "INSERT INTO snap.cube"}
        SELECT measure, segment_kind, segment, unit, {number} AS month, value
        FROM ({published_cube_sql(source)}) ORDER BY measure, segment_kind, segment, unit, month
        """
    )
    if months is not None:
        connection.execute(f"DROP TABLE {source}")


def _parents(organisation: Organisation) -> pd.DataFrame:
    """The parents of units that moved: code, since, parent."""
    rows = [(one.code, one.since, one.parent) for one in organisation.parents_since]
    return pd.DataFrame(rows, columns=["code", "since", "parent"], dtype="object")


def _measures() -> pd.DataFrame:
    rows = [
        (measure.name, feed.name, measure.over_time, measure.additive)
        for feed in all_feeds()
        for measure in feed.measures
    ]
    return pd.DataFrame(rows, columns=["measure", "feed", "over_time", "additive"]).drop_duplicates("measure")


def _statements() -> list[str]:
    targets, indicators = feed_named("targets"), feed_named("indicators")
    return [
        "CREATE OR REPLACE TABLE snap.version AS SELECT * FROM version",
        "CREATE OR REPLACE TABLE snap.unit AS SELECT code, name, level, parent, kind, aliases::VARCHAR[] AS aliases, "
        "opened::DATE AS opened, closed::DATE AS closed FROM units_now",
        "CREATE OR REPLACE TABLE snap.unit_parent AS SELECT code::VARCHAR AS code, since::DATE AS since, "
        "parent::VARCHAR AS parent FROM parents_now",
        "CREATE OR REPLACE TABLE snap.measure AS SELECT * FROM measures_now",
        f"""CREATE OR REPLACE TABLE snap.target AS
            SELECT d.metric, d.period, d.key_unit AS unit, d.level, d.target, d.base, d.challenge, d.weight
                FROM {active_rows(targets)}
            UNION ALL
            SELECT d.indicator, strftime(d.key_month, '%Y-%m'), d.key_unit, NULL, d.target, NULL, NULL, NULL
                FROM {active_rows(indicators)} WHERE d.target IS NOT NULL""",
        f"""CREATE OR REPLACE TABLE snap.indicator AS
            SELECT d.indicator AS code, max_by(d.name, d.key_month) AS name, max_by(d.better, d.key_month) AS better,
                max_by(d.scale, d.key_month) AS scale,
              max_by(d.over_time, d.key_month) AS over_time, max_by(d.unit_label, d.key_month) AS unit_label,
              CASE WHEN bool_or(d.numerator IS NOT NULL AND d.denominator IS NOT NULL) THEN 'ratio'
                   WHEN bool_or(d.numerator IS NOT NULL) THEN 'count' ELSE 'reported' END AS kind
            FROM {active_rows(indicators)} GROUP BY d.indicator ORDER BY d.indicator""",
        _provisional(),
        """CREATE OR REPLACE TABLE snap.lineage AS
            SELECT c.feed, c.part, c.month, c.unit, c.batch, b.file, c.sheet, c.rows, c.first_row, c.last_row,
                r.unit IS NOT NULL AS restated
            FROM active a JOIN claim c ON c.feed = a.feed AND c.part = a.part AND c.month = a.month
                AND c.unit = a.unit AND c.batch = a.batch
            JOIN batch b ON b.batch = c.batch
            LEFT JOIN (SELECT DISTINCT o.feed, o.part, o.month, o.unit FROM claim o JOIN batch ob
                ON ob.batch = o.batch WHERE o.restated AND NOT ob.undone) r
            ON r.feed = a.feed AND r.part = a.part AND r.month = a.month AND r.unit = a.unit
            ORDER BY c.feed, c.month, c.unit, c.part""",
        *(
            f"CREATE OR REPLACE TABLE snap.rows_{name} AS SELECT d.* EXCLUDE (batch, sheet) FROM "
            f"{active_rows(feed_named(name))} ORDER BY d.batch, d.row"
            for name in EDITABLE
        ),
        "CREATE OR REPLACE TABLE snap.superseded AS SELECT * FROM superseded",
        "CREATE OR REPLACE TABLE snap.batch AS SELECT * FROM batch",
        "CREATE OR REPLACE TABLE snap.sheet AS SELECT * FROM sheet",
        "CREATE OR REPLACE TABLE snap.correction AS SELECT * FROM correction",
        """CREATE OR REPLACE TABLE snap.batch_months AS SELECT batch,
            strftime(min(month) FILTER (month > DATE '1900-01-01'), '%Y-%m') AS first_month,
            strftime(max(month) FILTER (month > DATE '1900-01-01'), '%Y-%m') AS last_month FROM claim
                WHERE NOT cleared GROUP BY batch""",
    ]


def _provisional() -> str:
    """SQL of snap.provisional: measure, month (year * 12 + month - 1), unit, until (a day): units' own figures of
    months that are not over.

    Of events the newest file of a branch says it for the whole branch: a unit without rows had none until that day.
    Monthly totals stand before events, and say it for themselves.
    """
    events = ", ".join(f"'{feed.name}'" for feed in all_feeds() if feed.events) or "''"
    return f"""
        CREATE OR REPLACE TABLE snap.provisional AS
        WITH held AS (SELECT a.feed, a.month, a.unit, a.batch, c.provisional AS until FROM active a JOIN claim c
            ON c.feed = a.feed AND c.part = a.part AND c.month = a.month AND c.unit = a.unit AND c.batch = a.batch
            WHERE (a.feed, a.month) IN (SELECT (feed, month) FROM claim WHERE provisional IS NOT NULL)),
        place AS (SELECT DISTINCT unit, branch, since, until FROM unit_path),
        branch AS (SELECT h.feed, h.month, p.branch, max_by(coalesce(h.until, DATE '9999-12-31'), h.batch) AS until
            FROM held h JOIN place p ON p.unit = h.unit AND {IN_FORCE.format(rows="h", month="month", path="p")}
            WHERE h.feed IN ({events}) GROUP BY ALL),
        unfinished AS (
            SELECT feed, month, unit, min(until) AS until FROM held
                WHERE until IS NOT NULL AND feed NOT IN ({events}) GROUP BY ALL
            UNION ALL SELECT b.feed, b.month, p.unit, b.until FROM branch b JOIN place p ON p.branch = b.branch
                AND {IN_FORCE.format(rows="b", month="month", path="p")} WHERE b.until < DATE '9999-12-31')
        SELECT c.measure, (year(c.month) * 12 + month(c.month) - 1)::INTEGER AS month, c.unit, min(u.until) AS until
        FROM cube c JOIN unfinished u ON u.feed = c.feed AND u.month = c.month AND u.unit = c.unit
        WHERE NOT (c.feed IN ({events}) AND EXISTS (SELECT 1 FROM cube t WHERE t.feed NOT IN ({events})
            AND t.month = c.month AND t.unit = c.unit AND t.measure = c.measure))
        GROUP BY ALL ORDER BY ALL"""
