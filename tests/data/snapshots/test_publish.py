"""Published versions: the pointer, what is kept, and what is put right after a crash."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import PENDING_MARK, Home
from data.loading.commit import load
from data.model.errors import Damaged, NoData, WrongUsage
from data.operations.undo import undo
from data.snapshots.publish import (
    KEPT,
    mark_pending,
    needs_repair,
    pin,
    prune,
    publish,
    published_version,
    repair,
    snapshot_path,
)
from data.snapshots.reader import coverage, open_snapshot
from data.warehouse.connection import open_warehouse

CUSTOMERS = "month unit customers"


def mended(home: Home) -> None:
    with open_warehouse(home) as connection:
        repair(connection, home)


def names(home: Home) -> list[str]:
    return sorted(path.name for path in home.snapshots.iterdir())


def test_the_pointer_names_the_newest_version(home: Home, loads) -> None:
    assert published_version(home) == 1
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    assert published_version(home) == 2
    assert names(home) == ["000001.duckdb", "000002.duckdb", "current"]
    assert (home.snapshots / "current").read_text(encoding="ascii") == "2"


@pytest.mark.parametrize("pointer", [None, "", "two", "99"], ids=["absent", "empty", "not a number", "of nothing"])
def test_a_pointer_that_leads_nowhere_is_put_right(home: Home, cube, pointer: str | None) -> None:
    before = cube(home)
    path = home.snapshots / "current"
    path.unlink()
    if pointer is not None:
        path.write_text(pointer, encoding="ascii")
    assert published_version(home) is None
    assert needs_repair(home)
    mended(home)
    assert published_version(home) == 1
    assert not needs_repair(home)
    assert cube(home) == before


def test_what_cannot_be_tidied_up_afterwards_fails_no_load(home: Home) -> None:
    with open_warehouse(home) as connection:
        (home.snapshots / PENDING_MARK).mkdir()  # which no unlink takes away
        assert publish(connection, home) == 1
    assert published_version(home) == 1


def test_a_missing_snapshot_is_published_again_with_the_same_figures(home: Home, loads, cube) -> None:
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    before = cube(home)
    snapshot_path(home, 2).unlink()
    assert published_version(home) is None
    mended(home)
    assert published_version(home) == 2
    assert cube(home) == before


def test_reading_puts_a_missing_snapshot_right(home: Home, loads) -> None:
    """A crash between commit and publication: whoever reads next sees the committed version, without waiting for a
    load.
    """
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    snapshot_path(home, 2).unlink()
    (home.snapshots / "current").unlink()
    assert coverage(home).values.tolist() == [["customers", "2025-01", 1, 1, 1]]
    assert published_version(home) == 2


def test_reading_puts_an_interrupted_publication_right(home: Home, loads) -> None:
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    snapshot_path(home, 2).rename(home.snapshots / ".writing-2-1234.duckdb")
    (home.snapshots / "current").write_text("1", encoding="ascii")
    assert open_snapshot(home).version == 2
    assert names(home) == ["000001.duckdb", "000002.duckdb", "current"]


def test_a_crash_right_after_the_commit_is_noticed_by_the_next_reader(home: Home, loads) -> None:
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    mark_pending(home)
    snapshot_path(home, 2).unlink()
    (home.snapshots / "current").write_text("1", encoding="ascii")
    assert open_snapshot(home).version == 2
    assert names(home) == ["000001.duckdb", "000002.duckdb", "current"]


def test_an_announcement_that_nothing_followed_is_forgotten(home: Home, cube) -> None:
    before = cube(home)
    mark_pending(home)
    assert open_snapshot(home).version == 1
    assert names(home) == ["000001.duckdb", "current"]
    assert cube(home) == before


def test_leftovers_are_removed_and_the_newest_version_is_pointed_to(home: Home, loads) -> None:
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    (home.snapshots / "current").write_text("1", encoding="ascii")  # the crash came before the pointer moved
    for leftover in (".writing-3-99.duckdb", ".writing-3-99.duckdb.wal", ".writing-pointer-99"):
        (home.snapshots / leftover).write_bytes(b"half")
    (home.originals / ".writing-abc-99").write_bytes(b"half")
    assert needs_repair(home)
    mended(home)
    assert names(home) == ["000001.duckdb", "000002.duckdb", "current"]
    assert published_version(home) == 2
    assert [path.name for path in home.originals.iterdir() if path.name.startswith(".")] == []


def test_nothing_is_published_before_anything_is_loaded(empty: Home) -> None:
    empty.path.mkdir()
    mended(empty)
    assert not empty.snapshots.exists()
    with pytest.raises(NoData):
        open_snapshot(empty)


def test_old_versions_are_pruned_unless_pinned(home: Home) -> None:
    for version in range(2, KEPT + 5):
        snapshot_path(home, version).write_bytes(snapshot_path(home, 1).read_bytes())
    pin(home, 2)
    prune(home)
    kept = [f"{version:06d}.duckdb" for version in (2, *range(5, KEPT + 5))]
    assert [name for name in names(home) if name.endswith(".duckdb")] == sorted([*kept, "000001.duckdb"])  # current
    (home.snapshots / "current").write_text(str(KEPT + 4), encoding="ascii")
    prune(home)
    assert [name for name in names(home) if name.endswith(".duckdb")] == kept
    with pytest.raises(WrongUsage, match=r"^Version 3 is not kept \(the newest is 24\)"):
        open_snapshot(home, 3)
    assert open_snapshot(home, 2).version == 2


def test_only_what_is_kept_can_be_pinned(home: Home, empty: Home) -> None:
    with pytest.raises(WrongUsage, match="Version 7 is not kept"):
        pin(home, 7)
    with pytest.raises(WrongUsage, match="Version 1 is not kept"):
        pin(empty, 1)


def test_a_lost_warehouse_does_not_begin_anew_unsaid(home: Home, loads, write) -> None:
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    home.warehouse.rename(home.path / "moved.duckdb")
    units = write("u.csv", "code name level parent", ("X", "Xtown", "city", ""))
    with pytest.raises(Damaged, match=r"is lost, though versions were published from it\. Restore a backup"):
        load(home, [units])
    assert published_version(home) == 2
    assert not home.warehouse.exists()
    home.snapshots.rename(home.path / "moved snapshots")
    assert load(home, [units, write("x.csv", CUSTOMERS, ("2025-02", "X", 7))]).version == 1


def test_a_published_file_is_never_touched_again(home: Home, loads) -> None:
    before = snapshot_path(home, 1).read_bytes()
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    undo(home, 2)
    assert snapshot_path(home, 1).read_bytes() == before


def test_a_damaged_snapshot_is_reported_in_a_sentence_and_mended_as_reported(home: Home, write) -> None:
    snapshot_path(home, 1).write_bytes(b"not a database" * 100)
    with pytest.raises(Damaged, match=r"^The snapshot 000001\.duckdb is damaged\. Delete it and load anything"):
        open_snapshot(home)
    snapshot_path(home, 1).unlink()
    load(home, [write("a.csv", CUSTOMERS, ("2025-01", "A", 1))])
    assert open_snapshot(home).version == 2
    assert not list(Path(home.snapshots).glob(".writing-*"))


def test_publishing_the_same_version_again_changes_no_figure(home: Home, loads, cube) -> None:
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 1))
    before = cube(home)
    with open_warehouse(home) as connection:
        assert publish(connection, home) == 2
    assert cube(home) == before
