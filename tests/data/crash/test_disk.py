"""A disk that refuses: read-only, full, or not to be written at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.model.errors import Damaged
from data.snapshots.reader import current_version
from tests.conftest import ROOT
from tests.data.crash.state import check_after_kill, check_next_load
from tests.data.runner import Runner


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


def test_a_disk_that_became_read_only_is_reported_in_a_sentence(
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
def test_a_full_disk_is_reported_in_a_sentence_and_the_load_can_be_repeated(
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
