"""Satisfaction: how do customers judge us, and at which touchpoint?"""

import streamlit as st

from locales import translator
from pages.shared.components.charts import compare_block, ranking_block, trend_block, trend_pairs
from pages.shared.components.kpi_strip import headline
from pages.shared.components.takeaways import of_metric
from pages.shared.families.surveys import quarters, stable_halls, survey_against_survey
from pages.shared.frame.lazy import later
from pages.shared.frame.lead_metric import leading
from pages.shared.frame.page import close_page, open_page, takeaway
from pages.shared.frame.present_mode import stage
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
view = open_page(_("How do customers judge us, and at which touchpoint?"))
lead = leading(view, OVERALL, "satisfaction")
takeaway(view, of_metric(view, view.row(lead.code), lead))
stage(
    view,
    lead,
    lambda: compare_block(view, TOUCHPOINTS, title=_("Touchpoints of the standard survey"), key="touchpoints"),
    lambda: trend_block(view, lead.code, key="overall"),
    top=lambda: headline(view, FIGURES),
)
headline(view, FIGURES)
left, right = st.columns(2, gap="large")
with left:
    compare_block(
        view,
        TOUCHPOINTS,
        title=_("Touchpoints of the standard survey"),
        key="touchpoints",
        subtitle=_("Whiskers: 95% intervals"),
    )
with right:
    compare_block(view, SURVEYS, title=_("Other surveys"), key="surveys")


def halls() -> None:
    """What the hall score is made of, and where the unit stands."""
    left, right = st.columns(2, gap="large")
    with left:
        compare_block(view, HALLS, title=_("Hall composite score and its components"), key="halls")
    with right:
        ranking_block(view, OVERALL, key="ranking", title=_("Standard satisfaction among the peers"))
    quarters(view, "hall_composite", _("Hall composite score by quarter"))


def together() -> None:
    """Which peers two surveys judge differently, and which halls wander."""
    left, right = st.columns(2, gap="large")
    with left:
        survey_against_survey(view, OVERALL, "two_way_evaluation", _("Standard survey against two-way evaluation"))
    with right:
        stable_halls(view, "two_way_evaluation", _("How steady the halls are"))


later("lines", 340, lambda: trend_pairs(view, OVERALL, "satisfaction_network", height=280), opens=True)
later("halls", 640, halls)
later("together", 420, together)
close_page(view, of=(lead,))
