"""Keeping the version that a link names.

One older than the newest is kept once it is opened by its address, any once its link is copied.
"""

from __future__ import annotations

import os

from data.core.home import Home
from data.model.errors import WrongUsage
from data.snapshots.publish import is_pinned, pin


def pin_version(home: Home, version: int) -> None:
    """Pins a version that is there.

    Writes nothing where it is pinned already; where nothing can be written, nothing is pinned.
    """
    if is_pinned(home, version):
        return
    try:
        pin(home, version)
    except (OSError, WrongUsage):
        return


def can_pin(home: Home, version: int) -> bool:
    """Whether a link to the version may promise the same numbers for ever."""
    return is_pinned(home, version) or os.access(home.snapshots, os.W_OK)
