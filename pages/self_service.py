"""Self-service: do customers serve themselves, and where?"""

import streamlit as st

from locales import translator
from pages.shared import view
from pages.shared.components.charts import ranking_block, trend_block
from pages.shared.components.kpi_strip import headline_kpis
from pages.shared.components.takeaways import metric_takeaway
from pages.shared.families.segments import channel_mix, functions_block
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.lead_metric import lead_metric
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.session.language import current_language

SHARE, BEYOND = "self_service_share", "terminal_beyond_recharge"
SELF = ("self_service_terminal", "app", "web", "mini_program", "wechat")
FIGURES = (SHARE, "self_service_amount_share", "terminals_per_10k", BEYOND)
STAFFED = ("hall_counter", "agent", "voucher")

_ = translator(current_language())
selection = open_page(_("Do customers serve themselves, and where?"))
lead = lead_metric(selection, SHARE, "self_service")
takeaway_title(selection, metric_takeaway(selection, view.row(selection, lead.code), lead))
present(
    selection,
    lead,
    lambda: channel_mix(selection, lead, SELF, STAFFED),
    lambda: trend_block(selection, lead.code, key="share"),
    top=lambda: headline_kpis(selection, FIGURES),
)
headline_kpis(selection, FIGURES)
left, right = st.columns(2, gap="large")
with left:
    channel_mix(selection, lead, SELF, STAFFED)
with right:
    trend_block(selection, SHARE, key="share", height=340)


def used() -> None:
    """What the terminals are used for, how many there are, and where the unit stands."""
    left, right = st.columns(2, gap="large")
    with left:
        functions_block(
            selection, BEYOND if BEYOND in view.metrics(selection) else lead.code, _("What the terminals are used for")
        )
        trend_block(selection, "terminals_per_10k", key="terminals", height=220)
    with right:
        ranking_block(selection, SHARE, key="ranking", title=_("Self-service share among the peers"))


lazy_block("used", 640, used, opens=True)
close_page(selection, of=(lead,))
