"""Self-service: do customers serve themselves, and where?"""

import streamlit as st

from charts.pareto import pareto_chart
from locales import translator
from metrics.segments import segments
from pages.shared import words
from pages.shared.blocks import ranking_block, show, trend_block, unknown
from pages.shared.family_parts import channel_mix
from pages.shared.frame import close_page, open_page, takeaway
from pages.shared.language import current_language
from pages.shared.leading import leading
from pages.shared.sentences import of_metric
from pages.shared.stage import stage
from pages.shared.strip import headline

SHARE = "self_service_share"
SELF = ("self_service_terminal", "app", "web", "mini_program", "wechat")
FIGURES = (SHARE, "self_service_amount_share", "terminals_per_10k", "terminal_beyond_recharge")
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
left, right = st.columns(2, gap="large")
with left:
    used = "terminal_beyond_recharge" if "terminal_beyond_recharge" in view.metrics else lead.code
    functions = segments(view.figures, used, view.unit, view.month, view.period, "function")
    title = _("What the terminals are used for")
    if len(functions):
        functions = functions.assign(
            label=[words.segment(code, view.lang) for code in functions["segment"]], value=functions["denominator"]
        )
        functions["value"] = functions["value"].fillna(functions["numerator"])
        show(
            pareto_chart(functions, lang=view.lang, mode=view.mode),
            title,
            words.span(view.month, view.period, view.lang),
            key="functions",
        )
    else:
        unknown(view, title)
    trend_block(view, "terminals_per_10k", key="terminals", height=220)
with right:
    ranking_block(view, SHARE, key="ranking", title=_("Self-service share among the peers"))
close_page(view)
