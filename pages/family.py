"""By family: how do the metrics of one family stand together?"""

from functools import partial

import streamlit as st

from locales import translator
from pages.shared.blocks import ranking_block, trend_block, trend_pairs
from pages.shared.choices import choose_family
from pages.shared.frame import close_page, open_page, takeaway
from pages.shared.language import current_language
from pages.shared.later import later
from pages.shared.leading import leading
from pages.shared.menu import of_family
from pages.shared.sentences import of_metric
from pages.shared.stage import stage
from pages.shared.strip import headline

FIGURES, LINES = 6, 12

_ = translator(current_language())
view = open_page(_("How do the metrics of one family stand together?"))
with st.container(key="choices"):
    family = choose_family(view, _("Family"))
metrics = of_family(view, family)
first = leading(view, "", family)
takeaway(view, of_metric(view, view.row(first.code), first))
codes = [metric.code for metric in metrics][:FIGURES]
stage(
    view,
    first,
    lambda: trend_block(view, first.code, key="first"),
    lambda: ranking_block(view, first.code, key="peers", title=_("Among its peers")),
    top=lambda: headline(view, codes),
)
headline(view, codes)
left, right = st.columns([3, 2], gap="large")
with left:
    trend_block(view, first.code, key="first")
with right:
    ranking_block(view, first.code, key="peers", title=_("Among its peers"))
others = [metric.code for metric in metrics if metric.code != first.code][:LINES]
for start in range(0, len(others), 2):
    pair = others[start : start + 2]
    later(f"pair_{start}", 290, partial(trend_pairs, view, *pair, months=25))
close_page(view, of=metrics[:FIGURES])
