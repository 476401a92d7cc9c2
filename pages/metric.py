"""One metric: is it real, and where does it come from?"""

import streamlit as st

from locales import translator
from pages.shared.components.charts import unknown
from pages.shared.components.kpi_strip import detail
from pages.shared.components.takeaways import of_metric, verdict_of
from pages.shared.frame.choices import choose_metric
from pages.shared.frame.lazy import later
from pages.shared.frame.page import close_page, open_page, takeaway
from pages.shared.frame.present_mode import stage
from pages.shared.metric.parts import control_block, peers_and_reasons, segments_block
from pages.shared.metric.records import below
from pages.shared.session.language import current_language

_ = translator(current_language())
view = open_page(_("Is it real, and where does it come from?"))
with st.container(key="choices"):
    metric = choose_metric(view, _("Metric"))
row = view.row(metric.code)
takeaway(view, of_metric(view, row, metric), verdict_of(view, row, metric))
frame = view.trend(metric.code, months=36, period="month")
stage(view, metric, lambda: control_block(view, metric, frame), top=lambda: detail(view, metric))
detail(view, metric)
if frame.empty or frame["value"].notna().sum() == 0:
    unknown(view, metric.name.to(view.lang))
else:
    control_block(view, metric, frame)
    later("reasons", 440, lambda: peers_and_reasons(view, metric), opens=True)
    later("segments", 340, lambda: segments_block(view, metric))
later("below", 520, lambda: below(view, metric, frame))
close_page(view, of=(metric,))
