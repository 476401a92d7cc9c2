"""Who looks at this page: nobody sees a figure before that is known."""

from __future__ import annotations

from html import escape

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime import Runtime

from data.core.access import Access, BadAccess, read_access
from data.core.ended_sessions import end_session
from data.core.home import Home
from data.core.viewer import NOTHING, Identity, Viewer
from data.model.errors import ServiceQualityError
from data.snapshots.people import viewer_here, viewer_of
from data.snapshots.permits import note
from locales import text
from pages.shared.browser import script_elements
from pages.shared.session.language import current_language
from pages.shared.session.markup import escape_markdown, show_error
from pages.shared.session.requests import claims_identity, comes_from_here, provider_names, proxy_identity

SIGNED, TOLD = "signed_in_as", "told"
"""What of this session is recorded already."""
LOOK_AGAIN = 30.0
"""Seconds between two looks whether a sign-in still holds, in a tab that nobody touches."""


class NotLetIn(Exception):
    """Nobody is let in as things stand; the message says in one sentence why and whom to ask."""


class NotSignedIn(NotLetIn):
    """It is not known yet who it is."""


def headers() -> dict[str, str]:
    """The headers with which the tab was opened, by name in small letters."""
    return {name.lower(): value for name, value in st.context.headers.items()} if _served() else {}


def _served() -> bool:
    """Whether a server answers with this run; a test runs pages without one."""
    return st.runtime.exists() and type(st.runtime.get_instance()) is Runtime


def find_viewer(home: Home, lang: str) -> Viewer:
    """Who looks; NotLetIn with the reason, in the reader's language."""
    try:
        access = read_access(home)
    except BadAccess as problem:
        raise NotLetIn(text(lang, "Sign-in is not set up correctly: {problem}", problem=problem)) from problem
    if access.proxy is None and not provider_names():
        return _unsigned(home, access, lang)
    identity = _identity(access, lang)
    try:
        found = viewer_of(home, identity, access)
    except ServiceQualityError as problem:
        raise NotLetIn(str(problem)) from problem
    if found is None:
        raise NotLetIn(
            text(
                lang,
                "{name} is known to the sign-in, but nobody has allowed a look at this dashboard. Ask {contact}.",
                name=identity.called,
                contact=_contact(access, lang),
            )
        )
    return found


def _unsigned(home: Home, access: Access, lang: str) -> Viewer:
    """Without sign-in: who sits at this computer, if it answers to nobody else."""
    local = comes_from_here(headers(), _peer()) if _served() else True
    if not local:
        raise NotLetIn(
            text(
                lang,
                "This dashboard can be reached from other computers, and sign-in is not set up. No figure is shown "
                "until it is. Whoever runs it: docs/admin.md says how.",
            )
        )
    return viewer_here(home, access)


def _peer() -> str | None:
    """The other end of the connection; Streamlit gives None for this computer."""
    return st.context.ip_address or "127.0.0.1"


def _contact(access: Access, lang: str) -> str:
    return access.contact or text(lang, "whoever runs the dashboard")


def _identity(access: Access, lang: str) -> Identity:
    found = proxy_identity(access, headers())
    if found is not None:
        return found
    if not provider_names():
        raise NotLetIn(
            text(lang, "The sign-in in front of this dashboard did not say who you are. Ask {contact}.",
                 contact=_contact(access, lang))
        )  # fmt: skip
    claims = st.user.to_dict() if _served() else {}
    if not claims.get("is_logged_in"):
        raise NotSignedIn(text(lang, "Sign in to see the figures of your units."))
    identity = claims_identity(access, claims)
    if identity is None:
        raise NotLetIn(
            text(lang, "The sign-in does not say who you are and until when. Ask {contact}.",
                 contact=_contact(access, lang))
        )  # fmt: skip
    if identity.ended:
        raise NotSignedIn(text(lang, "Your sign-in has ended. Sign in again."))
    return identity


def require_viewer(home: Home) -> Home:
    """The home as the person reads it who looks at this page; else the page says why not, and the run ends."""
    lang = current_language()
    try:
        viewer = find_viewer(home, lang)
    except NotLetIn as reason:
        if st.session_state.get(TOLD) != str(reason) and not isinstance(reason, NotSignedIn):
            note(home.of(_asking(home)), "refused", reason="sign_in")
        st.session_state.clear()
        st.session_state[TOLD] = str(reason)
        _closed(reason, lang)
    seen = home.of(viewer)
    if viewer.identity.subject and st.session_state.get(SIGNED) != viewer.identity.session:
        note(seen, "sign_in")
        st.session_state[SIGNED] = viewer.identity.session
    return seen


def _asking(home: Home) -> Viewer:
    """Somebody who is not let in, as far as the sign-in names them."""
    try:
        access = read_access(home)
        claims = st.user.to_dict() if _served() and provider_names() else {}
        identity = proxy_identity(access, headers()) or claims_identity(access, claims)
    except BadAccess:
        identity = None
    return Viewer(identity or Identity("unknown"), "viewer", NOTHING)


def _signs_in() -> bool:
    return _served() and bool(provider_names())


@st.fragment(run_every=LOOK_AGAIN)
def _look_again(home: Home) -> None:
    """Empties a tab that nobody touches once its sign-in has ended."""
    try:
        find_viewer(home, current_language())
    except NotLetIn:
        st.rerun(scope="app")


def _closed(reason: NotLetIn, lang: str) -> None:
    """What is shown in place of everything."""
    title = text(lang, "Sign in") if isinstance(reason, NotSignedIn) else text(lang, "No figure is shown")
    st.html(
        f'<div class="sq sq-empty"><h1>{escape(title)}</h1><p>{escape(str(reason))}</p></div>'
        + script_elements("leaving"),
        unsafe_allow_javascript=True,
    )
    if _signs_in():
        for name in provider_names():
            label = (
                text(lang, "Sign in")
                if name == "default"
                else text(lang, "Sign in with {name}", name=escape_markdown(name))
            )
            if st.button(label, key=f"sign_in_{name}", type="primary"):
                _begin(name, lang)
        if not isinstance(reason, NotSignedIn):
            st.button(text(lang, "Sign out"), on_click=sign_out, key="sign_out")
    st.stop()


def _begin(provider: str, lang: str) -> None:
    try:
        st.login(None if provider == "default" else provider)
    except StreamlitAPIException:
        show_error(text(lang, "Sign-in is not set up correctly: {problem}", problem=provider))


def shows_audit(home: Home) -> bool:
    """Whether the menu shows the audit: to administrators who signed in."""
    return home.viewer.may("audit") and home.viewer.identity.subject != ""


def sign_out() -> None:
    """Signs out, in every tab of this browser."""
    claims = st.user.to_dict()
    try:
        identity = claims_identity(read_access(Home.resolve()), claims)
    except BadAccess:
        identity = None
    if identity is not None:
        end_session(identity.session)
        note(Home.resolve().of(Viewer(identity, "viewer", NOTHING)), "sign_out")
    st.logout()


def sign_out_button(home: Home, lang: str) -> None:
    """Who is signed in, and the way out, where there is one; a tab that nobody touches looks whether it still holds."""
    if home.viewer.identity.subject == "" or not _served():
        return
    with st.sidebar:
        st.html(f'<div class="sq sq-side">{escape(home.viewer.name)}</div>')
        if _signs_in():
            st.button(text(lang, "Sign out"), on_click=sign_out, key="sign_out")
            _look_again(home.whole)
