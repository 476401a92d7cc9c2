"""Progress of long work: a listener gets the share (0 to 1) and what is being done; what it raises cancels the work."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[float, str], None]


def sub_progress(progress: Progress | None, begin: float, end: float, named: str | None = None) -> Progress:
    """A listener for the part of the work from share `begin` to `end`; without a listener one that does nothing.

    named: what is said to be done in all of it.
    """
    if progress is None:
        return lambda _share, _name: None
    return lambda share, name: progress(begin + (end - begin) * min(max(share, 0.0), 1.0), named or name)
