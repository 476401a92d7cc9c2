"""File names of saved pictures."""

from __future__ import annotations

import streamlit as st


def name_pictures(*words: str) -> None:
    """What pictures of this page's charts are named after, beside their title."""
    st.session_state[NAMED] = words


NAMED = "named"
