"""Methods: what every figure means."""

import streamlit as st

from locales import text, translator
from pages.shared.frame.page import begin, chosen_version, freshness, plain_title
from pages.shared.methods.glossary import contents, glossary, judging, known_metrics
from pages.shared.session.language import current_language

_ = translator(current_language())
lang, home = begin()
version = chosen_version(home)
if version is not None:
    freshness(lang, home, version)
metrics = known_metrics(home, version)
plain_title(
    _("What does every figure mean?"),
    text(lang, "{count} metrics, each with its formula, unit and source", count=len(metrics)),
    _("Printed from the records that compute them"),
)
st.html(contents(metrics, lang))
st.html(glossary(metrics, lang))
st.html(judging(lang))
