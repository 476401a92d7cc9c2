"""Complaints: how many, about what, and where?"""

import streamlit as st

from charts.pareto import pareto_chart
from locales import translator
from metrics.segments import segments
from pages.shared import words
from pages.shared.blocks import ranking_block, show, trend_block, unknown
from pages.shared.frame import close_page, open_page, takeaway
from pages.shared.language import current_language
from pages.shared.sentences import of_metric
from pages.shared.strip import headline

RATE = "complaints_per_10k"

_ = translator(current_language())
view = open_page(_("How many complaints, about what, and where?"))
takeaway(view, of_metric(view, view.row(RATE), view.metrics[RATE]))
headline(view, (RATE, "escalated_complaints", "repeat_share", "first_contact_resolution", "on_time_resolution"))
left, right = st.columns([3, 2], gap="large")
with left:
    trend_block(view, RATE, key="rate")
with right:
    parts = segments(view.figures, RATE, view.unit, view.month, view.period, "category")
    title = _("Complaints by category")
    if len(parts):
        parts = parts.assign(
            label=[words.segment(code, view.lang) for code in parts["segment"]], value=parts["numerator"]
        )
        show(
            pareto_chart(parts, lang=view.lang, mode=view.mode, most=9),
            title,
            words.span(view.month, view.period, view.lang),
            key="categories",
        )
    else:
        unknown(view, title)
below = view.level_below()
left, right = st.columns(2, gap="large")
with left:
    ranking_block(view, RATE, key="peers", title=_("Among its peers"))
with right:
    if below:
        ranking_block(view, RATE, key="below", level=below, within=view.unit, title=_("Inside the unit"))
left, middle, right = st.columns(3, gap="large")
for place, code in zip(
    (left, middle, right), ("escalated_complaints", "repeat_share", "first_contact_resolution"), strict=True
):
    with place:
        trend_block(view, code, key=code, height=220, months=25)
close_page(view)
