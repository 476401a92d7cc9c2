"""Who did what: lines of JSON beside the warehouse, each of which seals the one before.

A line names people, units, versions and batches by their codes, and never a customer, a cell or a file's name.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock

from data.core.home import Home

Event = Literal[
    "sign_in", "sign_out", "refused", "tickets", "upload", "undo", "redo", "edit", "export", "pack", "backup"
]
FOLDER, HEAD, LOCK = "audit", "head", "lock"
SUFFIX = ".jsonl"
BEGINNING = "0" * 64
WAIT_SECONDS = 10.0
FACTS = frozenset(
    {"unit", "first", "last", "count", "version", "batches", "table", "file", "formats", "reason", "path"}
)


@dataclass(frozen=True)
class Break:
    """Where the lines no longer are what was written: file, line (from 1), what is wrong."""

    file: str
    line: int
    problem: str


def audit_folder(home: Home) -> Path:
    """Where the lines lie, one file a month."""
    return home.path / FOLDER


def record(home: Home, event: Event, who: str = "", **facts: Any) -> None:
    """Adds a line. Nothing is written for a home that is not there; OSError if it cannot be written.

    who: if it is not the home's viewer. facts: codes and numbers only, by the names in FACTS.
    """
    if not set(facts) <= FACTS:
        raise ValueError(f"Not to be recorded: {sorted(set(facts) - FACTS)}")
    if not home.path.is_dir():
        return
    folder = audit_folder(home)
    folder.mkdir(mode=0o700, exist_ok=True)
    viewer, now = home.viewer, datetime.now().astimezone()
    line = {
        "at": now.isoformat(timespec="seconds"),
        "who": who or viewer.identity.email or viewer.identity.subject or "local",
        "role": viewer.role,
        "event": event,
        **{name: value for name, value in facts.items() if value is not None},
    }
    with FileLock(str(folder / LOCK), timeout=WAIT_SECONDS):
        sealed = _sealed(line, _head(folder))
        _append(folder / f"{now:%Y-%m}{SUFFIX}", json.dumps(sealed, ensure_ascii=False) + "\n")
        temporary = folder / f".{HEAD}"
        temporary.write_text(str(sealed["hash"]), encoding="ascii")
        os.replace(temporary, folder / HEAD)


def _append(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _sealed(line: dict[str, Any], before: str) -> dict[str, Any]:
    """The line with the hash of itself and of the one before."""
    text = json.dumps({**line, "before": before}, ensure_ascii=False, sort_keys=True)
    return {**line, "before": before, "hash": hashlib.sha256(text.encode()).hexdigest()}


def _head(folder: Path) -> str:
    """The hash of the last line: by the lines themselves, since a crash may have come between them and the head."""
    last = BEGINNING
    for path in sorted(folder.glob(f"*{SUFFIX}"))[-1:]:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 1_000_000))
            lines = [line for line in file.read().split(b"\n") if line.strip()]
        if lines:
            last = _hash_of(lines[-1])
    return last


def _hash_of(line: bytes) -> str:
    try:
        return str(json.loads(line)["hash"])
    except (ValueError, KeyError, TypeError):
        return hashlib.sha256(line).hexdigest()


def entries(home: Home) -> Iterator[dict[str, Any]]:
    """Every line that can be read, the oldest first."""
    for path in sorted(audit_folder(home).glob(f"*{SUFFIX}")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                found = json.loads(line)
            except ValueError:
                continue
            if isinstance(found, dict):
                yield found


def verify(home: Home) -> Break | None:
    """The first place where a line was changed, put in or taken out; None if all are as they were written."""
    folder, before = audit_folder(home), BEGINNING
    name, number = "", 0
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        for number, text in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            name = path.name
            try:
                line = json.loads(text)
                said = line.pop("hash")
                follows = line.pop("before")
            except (ValueError, KeyError, TypeError, AttributeError):
                return Break(name, number, "cannot be read")
            if follows != before:
                return Break(name, number, "does not follow the line before: something was taken out or put in")
            if _sealed(line, before)["hash"] != said:
                return Break(name, number, "was changed")
            before = said
    head = folder / HEAD
    if head.is_file() and head.read_text(encoding="ascii").strip() != before:
        return Break(name, number, "is not the last that was written: the end was taken off")
    return None
