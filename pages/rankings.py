"""Rankings: who leads, and by how much?"""

import streamlit as st

from locales import translator
from pages.shared.components.charts import heading
from pages.shared.components.peers import MOST, few
from pages.shared.components.takeaways import of_ranking
from pages.shared.frame.choices import choose_level, choose_metric
from pages.shared.frame.lazy import later
from pages.shared.frame.page import close_page, open_page, takeaway
from pages.shared.frame.present_mode import stage
from pages.shared.rankings.league_table import league_table
from pages.shared.rankings.views import all_places, choose_way, choose_who, chosen_view
from pages.shared.session.language import current_language

_ = translator(current_language())
view = open_page(_("Who leads, and by how much?"))
with st.container(key="choices"):
    left, middle, right = st.columns([3, 2, 4], vertical_alignment="center")
    with left:
        metric = choose_metric(view, _("Metric"))
    with middle:
        level = choose_level(view, _("Compare with"))
    with right:
        way = choose_way(view, metric)
rows = view.ranking(metric.code, level)
takeaway(
    view,
    view.drawn("league", "sentence", metric.code, level, make=lambda: of_ranking(view, rows, metric)),
    " · ".join([metric.name.to(view.lang), view.span, *([_("by size, not by quality")] if metric.total else [])]),
)
stage(
    view,
    metric,
    lambda: st.html(league_table(view, few(rows, view.unit), metric, narrow=True)),
    lambda: chosen_view(view, way, metric, level, few(rows, view.unit)),
    widths=(6, 5),
)
shown = rows
if rows.empty or rows["value"].notna().sum() == 0:
    heading(metric.name.to(view.lang), _("No figures are known for these units in this period"))
else:
    left, right = st.columns([7, 4], gap="medium")
    with left:
        shown = choose_who(view, rows)
        st.html(
            view.drawn(
                "league", metric.code, level, tuple(shown["unit"]), make=lambda: league_table(view, shown, metric)
            )
        )
    with right:
        chosen_view(view, way, metric, level, shown)
# Below a long table it is far from the first screen.
later("heat", 640, lambda: all_places(view, level, shown), opens=len(shown) <= MOST)
close_page(view, level=level, of=(metric,))
