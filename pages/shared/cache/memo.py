"""What is computed once for all readers.

Streamlit's own caches ask 0.4 ms each time they are used, most of it for the text of the key, and a page asks them
fifteen times; keys here are compared as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Condition
from typing import ParamSpec, TypeVar

import pandas as pd
from cachetools import LRUCache, cached
from cachetools.keys import hashkey as by_arguments

from pages.shared.cache.versions import Version

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def by_others(_home: object, _version: object, /, *asked: Hashable, **named: Hashable) -> Hashable:
    """The arguments but the first two, which say whose results they are."""
    return by_arguments(*asked, **named)


def memoise(
    most: int, key: Callable[..., Hashable] | None = None, of: Callable[..., Version] | None = None
) -> Callable[[Callable[Asked, Given]], Callable[Asked, Given]]:
    """Keeps the last `most` results of a function by its arguments, or by what `key` makes of them; who asks while
    another computes the same waits.

    `of`: the version that the first two arguments speak of, which keeps its own results and takes them with it;
    None: they are kept as long as the program runs.
    A frame is handed out as a copy that shares its figures until somebody writes into it; anything else must not be
    changed.
    """

    told_by = key or (by_others if of else by_arguments)

    def keeping(make: Callable[Asked, Given]) -> Callable[Asked, Given]:
        def store() -> Callable[..., Given]:
            made: Callable[..., Given] = cached(LRUCache(most), key=told_by, condition=Condition())(make)
            return made

        everybodys = store()

        @wraps(make)
        def given(*args: Asked.args, **kwargs: Asked.kwargs) -> Given:
            # Held while it is computed with: a reader may move on meanwhile.
            version = of(*args, **kwargs) if of else None
            found: Given = (version.store(make, store) if version else everybodys)(*args, **kwargs)
            return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

        return given

    return keeping
