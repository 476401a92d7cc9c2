"""Memory that nobody waits for: garbage collections that stay short, and memory of a version that was let go, given
back.

Streamlit collects garbage after every run while the browser waits for that run's last messages, and a full collection
looks at every
object of every module: 90 ms of a page that takes 20. Modules stay for good, so they are set aside once they are
imported. What a version
holds is arrays, frames and text, of which a collection sees a few thousand objects, and it is let go without one.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import sys
from contextlib import suppress
from threading import Event, Thread

# Seconds that the last of a version has to be let go in, and in which several that go together are given back at once.
SOON = 1.0


class ModulesAside:
    """A callback of the collector (see gc.callbacks): after a full collection modules that were imported since the last
    are set aside.
    """

    def __init__(self) -> None:
        self.modules = 0

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        if phase == "stop" and info["generation"] == 2 and len(sys.modules) > self.modules:
            self.modules = len(sys.modules)
            gc.freeze()


def keep_collections_short() -> None:
    """Once for the whole program."""
    if not any(isinstance(one, ModulesAside) for one in gc.callbacks):
        gc.callbacks.append(ModulesAside())
        # Libraries look at the end for what they have left behind.
        atexit.register(_let_go)


def _let_go() -> None:
    gc.callbacks[:] = [one for one in gc.callbacks if not isinstance(one, ModulesAside)]
    gc.unfreeze()


_asked = Event()
_giving: list[Thread] = []


def give_back() -> None:
    """Soon, and without waiting for it: what the allocator holds of memory that was let go goes back to the system."""
    _asked.set()
    if not _giving:
        _giving.append(Thread(target=_give_back, name="give back", daemon=True))
        _giving[0].start()


def _give_back() -> None:
    """Only glibc keeps so much that it is worth asking for, and only there it can be asked."""
    with suppress(OSError, AttributeError):
        trim = ctypes.CDLL(None).malloc_trim
        while _asked.wait():
            Event().wait(SOON)
            _asked.clear()
            trim(0)
