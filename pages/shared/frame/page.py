"""The frame of every page: style, language, freshness, version, filters; at the end the footer."""

from __future__ import annotations

import runpy
from collections.abc import Sequence
from datetime import datetime
from html import escape
from pathlib import Path

import streamlit as st

from charts.theme import palette
from data.core.home import Home
from data.model.errors import NoData, ServiceQualityError
from locales import text, translator
from metrics.model.metric import Metric
from pages.shared.browser import script
from pages.shared.cache.results import drawn, freshness_of, latest_version, snapshot_of
from pages.shared.components.sources import sources
from pages.shared.frame import lazy as later
from pages.shared.frame.filters import FEW, filter_bar, supply_of_units
from pages.shared.frame.links import breadcrumb, copying, leaving
from pages.shared.frame.pinning import keep
from pages.shared.frame.style import present_sheet, style_sheet
from pages.shared.frame.unit_list import unit_list
from pages.shared.session import url_state as state
from pages.shared.session.language import current_language, language_switch
from pages.shared.session.picture_names import name_pictures
from pages.shared.view import View
from pages.shared.wording import labels as words

MENU = "menu"
SPOKEN = '<script>document.documentElement.lang = "LANG"</script>'
"""What a screen reader's voice goes by; LANG is one of our languages."""
LONG = 165
"""Letters (an ideograph counts twice) that two lines of present mode's title hold."""


def current_mode() -> str:
    """ "light" or "dark", as the reader's browser or menu says."""
    return "dark" if st.context.theme.type == "dark" else "light"


def through_the_menu() -> None:
    """app.py says that it ran: its menu is in force."""
    st.session_state[MENU] = True


def listen() -> None:
    """What our controls, links and pictures do in the browser: before the menu is there, since a click in it already
    counts.
    """
    with st.sidebar:
        st.html(
            SPOKEN.replace("LANG", current_language().replace("_", "-"))
            + script("choosing", "links", "keys", "pictures", "asking", "printing"),
            unsafe_allow_javascript=True,
        )


def insist_on_the_menu() -> None:
    """Until `st.navigation` has run once in a server, Streamlit runs the file of a deep link by itself, with a menu of
    file names:
    then app.py, which chooses the same page by its address, runs in its place.
    """
    if MENU not in st.session_state:
        runpy.run_path(str(Path(__file__).parents[3] / "app.py"))
        st.stop()


def begin() -> tuple[str, Home]:
    """Style, and the language switch: what a page needs even without data."""
    insist_on_the_menu()
    state.begin()
    later.begin()
    lang = current_language()
    st.html(style_sheet(palette(current_mode())))
    with st.sidebar:
        language_switch(text(lang, "Language"))
    return lang, Home.resolve()


def chosen_version(home: Home) -> int | None:
    """The version shown: that of the address it was opened with, which is kept from then on; else the latest.

    Written to the address either way.
    """
    latest = latest_version(home)
    asked = state.read("version")
    written = st.session_state.get("written_version")
    if asked and asked.isdecimal() and asked != written:
        st.session_state["pinned"] = None if int(asked) == latest else int(asked)
    version = st.session_state.get("pinned") or latest
    if version is not None:
        if version != latest or state.read(state.KEEP):
            keep(home, version)
        st.session_state["written_version"] = str(version)
        state.write(version=str(version))
    return version


def follow_latest() -> None:
    """Lets go of a pinned version."""
    st.session_state["pinned"] = None
    st.session_state.pop("written_version", None)
    state.forget("version")


def freshness(lang: str, home: Home, version: int) -> None:
    """In the sidebar: how fresh the data is, and whether there is something newer."""
    facts = freshness_of(str(home.path), version)
    loaded = str(facts.get("loaded_at") or facts.get("published_at") or "")[:16].replace("T", " ")
    lines = [
        text(lang, "Data to {month}", month=facts.get("last_month") or "–"),
        text(lang, "Version {version}", version=version),
    ]
    lines += [text(lang, "Loaded {time}", time=loaded)] if loaded else []
    lines += [text(lang, "by {name}", name=facts["loaded_by"])] if facts.get("loaded_by") else []
    with st.sidebar:
        first, *rest = (escape(line) for line in lines)
        st.html(f'<div class="sq sq-side"><b>{first}</b><br>{"<br>".join(rest)}</div>')
        latest = latest_version(home)
        if latest is not None and latest != version:
            st.button(
                text(lang, "Show version {version}", version=latest),
                on_click=follow_latest,
                help=text(lang, "This link is fixed to an earlier version."),
            )


def explain_refused(lang: str, question: str, version: int | None, reason: str) -> None:
    """Where the version asked for cannot be shown: why not, and the way to the newest; then the run ends."""
    state.flush()
    title = text(lang, "Version {version} cannot be shown", version=version)
    st.html(
        f'<div class="sq sq-empty"><p class="sq-question">{escape(question)}</p><h1>{escape(title)}</h1><p>{escape(reason)}</p></div>'
    )
    st.button(text(lang, "Show the newest version"), on_click=follow_latest)
    st.stop()


