"""Homes that only the account can read which runs the program: folders 0700, files 0600."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from data.core.home import Home

FOLDER_MODE, FILE_MODE = 0o700, 0o600
FOLDERS = ("originals", "snapshots", "profiles", "audit")
FILES = ("warehouse.duckdb", "warehouse.duckdb.wal", "load.lock", "load.holder", "access.toml")


def make_private(home: Home) -> None:
    """Takes away what others may do with the home, also with one made before; on systems that know such rights.

    A folder that holds other things too, as one's own home, keeps its rights; what is ours in it does not.
    """
    if os.name != "posix":
        return
    for path in _ours(home):
        with suppress(OSError):  # somebody else's, or gone by now
            mode = path.lstat().st_mode
            wanted = FOLDER_MODE if stat.S_ISDIR(mode) else FILE_MODE
            if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) & ~wanted:
                path.chmod(stat.S_IMODE(mode) & wanted)


def _ours(home: Home) -> Iterator[Path]:
    known = {*FOLDERS, *FILES}
    with suppress(OSError):
        if {path.name for path in home.path.iterdir()} <= known:
            yield home.path
    yield from (home.path / name for name in FILES)
    for name in FOLDERS:
        yield home.path / name
        for folder, folders, files in os.walk(home.path / name):
            yield from (Path(folder, one) for one in (*folders, *files))
