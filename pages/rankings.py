"""Rankings: who leads, and by how much?"""

import streamlit as st

from locales import translator
from pages.shared import view
from pages.shared.components.charts import block_heading
from pages.shared.components.peers import MOST, shorten_ranking
from pages.shared.components.takeaways import ranking_takeaway
from pages.shared.frame.choices import choose_level, choose_metric
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.rankings.league_table import league_table
from pages.shared.rankings.order import ESTIMATED, choose_order, in_order
from pages.shared.rankings.views import choose_chart, choose_units_shown, rank_heat_map, ranking_view
from pages.shared.session.language import current_language

_ = translator(current_language())
selection = open_page(_("Who leads, and by how much?"))
with st.container(key="choices"):
    left, middle, right = st.columns([3, 2, 4], vertical_alignment="center")
    with left:
        metric = choose_metric(selection, _("Metric"))
    with middle:
        level = choose_level(selection, _("Compare with"))
    with right:
        way = choose_chart(selection, metric)
rows = view.ranking(selection, metric.code, level)
takeaway_title(
    selection,
    view.cached(
        selection, "league", "sentence", metric.code, level, make=lambda: ranking_takeaway(selection, rows, metric)
    ),
    " · ".join(
        [
            metric.name.to(selection.lang),
            view.months_shown(selection),
            *([_("by size, not by quality")] if metric.total else []),
        ]
    ),
)
present(
    selection,
    metric,
    lambda: st.html(league_table(selection, shorten_ranking(rows, selection.unit), metric, narrow=True)),
    lambda: ranking_view(selection, way, metric, level, shorten_ranking(rows, selection.unit)),
    widths=(6, 5),
)
shown = rows
if rows.empty or rows["value"].notna().sum() == 0:
    block_heading(metric.name.to(selection.lang), _("No figures are known for these units in this period"))
else:
    left, right = st.columns([7, 4], gap="medium")
    with left:
        order = choose_order(selection, rows, metric)
        shown = choose_units_shown(selection, in_order(rows, metric, order))
        st.html(
            view.cached(
                selection,
                "league",
                metric.code,
                level,
                order,
                tuple(shown["unit"]),
                make=lambda: league_table(selection, shown, metric, estimates=order == ESTIMATED),
            )
        )
    with right:
        ranking_view(selection, way, metric, level, shown)
# Below a long table it is far from the first screen.
lazy_block("heat", 640, lambda: rank_heat_map(selection, level, shown), opens=len(shown) <= MOST)
close_page(selection, level=level, of=(metric,))
