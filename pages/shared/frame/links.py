"""Ways out of a page: up to the units above, and the address of what is shown, live or pinned to its version."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from pages.shared import view
from pages.shared.frame.pinning import can_pin
from pages.shared.session import url_state
from pages.shared.session.selection import Selection


def current_address(selection: Selection, **choices: str) -> str:
    """The page shown with other choices in place of its own."""
    return f"?{urlencode({**url_state.current_choices(), **selection.choices(), **choices})}"


def breadcrumb(selection: Selection) -> str:
    """The units above the chosen one, each a link to the same page, from the top; empty at the top."""
    above = list(view.organisation(selection).ancestors(selection.unit))[::-1]
    if not above:
        return ""
    links = [
        f'<a href="{escape(current_address(selection, unit=code))}" target="_self">'
        f"{escape(view.organisation(selection).name(code))}"
        "</a>"
        for code in above
    ]
    return (
        f'<nav class="sq-crumbs" aria-label="{escape(selection.say("Units above"))}">{" › ".join(links)} › <span>'
        f"{escape(view.unit_name(selection))}</span></nav>"
    )


def copy_buttons(selection: Selection) -> str:
    """HTML of two buttons that copy a link, and the link to present mode.

    One link follows the data, the other is pinned to the version, which is then kept.
    """
    done = escape(selection.say("Copied"))
    kept = can_pin(selection.home, selection.version)
    promise = (
        selection.say("Shows these very numbers for ever: copying it keeps the version")
        if kept
        else selection.say("Shows these very numbers as long as the version is kept")
    )
    live, pinned = (
        selection.say("Copy link"),
        selection.say("Copy link to version {version}", version=selection.version),
    )
    return (
        '<span class="sq-copy">'
        f'<button type="button" data-copy="live" data-done="{done}" '
        f'title="{escape(selection.say("Follows the data: shows the newest version when it is opened"))}">'
        f"{escape(live)}"
        "</button>"
        f'<button type="button" data-copy="{selection.version}" data-done="{done}" title="{escape(promise)}">'
        f"{escape(pinned)}</button>{_presenting(selection)}</span>"
    )


def leave_button(words: str) -> str:
    """HTML of the button that leaves present mode, for who has no keyboard.

    It is seen where fingers point, else when the pointer or the keyboard reaches its corner.
    """
    address = urlencode({name: choice for name, choice in url_state.current_choices().items() if name != "present"})
    return (
        f'<div class="sq sq-leave"><a href="?{escape(address)}" target="_self" '
        f'title="{escape(words)}" aria-label="{escape(words)}">✕</a></div>'
    )


def _presenting(selection: Selection) -> str:
    if not selection.staged:
        return ""
    hint = selection.say("One screen for a room: arrow keys step through the pages, Escape leaves")
    return (
        f'<a href="{escape(current_address(selection, present="1"))}" target="_self" title="{escape(hint)}">'
        f"{escape(selection.say('Present'))}</a>"
    )
