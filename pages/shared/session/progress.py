"""Long work on a page: after a moment a bar that says how far it is, and a button that cancels it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from data.core.progress import Progress
from locales import text
from pages.shared.session.markup import escape_markdown

PATIENCE_SECONDS = 0.6


@contextmanager
def cancellable_progress(label: str, lang: str, *, key: str, on_cancel: Callable[[], None]) -> Iterator[Progress]:
    """A listener for the work in the block.

    A click on Cancel ends this run where the work next says how far it is, and runs `on_cancel` before the next; the
    work is told by the exception and leaves nothing behind.
    """
    place = st.empty()
    begun = time.monotonic()
    bar = None

    def show(share: float, name: str) -> None:
        nonlocal bar
        if bar is None and time.monotonic() - begun > PATIENCE_SECONDS:
            with place.container(horizontal=True, vertical_alignment="center"):
                bar = st.progress(0.0)
                st.button(text(lang, "Cancel"), on_click=on_cancel, key=key, icon=":material/close:")
        if bar is not None:
            bar.progress(min(max(share, 0.0), 1.0), text=escape_markdown(f"{label} {name} · {share:.0%}"))

    yield show
    place.empty()
