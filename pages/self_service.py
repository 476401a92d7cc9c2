"""Self-service: do customers serve themselves, and where?"""

import streamlit as st

from locales import translator
from pages.shared.components.charts import ranking_block, trend_block
from pages.shared.components.kpi_strip import headline
from pages.shared.components.takeaways import of_metric
from pages.shared.families.segments import channel_mix, functions_used
from pages.shared.frame.lazy import later
from pages.shared.frame.lead_metric import leading
from pages.shared.frame.page import close_page, open_page, takeaway
from pages.shared.frame.present_mode import stage
from pages.shared.session.language import current_language

SHARE, BEYOND = "self_service_share", "terminal_beyond_recharge"
SELF = ("self_service_terminal", "app", "web", "mini_program", "wechat")
FIGURES = (SHARE, "self_service_amount_share", "terminals_per_10k", BEYOND)
STAFFED = ("hall_counter", "agent", "voucher")

_ = translator(current_language())
view = open_page(_("Do customers serve themselves, and where?"))
lead = leading(view, SHARE, "self_service")
takeaway(view, of_metric(view, view.row(lead.code), lead))
stage(
    view,
    lead,
    lambda: channel_mix(view, lead, SELF, STAFFED),
    lambda: trend_block(view, lead.code, key="share"),
    top=lambda: headline(view, FIGURES),
)
headline(view, FIGURES)
left, right = st.columns(2, gap="large")
with left:
    channel_mix(view, lead, SELF, STAFFED)
with right:
    trend_block(view, SHARE, key="share", height=340)


def used() -> None:
    """What the terminals are used for, how many there are, and where the unit stands."""
    left, right = st.columns(2, gap="large")
    with left:
        functions_used(view, BEYOND if BEYOND in view.metrics else lead.code, _("What the terminals are used for"))
        trend_block(view, "terminals_per_10k", key="terminals", height=220)
    with right:
        ranking_block(view, SHARE, key="ranking", title=_("Self-service share among the peers"))


later("used", 640, used, opens=True)
close_page(view, of=(lead,))
