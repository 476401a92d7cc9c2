"""A version that a link names is kept: one older than the newest once it is opened by its address, and any once its link is copied."""

from __future__ import annotations

import os
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from data.errors import WrongUsage
from data.home import Home
from data.publishing import pin, snapshot_path
from pages.shared.browser import source

KEY = "link_copied"


def _mark(home: Home, version: int) -> Path:
    """What `pin` leaves beside a version."""
    return snapshot_path(home, version).with_suffix(".pinned")


def keep(home: Home, version: int) -> None:
    """Pins a version that is there; one that is pinned already asks for no writing, and where nothing can be written nothing is pinned."""
    if _mark(home, version).exists():
        return
    try:
        pin(home, version)
    except (OSError, WrongUsage):
        return


def can_be_kept(home: Home, version: int) -> bool:
    """Whether a link to the version may promise the same numbers for ever."""
    return _mark(home, version).exists() or os.access(home.snapshots, os.W_OK)


@cache
def _place() -> Any:
    return st.components.v2.component(
        KEY, html='<div class="sq-asked" hidden></div>', js=source("copied.js"), isolate_styles=False
    )


def keep_once_copied(home: Home, version: int) -> None:
    """Keeps the version shown when the browser tells that its link was copied; nothing where that is not needed or cannot be done."""
    if can_be_kept(home, version) and not _mark(home, version).exists():
        _listen(home, version)


@st.fragment
def _listen(home: Home, version: int) -> None:
    _place()(key=KEY, on_copied_change=partial(keep, home, version))
