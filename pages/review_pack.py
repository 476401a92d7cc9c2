"""Review pack: everything for the monthly meeting, in one click."""

import streamlit as st

from data.model.errors import ServiceQualityError
from locales import translator
from pages.shared import view
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.review_pack.files import choose_formats, download_buttons, make_pack, progress_on
from pages.shared.session.language import current_language
from pages.shared.session.markup import show_error

_ = translator(current_language())
# The pack explains every change on the year before, whatever is chosen elsewhere.
selection = open_page(_("What does the meeting need to see?"), staged=False, compared=False)
takeaway_title(
    selection,
    _("Slides, workbook and report of {unit}, all with the same numbers").format(unit=view.unit_name(selection)),
    _("Every metric, ranking, control chart and reason; definitions, sources and the version they rest on"),
)
chosen = choose_formats(selection.lang)
key = ("pack", selection.unit, selection.month, selection.period, selection.version, selection.lang, tuple(chosen))
if st.button(_("Make the review pack"), type="primary", disabled=not chosen, icon=":material/slideshow:"):
    bar = st.progress(0.0)
    try:
        st.session_state["pack"] = (key, make_pack(selection, chosen, progress_on(bar)))
    except ServiceQualityError as problem:
        show_error(problem)
    bar.empty()
if st.session_state.get("pack", (None,))[0] == key:
    download_buttons(st.session_state["pack"][1], selection.lang)
close_page(selection)
