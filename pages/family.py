"""By family: how do the metrics of one family stand together?"""

from functools import partial

import streamlit as st

from locales import translator
from pages.shared import view
from pages.shared.components.charts import ranking_block, trend_block, trend_pairs
from pages.shared.components.kpi_strip import headline_kpis
from pages.shared.components.takeaways import metric_takeaway
from pages.shared.frame.choices import choose_family
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.lead_metric import lead_metric
from pages.shared.frame.menu import family_metrics
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.session.language import current_language

FIGURES, LINES = 6, 12

_ = translator(current_language())
selection = open_page(_("How do the metrics of one family stand together?"))
with st.container(key="choices"):
    family = choose_family(selection, _("Family"))
metrics = family_metrics(selection, family)
first = lead_metric(selection, "", family)
takeaway_title(selection, metric_takeaway(selection, view.row(selection, first.code), first))
codes = [metric.code for metric in metrics][:FIGURES]
present(
    selection,
    first,
    lambda: trend_block(selection, first.code, key="first"),
    lambda: ranking_block(selection, first.code, key="peers", title=_("Among its peers")),
    top=lambda: headline_kpis(selection, codes),
)
headline_kpis(selection, codes)
left, right = st.columns([3, 2], gap="large")
with left:
    trend_block(selection, first.code, key="first")
with right:
    ranking_block(selection, first.code, key="peers", title=_("Among its peers"))
others = [metric.code for metric in metrics if metric.code != first.code][:LINES]
for start in range(0, len(others), 2):
    pair = others[start : start + 2]
    lazy_block(f"pair_{start}", 290, partial(trend_pairs, selection, *pair, months=25))
close_page(selection, of=metrics[:FIGURES])
