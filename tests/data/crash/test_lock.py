"""Loads at once: one after the other, and a holder that was killed is no obstacle."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

from data.core.home import Home
from data.operations.undo import history
from tests.conftest import ROOT
from tests.data.runner import Runner

HOLDER = """
import sys, time
from pathlib import Path
from data.core.home import Home
from data.warehouse.lock import locked
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
    words = [sys.executable, "-m", "data", "load", "--home", str(home.path), "--json", "--answer", "months=as_written"]
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
