"""Methods: what every figure means."""

import streamlit as st

from locales import text, translator
from pages.shared.frame.page import chosen_version, plain_title, show_freshness, start_page
from pages.shared.methods.glossary import glossary, judging_notes, known_metrics, table_of_contents
from pages.shared.session.language import current_language

_ = translator(current_language())
lang, home = start_page()
version = chosen_version(home)
if version is not None:
    show_freshness(lang, home, version)
metrics = known_metrics(home, version)
plain_title(
    _("What does every figure mean?"),
    text(lang, "{count} metrics, each with its formula, unit and source", count=len(metrics)),
    _("Printed from the records that compute them"),
)
st.html(table_of_contents(metrics, lang))
st.html(glossary(metrics, lang))
st.html(judging_notes(lang))
