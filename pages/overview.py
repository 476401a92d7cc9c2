"""Overview: where does the unit stand?"""

import streamlit as st

from locales import translator
from pages.shared.frame import close_page, open_page, takeaway
from pages.shared.language import current_language
from pages.shared.scorecard_table import lists, scorecard_table
from pages.shared.sentences import of_scorecard

_ = translator(current_language())
view = open_page(_("Where do we stand?"))
takeaway(view, of_scorecard(view, view.card))
st.html(lists(view, view.card))
st.html(scorecard_table(view))
close_page(view)
