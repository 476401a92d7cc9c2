"""Satisfaction: how do customers judge us, and at which touchpoint?"""

import streamlit as st

from locales import translator
from pages.shared import view
from pages.shared.components.charts import comparison_block, ranking_block, trend_block, trend_pairs
from pages.shared.components.kpi_strip import headline_kpis
from pages.shared.components.takeaways import metric_takeaway
from pages.shared.families.surveys import hall_stability, quarters_block, survey_scatter
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.lead_metric import lead_metric
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.session.language import current_language

OVERALL = "satisfaction_overall"
TOUCHPOINTS = (
    OVERALL,
    "satisfaction_hall",
    "satisfaction_network",
    "satisfaction_promotion",
    "satisfaction_complaint_handling",
    "satisfaction_new_business",
)
FIGURES = (OVERALL, "satisfaction_network", "hall_composite", "hall_quarters_passed", "brand_assessment")
SURVEYS = ("mystery_shopping", "callback", "two_way_evaluation", "brand_assessment")
HALLS = ("hall_composite", "mystery_shopping", "callback", "two_way_evaluation", "self_service_share")

_ = translator(current_language())
selection = open_page(_("How do customers judge us, and at which touchpoint?"))
lead = lead_metric(selection, OVERALL, "satisfaction")
takeaway_title(selection, metric_takeaway(selection, view.row(selection, lead.code), lead))
present(
    selection,
    lead,
    lambda: comparison_block(selection, TOUCHPOINTS, title=_("Touchpoints of the standard survey"), key="touchpoints"),
    lambda: trend_block(selection, lead.code, key="overall"),
    top=lambda: headline_kpis(selection, FIGURES),
)
headline_kpis(selection, FIGURES)
left, right = st.columns(2, gap="large")
with left:
    comparison_block(
        selection,
        TOUCHPOINTS,
        title=_("Touchpoints of the standard survey"),
        key="touchpoints",
        subtitle=_("Whiskers: 95% intervals"),
    )
with right:
    comparison_block(selection, SURVEYS, title=_("Other surveys"), key="surveys")


def halls() -> None:
    """What the hall score is made of, and where the unit stands."""
    left, right = st.columns(2, gap="large")
    with left:
        comparison_block(selection, HALLS, title=_("Hall composite score and its components"), key="halls")
    with right:
        ranking_block(selection, OVERALL, key="ranking", title=_("Standard satisfaction among the peers"))
    quarters_block(selection, "hall_composite", _("Hall composite score by quarter"))


def together() -> None:
    """Which peers two surveys judge differently, and which halls wander."""
    left, right = st.columns(2, gap="large")
    with left:
        survey_scatter(selection, OVERALL, "two_way_evaluation", _("Standard survey against two-way evaluation"))
    with right:
        hall_stability(selection, "two_way_evaluation", _("How steady the halls are"))


lazy_block("lines", 340, lambda: trend_pairs(selection, OVERALL, "satisfaction_network", height=280), opens=True)
lazy_block("halls", 640, halls)
lazy_block("together", 420, together)
close_page(selection, of=(lead,))
