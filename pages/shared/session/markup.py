"""Words of users, and problems told in them, inside labels that Streamlit reads as Markdown."""

from __future__ import annotations

import streamlit as st


def escape_markdown(words: str) -> str:
    """`words` as they are: no sign of Markdown in them is one."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|$:~&" else sign for sign in words)


def show_error(problem: object) -> None:
    """What went wrong, in a red box: the words of an exception quote file names and cells."""
    st.error(escape_markdown(str(problem)), icon=":material/error:")
