"""The audit: lines that cannot be changed, taken out or put in unseen."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from data.core.audit import audit_folder, entries, record, verify
from data.core.home import Home
from data.core.viewer import NOTHING, Identity, Viewer

LINES = Callable[[list[str]], list[str]]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    found = Home(tmp_path / "home")
    found.path.mkdir()
    li = found.of(Viewer(Identity("7", "li@x.org"), "analyst", NOTHING))
    record(li, "sign_in")
    record(li, "tickets", unit="DY", first="2025-01", last="2025-03")
    record(found, "upload", version=3, batches=[4, 5])
    record(li, "undo", version=4, batches=[5])
    return found


def changed(home: Home, change: LINES) -> None:
    (path,) = audit_folder(home).glob("*.jsonl")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(f"{line}\n" for line in change(lines)), encoding="utf-8")


def test_what_is_written_can_be_read_and_verified(home: Home) -> None:
    said = [(line["who"], line["role"], line["event"]) for line in entries(home)]
    assert said == [
        ("li@x.org", "analyst", "sign_in"),
        ("li@x.org", "analyst", "tickets"),
        ("local", "administrator", "upload"),
        ("li@x.org", "analyst", "undo"),
    ]
    assert verify(home) is None


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda lines: [lines[0].replace("li@x.org", "wang@x.org"), *lines[1:]], 1),
        (lambda lines: lines[1:], 1),
        (lambda lines: [lines[0], *lines[2:]], 2),
        (lambda lines: lines[:-1], 3),
        (lambda lines: [*lines, lines[1]], 5),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
        (lambda lines: [lines[0], "{", *lines[2:]], 2),
        (lambda lines: [lines[0], "[]", *lines[2:]], 2),
        (lambda lines: [json.dumps({**json.loads(lines[0]), "more": 1}), *lines[1:]], 1),
        (lambda lines: [], 0),
    ],
)
def test_any_change_is_found(home: Home, change: LINES, line: int) -> None:
    changed(home, change)
    found = verify(home)
    assert found is not None
    assert found.line == line


def test_the_next_line_goes_on_where_a_crash_cut_one(home: Home) -> None:
    (path,) = audit_folder(home).glob("*.jsonl")
    with path.open("a", encoding="utf-8") as file:
        file.write('{"at": "20\n')
    record(home, "upload", version=5)
    assert [line["event"] for line in entries(home)][-1] == "upload"
    found = verify(home)
    assert found is not None
    assert found.line == 5


def test_only_who_runs_it_reads_the_files(home: Home) -> None:
    assert stat.S_IMODE(audit_folder(home).stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in audit_folder(home).glob("*.jsonl")} == {0o600}


def test_no_other_facts_are_taken(home: Home) -> None:
    with pytest.raises(ValueError, match="customer"):
        record(home, "tickets", customer="13800138000")


def test_a_home_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    record(Home(tmp_path / "none"), "upload")
    assert not (tmp_path / "none").exists()
