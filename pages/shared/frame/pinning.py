"""A version that a link names is kept: one older than the newest once it is opened by its address, and any once its
link is copied.
"""

from __future__ import annotations

import os

from data.core.home import Home
from data.model.errors import WrongUsage
from data.snapshots.publish import is_pinned, pin


def keep(home: Home, version: int) -> None:
    """Pins a version that is there; one that is pinned already asks for no writing, and where nothing can be written
    nothing is pinned.
    """
    if is_pinned(home, version):
        return
    try:
        pin(home, version)
    except (OSError, WrongUsage):
        return


def can_be_kept(home: Home, version: int) -> bool:
    """Whether a link to the version may promise the same numbers for ever."""
    return is_pinned(home, version) or os.access(home.snapshots, os.W_OK)
