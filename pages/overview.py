"""Overview: where does the unit stand?"""

import streamlit as st

from locales import translator
from pages.shared.components.takeaways import of_chance, of_scorecard
from pages.shared.frame.page import close_page, open_page, takeaway
from pages.shared.frame.present_mode import stage
from pages.shared.overview.attention_lists import lists
from pages.shared.overview.scorecard_table import choose_rows, most_of, scorecard_table
from pages.shared.session.language import current_language

# Of present mode: rows of the scorecard, and pixels of the lists above them, of which every line may take two.
ROWS, LISTS = 9, 150

_ = translator(current_language())
view = open_page(_("Where do we stand?"))
span = view.span
sentence = view.drawn("scorecard", "sentence", make=lambda: of_scorecard(view))
chance = view.drawn("scorecard", "chance", make=lambda: of_chance(view))
takeaway(view, sentence, " · ".join(part for part in (view.name, span, chance) if part))
stage(
    view,
    None,
    lambda: st.html(scorecard_table(view, order="pressing", grouped="none", most=ROWS)),
    top=lambda: st.html(lists(view)),
    high=LISTS,
    note=most_of(view, ROWS),
)
st.html(view.drawn("lists", make=lambda: lists(view)))
shown, order, grouped = chosen = choose_rows(view)
st.html(view.drawn("scorecard", *chosen, make=lambda: scorecard_table(view, shown, order, grouped)))
close_page(view)
