"""The units to search in: sent with the page, or, where there are very many of them, once somebody searches."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from pages.shared.browser import read_source

# The names of so many units are a tenth of a page; ten times as many would be more than all the rest of it.
AT_ONCE = 1_000
KEY = "units_asked"


@cache
def _place() -> Any:
    return st.components.v2.component(
        KEY, html='<div class="sq-asked" hidden></div>', js=read_source("units.js"), isolate_styles=False
    )


def unit_list(count: int, make: Callable[[], str]) -> None:
    """Puts the list of units to search in into the page, now or when it is first wanted.

    count: how many there are.
    make: gives the list (see controls.search_options).
    """
    if count <= AT_ONCE:
        st.html(make())
    else:
        _when_asked(make)


@st.fragment
def _when_asked(make: Callable[[], str]) -> None:
    held = st.session_state.get(KEY) or {}
    _place()(key=KEY, default={"asked": bool(held.get("asked"))}, on_asked_change=lambda: None)
    if (st.session_state.get(KEY) or {}).get("asked"):
        st.html(make())
