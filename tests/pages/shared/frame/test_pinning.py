"""A link to a version shows its numbers for as long as it says."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.core.home import Home
from data.operations.fixes import create_units
from data.snapshots import publish as publishing
from data.snapshots.publish import prune, snapshot_path
from pages.shared.frame.pinning import can_pin, pin_version
from tests.metrics.conftest import FILES, loaded
from tests.pages.test_pages import opened, shown

FOR_EVER = "Shows these very numbers for ever: copying it keeps the version"
AS_LONG = "Shows these very numbers as long as the version is kept"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The small province of the metrics' tests, in two versions."""
    found = loaded(tmp_path, FILES)
    create_units(found, ["Delta"], "city", "P")
    return found


def pinned(home: Home) -> list[str]:
    return sorted(path.stem for path in home.snapshots.glob("*.pinned"))


def test_an_older_version_that_is_opened_by_its_address_stays(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("overview", home.path, monkeypatch, lang="en", version="1")
    assert FOR_EVER in shown(app)
    assert pinned(home) == ["000001"]
    monkeypatch.setattr(publishing, "KEPT", 1)
    prune(home)
    assert "cannot be shown" not in shown(opened("metric", home.path, monkeypatch, lang="en", version="1"))


@pytest.mark.parametrize("query", [{}, {"version": "2"}, {"version": "7"}])
def test_the_newest_and_one_that_is_not_there_are_not_pinned(
    home: Home, monkeypatch: pytest.MonkeyPatch, query: dict[str, str]
) -> None:
    app = opened("overview", home.path, monkeypatch, lang="en", **query)
    assert not app.exception
    assert pinned(home) == []


@contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Nothing can be written there, not even by root; a visible skip where that cannot be had."""
    if os.geteuid():
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    if subprocess.run(["mount", "--bind", folder, folder], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_where_nothing_can_be_written_pages_open_and_promise_only_what_is_pinned(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pinned(home) == []
    with unwritable(home.snapshots):
        app = opened("overview", home.path, monkeypatch, lang="en", version="1")
        assert not app.exception
        assert (FOR_EVER in shown(app), AS_LONG in shown(app), pinned(home)) == (False, True, [])
    pin_version(home, 1)
    with unwritable(home.snapshots):
        pin_version(home, 1)
        assert (can_pin(home, 1), can_pin(home, 2)) == (True, False)
        assert FOR_EVER in shown(opened("overview", home.path, monkeypatch, lang="en", version="1"))


def test_a_version_that_is_gone_cannot_be_kept(home: Home) -> None:
    snapshot_path(home, 1).unlink()
    pin_version(home, 1)
    assert pinned(home) == []
