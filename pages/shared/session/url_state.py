"""What a page shows, kept in the address.

What the figures are of is written out, so that a link means the same tomorrow; how they are drawn, once it is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import streamlit as st

from pages.shared.session import controls

MEMORY, PENDING, UNKNOWN, USUAL = "chosen", "pending", "unknown", "usual"
KEEP = "keep"
"""Asks, for one run, that the version shown be kept: its link was copied (browser/links.js)."""
TOLD = ("unit", "month", "metric")
"""The choices of which a page says that they are not known: figures of something else must not pass for them."""
# A sign that no code of a unit or metric needs, and that an address shows as it is.
SEVERAL = "~"


def read(name: str) -> str | None:
    """The choice called `name`: what this run settled, else the address, else what this session chose before.

    The address is empty after a click in the menu.
    """
    return st.session_state.get(PENDING, {}).get(name) or (st.query_params or _remembered()).get(name)


def _remembered() -> dict[str, str]:
    return st.session_state.setdefault(MEMORY, {})


def _usual() -> dict[str, str]:
    """What stands in the address though nobody chose it: another page begins with its own."""
    return st.session_state.setdefault(USUAL, {})


def write(**choices: str) -> None:
    """Settles choices for this run; `flush` puts them into the address."""
    st.session_state.setdefault(PENDING, {}).update(choices)


def flush() -> None:
    """Puts everything settled into the address at once: one step in the browser's history, none if nothing differs."""
    choices = st.session_state.pop(PENDING, {})
    usual = _usual()
    _remembered().update({name: choice for name, choice in choices.items() if usual.get(name) != choice})
    if any(st.query_params.get(name) != choice for name, choice in choices.items()):
        st.query_params.update(choices)


def start_run() -> None:
    """A new run: nothing is settled yet."""
    st.session_state.pop(PENDING, None)
    st.session_state.pop(UNKNOWN, None)


def unknown_choices() -> list[str]:
    """What the address asked for and this version does not have."""
    return list(st.session_state.get(UNKNOWN, []))


def forget(name: str) -> None:
    """Drops a choice while a page runs, so that its default counts again; a callback does so with `take`."""
    for place in (MEMORY, PENDING):
        st.session_state.get(place, {}).pop(name, None)
    if name in st.query_params:
        del st.query_params[name]


def is_presenting() -> bool:
    """Whether the page is shown to a room: one screen, without menu and filters."""
    return read("present") == "1"


def current_choices() -> dict[str, str]:
    """Every choice in the address, with what this run settled; not that a link was copied just now."""
    found = {**st.query_params.to_dict(), **st.session_state.get(PENDING, {})}
    return {name: choice for name, choice in found.items() if name != KEEP}


def apply_and_rerun(**choices: str) -> NoReturn:
    """Makes choices in a callback, as filters would, and runs the whole page again.

    One step in the browser's history; "" lets a choice go.

    The whole page runs again. Streamlit by itself would run only the block of the page that was clicked (see `later`),
    and the rest would go on showing what is no longer in the address.
    """
    start_run()
    # Before a page has filled the address after a click in the menu, the choices made before hold.
    before, held = st.query_params.to_dict() or _remembered(), _remembered()
    st.session_state[MEMORY] = {name: choice for name, choice in {**held, **choices}.items() if choice}
    st.query_params.from_dict({name: choice for name, choice in {**before, **choices}.items() if choice})
    st.rerun()


@dataclass(frozen=True)
class ManyWords:
    """What a choice of several says.

    shown: the name of one.
    hint: the name of the list that adds one.
    remove: what the button that removes one says.
    source: id of the `search_options` of that list.
    """

    shown: Callable[[str], str]
    hint: str
    remove: Callable[[str], str]
    source: str


def choose_many(
    label: str, name: str, options: Sequence[str], words: ManyWords, *, default: Sequence[str], most: int = 8
) -> list[str]:
    """Several of `options`, in the order chosen, kept in the address and joined by SEVERAL.

    Unknown ones are left out; none means the default.
    """
    known = [one for one in (read(name) or "").split(SEVERAL) if one in options]
    current = list(dict.fromkeys(known or default))[:most]
    write(**{name: SEVERAL.join(current)})

    def without(code: str) -> str:
        return SEVERAL.join(one for one in current if one != code)

    room = len(current) < min(most, len(options))
    before, hint = SEVERAL.join(current), words.hint
    more = controls.search_button(name, label, words.source, hint, hint, before=before) if room else ""
    chips = controls.chips(name, label, current, words.shown, without, words.remove, more)
    st.html(controls.with_label(chips, label, False))
    return current


def resolve_choice(
    name: str, options: Sequence[str], *, default: str | None = None, optional: bool = False
) -> tuple[str, str]:
    """What is chosen among `options`, and what is where nothing is.

    Unknown values fall back to that. An `optional` choice is put into the address only where it is another.
    """
    usual: str = default if default is not None and default in options else options[0]
    asked = read(name)
    current = asked if asked is not None and asked in options else usual
    if asked and asked != current and name in TOLD:
        st.session_state.setdefault(UNKNOWN, []).append(asked)
    if asked is None or _usual().get(name) == asked:
        _usual()[name] = current
    else:
        _usual().pop(name, None)
    if optional and current == usual and name not in st.query_params:
        forget(name)
    else:
        write(**{name: current})
    return current, usual


def choice_control(
    label: str,
    name: str,
    options: Sequence[str],
    *,
    default: str | None = None,
    shown: Callable[[str], str] = str,
    buttons: bool = False,
    optional: bool = False,
    groups: Mapping[str, Sequence[str]] | None = None,
) -> tuple[str, str]:
    """(what is chosen, HTML of its control) of a choice that stays in the address.

    buttons: side by side, else a list.
    groups: options of the list under titles.
    See `resolve_choice`.
    """
    current, usual = resolve_choice(name, options, default=default, optional=optional)
    left_out = usual if optional else ""
    if buttons:
        return current, controls.button_group(name, label, options, current, shown, left_out)
    return current, controls.select_control(name, label, options, current, shown, left_out, groups)


def choose(label: str, name: str, options: Sequence[str], *, hidden_label: bool = True, **how: Any) -> str:
    """Shows a `choice` and returns what is chosen."""
    current, control = choice_control(label, name, options, **how)
    st.html(controls.with_label(control, label, hidden_label))
    return current
