"""One metric: is it real, and where does it come from?"""

import streamlit as st

from locales import translator
from pages.shared.components.charts import explain_missing
from pages.shared.components.kpi_strip import metric_kpis
from pages.shared.components.takeaways import metric_takeaway, verdict_sentence
from pages.shared.frame.choices import choose_metric
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.metric.parts import control_block, peers_and_contributions, segments_block
from pages.shared.metric.records import details_block
from pages.shared.session.language import current_language

_ = translator(current_language())
view = open_page(_("Is it real, and where does it come from?"))
with st.container(key="choices"):
    metric = choose_metric(view, _("Metric"))
row = view.row(metric.code)
takeaway_title(view, metric_takeaway(view, row, metric), verdict_sentence(view, row, metric))
frame = view.trend(metric.code, months=36, period="month")
present(view, metric, lambda: control_block(view, metric, frame), top=lambda: metric_kpis(view, metric))
metric_kpis(view, metric)
if frame.empty or frame["value"].notna().sum() == 0:
    explain_missing(view, metric.name.to(view.lang))
else:
    control_block(view, metric, frame)
    lazy_block("reasons", 440, lambda: peers_and_contributions(view, metric), opens=True)
    lazy_block("segments", 340, lambda: segments_block(view, metric))
lazy_block("below", 520, lambda: details_block(view, metric, frame))
close_page(view, of=(metric,))
