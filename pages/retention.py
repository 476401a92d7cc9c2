"""Retention: do valuable customers stay, and what binds them?"""

import streamlit as st

from locales import translator
from pages.shared import view
from pages.shared.components.charts import comparison_block, ranking_block, trend_block, trend_pairs
from pages.shared.components.kpi_strip import headline_kpis
from pages.shared.components.takeaways import metric_takeaway
from pages.shared.families.cohorts import cohort_block, retention_waterfall
from pages.shared.families.units_at_risk import units_at_risk
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.lead_metric import lead_metric
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.session.language import current_language

KEPT = "snapshot_retention"
FIGURES = (KEPT, "mid_high_end_customers", "overall_binding", "deep_binding")
BINDING = ("overall_binding", "soft_binding", "hard_binding", "deep_binding", "binding_overlap")

_ = translator(current_language())
selection = open_page(_("Do valuable customers stay, and what binds them?"))
lead = lead_metric(selection, KEPT, "retention")
takeaway_title(selection, metric_takeaway(selection, view.row(selection, lead.code), lead))
present(
    selection,
    lead,
    lambda: trend_block(selection, lead.code, key="kept"),
    lambda: retention_waterfall(selection, _("What became of the snapshot's customers")),
    top=lambda: headline_kpis(selection, FIGURES),
)
headline_kpis(selection, FIGURES)
left, right = st.columns(2, gap="large")
with left:
    trend_block(selection, KEPT, key="kept")
with right:
    trend_block(selection, "mid_high_end_customers", key="customers")


def cohort() -> None:
    """How the cohorts shrink, and what became of the last one."""
    left, right = st.columns(2, gap="large")
    with left:
        cohort_block(selection, _("Each snapshot, month by month"))
    with right:
        retention_waterfall(selection, _("What became of the snapshot's customers"))


def binding() -> None:
    """What binds customers, and where the unit stands."""
    left, right = st.columns(2, gap="large")
    with left:
        comparison_block(
            selection,
            BINDING,
            title=_("What binds customers"),
            subtitle=_("Share of the snapshot cohort; overlap = hard and soft together"),
            key="binding",
        )
    with right:
        ranking_block(selection, KEPT, key="ranking", title=_("Retention among the peers"))


lazy_block("cohort", 400, cohort, opens=True)
lazy_block("risk", 320, lambda: units_at_risk(selection, KEPT, _("Units at risk")))
lazy_block("binding", 420, binding)
lazy_block("lines", 290, lambda: trend_pairs(selection, "hard_binding", "soft_binding"))
close_page(selection, of=(lead,))
