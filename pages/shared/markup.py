"""Words of users inside labels that Streamlit reads as Markdown."""

from __future__ import annotations


def literal(words: str) -> str:
    """`words` as they are: no sign of Markdown in them is one."""
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|$:~" else sign for sign in words)
