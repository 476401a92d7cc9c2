"""What a page shows, kept in the address: every choice is written out, so that a link means the same tomorrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

MEMORY = "chosen"


def read(name: str) -> str | None:
    """The choice called `name`: the address wins; without it (after a click in the menu) what this session chose before."""
    return st.query_params.get(name) or st.session_state.get(MEMORY, {}).get(name)


def write(**choices: str) -> None:
    """Puts choices into the address and into the session's memory, all at once and only where they differ."""
    st.session_state.setdefault(MEMORY, {}).update(choices)
    if any(st.query_params.get(name) != choice for name, choice in choices.items()):
        st.query_params.update(choices)


def forget(name: str) -> None:
    """Drops a choice, so that its default counts again."""
    st.session_state.get(MEMORY, {}).pop(name, None)
    if name in st.query_params:
        del st.query_params[name]


def _taken(name: str, key: str) -> None:
    write(**{name: st.session_state[key]})


def choose(
    label: str,
    name: str,
    options: Sequence[str],
    *,
    default: str | None = None,
    shown: Callable[[str], str] = str,
    buttons: bool = False,
    hidden_label: bool = True,
) -> str:
    """A choice among `options` that stays in the address; `buttons` shows them side by side. Unknown values fall back to the default."""
    current = read(name)
    current = read(name)
    if current not in options:
        current = default if default in options else options[0]
    assert current is not None
    write(**{name: current})
    key = f"choose_{name}"
    st.session_state[key] = current
    visibility: Literal["collapsed", "visible"] = "collapsed" if hidden_label else "visible"
    if buttons:
        st.segmented_control(
            label,
            options,
            key=key,
            format_func=shown,
            required=True,
            on_change=_taken,
            args=(name, key),
            label_visibility=visibility,
        )
    else:
        st.selectbox(
            label, options, key=key, format_func=shown, on_change=_taken, args=(name, key), label_visibility=visibility
        )
    return current
