"""What files are: whole months, or single cells of them."""

from __future__ import annotations

import streamlit as st

from locales import text

SCOPE = "upload_scope"


def ask_cells_only(lang: str) -> bool:
    """Whether the files hold single cells; remembered while other pages are looked at."""
    options = {False: text(lang, "These files are the month"), True: text(lang, "These cells only: all else stays")}
    chosen = st.radio(
        text(lang, "What the files are"),
        list(options),
        format_func=options.__getitem__,
        index=int(st.session_state.get(SCOPE, False)),
        horizontal=True,
        help=text(
            lang,
            "Of single cells, rows are matched by their key (month, unit, category ...); an empty cell, and every row "
            "that the file does not hold, stays as it is.",
        ),
    )
    st.session_state[SCOPE] = bool(chosen)
    return bool(chosen)
