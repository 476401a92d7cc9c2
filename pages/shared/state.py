"""What a page shows, kept in the address: what the figures are of is written out, so that a link means the same tomorrow; how they are drawn, once it is chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import streamlit as st

MEMORY, PENDING = "chosen", "pending"
# A sign that no code of a unit or metric needs, and that an address shows as it is.
SEVERAL = "~"


def read(name: str) -> str | None:
    """The choice called `name`: what this run settled, else the address; where that is empty (after a click in the menu), what this session chose before."""
    return st.session_state.get(PENDING, {}).get(name) or (st.query_params or _remembered()).get(name)


def _remembered() -> dict[str, str]:
    return st.session_state.setdefault(MEMORY, {})


def write(**choices: str) -> None:
    """Settles choices for this run; `flush` puts them into the address."""
    st.session_state.setdefault(PENDING, {}).update(choices)


def flush() -> None:
    """Puts everything settled into the address at once: one step in the browser's history, none if nothing differs."""
    choices = st.session_state.pop(PENDING, {})
    _remembered().update(choices)
    if any(st.query_params.get(name) != choice for name, choice in choices.items()):
        st.query_params.update(choices)


def begin() -> None:
    """A new run: nothing is settled yet."""
    st.session_state.pop(PENDING, None)


def forget(name: str) -> None:
    """Drops a choice, so that its default counts again."""
    for place in (MEMORY, PENDING):
        st.session_state.get(place, {}).pop(name, None)
    if name in st.query_params:
        del st.query_params[name]


def presenting() -> bool:
    """Whether the page is shown to a room: one screen, without menu and filters."""
    return read("present") == "1"


def settled() -> dict[str, str]:
    """Every choice in the address, with what this run settled."""
    return {**st.query_params.to_dict(), **st.session_state.get(PENDING, {})}


def take(name: str, choice: str) -> None:
    """Makes a choice between two runs, as a filter would."""
    take_all({name: choice})


def take_all(choices: Mapping[str, str]) -> None:
    """Makes several choices between two runs: one step in the browser's history."""
    begin()
    # Before a page has filled the address after a click in the menu, the choices made before hold.
    before = {} if st.query_params else dict(_remembered())
    _remembered().update(choices)
    st.query_params.update({**before, **choices})


def _taken(name: str, key: str) -> None:
    take(name, st.session_state[key])


def choose_many(label: str, name: str, options: Sequence[str], *, default: Sequence[str], shown: Callable[[str], str] = str, most: int = 8, hint: str = "") -> list[str]:  # fmt: skip
    """Several of `options`, in the order chosen, that stay in the address joined by SEVERAL; unknown ones are left out, none means the default."""
    known = [one for one in (read(name) or "").split(SEVERAL) if one in options]
    current = list(dict.fromkeys(known or default))[:most]
    write(**{name: SEVERAL.join(current)})
    key = f"choose_{name}"
    st.session_state[key] = current

    def taken() -> None:
        take(name, SEVERAL.join(st.session_state[key]))

    st.multiselect(
        label, options, key=key, format_func=shown, max_selections=most, on_change=taken, placeholder=hint or label
    )
    return current


def choose(
    label: str,
    name: str,
    options: Sequence[str],
    *,
    default: str | None = None,
    shown: Callable[[str], str] = str,
    buttons: bool = False,
    hidden_label: bool = True,
    optional: bool = False,
) -> str:
    """A choice among `options` that stays in the address; `buttons` shows them side by side. Unknown values fall back to the default.
    An `optional` choice stands in the address only once it is made: opening the page is then one step in the browser's history."""
    usual: str = default if default is not None and default in options else options[0]
    asked = read(name)
    current = asked if asked in options else usual
    assert current is not None
    if optional and current == usual and name not in st.query_params:
        forget(name)
    else:
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
            label,
            options,
            key=key,
            placeholder=label,
            format_func=shown,
            on_change=_taken,
            args=(name, key),
            label_visibility=visibility,
        )
    return current
