"""Overview: where does the unit stand?"""

import streamlit as st

from locales import translator
from pages.shared.components.takeaways import chance_note, scorecard_takeaway
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.overview.attention_lists import attention_lists
from pages.shared.overview.scorecard_table import choose_rows, scorecard_table, shown_rows_note
from pages.shared.session.language import current_language

# Of present mode: rows of the scorecard, and pixels of the lists above them, of which every line may take two.
ROWS, LISTS = 9, 150

_ = translator(current_language())
view = open_page(_("Where do we stand?"))
span = view.span
sentence = view.cached("scorecard", "sentence", make=lambda: scorecard_takeaway(view))
chance = view.cached("scorecard", "chance", make=lambda: chance_note(view))
takeaway_title(view, sentence, " · ".join(part for part in (view.name, span, chance) if part))
present(
    view,
    None,
    lambda: st.html(scorecard_table(view, order="pressing", grouped="none", most=ROWS)),
    top=lambda: st.html(attention_lists(view)),
    high=LISTS,
    note=shown_rows_note(view, ROWS),
)
st.html(view.cached("lists", make=lambda: attention_lists(view)))
shown, order, grouped = chosen = choose_rows(view)
st.html(view.cached("scorecard", *chosen, make=lambda: scorecard_table(view, shown, order, grouped)))
close_page(view)
