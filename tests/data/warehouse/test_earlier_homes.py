"""A home of before parents had months and events an identity opens, and shows what it showed."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data.core.home import Home
from data.operations.undo import redo, undo
from data.snapshots.publish import snapshot_path
from data.snapshots.reader import current_version, open_snapshot
from data.snapshots.tickets import read_tickets

TICKETS = "ticket_id received_at unit category"


def as_before(path: Path, *statements: str) -> None:
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_home_of_before_opens_unchanged(home: Home, loads, cube) -> None:
    loads("a.csv", TICKETS, ("T1", "2025-11-03", "A1", "x"), ("T2", "2025-11-03", "A2", "x"))
    loads("b.csv", TICKETS, ("T3", "2025-11-03", "B1", "x"))
    shown = cube(home)
    version = current_version(home) or 0
    as_before(
        home.warehouse, "DROP TABLE identity", "DROP TABLE superseded", "ALTER TABLE detail_units DROP COLUMN since"
    )
    as_before(
        snapshot_path(home, version),
        "DROP TABLE superseded",
        "DROP TABLE unit_parent",
        "ALTER TABLE rows_units DROP COLUMN since",
    )
    assert cube(home) == shown
    snapshot = open_snapshot(home)
    assert snapshot.organisation.parent("A1") == "A"
    assert len(snapshot.table("units")) == 8
    assert read_tickets(home, version, ["A1", "A2"], "2025-11", "2025-11").total == 2
    # The first thing that writes goes on from there.
    undo(home, 3)
    redo(home, 3)
    assert cube(home) == shown
    assert open_snapshot(home).organisation.changes == []
