"""What a load or an undo would do to the figures: it is done to a copy of the warehouse that is thrown away."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from data.core.home import Home
from data.core.progress import Progress
from data.core.viewer import Sight
from data.loading.commit import commit
from data.loading.plan import Missing, Plan
from data.operations import undo as batches
from data.snapshots.publish import snapshot_path
from data.snapshots.reader import Snapshot, open_snapshot_file
from data.warehouse.connection import open_warehouse
from data.warehouse.lock import WAIT_SECONDS, current_user, locked

# A larger warehouse is not copied for a preview: it would take longer than the load.
MAX_WAREHOUSE_BYTES = 4_000_000_000


@contextmanager
def what_if(
    home: Home, planned: Plan, missing: Missing = "keep", wait: float = WAIT_SECONDS, progress: Progress | None = None
) -> Iterator[Snapshot | None]:
    """The version that committing `planned` would publish. Nothing changes.

    None where nothing would be loaded or the warehouse is too large.
    """
    if not planned.order or (home.warehouse.is_file() and home.warehouse.stat().st_size > MAX_WAREHOUSE_BYTES):
        yield None
        return
    with _copied(home, wait) as scratch:
        report = commit(scratch, _apart(planned), missing, progress=progress)
        if report.version is None:
            yield None
            return
        with _published(scratch, report.version, home.viewer.sight) as snapshot:
            yield snapshot


@contextmanager
def what_if_undo(home: Home, batch: int, undone: bool, wait: float = WAIT_SECONDS) -> Iterator[Snapshot]:
    """The version that undoing `batch` would publish, or bringing it back if it is `undone`.

    Nothing changes. Errors as of batches.undo.
    """
    with _copied(home, wait) as scratch:
        version = (batches.redo if undone else batches.undo)(scratch, batch)
        with _published(scratch, version, home.viewer.sight) as snapshot:
            yield snapshot


@contextmanager
def _copied(home: Home, wait: float) -> Iterator[Home]:
    """A home with a copy of the warehouse, thrown away afterwards."""
    with TemporaryDirectory(prefix="what-if-") as folder:
        scratch = Home(Path(folder))
        if home.warehouse.is_file():
            with locked(home, current_user(), wait):
                # What a crash left beside the file belongs to it.
                with open_warehouse(home) as connection:
                    connection.execute("CHECKPOINT")
                shutil.copyfile(home.warehouse, scratch.warehouse)
        yield scratch


@contextmanager
def _published(home: Home, version: int, sight: Sight) -> Iterator[Snapshot]:
    snapshot = open_snapshot_file(snapshot_path(home, version), version, sight)
    try:
        yield snapshot
    finally:
        snapshot.close()


def _apart(planned: Plan) -> Plan:
    """The plan with findings of its own: a commit adds to them."""
    apart = copy.copy(planned)
    apart.files = [copy.copy(file) for file in planned.files]
    for file in apart.files:
        file.findings = list(file.findings)
    return apart
