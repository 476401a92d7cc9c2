"""Charts and tables as pictures at twice their size, in a file named after what they show: title and subtitle above,
below them the page's
footer, so that a picture in somebody's slides still says what it is and where it comes from.
"""

from __future__ import annotations

from html import escape

import streamlit as st

from charts.theme import picture_file_name
from pages.shared.session.picture_names import NAMED
from pages.shared.view import View


def picture_button(view: View, title: str) -> str:
    """HTML of the button that saves the heat map below it as a picture named after unit, `title` and month."""
    unit, *rest = st.session_state.get(NAMED, ("",))
    name, said = picture_file_name(unit, title, *rest), view.say("Save as a picture")
    return (
        f'<button class="sq-picture" type="button" title="{escape(said)}" '
        f'aria-label="{escape(said)}: {escape(title)}" data-name="{escape(name)}">PNG</button>'
    )
