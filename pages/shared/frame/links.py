"""Ways out of a page: up to the units above, and the address of what is shown, live or pinned to its version."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from pages.shared.frame.pinning import can_pin
from pages.shared.session import url_state
from pages.shared.view import View


def current_address(view: View, **choices: str) -> str:
    """The page shown with other choices in place of its own."""
    selection = {
        "unit": view.unit,
        "month": view.month,
        "period": view.period,
        "compare": view.compare,
        "lang": view.lang,
        "version": str(view.version),
    }
    return f"?{urlencode({**url_state.current_choices(), **selection, **choices})}"


def breadcrumb(view: View) -> str:
    """The units above the chosen one, each a link to the same page, from the top; empty at the top."""
    above = list(view.organisation.ancestors(view.unit))[::-1]
    if not above:
        return ""
    links = [
        f'<a href="{escape(current_address(view, unit=code))}" target="_self">{escape(view.organisation.name(code))}'
        "</a>"
        for code in above
    ]
    return (
        f'<nav class="sq-crumbs" aria-label="{escape(view.say("Units above"))}">{" › ".join(links)} › <span>'
        f"{escape(view.name)}</span></nav>"
    )


def copy_buttons(view: View) -> str:
    """HTML of two buttons that copy a link, and the link to present mode.

    One link follows the data, the other is pinned to the version, which is then kept.
    """
    done = escape(view.say("Copied"))
    kept = can_pin(view.home, view.version)
    promise = (
        view.say("Shows these very numbers for ever: copying it keeps the version")
        if kept
        else view.say("Shows these very numbers as long as the version is kept")
    )
    live, pinned = view.say("Copy link"), view.say("Copy link to version {version}", version=view.version)
    return (
        '<span class="sq-copy">'
        f'<button type="button" data-copy="live" data-done="{done}" '
        f'title="{escape(view.say("Follows the data: shows the newest version when it is opened"))}">{escape(live)}'
        "</button>"
        f'<button type="button" data-copy="{view.version}" data-done="{done}" title="{escape(promise)}">'
        f"{escape(pinned)}</button>{_presenting(view)}</span>"
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


def _presenting(view: View) -> str:
    if not view.staged:
        return ""
    hint = view.say("One screen for a room: arrow keys step through the pages, Escape leaves")
    return (
        f'<a href="{escape(current_address(view, present="1"))}" target="_self" title="{escape(hint)}">'
        f"{escape(view.say('Present'))}</a>"
    )
