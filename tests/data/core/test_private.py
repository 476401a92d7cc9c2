"""Homes, originals and backups are read by nobody else."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from data.core.home import Home
from data.core.private import make_private
from data.loading.commit import load
from data.operations.backup import backup, restore

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of POSIX systems")
UNITS = "code,name,level\nP,Province,province\n"


def rights(folder: Path) -> dict[str, int]:
    """The rights of a folder and all in it, by name."""
    found = [folder, *folder.rglob("*")]
    return {str(path.relative_to(folder)): stat.S_IMODE(path.stat().st_mode) for path in found}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home as a lax account makes it."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    found, before = Home(tmp_path / "home"), os.umask(0)
    try:
        assert load(found, [tmp_path / "units.csv"]).committed
    finally:
        os.umask(before)
    return found


def open_to_all(home: Home) -> list[str]:
    return [name for name, mode in rights(home.path).items() if mode & 0o077]


def test_a_home_is_private(home: Home) -> None:
    assert open_to_all(home) == []
    assert len(rights(home.path)) > 5
    assert rights(home.path)["."] == 0o700


def test_one_made_before_becomes_private_with_the_next_load(home: Home) -> None:
    for path in (home.path, *home.path.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert not load(home, [home.path.parent / "units.csv"]).committed
    assert open_to_all(home) == []


def test_a_backup_and_what_is_restored_of_it_are_private(home: Home, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        backup(home, tmp_path / "all.zip")
        restore(again := Home(tmp_path / "again"), tmp_path / "all.zip")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "all.zip").stat().st_mode) == 0o600
    assert open_to_all(again) == []


def test_other_things_in_the_folder_keep_their_rights(home: Home) -> None:
    program = home.path / "program"
    program.write_text("", encoding="utf-8")
    for path in (program, home.path):
        path.chmod(0o755)
    make_private(home)
    assert open_to_all(home) == [".", "program"]


def test_what_lies_elsewhere_is_not_touched(home: Home, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("", encoding="utf-8")
    outside.chmod(0o644)
    (home.originals / "link").symlink_to(outside)
    make_private(home)
    assert stat.S_IMODE(outside.stat().st_mode) == 0o644
