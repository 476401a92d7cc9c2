"""The metric that a family's page opens with; without any, the page says so and where to begin."""

from __future__ import annotations

import streamlit as st

from charts import numbers
from metrics.model.metric import Metric
from pages.shared import view
from pages.shared.frame.menu import family_metrics
from pages.shared.frame.page import close_page, takeaway_title
from pages.shared.session.selection import Selection


def lead_metric(selection: Selection, wanted: str, family: str) -> Metric:
    """The metric that a family's page opens with; without any, the run ends.

    `wanted` if this version has it, else the family's first metric that the unit knows, else its first.
    """
    metrics = family_metrics(selection, family)
    for metric in metrics:
        if metric.code == wanted:
            return metric
    known = [metric for metric in metrics if numbers.is_known(view.row(selection, metric.code).get("value"))]
    if not metrics:
        takeaway_title(
            selection,
            selection.say("No figures of this kind are loaded"),
            selection.say("Upload an export that holds them; this page then fills by itself."),
        )
        st.page_link("pages/upload.py", label=selection.say("Go to Upload"), icon=":material/upload:")
        close_page(selection)
        st.stop()
    return (known or metrics)[0]
