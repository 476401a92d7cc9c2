"""The sign-ins that somebody ended: in every tab that has one of them, from then on."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

MOST = 10_000
_ended: OrderedDict[str, None] = OrderedDict()
_guard = Lock()


def end_session(session: str) -> None:
    """Ends a sign-in."""
    with _guard:
        _ended[session] = None
        while len(_ended) > MOST:
            _ended.popitem(last=False)


def has_ended(session: str) -> bool:
    """Whether somebody ended it."""
    return session in _ended
