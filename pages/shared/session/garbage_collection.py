"""Memory that nobody waits for: what was let go with a version goes back to the system, and what refers to itself is
collected then.

A full collection looks at every object of every module: 90 ms of a page that takes 20. Streamlit would make one after
every run while the browser waits for that run's last messages (.streamlit/config.toml: postScriptGC). It is made here,
in a thread of its own, when a version is opened or let go; what lives through it is set aside until the next, so that
the collector's own, which pages make as they run, stay short. What a version holds needs none (see
pages/shared/cache/versions.py).
"""

from __future__ import annotations

import atexit
import ctypes
import gc
from contextlib import suppress
from threading import Event, Lock, Thread
from time import sleep

# Seconds in which the last of a version is let go, and in which several that go together are given back at once.
SOON = 1.0
_asked = Event()
_guard = Lock()
_giving: list[Thread] = []


def give_back() -> None:
    """Soon, and without waiting for it: collects garbage and gives free memory back to the system."""
    _asked.set()
    with _guard:
        if not _giving:
            # Libraries look at the end for what they have left behind.
            atexit.register(gc.unfreeze)
            _giving.append(Thread(target=_give_back, name="give back", daemon=True))
            _giving[0].start()


def _give_back() -> None:
    while _asked.wait():
        sleep(SOON)
        _asked.clear()
        collect()
        # Only glibc keeps so much that it is worth asking for, and only there it can be asked.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)


def collect() -> None:
    """A full collection, also of what was set aside before; what lives through it is set aside.

    Nothing where the collector is turned off.
    """
    if gc.isenabled():
        gc.unfreeze()
        gc.collect()
        gc.freeze()
