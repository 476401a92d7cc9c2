"""A version that goes on from the one before holds the same figures as one that is written anew."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from data.core.home import Home
from data.operations.undo import redo, undo
from data.snapshots.publish import snapshot_path
from data.snapshots.writer import write_snapshot
from data.warehouse.connection import open_warehouse, organisation_of

TICKETS, MONTHLY, CUSTOMERS = (
    "ticket_id received_at unit category",
    "month unit category complaints escalated",
    "month unit customers",
)
STEPS = {
    "a month": lambda loads, home: loads(
        "a.csv", TICKETS, ("T1", "2025-01-05", "A1", "资费"), ("T2", "2025-01-06", "B1", "网络")
    ),
    "the next": lambda loads, home: loads("b.csv", TICKETS, ("T3", "2025-02-05", "A1", "资费")),
    "a total above tickets": lambda loads, home: loads(
        "m.csv", MONTHLY, ("2025-01", "A", "网络", 7, ""), ("2025-02", "B", "资费", 2, "")
    ),
    "another feed": lambda loads, home: loads("c.csv", CUSTOMERS, ("2025-01", "A", 10), ("2025-02", "A", 11)),
    "a month restated": lambda loads, home: loads(
        "d.csv", TICKETS, ("T3", "2025-02-05", "A1", "网络"), ("T4", "2025-02-07", "A2", "资费")
    ),
    "no figures at all": lambda loads, home: loads(
        "t.csv", "metric period level target", ("complaints_per_10k", "2025", "city", 2)
    ),
    "undo": lambda loads, home: undo(home, 4),
    "a unit moves": lambda loads, home: loads("u.csv", "code name level parent", ("A1", "东县", "county", "B")),
    "redo": lambda loads, home: redo(home, 4),
    "after that": lambda loads, home: loads("e.csv", TICKETS, ("T5", "2025-03-05", "A1", "资费")),
}


def told(path: Path) -> dict[str, list]:
    """Every table of a snapshot's file, its rows in one order."""
    with duckdb.connect(str(path), read_only=True) as reader:
        names = sorted(name for (name,) in reader.execute("SELECT table_name FROM duckdb_tables()").fetchall())
        return {name: sorted(map(repr, reader.execute(f'FROM "{name}"').fetchall())) for name in names}


def anew(home: Home, path: Path) -> dict[str, list]:
    with open_warehouse(home) as connection:
        write_snapshot(connection, path, organisation_of(connection))
    return told(path)


def test_every_step_leaves_what_writing_anew_would(home: Home, loads, tmp_path: Path) -> None:
    for version, (name, step) in enumerate(STEPS.items(), 2):
        step(loads, home)
        assert told(snapshot_path(home, version)) == anew(home, tmp_path / f"{version}.duckdb"), name
    assert len(told(snapshot_path(home, version))["cube"]) > 20


def test_only_the_months_that_changed_are_written(home: Home, loads, tmp_path: Path) -> None:
    """A figure of January that the file before holds wrongly would stay: nothing else reads January again."""
    STEPS["a month"](loads, home)
    with duckdb.connect(str(snapshot_path(home, 2))) as writer:
        writer.execute("UPDATE cube SET value = 99 WHERE measure = 'complaints' AND unit = 'A1' AND segment_kind = ''")
    STEPS["the next"](loads, home)
    right, made = anew(home, tmp_path / "anew.duckdb"), told(snapshot_path(home, 3))
    assert [name for name in right if right[name] != made[name]] == ["cube"]
    assert sum("99" in row for row in made["cube"]) == 1


@pytest.mark.parametrize("harm", ["damaged", "of another warehouse", "without a cube", "gone"])
def test_a_file_that_cannot_be_gone_on_from_is_left_alone(home: Home, loads, tmp_path: Path, harm: str) -> None:
    STEPS["a month"](loads, home)
    before = snapshot_path(home, 2)
    if harm == "damaged":
        before.write_bytes(b"not a database" * 100)
    elif harm == "gone":
        STEPS["the next"](loads, home)
        before.unlink()
        snapshot_path(home, 3).unlink()
    else:
        statement = "UPDATE version SET who = 'another'" if harm == "of another warehouse" else "DROP TABLE cube"
        with duckdb.connect(str(before)) as writer:
            writer.execute(statement)
            if harm == "of another warehouse":
                writer.execute("UPDATE cube SET value = 99")
    STEPS["another feed"](loads, home)
    last = max(home.snapshots.glob("0*.duckdb"))
    assert told(last) == anew(home, tmp_path / "anew.duckdb")
    assert not list(home.snapshots.glob(".writing-*"))
