"""One file that holds everything, and putting it back."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.core.audit import audit_folder
from data.core.home import Home
from data.core.private import FILE_MODE
from data.model.errors import Damaged, Refused
from data.snapshots.permits import note, permit
from data.snapshots.publish import repair
from data.warehouse.connection import is_lost, open_warehouse
from data.warehouse.lock import WAIT_SECONDS, locked

MEMBERS = ("warehouse.duckdb", "originals/", "snapshots/", "profiles/", "audit/")


def backup(home: Home, out: Path, wait: float = WAIT_SECONDS) -> int:
    """Writes the warehouse, originals, snapshots, profiles and the audit to the zip `out`; returns the number of files.

    Loads wait meanwhile.
    """
    permit(home, "restore")
    if not home.warehouse.is_file() and not is_lost(home):
        raise Refused(f"There is nothing to back up in {home.path}.")
    temporary = out.with_name(f".{out.name}.writing")
    note(home, "backup")
    with locked(home, "backup", wait):
        with open_warehouse(home) as connection:
            repair(connection, home)
            connection.execute("CHECKPOINT")
        files = [
            home.warehouse,
            *(
                path
                for folder in (home.originals, home.snapshots, home.profiles, audit_folder(home))
                if folder.is_dir()
                for path in sorted(folder.rglob("*"))
            ),
        ]
        kept = [path for path in files if path.is_file() and not path.name.startswith(".")]
        try:
            temporary.touch(mode=FILE_MODE)
            with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in kept:
                    archive.write(path, path.relative_to(home.path).as_posix())
            os.replace(temporary, out)
        except OSError as problem:
            temporary.unlink(missing_ok=True)
            raise Damaged(f"The backup {out} cannot be written: {problem.strerror}.") from problem
    return len(kept)


@contextmanager
def _removed_afterwards(folder: Path) -> Iterator[None]:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def restore(home: Home, source: Path, wait: float = WAIT_SECONDS) -> int:
    """Puts a backup into an empty home; Refused if something is there already or the file is no backup.

    Snapshots that a database left behind which was moved away are removed.
    """
    permit(home, "restore")
    if home.warehouse.exists():
        raise Refused(
            f"{home.path} holds data already; restore into an empty folder (--home), or move {home.warehouse.name} "
            f"away first."
        )
    try:
        with zipfile.ZipFile(source) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/")]
            foreign = [name for name in names if not name.startswith(MEMBERS) or ".." in name]
            if foreign or MEMBERS[0] not in names:
                raise Refused(f"{source} is not a backup of this program.")
            if archive.testzip() is not None:
                raise Refused(f"The backup {source} is damaged; nothing was restored.")
            unpacked = home.path / ".restoring"
            with locked(home, "restore", wait), _removed_afterwards(unpacked):
                archive.extractall(unpacked, names)
                with open_warehouse(Home(unpacked)):
                    pass  # it is a database of ours; Damaged leaves the home as it was
                # Of the database that was here before: versions of the same numbers, and marks that keep them.
                shutil.rmtree(home.snapshots, ignore_errors=True)
                for folder in (home.originals, home.snapshots, home.profiles, audit_folder(home)):
                    # What was done here since stays written; it is never replaced by what was done before.
                    if (unpacked / folder.name).is_dir() and not (folder == audit_folder(home) and folder.is_dir()):
                        shutil.copytree(unpacked / folder.name, folder, dirs_exist_ok=True)
                os.replace(unpacked / MEMBERS[0], home.warehouse)
                with open_warehouse(home) as connection:
                    repair(connection, home)
    except zipfile.BadZipFile as problem:
        raise Refused(f"{source} is not a backup of this program: it is not a zip file.") from problem
    except OSError as problem:
        raise Damaged(f"{source} cannot be restored: {problem.strerror or problem}.") from problem
    return len(names)
