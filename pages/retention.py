"""Retention: do valuable customers stay, and what binds them?"""

import streamlit as st

from locales import translator
from pages.shared.components.charts import compare_block, ranking_block, trend_block, trend_pairs
from pages.shared.components.kpi_strip import headline
from pages.shared.components.takeaways import of_metric
from pages.shared.families.cohorts import cohorts, what_became
from pages.shared.families.units_at_risk import units_at_risk
from pages.shared.frame.lazy import later
from pages.shared.frame.lead_metric import leading
from pages.shared.frame.page import close_page, open_page, takeaway
from pages.shared.frame.present_mode import stage
from pages.shared.session.language import current_language

KEPT = "snapshot_retention"
FIGURES = (KEPT, "mid_high_end_customers", "overall_binding", "deep_binding")
BINDING = ("overall_binding", "soft_binding", "hard_binding", "deep_binding", "binding_overlap")

_ = translator(current_language())
view = open_page(_("Do valuable customers stay, and what binds them?"))
lead = leading(view, KEPT, "retention")
takeaway(view, of_metric(view, view.row(lead.code), lead))
stage(
    view,
    lead,
    lambda: trend_block(view, lead.code, key="kept"),
    lambda: what_became(view, _("What became of the snapshot's customers")),
    top=lambda: headline(view, FIGURES),
)
headline(view, FIGURES)
left, right = st.columns(2, gap="large")
with left:
    trend_block(view, KEPT, key="kept")
with right:
    trend_block(view, "mid_high_end_customers", key="customers")


def cohort() -> None:
    """How the cohorts shrink, and what became of the last one."""
    left, right = st.columns(2, gap="large")
    with left:
        cohorts(view, _("Each snapshot, month by month"))
    with right:
        what_became(view, _("What became of the snapshot's customers"))


def binding() -> None:
    """What binds customers, and where the unit stands."""
    left, right = st.columns(2, gap="large")
    with left:
        compare_block(
            view,
            BINDING,
            title=_("What binds customers"),
            subtitle=_("Share of the snapshot cohort; overlap = hard and soft together"),
            key="binding",
        )
    with right:
        ranking_block(view, KEPT, key="ranking", title=_("Retention among the peers"))


later("cohort", 400, cohort, opens=True)
later("risk", 320, lambda: units_at_risk(view, KEPT, _("Units at risk")))
later("binding", 420, binding)
later("lines", 290, lambda: trend_pairs(view, "hard_binding", "soft_binding"))
close_page(view, of=(lead,))
