"""Trends: where does one metric come from, and where is it going?"""

import streamlit as st

from locales import translator
from metrics.analyses.trend import complete_periods
from pages.shared.components.charts import months_table
from pages.shared.components.kpi_strip import detail
from pages.shared.components.takeaways import of_metric, verdict_of
from pages.shared.frame.choices import choose_metric, choose_window
from pages.shared.frame.lazy import later
from pages.shared.frame.page import close_page, open_page, takeaway
from pages.shared.frame.present_mode import stage
from pages.shared.metric.parts import peers_block
from pages.shared.session.language import current_language

_ = translator(current_language())
view = open_page(_("How did it develop?"))
with st.container(key="choices"):
    left, right, _rest = st.columns([3, 2, 4])
    with left:
        metric = choose_metric(view, _("Metric"))
    with right:
        months = choose_window(view, _("Months shown"))
row = view.row(metric.code)
takeaway(view, of_metric(view, row, metric), verdict_of(view, row, metric))
every = view.trend(metric.code, months=months)
frame = complete_periods(view.figures, every, metric.code, view.month, view.period)
stage(view, metric, lambda: peers_block(view, metric, frame), top=lambda: detail(view, metric))
detail(view, metric)
peers_block(view, metric, frame)
told = every[every["month"].isin([*frame["month"], view.month])]
if told["value"].notna().any():
    later("table", 800, lambda: months_table(view, told, metric), opens=True)
close_page(view, of=(metric,))
