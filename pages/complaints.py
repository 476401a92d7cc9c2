"""Complaints: how many, about what, and where?"""

import streamlit as st

from locales import translator
from pages.shared import view
from pages.shared.components.charts import ranking_block, trend_block, trend_pairs
from pages.shared.components.kpi_strip import headline_kpis
from pages.shared.components.takeaways import metric_takeaway
from pages.shared.families.segments import segment_detail, segments_pareto
from pages.shared.families.segments_by_unit import segments_by_unit
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.lead_metric import lead_metric
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.session.language import current_language

RATE = "complaints_per_10k"
FIGURES = (RATE, "escalated_complaints", "repeat_share", "first_contact_resolution", "on_time_resolution")

_ = translator(current_language())
selection = open_page(_("How many complaints, about what, and where?"))
lead = lead_metric(selection, RATE, "complaints")
takeaway_title(selection, metric_takeaway(selection, view.row(selection, lead.code), lead))
present(
    selection,
    lead,
    lambda: trend_block(selection, lead.code, key="rate"),
    lambda: segments_pareto(selection, lead.code, "category", _("Complaints by category")),
    top=lambda: headline_kpis(selection, FIGURES),
)
headline_kpis(selection, FIGURES)
left, right = st.columns([3, 2], gap="large")
with left:
    trend_block(selection, lead.code, key="rate")
with right:
    segments_pareto(selection, lead.code, "category", _("Complaints by category"), choose=True)
segment_detail(selection, lead.code, "category")
lazy_block(
    "units", 420, lambda: segments_by_unit(selection, lead.code, "category", _("Categories by unit")), opens=True
)


def peers() -> None:
    """Where the unit stands, and which of its parts carry it."""
    below = view.level_below(selection)
    if view.has_no_peers(selection) or not below:
        ranking_block(selection, lead.code, key="peers", title=_("Among its peers"))
        return
    left, right = st.columns(2, gap="large")
    with left:
        ranking_block(selection, lead.code, key="peers", title=_("Among its peers"))
    with right:
        ranking_block(selection, lead.code, key="below", level=below, within=selection.unit, title=_("Inside the unit"))


def ways() -> None:
    """Who answers for the complaints, and how they came in."""
    left, right = st.columns(2, gap="large")
    with left:
        segments_pareto(selection, lead.code, "responsible_department", _("Responsible departments"))
    with right:
        segments_pareto(selection, lead.code, "channel", _("How complaints came in"))


lazy_block("peers", 420, peers)
lazy_block("ways", 340, ways)
lazy_block("lines", 560, lambda: trend_pairs(selection, *FIGURES[1:], months=25))
close_page(selection, of=(lead,))
