"""The reader's language: the address, else the browser's; with a switch that stays in the address."""

from __future__ import annotations

import streamlit as st

from locales import LANGUAGES, closest_language
from pages.shared.session import url_state

NAMES = {"en": "English", "zh_Hans": "简体中文", "zh_Hant": "繁體中文"}


def current_language() -> str:
    """One of LANGUAGES."""
    chosen = url_state.read("lang")
    return chosen if chosen in LANGUAGES else closest_language(st.context.locale)


def language_switch(label: str) -> None:
    """The switch, each language in its own name."""
    url_state.choose(label, "lang", LANGUAGES, default=current_language(), shown=NAMES.__getitem__)
