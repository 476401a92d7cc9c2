"""Publishing a version: an immutable read-only file under a temporary name, then renamed, then pointed to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from data.core.home import PENDING_MARK, Home
from data.model.errors import Busy, Damaged, WrongUsage
from data.model.organisation import Organisation
from data.snapshots.writer import write_snapshot
from data.warehouse.connection import Connection, open_warehouse, organisation_of, version_of
from data.warehouse.lock import locked
from data.warehouse.measure_versions import outdated_feeds, recompute_outdated

KEPT = 20
SUFFIX = ".duckdb"
POINTER = "current"


def snapshot_path(home: Home, version: int) -> Path:
    return home.snapshots / f"{version:06d}{SUFFIX}"


def published_version(home: Home) -> int | None:
    """The version that the pointer names and that is there; None if nothing was published."""
    try:
        version = int((home.snapshots / POINTER).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    return version if snapshot_path(home, version).is_file() else None


def publish(
    connection: Connection, home: Home, months: Sequence[Any] | None = None, organisation: Organisation | None = None
) -> int:
    """Writes the last committed version as a snapshot, points to it and prunes old ones; returns the version.

    months: the only ones in which figures differ from the version before; None: any may.
    organisation: the units of the version, if the caller has them.

    A file that stands there already is replaced: it may be of an earlier database in the same folder.
    """
    version = version_of(connection)
    try:
        home.snapshots.mkdir(parents=True, exist_ok=True)
        temporary = home.snapshots / f".writing-{version}-{os.getpid()}{SUFFIX}"
        units = organisation_of(connection) if organisation is None else organisation
        write_snapshot(connection, temporary, units, snapshot_path(home, version - 1), months)
        _flush(temporary)
        os.replace(temporary, snapshot_path(home, version))
        _point(home, version)
    except (duckdb.Error, OSError) as problem:
        _remove_unfinished(home)
        with suppress(OSError):
            mark_pending(home)
        reason = str(problem).strip().splitlines()[0]
        raise Damaged(
            f"Version {version} is committed but cannot be published yet ({reason}). Make room on the disk; the next "
            f"command publishes it."
        ) from problem
    # It is published: what stays lying about is no failure, and the next command looks again.
    with suppress(OSError):
        (home.snapshots / PENDING_MARK).unlink(missing_ok=True)
        prune(home)
    return version


def mark_pending(home: Home) -> None:
    """Marks, before a transaction, that a version is to be published, so that the next reader notices a crash."""
    home.snapshots.mkdir(parents=True, exist_ok=True)
    (home.snapshots / PENDING_MARK).touch()


def repair(connection: Connection, home: Home) -> None:
    """After a crash: removes unfinished files and publishes the last committed version if its snapshot is missing.

    After an update of the program: publishes the figures as the measures are defined now. Damaged if the warehouse is
    an older copy than the published version: what was loaded since would be lost without a word.
    """
    held, published = version_of(connection), published_version(home) or 0
    if held < published:
        raise Damaged(
            f"{home.warehouse} is an older copy: it ends with version {held}, but version {published} was published. "
            f"Nothing was changed. Restore a newer backup (python -m data restore FILE)."
        )
    _remove_unfinished(home)
    if outdated_feeds(connection):
        if version_of(connection):
            mark_pending(home)
        recompute_outdated(connection)
    version = version_of(connection)
    if version and published_version(home) != version:
        publish(connection, home)
    (home.snapshots / PENDING_MARK).unlink(missing_ok=True)


def repair_if_needed(home: Home) -> None:
    """Before reading: repairs what a crash left, unless somebody writes at this moment."""
    if not needs_repair(home):
        return
    try:
        with locked(home, "repair", wait=0), open_warehouse(home) as connection:
            repair(connection, home)
    except Busy:
        pass
    except Damaged:
        if published_version(home) is None:
            raise


def _remove_unfinished(home: Home) -> None:
    for folder in (home.snapshots, home.originals):
        for leftover in folder.glob(".writing-*"):
            if leftover.name != PENDING_MARK:
                with suppress(OSError):
                    leftover.unlink()


def needs_repair(home: Home) -> bool:
    """Whether a warehouse stands there without a snapshot to read, or with an unfinished one."""
    return home.warehouse.is_file() and (published_version(home) is None or any(home.snapshots.glob(".writing-*")))


def pin(home: Home, version: int) -> None:
    """Keeps a version from being pruned; WrongUsage if it is not kept any more."""
    if not snapshot_path(home, version).is_file():
        raise WrongUsage(f"Version {version} is not kept.")
    _mark(snapshot_path(home, version)).touch()


def is_pinned(home: Home, version: int) -> bool:
    """Whether a version is kept from being pruned."""
    return _mark(snapshot_path(home, version)).exists()


def _mark(snapshot: Path) -> Path:
    """The file that keeps a snapshot by standing beside it."""
    return snapshot.with_suffix(".pinned")


def prune(home: Home) -> None:
    """Removes snapshots older than the last KEPT, unless pinned or pointed to."""
    files = sorted(home.snapshots.glob(f"[0-9]*{SUFFIX}"))
    current = published_version(home)
    for path in files[:-KEPT]:
        if not _mark(path).exists() and (current is None or path != snapshot_path(home, current)):
            with suppress(OSError):
                path.unlink()


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _point(home: Home, version: int) -> None:
    temporary = home.snapshots / f".writing-pointer-{os.getpid()}"
    with temporary.open("w", encoding="ascii") as file:
        file.write(str(version))
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, home.snapshots / POINTER)
