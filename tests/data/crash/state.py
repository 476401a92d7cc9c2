"""Which state a load left that was broken off: the one before it or the one after it."""

from __future__ import annotations

from collections.abc import Callable

from data.core.home import Home
from data.operations.undo import history
from data.snapshots.publish import repair
from data.snapshots.reader import current_version, open_snapshot
from data.warehouse.connection import open_warehouse, version_of
from data.warehouse.lock import locked
from tests.data.runner import Runner


def check_after_kill(home: Home, run: Runner, cube: Callable, states: list[dict]) -> bool:
    """Whether the killed load counts; asserts that all of it does or none of it, for readers and for who writes
    next.
    """
    ended = run("coverage", "--json", "--home", home.path)
    assert ended.status == 0, ended.err
    covered = ended.json
    seen = covered["version"]
    assert seen in (3, 4)
    assert open_snapshot(home).version == current_version(home) == seen
    assert cube(home) == states[seen == 4]
    assert {row["month"] for row in covered["coverage"]} == ({"2025-04", "2025-05"} if seen == 4 else {"2025-04"})
    with (
        locked(home, wait=5),
        open_warehouse(home) as connection,
    ):  # reads what the dead left in the log, as every writer does
        repair(connection, home)
        committed = version_of(connection)
        counts = connection.execute(
            "SELECT (SELECT count(*) FROM batch), (SELECT count(*) FROM detail_complaints_tickets)"
        )
        assert counts.fetchall() == [(3, 200) if committed == 3 else (5, 650)]
    assert seen == committed, "a reader saw the version before the last that was committed"
    left = [path.name for path in home.path.rglob(".*")]
    assert left == [], left
    return committed == 4


def check_next_load(home: Home, run: Runner, cube: Callable, states: list[dict], files: list[str]) -> None:
    """Loading the same files again brings the state after, once, whatever became of the load before."""
    assert run("load", *files, "--home", str(home.path)).status == 0
    assert current_version(home) == 4
    assert cube(home) == states[1]
    assert cube(home, 3) == states[0]
    assert list(history(home)["batch"]) == [1, 2, 3, 4, 5]
