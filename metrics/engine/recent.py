"""A bounded memory of what was computed, which nothing but its owner refers to."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache

Made = TypeVar("Made")


class Recent(Generic[Made]):
    """The last `most` results by what was asked. Safe between threads.

    What makes a result is handed in with each question: a cache that wraps a method of its owner (functools.lru_cache
    of a bound method, cachetools' cachedmethod) ties the owner to itself, and a version's arrays would wait for a
    garbage collection.
    """

    def __init__(self, most: int) -> None:
        self._held: LRUCache[Hashable, Made] = LRUCache(most)
        self._guard = Lock()

    def __len__(self) -> int:
        return len(self._held)

    def get(self, asked: Hashable, make: Callable[[], Made]) -> Made:
        """What is held of `asked`, else what `make` makes."""
        with self._guard:
            if asked in self._held:
                return self._held[asked]
        made = make()
        with self._guard:
            self._held[asked] = made
        return made
