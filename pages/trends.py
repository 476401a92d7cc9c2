"""Trends: where does one metric come from, and where is it going?"""

import streamlit as st

from charts.line import trend_line
from locales import translator
from pages.shared.blocks import comparable, months_table, show, unknown
from pages.shared.choices import choose_metric, choose_window
from pages.shared.frame import close_page, open_page, takeaway
from pages.shared.language import current_language
from pages.shared.peers import peer_lines
from pages.shared.sentences import of_metric
from pages.shared.strip import detail

_ = translator(current_language())
view = open_page(_("How did it develop?"))
with st.container(key="choices"):
    left, right, _rest = st.columns([3, 2, 4])
    with left:
        metric = choose_metric(view, _("Metric"))
    with right:
        months = choose_window(view, _("Months shown"))
verdict = view.row(metric.code).get("verdict")
takeaway(view, of_metric(view, view.row(metric.code), metric), str(verdict or metric.meaning.to(view.lang)))
detail(view, metric)
frame = view.trend(metric.code, months=months)
if frame.empty or frame["value"].notna().sum() == 0:
    unknown(view, metric.name.to(view.lang))
else:
    figure = trend_line(
        frame, metric, name=view.name, lang=view.lang, mode=view.mode, peers=peer_lines(view, metric, list(frame["month"])),
        average=view.average_name if view.above and comparable(metric) else None, height=380, wide=True,
    )  # fmt: skip
    show(
        figure,
        metric.name.to(view.lang),
        view.say("{unit}; peers in light grey", unit=metric.unit.to(view.lang)),
        key="line",
    )
    months_table(view, frame, metric)
close_page(view)
