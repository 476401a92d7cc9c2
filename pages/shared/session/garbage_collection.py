"""Garbage collection that nobody waits for.

Streamlit collects garbage after every run while the browser waits for that run's last messages, and a full collection
looks at every object of every module: 90 ms of a page that takes 20. What has lived through a slow one is set aside, so
that the next is short.
"""

from __future__ import annotations

import atexit
import gc
import time

# Seconds: a collection that is longer is felt, and a page's own objects take less.
LONG = 0.02
# After so many seconds everything is looked at once more: a cycle that was set aside alive may be garbage by now.
AGAIN = 3_600.0


class ShortCollections:
    """A callback of the collector (see gc.callbacks)."""

    def __init__(self, long: float = LONG, again: float = AGAIN) -> None:
        self.long, self.again = long, again
        self.begun = self.thawed = time.monotonic()

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        now = time.monotonic()
        if phase == "start":
            self.begun = now
        elif info["generation"] == 2 and now - self.begun > self.long:
            gc.freeze()
        elif now - self.thawed > self.again:
            # The next collection is long, and sets aside what is still in use.
            self.thawed = now
            gc.unfreeze()


def keep_collections_short() -> None:
    """Once for the whole program."""
    if not any(isinstance(one, ShortCollections) for one in gc.callbacks):
        gc.callbacks.append(ShortCollections())
        # Libraries look at the end for what they have left behind.
        atexit.register(_let_go)


def _let_go() -> None:
    gc.callbacks[:] = [one for one in gc.callbacks if not isinstance(one, ShortCollections)]
    gc.unfreeze()
