"""A load that is killed at any moment leaves the state before it or the state after it, and the next one goes on from there.

A round runs what `python -m data load` runs, in a process of its own that has imported everything already (so that the kill strikes
the load, not the imports) and is killed with SIGKILL after a time drawn from the whole length of a load; it is the operating system
that ends it, nothing is told to it. A few rounds start `python -m data load` itself. `make test` kills a few, `make soak` 200 and more.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from data.batches import history
from data.errors import Damaged
from data.home import Home
from data.loading import load
from data.lock import locked
from data.publishing import repair
from data.snapshot import current_version, open_snapshot
from data.warehouse import opened, version_of
from tests.conftest import ROOT
from tests.data.runner import Runner, running

# Loads killed: in `make test`, and in `make soak`.
FEW, MANY = 8, 200
FIRST_FEW, FIRST_MANY = 3, 40
WHOLE_FEW, WHOLE_MANY = 1, 10


def few_or_many(few: int, many: int) -> pytest.MarkDecorator:
    """The same test with few rounds, and with many in `make soak`."""
    return pytest.mark.parametrize("rounds", [few, pytest.param(many, marks=pytest.mark.soak)])


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with running(tmp_path_factory.mktemp("runner")) as runner:
        yield runner


@pytest.fixture(scope="module")
def prepared(units_loaded: Path, write_to, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """A home with a month of customers and tickets (version 3), and the next files: both again, revised, and a new month."""
    folder = tmp_path_factory.mktemp("crash")
    home = Home(Path(shutil.copytree(units_loaded, folder / "home")))
    header = ("ticket_id", "received_at", "unit", "category")

    def tickets(month: str, count: int) -> list[tuple]:
        places = ("A1", "A2", "B1", "H1")
        return [(f"T{month}{n}", f"{month}-{n % 28 + 1:02}", places[n % 4], f"c{n % 3}") for n in range(count)]

    customers = [("month", "unit", "customers"), ("2025-04", "A", 100), ("2025-04", "B", 200)]
    load(home, [write_to(folder / "c.csv", customers)])
    load(home, [write_to(folder / "t.csv", [header, *tickets("2025-04", 200)])])
    customers = [("month", "unit", "customers"), ("2025-04", "A", 111), ("2025-05", "A", 101), ("2025-05", "B", 201)]
    next_files = [
        write_to(folder / "next" / "c.csv", customers),
        write_to(folder / "next" / "t.xlsx", [header, *tickets("2025-04", 150), *tickets("2025-05", 300)]),
    ]
    return home.path, next_files


@pytest.fixture(scope="module")
def states(prepared: tuple[Path, list[Path]], cube, tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    """Every published cell before the load (version 3) and after it (version 4)."""
    home = Home(Path(shutil.copytree(prepared[0], tmp_path_factory.mktemp("after") / "home")))
    assert load(home, prepared[1]).version == 4
    before, after = cube(home, 3), cube(home, 4)
    assert before != after
    return [before, after]


def check_after_kill(home: Home, run: Runner, cube: Callable, states: list[dict]) -> bool:
    """Whether the killed load counts; asserts that all of it does or none of it, for readers and for who writes next."""
    ended = run("coverage", "--json", "--home", home.path)
    assert ended.status == 0, ended.err
    covered = ended.json
    seen = covered["version"]
    assert seen in (3, 4)
    assert open_snapshot(home).version == current_version(home) == seen
    assert cube(home) == states[seen == 4]
    assert {row["month"] for row in covered["coverage"]} == ({"2025-04", "2025-05"} if seen == 4 else {"2025-04"})
    with locked(home, wait=5), opened(home) as connection:  # reads what the dead left in the log, as every writer does
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


@few_or_many(FEW, MANY)
def test_a_load_killed_at_any_moment(
    prepared: tuple[Path, list[Path]], states: list[dict], run: Runner, cube, tmp_path: Path, rounds: int
) -> None:
    files = [str(path) for path in prepared[1]]
    shutil.copytree(prepared[0], tmp_path / "timed")
    timed = run("load", *files, "--home", tmp_path / "timed")
    assert timed.status == 0
    chance = random.Random(20_251_100 + rounds)
    counted = {True: 0, False: 0}
    for number in range(rounds):
        home = Home(Path(shutil.copytree(prepared[0], tmp_path / f"home{number}")))
        ended = run("load", *files, "--home", home.path, after=chance.uniform(0, timed.seconds))
        assert ended.status in (-signal.SIGKILL, 0)
        counted[check_after_kill(home, run, cube, states)] += 1
        if number % 4 == 0:
            check_next_load(home, run, cube, states, files)
        shutil.rmtree(home.path)
    assert counted[False], f"no kill came before the commit: {counted}"


@few_or_many(FIRST_FEW, FIRST_MANY)
def test_the_very_first_load_killed_at_any_moment(
    units_loaded: Path, write_to, run: Runner, cube, tmp_path: Path, rounds: int
) -> None:
    """A database that is only being made is no obstacle to the next load."""
    units = next(Home(units_loaded).originals.glob("*.csv"))
    customers = write_to(tmp_path / "c.csv", [("month", "unit", "customers"), ("2025-04", "A", 1)])
    timed = run("load", units, customers, "--home", tmp_path / "timed")
    assert timed.status == 0
    chance = random.Random(11 + rounds)
    for number in range(rounds):
        home = Home(tmp_path / f"home{number}")
        run("load", units, customers, "--home", home.path, after=chance.uniform(0, timed.seconds))
        assert run("coverage", "--json", "--home", home.path).status in (0, 1)  # 1: nothing has been loaded
        assert run("load", units, customers, "--home", home.path).status == 0, number
        assert current_version(home) == 1
        assert cube(home) == {("customers", "", "2025-04 A"): 1}
        shutil.rmtree(home.path)


@few_or_many(WHOLE_FEW, WHOLE_MANY)
def test_the_whole_command_killed(
    prepared: tuple[Path, list[Path]], states: list[dict], run: Runner, cube, tmp_path: Path, rounds: int
) -> None:
    """`python -m data load` itself: killed some time after it has begun to write."""
    files = [str(path) for path in prepared[1]]
    chance = random.Random(7 + rounds)
    for number in range(rounds):
        home = Home(Path(shutil.copytree(prepared[0], tmp_path / f"home{number}")))
        words = [sys.executable, "-m", "data", "load", *files, "--home", str(home.path)]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as other:
            until = time.monotonic() + 60
            while not (home.path / "load.holder").exists() and time.monotonic() < until:
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.4))
            other.send_signal(signal.SIGKILL)
        check_after_kill(home, run, cube, states)
        check_next_load(home, run, cube, states, files)


HOLDER = """
import sys, time
from pathlib import Path
from data.home import Home
from data.lock import locked
with locked(Home(Path(sys.argv[1])), "Li"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_holder_of_the_lock_that_is_lost_is_no_obstacle(
    prepared: tuple[Path, list[Path]], run: Runner, tmp_path: Path
) -> None:
    """While the holder lives it is named; once it was killed, nobody need tidy up after it."""
    home = Home(Path(shutil.copytree(prepared[0], tmp_path / "home")))
    words = [sys.executable, "-c", HOLDER, str(home.path)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        busy = run("load", prepared[1][0], "--home", home.path, "--wait", "0.1")
        assert busy.status == 3
        assert f"Another load is running (Li {holder.pid}," in busy.err
        holder.send_signal(signal.SIGKILL)
    assert (home.path / "load.holder").exists()
    assert run("load", prepared[1][0], "--home", home.path, "--wait", "5").status == 0
    assert not (home.path / "load.holder").exists()


def test_two_loads_of_one_month_at_once_end_one_after_the_other(
    prepared: tuple[Path, list[Path]], cube, write_to, tmp_path: Path
) -> None:
    home = Home(Path(shutil.copytree(prepared[0], tmp_path / "home")))
    header = ("month", "unit", "customers")
    files = [write_to(tmp_path / f"{n}.csv", [header, ("2025-06", "A", n), ("2025-06", "B", n)]) for n in (1, 2)]
    words = [sys.executable, "-m", "data", "load", "--home", str(home.path), "--json"]
    both = [
        subprocess.Popen([*words, str(path)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for path in files
    ]
    printed = [other.communicate(timeout=120) for other in both]
    assert [other.returncode for other in both] == [0, 0], printed
    versions = [json.loads(out)["version"] for out, _ in printed]
    assert sorted(versions) == [4, 5]
    later = 1 + versions.index(5)
    assert {place: value for (measure, _, place), value in cube(home).items() if "2025-06" in place} == {
        "2025-06 A": later,
        "2025-06 B": later,
    }
    assert list(history(home)["batch"]) == [1, 2, 3, 4, 5]


def test_a_load_that_will_not_wait_is_busy_and_changes_nothing(
    prepared: tuple[Path, list[Path]], run: Runner, tree, tmp_path: Path
) -> None:
    home = Home(Path(shutil.copytree(prepared[0], tmp_path / "home")))
    before = tree(home.path)
    with FileLock(str(home.lock)):
        ended = run("load", prepared[1][0], "--home", home.path, "--wait", "0.2")
    assert ended.status == 3
    assert ended.seconds < 10
    assert tree(home.path) == before


def test_a_home_that_cannot_be_written_is_refused_in_a_sentence(
    prepared: tuple[Path, list[Path]], tmp_path: Path
) -> None:
    home = Home(Path(shutil.copytree(prepared[0], tmp_path / "home")))
    if os.geteuid() == 0:  # to root every folder is writable, but none below a file is
        home = Home(tmp_path / "file" / "home")
        home.path.parent.write_text("", encoding="utf-8")
    else:
        for folder in (home.path, home.snapshots, home.originals):
            folder.chmod(0o500)
    try:
        with pytest.raises(Damaged, match=r"^The folder .* cannot be written \(.+\); nothing was changed\.$"):
            load(home, prepared[1])
    finally:
        if os.geteuid() != 0:
            for folder in (home.path, home.snapshots, home.originals):
                folder.chmod(0o700)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own with little room, or a visible skip."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_disk_that_became_read_only_is_told_in_a_sentence(
    prepared: tuple[Path, list[Path]], states: list[dict], cube, run: Runner, tree, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", "64m") as disk:
        home = Home(Path(shutil.copytree(prepared[0], disk / "home")))
        before = tree(home.path)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ended = run("load", *prepared[1], "--home", home.path)
        assert ended.status == 1
        assert "cannot be written (Read-only file system); nothing was changed." in ended.err
        assert tree(home.path) == before
        assert cube(home) == states[0]  # and it can be read
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
        check_next_load(home, run, cube, states, [str(path) for path in prepared[1]])


# Kilobytes left when the load begins: too little for the originals, the database, its log, the snapshot; and enough.
@pytest.mark.parametrize(
    "room", [4, 1500, *(pytest.param(room, marks=pytest.mark.soak) for room in (100, 400, 800, 2500, 4000))]
)
def test_a_full_disk_is_told_in_a_sentence_and_the_load_can_be_repeated(
    prepared: tuple[Path, list[Path]], states: list[dict], cube, run: Runner, tmp_path: Path, room: int
) -> None:
    files = [str(path) for path in prepared[1]]
    with small_disk(tmp_path / "disk", "64m") as disk:
        home = Home(Path(shutil.copytree(prepared[0], disk / "home")))
        free = shutil.disk_usage(disk).free
        (disk / "ballast").write_bytes(b"x" * (free - room * 1024))
        words = [sys.executable, "-m", "data", "load", *files, "--home", str(home.path)]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode in (0, 1), done.stderr
        told = [line for line in done.stderr.splitlines() if "%" not in line]  # without the progress
        assert len(told) == done.returncode, done.stderr
        committed = done.returncode == 0 or "is committed but cannot be published" in done.stderr
        (disk / "ballast").unlink()
        assert cube(home, current_version(home)) == states[done.returncode == 0]
        assert check_after_kill(home, run, cube, states) is committed, done.stderr
        check_next_load(home, run, cube, states, files)