def explain_empty(lang: str, question: str, reason: str = "") -> None:
    """Without data: what this page will show and where to begin; then the run ends."""
    _ = translator(lang)
    state.flush()
    st.html(
        f'<div class="sq sq-empty"><p class="sq-question">{escape(question)}</p><h1>{escape(_("Nothing has been loaded yet"))}</h1>'
        f"<p>{escape(reason or _('Upload the units and the first monthly export; this page then fills by itself.'))}</p></div>"
    )
    st.page_link("pages/upload.py", label=_("Go to Upload"), icon=":material/upload:")
    st.stop()


def open_page(question: str, staged: bool = True, compared: bool = True) -> View:
    """Everything above a page's content, and the selection it must show.

    `question` is a message of the catalogue, already translated;
    `staged`: the page can be shown in present mode; `compared`: it follows the choice of what to compare with.
    """
    lang, home = begin()
    version = None
    try:
        version = chosen_version(home)
        if version is None:
            raise NoData
        snapshot = snapshot_of(home, version)
        months, organisation = snapshot.months(), snapshot.organisation
    except NoData:
        explain_empty(lang, question)
        raise
    except ServiceQualityError as problem:
        explain_refused(lang, question, version, str(problem))
        raise
    freshness(lang, home, version)
    if not months or not len(organisation):
        explain_empty(
            lang, question, text(lang, "The units are loaded, but no month of figures yet. Upload a monthly export.")
        )
    if staged and state.presenting():
        state.write(present="1")
        st.html(present_sheet() + leaving(text(lang, "Leave (Escape)")))
    unit, month, period, compare = filter_bar(lang, question, organisation, months, compared, snapshot.last_month())
    if len(organisation) > FEW:
        with st.sidebar:
            unit_list(
                len(organisation),
                lambda: drawn(
                    ("units", str(home.path), version, lang),
                    lambda: supply_of_units(organisation, text(lang, "No unit is called so")),
                ),
            )
    name_pictures(organisation.name(unit), month)
    return View(home, version, lang, current_mode(), unit, month, period, compare, staged)


def takeaway(view: View, sentence: str, subtitle: str = "") -> None:
    """The page's answer, as its title; below it what the figures are."""
    long = " sq-long" if sum(1 + (ord(sign) > 0x2E7F) for sign in sentence) > LONG else ""
    asked = state.unknown()
    instead = (
        view.say("Not known in this version, something else is shown: {asked}", asked=", ".join(asked)) if asked else ""
    )
    told = f'<p class="sq-told" role="status">{escape(instead)}</p>' if asked else ""
    below = subtitle or f"{view.name} · {view.span}"
    st.html(
        f'<div class="sq">{told}{breadcrumb(view)}<h1 class="sq-takeaway{long}">{escape(sentence)}</h1><p class="sq-sub">{escape(below)}{copying(view)}</p></div>'
    )


def plain_title(question: str, sentence: str, subtitle: str = "") -> None:
    """The head of a page without filters."""
    state.flush()
    st.html(
        f'<div class="sq"><p class="sq-page">{escape(question)}</p><h1 class="sq-takeaway">{escape(sentence)}</h1><p class="sq-sub">{escape(subtitle)}</p></div>'
    )


def close_page(view: View, *notes: str, level: str = "", of: Sequence[Metric] = ()) -> None:
    """The footer: source (of the metrics that the page shows first, else of all), version, selection, peers (of
    `level`, else of the unit's own), time; before a room the notes (what is shown) in place of files and peers.
    """
    state.flush()
    time = view.say("Shown {time}", time=datetime.now().strftime("%Y-%m-%d %H:%M"))
    selection = [view.say("Version {version}", version=view.version), view.name, view.span]
    if state.presenting():
        _footer(*notes, *selection[::-1], time)
        return
    _footer(
        view.drawn("source", *(metric.code for metric in of), make=lambda: _source(view, of)),
        *selection,
        view.drawn("compared", level, make=lambda: _compared(view, level)),
        *notes,
        time,
    )


def _source(view: View, metrics: Sequence[Metric]) -> str:
    """The files that the month's figures of `metrics` (of all, if none) rest on, the unit's own before its peers', the
    first three by name.
    """
    lineage = sources(view, metrics)
    files = list(dict.fromkeys(str(file) for file in lineage["file"])) if len(lineage) else []
    listed = ", ".join(files[:3]) + (view.say(" and {count} more", count=len(files) - 3) if len(files) > 3 else "")
    return view.say("Source: {files}", files=listed or "–")


def _compared(view: View, level: str) -> str:
    """How many are compared."""
    count = len(view.organisation.at_level(level)) if level else len(view.peers())
    if count < 2:
        return view.say("no peers to compare with")
    return view.say(
        "{count} {level} compared",
        count=count,
        level=words.level(level or view.organisation.level(view.unit), view.lang),
    )


def _footer(*parts: str) -> None:
    st.html(f'<div class="sq sq-footer">{escape(" · ".join(part for part in parts if part))}</div>')
