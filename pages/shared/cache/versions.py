"""The published versions that readers look at, each with what was made of it: shared by all of them, and let go with
the last of them.

A session holds the version that it shows, a running page the one that it reads. Nothing else does but the one asked for
last, and nothing here refers to itself: when the last reader has moved on, the snapshot's file is closed and its memory
given back at once, without a garbage collection.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock, local
from typing import Any
from weakref import ReferenceType, WeakValueDictionary, finalize, ref

import streamlit as st

from data.core.home import Home
from data.core.viewer import Sight
from data.model.errors import ServiceQualityError
from data.snapshots.publish import repair_if_needed
from data.snapshots.reader import File, Snapshot, open_snapshot, snapshot_file
from pages.shared.session.garbage_collection import give_back

SHOWN = "version_shown"
MOST, MOST_SIGHTS = 2, 32
"""Versions that are kept for those who look at them and see the same, and how many who see something different.

What a tab that somebody left open shows besides is opened again when the tab is used again.
"""


class Version:
    """One published version: its snapshot, and the caches of what was made of it (see pages/shared/cache/memo.py)."""

    def __init__(self, file: File | None, snapshot: Snapshot) -> None:
        self.file = file
        self.snapshot = snapshot
        self._stores: dict[Hashable, Callable[..., Any]] = {}
        self._guard = Lock()
        give_back()
        finalize(self, give_back).atexit = False

    def store(self, name: Hashable, make: Callable[[], Callable[..., Any]]) -> Callable[..., Any]:
        """This version's own cache called `name`."""
        with self._guard:
            if name not in self._stores:
                self._stores[name] = make()
            return self._stores[name]


class Hold:
    """What a session has of the version that it shows: the version itself, as long as it is one of the last MOST."""

    def __init__(self) -> None:
        self.version: Version | None = None


Key = tuple[Path, Sight, int]
_living: WeakValueDictionary[Key, Version] = WeakValueDictionary()
_holds: WeakValueDictionary[Key, Hold] = WeakValueDictionary()
_lately: OrderedDict[tuple[Path, Sight], list[ReferenceType[Hold]]] = OrderedDict()
_asked_last: list[Hold] = []
_guard = Lock()


class _Running(local):
    """What the page that runs in this thread reads: not opened anew in its midst, however many versions others ask
    for.
    """

    version: Version | None = None
    # Once it is shown, not even whether its file still stands is asked for each figure.
    shown: Key | None = None


_running = _Running()


def version_of(home: Home, number: int) -> Version:
    """A published version as all see it who see as much as the home's viewer.

    NoData if nothing was loaded, WrongUsage if it is not kept and nobody reads it.
    """
    key = (home.path, home.viewer.sight, number)
    if _running.version and _running.shown == key:
        return _running.version
    _running.shown = None
    with _guard:
        file, found = snapshot_file(home, number), _living.get(key)
        # A file that was pruned is still read by who has it open; one that was put in its place is another version.
        if found is None or file not in (None, found.file):
            found = _living[key] = Version(file, open_snapshot(home, number))
        _keep(key, found)
        _running.version = found
        return found


def show(home: Home, number: int) -> None:
    """This session looks at a version, and no longer at the one before.

    What a crash left unpublished is published, for its next look.
    """
    # In place: Streamlit keeps what stood in a session before until its next run.
    shown: list[Hold] = st.session_state.setdefault(SHOWN, [])
    # A version that cannot be read is told of by who reads it.
    with suppress(ServiceQualityError):
        repair_if_needed(home)
        key, _running.shown = (home.path, home.viewer.sight, number), None
        version_of(home, number)
        shown[:], _running.shown = [_holds[key]], key


def _keep(key: Key, version: Version) -> None:
    """Makes `version` the one asked for last, for all who look at it."""
    hold = _holds.get(key) or Hold()
    _holds[key], hold.version, _asked_last[:] = hold, version, [hold]
    lately = _lately.setdefault(key[:2], [])
    _lately.move_to_end(key[:2])
    if not lately or lately[-1]() is not hold:
        others = [one for one in lately if one() not in (None, hold)]
        _let_go(others[: -MOST + 1])
        lately[:] = [*others[-MOST + 1 :], ref(hold)]
    while len(_lately) > MOST_SIGHTS:
        _let_go(_lately.popitem(last=False)[1])


def _let_go(outdated: Sequence[ReferenceType[Hold]]) -> None:
    """Leaves those who look at these versions to open them again."""
    for one in outdated:
        if older := one():
            older.version = None
