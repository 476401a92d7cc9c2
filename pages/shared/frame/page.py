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
from metrics.wording.provisional import newest_in_words
from pages.shared import view
from pages.shared.browser import script_elements
from pages.shared.cache import versions
from pages.shared.cache.results import cached, freshness_of, holds_samples, latest_version, snapshot_of
from pages.shared.components.sources import source_files
from pages.shared.frame import lazy
from pages.shared.frame.filters import FEW, filter_bar, unit_options
from pages.shared.frame.links import breadcrumb, copy_buttons, leave_button
from pages.shared.frame.pinning import pin_version
from pages.shared.frame.style import present_style_sheet, style_sheet
from pages.shared.frame.unit_list import unit_list
from pages.shared.session import url_state
from pages.shared.session.language import current_language, language_switch
from pages.shared.session.picture_names import name_pictures
from pages.shared.session.selection import Selection
from pages.shared.session.sign_in import require_viewer, sign_out_button
from pages.shared.wording import labels

MENU = "menu"
SPOKEN = '<script>document.documentElement.lang = "LANG"</script>'
"""What a screen reader's voice goes by; LANG is one of our languages."""
MOST_DIGITS, HIGHEST = 9, 10**9 - 1
"""Of the number of a version in an address: no file is called by more."""
LONG = 165
"""Letters (an ideograph counts twice) that two lines of present mode's title hold."""


def current_mode() -> str:
    """ "light" or "dark", as the reader's browser or menu says."""
    return "dark" if st.context.theme.type == "dark" else "light"


def mark_menu_ready() -> None:
    """app.py says that it ran: its menu is in force."""
    st.session_state[MENU] = True


def install_scripts() -> None:
    """Adds the scripts behind our controls, links and pictures to the page.

    Before the menu is there, since a click in it already counts.
    """
    with st.sidebar:
        st.html(
            SPOKEN.replace("LANG", current_language().replace("_", "-"))
            + script_elements("choosing", "links", "keys", "pictures", "asking", "printing", "returning"),
            unsafe_allow_javascript=True,
        )


def ensure_menu() -> None:
    """Runs app.py if its menu is not there yet; then the run ends.

    Until `st.navigation` has run once in a server, Streamlit runs the file of a deep link by itself, with a menu of
    file names; app.py chooses the same page by its address.
    """
    if MENU not in st.session_state:
        runpy.run_path(str(Path(__file__).parents[3] / "app.py"))
        st.stop()


def start_page() -> tuple[str, Home]:
    """Style, and the language switch: what a page needs even without data."""
    ensure_menu()
    url_state.start_run()
    lazy.reset()
    lang = current_language()
    # Not `st.html`: its own script may come after that of the charts, which would be drawn in a page without style, and
    # then again.
    st.markdown(style_sheet(palette(current_mode())), unsafe_allow_html=True)
    with st.sidebar:
        language_switch(text(lang, "Language"))
    home = require_viewer(Home.resolve())
    sign_out_button(home, lang)
    return lang, home


def chosen_version(home: Home, question: str = "") -> int | None:
    """The version shown: that of the address it was opened with, which is kept from then on; else the latest.

    Written to the address either way. Where it cannot be shown, the page says so and the run ends.
    """
    latest = latest_version(home)
    asked = url_state.read("version")
    written = st.session_state.get("written_version")
    if asked and asked.isdecimal() and asked != written:
        number = int(asked) if len(asked) <= MOST_DIGITS else HIGHEST
        st.session_state["pinned"] = None if number == latest else number
    version = st.session_state.get("pinned") or latest
    if version is not None:
        try:
            snapshot_of(home, version)
        except ServiceQualityError as problem:
            explain_refused(current_language(), question, version, str(problem))
        if version != latest or url_state.read(url_state.KEEP):
            pin_version(home, version)
        st.session_state["written_version"] = str(version)
        url_state.write(version=str(version))
        versions.show(home, version)
    return version


def follow_latest() -> None:
    """Lets go of a pinned version."""
    st.session_state["pinned"] = None
    st.session_state.pop("written_version", None)
    url_state.forget("version")


def show_freshness(lang: str, home: Home, version: int) -> None:
    """In the sidebar: how fresh the data is, and whether there is something newer."""
    facts = freshness_of(home, version)
    loaded = str(facts.get("loaded_at") or facts.get("published_at") or "")[:16].replace("T", " ")
    newest = newest_in_words(facts["last_month"], facts["provisional_until"], facts["whole"], lang)
    lines = [text(lang, "Data to {month}", month=newest), text(lang, "Version {version}", version=version)]
    lines += [text(lang, "Loaded {time}", time=loaded)] if loaded else []
    lines += [text(lang, "by {name}", name=facts["loaded_by"])] if facts.get("loaded_by") else []
    with st.sidebar:
        first, *rest = (escape(line) for line in lines)
        invented = (
            f"<b>{escape(text(lang, 'Sample data: invented figures'))}</b><br>" if holds_samples(home, version) else ""
        )
        st.html(f'<div class="sq sq-side">{invented}<b>{first}</b><br>{"<br>".join(rest)}</div>')
        latest = latest_version(home)
        if latest is not None and latest != version:
            st.button(
                text(lang, "Show version {version}", version=latest),
                on_click=follow_latest,
                help=text(lang, "This link is fixed to an earlier version."),
            )


