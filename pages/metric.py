"""One metric: is it real, and where does it come from?"""

import streamlit as st

from locales import translator
from pages.shared.blocks import months_table, ranking_block, unknown
from pages.shared.choices import choose_metric
from pages.shared.frame import close_page, open_page, takeaway
from pages.shared.language import current_language
from pages.shared.metric_parts import control_block, definition, lineage, reasons, segments_block
from pages.shared.metric_records import followed_block, has_tickets, of_one_category, tickets_block
from pages.shared.sentences import of_metric
from pages.shared.stage import stage
from pages.shared.strip import detail

_ = translator(current_language())
view = open_page(_("Is it real, and where does it come from?"))
with st.container(key="choices"):
    metric = choose_metric(view, _("Metric"))
row = view.row(metric.code)
takeaway(view, of_metric(view, row, metric), str(row.get("verdict") or metric.meaning.to(view.lang)))
frame = view.trend(metric.code, months=36, period="month")
stage(view, metric, lambda: control_block(view, metric, frame), top=lambda: detail(view, metric))
detail(view, metric)
if frame.empty or frame["value"].notna().sum() == 0:
    unknown(view, metric.name.to(view.lang))
else:
    control_block(view, metric, frame)
    left, right = st.columns(2, gap="large")
    with left:
        ranking_block(view, metric.code, key="peers", title=_("Among its peers"))
    with right:
        reasons(view, metric)
    segments_block(view, metric)
names = [
    _("Table"),
    *([_("Tickets")] if has_tickets(metric) else []),
    _("Notes and actions"),
    _("Definition"),
    _("Sources"),
]
first = _("Tickets") if has_tickets(metric) and of_one_category() else None
table, *tickets, said, meaning, sources = st.tabs(names, default=first)
with table:
    months_table(view, frame, metric)
for place in tickets:
    with place:
        tickets_block(view)
with said:
    followed_block(view, metric)
with meaning:
    definition(view, metric)
with sources:
    lineage(view, metric)
close_page(view)
