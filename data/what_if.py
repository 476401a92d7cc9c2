"""What a load would do to the figures: the plan committed to a copy of the warehouse, published there, and thrown away."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from data.home import Home
from data.loading import Missing, Plan, commit, current_user
from data.lock import WAIT_SECONDS, locked
from data.progress import Progress
from data.publishing import snapshot_path
from data.snapshot import Snapshot, read_snapshot

# A larger warehouse is not copied for a preview: it would take longer than the load.
LARGEST = 4_000_000_000


@contextmanager
def what_if(
    home: Home,
    planned: Plan,
    missing: Missing = "keep",
    wait: float = WAIT_SECONDS,
    progress: Progress | None = None,
) -> Iterator[Snapshot | None]:
    """The version that committing `planned` would publish; None where nothing would be loaded or the warehouse is too large. Nothing changes."""
    if not planned.order or (home.warehouse.is_file() and home.warehouse.stat().st_size > LARGEST):
        yield None
        return
    with TemporaryDirectory(prefix="what-if-") as folder:
        scratch = Home(Path(folder))
        if home.warehouse.is_file():
            with locked(home, current_user(), wait):
                shutil.copyfile(home.warehouse, scratch.warehouse)
        report = commit(scratch, _apart(planned), missing, progress=progress)
        if report.version is None:
            yield None
            return
        snapshot = read_snapshot(snapshot_path(scratch, report.version), report.version)
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
