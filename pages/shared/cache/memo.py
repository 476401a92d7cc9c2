"""What is computed once for all readers.

Streamlit's own caches ask 0.4 ms each time they are used, most of it for the text of the key, and
a page asks them fifteen times; keys here are compared as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from threading import Condition
from typing import ParamSpec, TypeVar

import pandas as pd
from cachetools import LRUCache, cached
from cachetools.keys import hashkey as by_arguments

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def memoise(
    most: int, key: Callable[..., Hashable] = by_arguments
) -> Callable[[Callable[Asked, Given]], Callable[Asked, Given]]:
    """Decorator: keeps the last `most` results of a function.

    key: what results are kept by; the arguments, if not given.
    Who asks while another computes the same waits. A frame is handed out as a copy that shares its figures until
    somebody writes into it; anything else must not be changed.
    """

    def keeping(make: Callable[Asked, Given]) -> Callable[Asked, Given]:
        held = cached(LRUCache(most), key=key, condition=Condition())(make)

        @wraps(make)
        def given(*args: Asked.args, **kwargs: Asked.kwargs) -> Given:
            found = held(*args, **kwargs)
            return found.copy(deep=False) if isinstance(found, pd.DataFrame) else found

        return given

    return keeping
