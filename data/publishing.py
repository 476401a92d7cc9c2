"""Publishing a version: an immutable read-only file under a temporary name, then renamed, then pointed to."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import duckdb

from data.cube import counted, write_paths
from data.errors import Busy, Damaged, WrongUsage
from data.feeds import all_feeds, feed_named
from data.home import Home
from data.lock import locked
from data.schema import active_rows
from data.warehouse import Connection, opened, organisation_of, unit_rows, version_of

KEPT = 20
# Feeds whose rows a version carries whole, to be shown and edited as a table.
EDITABLE = ("targets", "units", "events", "notes", "actions")
SUFFIX = ".duckdb"
POINTER = "current"
# An empty file that stands while a version is committed but not published: whoever reads next publishes it.
PENDING = ".writing-pending"


def snapshot_path(home: Home, version: int) -> Path:
    return home.snapshots / f"{version:06d}{SUFFIX}"


def published(home: Home) -> int | None:
    """The version that the pointer names and that is there; None if nothing was published."""
    try:
        version = int((home.snapshots / POINTER).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return version if snapshot_path(home, version).is_file() else None


def publish(connection: Connection, home: Home) -> int:
    """Writes the last committed version as a snapshot, points to it and prunes old ones; returns the version.

    A file that stands there already is replaced: it may be of an earlier database in the same folder.
    """
    version = version_of(connection)
    try:
        home.snapshots.mkdir(parents=True, exist_ok=True)
        temporary = home.snapshots / f".writing-{version}-{os.getpid()}{SUFFIX}"
        write_snapshot(connection, temporary)
        _flush(temporary)
        os.replace(temporary, snapshot_path(home, version))
        _point(home, version)
    except (duckdb.Error, OSError) as problem:
        _remove_unfinished(home)
        with suppress(OSError):
            announce(home)
        reason = str(problem).strip().splitlines()[0]
        raise Damaged(
            f"Version {version} is committed but cannot be published yet ({reason}). Make room on the disk; the next command publishes it."
        ) from problem
    (home.snapshots / PENDING).unlink(missing_ok=True)
    prune(home)
    return version


def announce(home: Home) -> None:
    """Says, before a transaction, that a version will want to be published: a crash at any moment after is noticed by the next reader."""
    home.snapshots.mkdir(parents=True, exist_ok=True)
    (home.snapshots / PENDING).touch()


def repair(connection: Connection, home: Home) -> None:
    """After a crash: removes unfinished files and publishes the last committed version if its snapshot is missing."""
    _remove_unfinished(home)
    version = version_of(connection)
    if version and published(home) != version:
        publish(connection, home)
    (home.snapshots / PENDING).unlink(missing_ok=True)


def mend(home: Home) -> None:
    """Before reading: what a crash left undone is finished, unless somebody writes at this moment."""
    if not needs_repair(home):
        return
    try:
        with locked(home, "repair", wait=0), opened(home) as connection:
            repair(connection, home)
    except Busy:
        pass
    except Damaged:
        if published(home) is None:
            raise


def _remove_unfinished(home: Home) -> None:
    for folder in (home.snapshots, home.originals):
        for leftover in folder.glob(".writing-*"):
            if leftover.name != PENDING:
                with suppress(OSError):
                    leftover.unlink()


def needs_repair(home: Home) -> bool:
    """Whether a warehouse stands there without a snapshot to read, or with an unfinished one."""
    return home.warehouse.is_file() and (published(home) is None or any(home.snapshots.glob(".writing-*")))


def pin(home: Home, version: int) -> None:
    """Keeps a version from being pruned; WrongUsage if it is not kept any more."""
    if not snapshot_path(home, version).is_file():
        raise WrongUsage(f"Version {version} is not kept.")
    (home.snapshots / f"{version:06d}.pinned").touch()


def prune(home: Home) -> None:
    """Removes snapshots older than the last KEPT, unless pinned or pointed to."""
    files = sorted(home.snapshots.glob(f"[0-9]*{SUFFIX}"))
    current = published(home)
    for path in files[:-KEPT]:
        if not path.with_suffix(".pinned").exists() and (current is None or path != snapshot_path(home, current)):
            with suppress(OSError):
                path.unlink()


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _point(home: Home, version: int) -> None:
    temporary = home.snapshots / f".writing-pointer-{os.getpid()}"
    with temporary.open("w", encoding="ascii") as file:
        file.write(str(version))
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, home.snapshots / POINTER)


def write_snapshot(connection: Connection, path: Path) -> None:
    """Everything that readers need, in one file."""
    path.unlink(missing_ok=True)
    write_paths(connection, organisation_of(connection))
    connection.register("units_now", unit_rows(connection))
    connection.register("measures_now", _measures())
    try:
        connection.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS snap")
        try:
            for statement in _statements():
                connection.execute(statement)
        finally:
            connection.execute("DETACH snap")
    finally:
        connection.unregister("units_now")
        connection.unregister("measures_now")


def _measures():  # type: ignore[no-untyped-def]
    import pandas as pd

    rows = [
        (measure.name, feed.name, measure.over_time, measure.additive)
        for feed in all_feeds()
        for measure in feed.measures
    ]
    return pd.DataFrame(rows, columns=["measure", "feed", "over_time", "additive"]).drop_duplicates("measure")


def _statements() -> list[str]:
    targets, indicators = feed_named("targets"), feed_named("indicators")
    return [
        "CREATE TABLE snap.version AS SELECT * FROM version",
        "CREATE TABLE snap.unit AS SELECT code, name, level, parent, kind, aliases::VARCHAR[] AS aliases, opened::DATE AS opened, closed::DATE AS closed FROM units_now",
        "CREATE TABLE snap.measure AS SELECT * FROM measures_now",
        f"""CREATE TABLE snap.cube AS SELECT measure, segment_kind, segment, unit, (year(month) * 12 + month(month) - 1)::INTEGER AS month, value
            FROM ({counted()}) ORDER BY measure, segment_kind, segment, unit, month""",
        f"""CREATE TABLE snap.target AS
            SELECT d.metric, d.period, d.key_unit AS unit, d.level, d.target, d.base, d.challenge, d.weight FROM {active_rows(targets)}
            UNION ALL
            SELECT d.indicator, strftime(d.key_month, '%Y-%m'), d.key_unit, NULL, d.target, NULL, NULL, NULL FROM {active_rows(indicators)} WHERE d.target IS NOT NULL""",
        f"""CREATE TABLE snap.indicator AS
            SELECT d.indicator AS code, max_by(d.name, d.key_month) AS name, max_by(d.better, d.key_month) AS better, max_by(d.scale, d.key_month) AS scale,
              max_by(d.over_time, d.key_month) AS over_time, max_by(d.unit_label, d.key_month) AS unit_label,
              CASE WHEN bool_or(d.numerator IS NOT NULL AND d.denominator IS NOT NULL) THEN 'ratio'
                   WHEN bool_or(d.numerator IS NOT NULL) THEN 'count' ELSE 'reported' END AS kind
            FROM {active_rows(indicators)} GROUP BY d.indicator ORDER BY d.indicator""",
        """CREATE TABLE snap.lineage AS
            SELECT c.feed, c.part, c.month, c.unit, c.batch, b.file, c.sheet, c.rows, c.first_row, c.last_row, r.unit IS NOT NULL AS restated
            FROM active a JOIN claim c ON c.feed = a.feed AND c.part = a.part AND c.month = a.month AND c.unit = a.unit AND c.batch = a.batch
            JOIN batch b ON b.batch = c.batch
            LEFT JOIN (SELECT DISTINCT o.feed, o.part, o.month, o.unit FROM claim o JOIN batch ob ON ob.batch = o.batch WHERE o.restated AND NOT ob.undone) r
            ON r.feed = a.feed AND r.part = a.part AND r.month = a.month AND r.unit = a.unit
            ORDER BY c.feed, c.month, c.unit, c.part""",
        *(
            f"CREATE TABLE snap.rows_{name} AS SELECT d.* EXCLUDE (batch, sheet) FROM {active_rows(feed_named(name))} ORDER BY d.batch, d.row"
            for name in EDITABLE
        ),
        "CREATE TABLE snap.batch AS SELECT * FROM batch",
        "CREATE TABLE snap.sheet AS SELECT * FROM sheet",
        """CREATE TABLE snap.batch_months AS SELECT batch, strftime(min(month) FILTER (month > DATE '1900-01-01'), '%Y-%m') AS first_month,
            strftime(max(month) FILTER (month > DATE '1900-01-01'), '%Y-%m') AS last_month FROM claim WHERE NOT cleared GROUP BY batch""",
    ]
