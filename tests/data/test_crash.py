"""A load that is killed at any moment leaves the state before it or the state after it, and the next one goes on from there.

CRASH_ROUNDS (default 40) says how many loads are killed; 200 take about a minute and a half with `-n 2`. A round runs what
`python -m data load` runs, in a process of its own that has imported everything already (so that the kill strikes the load,
not the imports) and is killed with SIGKILL after a time drawn from the whole length of a load; it is the operating
system that ends it, nothing is told to it. A few rounds start `python -m data load` itself.
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

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "40"))
HALVES = 2
WHOLE_COMMANDS = 2

# A process that has imported everything and then, for each line of JSON {"words", "after"}, runs `python -m data` with these
# words in a child. after: None to wait for the end, else seconds until SIGKILL. It answers [how it ended, seconds, what it printed].
RUNNER = """
import io, json, os, signal, sys, time
import data.__main__, data.commands, data.drafting, data.synthetic, openpyxl, opencc, rapidfuzz.fuzz, rapidfuzz.process
from data.organisation import normal
normal("廳")  # reads its dictionary

def child(words):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    printed = os.open(words[-1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(printed, 1)
    status = 99
    try:
        status = data.__main__.main(words[:-1])
    finally:
        sys.stdout.flush()
        os._exit(status)

for line in sys.stdin:
    order = json.loads(line)
    begun = time.monotonic()
    number = os.fork()
    if number == 0:
        child(order["words"])
    if order["after"] is not None:
        time.sleep(order["after"])
        os.kill(number, signal.SIGKILL)
    ended = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    print(json.dumps([ended, time.monotonic() - begun]), flush=True)
"""


class Runner:
    """Runs commands of `python -m data` in processes that start at once and can be killed."""

    def __init__(self, folder: Path) -> None:
        self.printed = folder / "printed"
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __call__(self, *words: str, after: float | None = None) -> tuple[int, float]:
        """How the command ended (its exit status, or minus the signal) and how long it ran."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"words": [*words, str(self.printed)], "after": after}) + "\n")
        self.process.stdin.flush()
        ended, seconds = json.loads(self.process.stdout.readline())
        return ended, seconds


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    runner = Runner(tmp_path_factory.mktemp("runner"))
    yield runner
    runner.process.kill()
    runner.process.wait()


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
    assert run("coverage", "--json", "--home", str(home.path))[0] == 0
    covered = json.loads(run.printed.read_text(encoding="utf-8"))
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
    assert run("load", *files, "--home", str(home.path))[0] == 0
    assert current_version(home) == 4
    assert cube(home) == states[1]
    assert cube(home, 3) == states[0]
    assert list(history(home)["batch"]) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("half", range(HALVES))
def test_a_load_killed_at_any_moment(
    prepared: tuple[Path, list[Path]], states: list[dict], run: Runner, cube, tmp_path: Path, half: int
) -> None:
    files = [str(path) for path in prepared[1]]
    shutil.copytree(prepared[0], tmp_path / "timed")
    ended, whole = run("load", *files, "--home", str(tmp_path / "timed"))
    assert ended == 0
    chance = random.Random(20_251_100 + half)
    counted = {True: 0, False: 0}
    for number in range(ROUNDS // HALVES):
        home = Home(Path(shutil.copytree(prepared[0], tmp_path / f"home{number}")))
        ended, _ = run("load", *files, "--home", str(home.path), after=chance.uniform(0, whole))
        assert ended in (-signal.SIGKILL, 0)
        counted[check_after_kill(home, run, cube, states)] += 1
        if number % 4 == 0:
            check_next_load(home, run, cube, states, files)
        shutil.rmtree(home.path)
    assert counted[False], f"no kill came before the commit: {counted}"


def test_the_very_first_load_killed_at_any_moment(
    units_loaded: Path, write_to, run: Runner, cube, tmp_path: Path
) -> None:
    """A database that is only being made is no obstacle to the next load."""
    units = next(Home(units_loaded).originals.glob("*.csv"))
    customers = write_to(tmp_path / "c.csv", [("month", "unit", "customers"), ("2025-04", "A", 1)])
    ended, whole = run("load", str(units), str(customers), "--home", str(tmp_path / "timed"))
    assert ended == 0
    chance = random.Random(11)
    for number in range(max(ROUNDS // 8, 4)):
        home = Home(tmp_path / f"home{number}")
        run("load", str(units), str(customers), "--home", str(home.path), after=chance.uniform(0, whole))
        status, _ = run("coverage", "--json", "--home", str(home.path))
        assert status in (0, 1)  # 1: nothing has been loaded
        assert run("load", str(units), str(customers), "--home", str(home.path))[0] == 0, number
        assert current_version(home) == 1
        assert cube(home) == {("customers", "", "2025-04 A"): 1}
        shutil.rmtree(home.path)


def test_the_whole_command_killed(
    prepared: tuple[Path, list[Path]], states: list[dict], run: Runner, cube, tmp_path: Path
) -> None:
    """`python -m data load` itself: killed some time after it has begun to write."""
    files = [str(path) for path in prepared[1]]
    chance = random.Random(7)
    for number in range(WHOLE_COMMANDS):
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
        status, seconds = run("load", str(prepared[1][0]), "--home", str(home.path), "--wait", "0.2")
    assert status == 3
    assert seconds < 10
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


# Kilobytes left when the load begins: too little for the originals, the database, its log, the snapshot; and enough.
@pytest.mark.parametrize("room", [4, 400, 1500, 4000])
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
