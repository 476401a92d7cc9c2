"""Blocks below the first screen, drawn when the reader comes near them.

So a page opens, and follows a filter, at the price of what is seen.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from pages.shared.browser import read_source
from pages.shared.session import url_state

RUN, DRAWN = "run", "drawn_in"
NAME = "later"


@cache
def _place() -> Any:
    return st.components.v2.component(
        NAME,
        html='<div class="sq-later"></div>',
        js=read_source("later.js"),
        css=".sq-later {width: 100%}",
        isolate_styles=False,
    )


def reset() -> None:
    """A new run of a page: nothing of it is drawn yet."""
    st.session_state[RUN] = st.session_state.get(RUN, 0) + 1


def is_eager() -> bool:
    """Whether everything is drawn at once: for who prints, or takes a picture of the page from outside."""
    return url_state.read("whole") == "1"


def lazy_block(name: str, tall: int, block: Callable[[], object], opens: bool = False) -> None:
    """Draws `block` where the reader is near it, else keeps about `tall` pixels free.

    name: tells it from the others of the page.
    opens: it begins on the first screen, and is drawn with the page.
    What is drawn stays until the page runs anew; then only what is near is drawn again.
    """
    if is_eager():
        block()
    else:
        _later(name, tall, block, opens)


@st.fragment
def _later(name: str, tall: int, block: Callable[[], object], opens: bool) -> None:
    key = f"later_{name}"
    with st.container(key=f"near_{name}"):
        held = st.session_state.get(key) or {}
        place = held.get("place") or {"near": opens, "tall": tall}
        drawn = st.session_state.setdefault(DRAWN, {})
        shown = place["near"] or drawn.get(key) == st.session_state[RUN]
        _place()(
            key=key,
            data={"near": place["near"], "tall": 0 if shown else place["tall"]},
            default={"place": place},
            on_place_change=lambda: None,
        )
        if shown:
            drawn[key] = st.session_state[RUN]
            block()
