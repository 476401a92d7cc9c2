"""Rankings: who leads, and by how much?"""

import streamlit as st

from charts.cells import can_be_clicked
from charts.heat_map import heat_map
from locales import translator
from metrics.matrix import matrix
from metrics.ranking import ranking
from pages.shared import words
from pages.shared.blocks import heading, show
from pages.shared.choices import choose_level, choose_metric
from pages.shared.frame import close_page, open_page, takeaway
from pages.shared.language import current_language
from pages.shared.league import league_table
from pages.shared.peers import few
from pages.shared.ranking_views import choose_way, chosen_view
from pages.shared.sentences import of_ranking
from pages.shared.stage import stage

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
rows = ranking(view.figures, metric.code, view.month, period=view.period, level=level)
takeaway(
    view,
    of_ranking(view, rows, metric),
    f"{metric.name.to(view.lang)} · {words.span(view.month, view.period, view.lang)}",
)
stage(
    view,
    metric,
    lambda: st.html(league_table(view, few(rows, view.unit), metric, narrow=True)),
    lambda: chosen_view(view, way, metric, level, few(rows, view.unit)),
    widths=(6, 5),
)
if rows.empty or rows["value"].notna().sum() == 0:
    heading(metric.name.to(view.lang), _("No figures are known for these units in this period"))
else:
    left, right = st.columns([7, 4], gap="medium")
    with left:
        st.html(league_table(view, rows, metric))
    with right:
        chosen_view(view, way, metric, level, rows)
cells = matrix(view.figures, view.organisation.at_level(level), view.month, view.period)
cells = cells[cells["rank"].notna()]
units = {
    code: view.organisation.name(code) for code in view.organisation.at_level(level) if (cells["unit"] == code).any()
}
ranked = [
    found
    for found in view.metrics.values()
    if found.headline and (cells["metric"] == found.code).any() and found.better != "neither"
]
if len(units) > 1 and ranked:
    about = _("Each cell is the place among the peers, the darker the better")
    about += _("; a click opens its unit and metric") if can_be_clicked(len(ranked), len(units)) else ""
    show(
        heat_map(cells, ranked, units, chosen=view.unit, lang=view.lang, mode=view.mode),
        _("All metrics"),
        about,
        key="heat",
        drill=("unit", "metric"),
    )
close_page(view)
