"""Overview: where does the unit stand?"""

import streamlit as st

from locales import translator
from pages.shared import view
from pages.shared.components.takeaways import chance_note, scorecard_takeaway
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.overview.attention_lists import attention_lists
from pages.shared.overview.scorecard_rows import choose_rows
from pages.shared.overview.scorecard_table import scorecard_table, shown_rows_note
from pages.shared.session.language import current_language

# Of present mode: rows of the scorecard, and pixels of the lists above them, of which every line may take two.
ROWS, LISTS = 9, 150

_ = translator(current_language())
selection = open_page(_("Where do we stand?"))
span = view.months_shown(selection)
sentence = view.cached(selection, "scorecard", "sentence", make=lambda: scorecard_takeaway(selection))
chance = view.cached(selection, "scorecard", "chance", make=lambda: chance_note(selection))
takeaway_title(selection, sentence, " · ".join(part for part in (view.unit_name(selection), span, chance) if part))
present(
    selection,
    None,
    lambda: st.html(scorecard_table(selection, order="pressing", grouped="none", most=ROWS)),
    top=lambda: st.html(attention_lists(selection)),
    high=LISTS,
    note=shown_rows_note(selection, ROWS),
)
st.html(view.cached(selection, "lists", make=lambda: attention_lists(selection)))
shown, order, grouped = chosen = choose_rows(selection)
st.html(view.cached(selection, "scorecard", *chosen, make=lambda: scorecard_table(selection, shown, order, grouped)))
close_page(selection)
