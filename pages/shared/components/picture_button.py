"""Buttons that save a chart or table as a picture at twice its size.

The file is named after what is shown; the picture carries title, subtitle and the page's footer, so that it still says
what it is in somebody's slides.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from charts.theme import picture_file_name
from pages.shared.session.picture_names import NAMED
from pages.shared.session.selection import Selection


def picture_button(selection: Selection, title: str) -> str:
    """HTML of the button that saves the heat map below it as a picture named after unit, `title` and month."""
    unit, *rest = st.session_state.get(NAMED, ("",))
    name, said = picture_file_name(unit, title, *rest), selection.say("Save as a picture")
    return (
        f'<button class="sq-picture" type="button" title="{escape(said)}" '
        f'aria-label="{escape(said)}: {escape(title)}" data-name="{escape(name)}">PNG</button>'
    )
