"""Trends: where does one metric come from, and where is it going?"""

import streamlit as st

from locales import translator
from metrics.analyses.trend import complete_periods
from pages.shared import view
from pages.shared.components.kpi_strip import metric_kpis
from pages.shared.components.months_table import months_table
from pages.shared.components.takeaways import metric_takeaway, verdict_sentence
from pages.shared.frame.choices import choose_metric, choose_window
from pages.shared.frame.lazy import lazy_block
from pages.shared.frame.page import close_page, open_page, takeaway_title
from pages.shared.frame.present_mode import present
from pages.shared.metric.parts import peers_block
from pages.shared.session.language import current_language

_ = translator(current_language())
selection = open_page(_("How did it develop?"))
with st.container(key="choices"):
    left, right, _rest = st.columns([3, 2, 4])
    with left:
        metric = choose_metric(selection, _("Metric"))
    with right:
        months = choose_window(selection, _("Months shown"))
row = view.row(selection, metric.code)
takeaway_title(selection, metric_takeaway(selection, row, metric), verdict_sentence(selection, row, metric))
every = view.trend(selection, metric.code, months=months)
frame = complete_periods(view.figures(selection), every, metric.code, selection.month, selection.period)
present(selection, metric, lambda: peers_block(selection, metric, frame), top=lambda: metric_kpis(selection, metric))
metric_kpis(selection, metric)
peers_block(selection, metric, frame)
told = every[every["month"].isin([*frame["month"], selection.month])]
if told["value"].notna().any():
    lazy_block("table", 800, lambda: months_table(selection, told, metric), opens=True)
close_page(selection, of=(metric,))
