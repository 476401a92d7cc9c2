"""A load that is killed at any moment leaves the state before it or the state after it, and the next one goes on from
there.

A round runs what `python -m data load` runs, in a process of its own that has imported everything already (so that the
kill strikes the load, not the imports) and is killed with SIGKILL after a time drawn from the whole length of a load;
it is the operating system that ends it, nothing is told to it. A few rounds start `python -m data load` itself. `make
test` kills a few, `make soak` 200 and more.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data.core.home import Home
from data.snapshots.reader import current_version
from tests.conftest import ROOT
from tests.data.crash.state import check_after_kill, check_next_load
from tests.data.runner import Runner

# Loads killed: in `make test`, and in `make soak`.
FEW, MANY = 8, 200
FIRST_FEW, FIRST_MANY = 3, 40
WHOLE_FEW, WHOLE_MANY = 1, 10


def few_or_many(few: int, many: int) -> pytest.MarkDecorator:
    """The same test with few rounds, and with many in `make soak`."""
    return pytest.mark.parametrize("rounds", [few, pytest.param(many, marks=pytest.mark.soak)])


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
