"""The files dropped on the page: those in the box, and those of an earlier visit, for a box forgets them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from locales import text
from pages.shared.session.markup import escape_markdown
from pages.shared.upload.plan import DROPPED, KEPT, forget_plan, uploader_key


def dropped_files(label: str, lang: str) -> Sequence[Any]:
    """The box for files, and all files dropped so far; those of an earlier visit are named, and can be taken away."""
    key = uploader_key()
    if key not in st.session_state:
        # The page was left since: Streamlit drops the state of a box that is not drawn.
        st.session_state[KEPT] = st.session_state.get(DROPPED, [])
    files = st.file_uploader(label, accept_multiple_files=True, key=key, label_visibility="collapsed")
    kept = st.session_state.get(KEPT) or []
    if kept:
        names = ", ".join(file.name for file in kept)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(escape_markdown(text(lang, "Dropped before: {names}", names=names)))
            st.button(text(lang, "Take them away"), on_click=_take_away, key="dropped_away", icon=":material/close:")
    st.session_state[DROPPED] = [*kept, *files]
    return st.session_state[DROPPED]


def _take_away() -> None:
    st.session_state.pop(KEPT, None)
    forget_plan()
