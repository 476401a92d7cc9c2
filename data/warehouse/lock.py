"""One inter-process lock: one writer at a time; who waits learns who holds it."""

from __future__ import annotations

import getpass
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from filelock import FileLock, Timeout

from data.core.home import Home
from data.core.private import FOLDER_MODE, make_private
from data.model.errors import Busy, Damaged

WAIT_SECONDS = 30.0


@contextmanager
def locked(home: Home, who: str = "", wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Holds the home's lock; Busy after `wait` seconds, Damaged if the folder cannot be written.

    The operating system frees the lock of a process that dies, so a lost holder never blocks the next one.
    """
    holder = home.path / "load.holder"
    try:
        home.path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        lock = FileLock(str(home.lock))
        lock.acquire(timeout=wait)
    except Timeout as problem:
        raise Busy(
            f"Another load is running{_named(home)}; nothing was changed. Try again when it has ended."
        ) from problem
    except OSError as problem:
        raise Damaged(
            f"The folder {home.path} cannot be written ({problem.strerror}); nothing was changed."
        ) from problem
    try:
        with suppress(OSError):
            holder.write_text(
                json.dumps({"who": who, "pid": os.getpid(), "since": time.strftime("%H:%M:%S")}), encoding="utf-8"
            )
        yield
    finally:
        with suppress(OSError):
            holder.unlink(missing_ok=True)
        make_private(home)
        lock.release()


def _named(home: Home) -> str:
    with suppress(OSError, ValueError, KeyError):
        facts = json.loads((home.path / "load.holder").read_text(encoding="utf-8"))
        return f" ({facts['who'] or 'process'} {facts['pid']}, since {facts['since']})"
    return ""


def author(home: Home, who: str | None = None) -> str:
    """Who changes something, for the history: the person signed in, whatever else is said."""
    return home.viewer.name or who or current_user()


def current_user() -> str:
    """Who loads, for the history; never a reason to fail."""
    with suppress(Exception):
        return getpass.getuser()
    return ""
