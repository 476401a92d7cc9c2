"""One metric: is it real, and where does it come from?"""

import streamlit as st

from locales import translator
from pages.shared import view
from pages.shared.components.charts import explain_missing
from pages.shared.components.kpi_strip import metric_kpis
from pages.shared.components.takeaways import metric_takeaway, outlook_sentence, verdict_sentence
from pages.shared.frame.choices import choose_metric
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.metric.parts import peers_and_contributions, segments_block
from pages.shared.metric.path_chart import control_block
from pages.shared.metric.records import details_block
from pages.shared.session.language import current_language

_ = translator(current_language())
selection = open_page(_("Is it real, and where does it come from?"))
with st.container(key="choices"):
    metric = choose_metric(selection, _("Metric"))
row = view.row(selection, metric.code)
said = [verdict_sentence(selection, row, metric), outlook_sentence(selection, metric)]
takeaway_title(selection, metric_takeaway(selection, row, metric), " · ".join(part for part in said if part))
frame = view.trend(selection, metric.code, months=36, period="month")
present(selection, metric, lambda: control_block(selection, metric), top=lambda: metric_kpis(selection, metric))
metric_kpis(selection, metric)
if frame.empty or frame["value"].notna().sum() == 0:
    explain_missing(selection, metric.name.to(selection.lang))
else:
    control_block(selection, metric)
    lazy_block("reasons", 440, lambda: peers_and_contributions(selection, metric), opens=True)
    lazy_block("segments", 340, lambda: segments_block(selection, metric))
lazy_block("below", 520, lambda: details_block(selection, metric, frame))
close_page(selection, of=(metric,))
