"""The metric that a family's page opens with; without any, the page says so and where to begin."""

from __future__ import annotations

import streamlit as st

from charts import numbers
from metrics.model.metric import Metric
from pages.shared.frame.menu import family_metrics
from pages.shared.frame.page import close_page, takeaway_title
from pages.shared.view import View


def lead_metric(view: View, wanted: str, family: str) -> Metric:
    """The metric that a family's page opens with; without any, the run ends.

    `wanted` if this version has it, else the family's first metric that the unit knows, else its first.
    """
    metrics = family_metrics(view, family)
    for metric in metrics:
        if metric.code == wanted:
            return metric
    known = [metric for metric in metrics if numbers.is_known(view.row(metric.code).get("value"))]
    if not metrics:
        takeaway_title(
            view,
            view.say("No figures of this kind are loaded"),
            view.say("Upload an export that holds them; this page then fills by itself."),
        )
        st.page_link("pages/upload.py", label=view.say("Go to Upload"), icon=":material/upload:")
        close_page(view)
        st.stop()
    return (known or metrics)[0]
