"""One writer at a time, and whoever waits is told for whom."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from data.core.home import Home
from data.model.errors import Busy, Damaged
from data.warehouse.lock import locked
from tests.conftest import ROOT

HOLD = """
import sys, time
from pathlib import Path
from data.core.home import Home
from data.warehouse.lock import locked
with locked(Home(Path(sys.argv[1])), "Li Na"):
    print("held", flush=True)
    time.sleep(60)
"""


def hold(home: Home) -> subprocess.Popen[str]:
    """Another process that holds the lock until it is killed."""
    other = subprocess.Popen([sys.executable, "-c", HOLD, str(home.path)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_the_folder_is_made_and_the_holder_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path / "a" / "b")
    with locked(home, "Wang"):
        facts = json.loads((home.path / "load.holder").read_text(encoding="utf-8"))
        assert (facts["who"], facts["pid"]) == ("Wang", os.getpid())
    assert not (home.path / "load.holder").exists()


def test_who_waits_is_told_for_whom_and_a_dead_holder_blocks_nobody(tmp_path: Path) -> None:
    home = Home(tmp_path)
    other = hold(home)
    try:
        words = rf"Another load is running \(Li Na {other.pid}, since [\d:]+\); nothing was changed"
        with pytest.raises(Busy, match=words) as told, locked(home, wait=0.1):
            pytest.fail("two holders")
        assert told.value.exit_status == 3
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert (home.path / "load.holder").exists()  # left behind by the dead
    with locked(home, "next", wait=0):
        assert json.loads((home.path / "load.holder").read_text(encoding="utf-8"))["who"] == "next"


def test_threads_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    home, inside, most = Home(tmp_path), [0], [0]

    def work() -> None:
        for _ in range(5):
            with locked(home):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert most == [1]


def test_the_lock_is_freed_when_the_work_fails(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with pytest.raises(ValueError, match="work"), locked(home):
        raise ValueError("work")
    with locked(home, wait=0):
        pass


@pytest.mark.parametrize("below", ["", "below/it"], ids=["a file in place of the folder", "a file above the folder"])
def test_a_folder_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with (
        pytest.raises(Damaged, match=r"^The folder .* cannot be written \(.+\); nothing was changed\.$"),
        locked(Home(tmp_path / "file" / below)),
    ):
        pytest.fail("a file is not a folder")