def explain_refused(lang: str, question: str, version: int | None, reason: str) -> None:
    """Where the version asked for cannot be shown: why not, and the way to the newest; then the run ends."""
    url_state.flush()
    title = text(lang, "Version {version} cannot be shown", version=version)
    st.html(
        f'<div class="sq sq-empty"><p class="sq-question">{escape(question)}</p><h1>{escape(title)}</h1><p>'
        f"{escape(reason)}</p></div>"
    )
    st.button(text(lang, "Show the newest version"), on_click=follow_latest)
    st.stop()


def explain_empty(lang: str, question: str, reason: str = "") -> None:
    """Without data: what this page will show and where to begin; then the run ends."""
    _ = translator(lang)
    url_state.flush()
    st.html(
        f'<div class="sq sq-empty"><p class="sq-question">{escape(question)}</p><h1>'
        f"{escape(_('Nothing has been loaded yet'))}</h1>"
        f"<p>{escape(reason or _('Upload the units and the first monthly export; this page then fills by itself.'))}"
        "</p></div>"
    )
    st.page_link("pages/upload.py", label=_("Go to Upload"), icon=":material/upload:")
    st.stop()


def open_page(question: str, staged: bool = True, compared: bool = True) -> Selection:
    """Shows everything above a page's content and returns the selection it must show.

    question: a message of the catalogue, already translated.
    staged: the page can be shown in present mode.
    compared: it follows the choice of what to compare with.
    """
    lang, home = start_page()
    version = None
    try:
        version = chosen_version(home, question)
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
    show_freshness(lang, home, version)
    if not months or not len(organisation):
        explain_empty(
            lang, question, text(lang, "The units are loaded, but no month of figures yet. Upload a monthly export.")
        )
    if staged and url_state.is_presenting():
        url_state.write(present="1")
        st.html(present_style_sheet() + leave_button(text(lang, "Leave (Escape)")))
    unit, month, period, compare = filter_bar(lang, question, organisation, months, compared, snapshot.last_month())
    if len(organisation) > FEW:
        with st.sidebar:
            unit_list(
                len(organisation),
                lambda: cached(
                    ("units", home, version, lang),
                    lambda: unit_options(organisation, text(lang, "No unit is called so")),
                ),
            )
    name_pictures(organisation.name(unit), month)
    return Selection(home, version, lang, current_mode(), unit, month, period, compare, staged)


def takeaway_title(selection: Selection, sentence: str, subtitle: str = "") -> None:
    """The page's answer, as its title; below it what the figures are."""
    long = " sq-long" if sum(1 + (ord(sign) > 0x2E7F) for sign in sentence) > LONG else ""
    asked = url_state.unknown_choices()
    instead = (
        selection.say("Not known in this version, something else is shown: {asked}", asked=", ".join(asked))
        if asked
        else ""
    )
    told = f'<p class="sq-told" role="status">{escape(instead)}</p>' if asked else ""
    below = subtitle or f"{view.unit_name(selection)} · {view.months_shown(selection)}"
    st.html(
        f'<div class="sq">{told}{breadcrumb(selection)}<h1 class="sq-takeaway{long}">{escape(sentence)}</h1>'
        f'<p class="sq-sub">{escape(below)}{copy_buttons(selection)}</p></div>'
    )


def plain_title(question: str, sentence: str, subtitle: str = "") -> None:
    """The head of a page without filters."""
    url_state.flush()
    st.html(
        f'<div class="sq"><p class="sq-page">{escape(question)}</p><h1 class="sq-takeaway">{escape(sentence)}</h1>'
        f'<p class="sq-sub">{escape(subtitle)}</p></div>'
    )


def close_page(selection: Selection, *notes: str, level: str = "", of: Sequence[Metric] = ()) -> None:
    """Shows the footer: sources, version, selection, peers and time.

    notes: what is shown; in present mode in place of sources and peers.
    level: the level compared; the unit's own, if not given.
    of: the metrics whose sources are named first; all, if not given.
    """
    url_state.flush()
    time = selection.say("Shown {time}", time=datetime.now().strftime("%Y-%m-%d %H:%M"))
    invented = holds_samples(selection.home, selection.version)
    shown = [
        *((selection.say("Sample data: invented figures"),) if invented else ()),
        selection.say("Version {version}", version=selection.version),
        view.unit_name(selection),
        view.months_shown(selection),
    ]
    if url_state.is_presenting():
        _footer(*notes, *shown[::-1], time)
        return
    _footer(
        view.cached(selection, "source", *(metric.code for metric in of), make=lambda: _source(selection, of)),
        *shown,
        view.cached(selection, "compared", level, make=lambda: _compared(selection, level)),
        *notes,
        time,
    )


def _source(selection: Selection, metrics: Sequence[Metric]) -> str:
    """The files that the month's figures of `metrics` (of all, if none) rest on, the unit's own before its peers', the
    first three by name.
    """
    lineage = source_files(selection, metrics)
    files = list(dict.fromkeys(str(file) for file in lineage["file"])) if len(lineage) else []
    listed = ", ".join(files[:3]) + (selection.say(" and {count} more", count=len(files) - 3) if len(files) > 3 else "")
    return selection.say("Source: {files}", files=listed or "–")


def _compared(selection: Selection, level: str) -> str:
    """How many are compared."""
    count = len(view.organisation(selection).at_level(level)) if level else len(view.peers(selection))
    if count < 2:
        return selection.say("no peers to compare with")
    return selection.say(
        "{count} {level} compared",
        count=count,
        level=labels.level_name(level or view.organisation(selection).level(selection.unit), selection.lang),
    )


def _footer(*parts: str) -> None:
    st.html(f'<div class="sq sq-footer">{escape(" · ".join(part for part in parts if part))}</div>')
