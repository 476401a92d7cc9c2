"""A trend as a table, a line a month."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from charts import numbers
from metrics.model.metric import Metric
from metrics.model.record import months_of
from metrics.wording.attainment import attainment_in_words
from metrics.wording.provisional import provisional_in_words
from pages.shared import view
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.components.verdict_icons import attainment_css
from pages.shared.session.selection import Selection
from pages.shared.wording.values import change_words, value_words


def months_table(selection: Selection, frame: pd.DataFrame, metric: Metric) -> None:
    """A trend as a table, newest month first."""
    st.html(
        view.cached(selection, "months", metric.code, len(frame), make=lambda: _months_table(selection, frame, metric))
    )


def _months_table(selection: Selection, frame: pd.DataFrame, metric: Metric) -> str:
    _ = selection.say
    headers = [
        Cell(_("Month") if selection.period == "month" else _("To the month of")),
        *(
            Cell(title, "num sq-long" if title == view.average_name(selection) else "num")
            for title in (
                _("Value"),
                _("Target"),
                _("Attainment"),
                _("Place"),
                _("On the period before"),
                _("On the year before"),
                view.average_name(selection),
            )
        ),
    ]
    rows: list[Sequence[Cell]] = [
        [
            Cell(row["month"], "sq-whole", note=provisional_in_words(row, selection.lang)),
            Cell(value_words(selection, row["value"], metric), "num"),
            Cell(value_words(selection, row["target"], metric), "num quiet"),
            Cell(attainment_in_words(row, selection.lang), f"num {attainment_css(row)}"),
            Cell(numbers.format_rank(row["rank"], row["peers"], selection.lang), "num"),
            Cell(change_words(selection, row["mom"], metric), "num"),
            Cell(change_words(selection, row["yoy"], metric), "num"),
            Cell(value_words(selection, row["peer_average"], metric), "num quiet"),
        ]
        for row in months_of(frame.iloc[::-1])
    ]
    return html_table(headers, [RowGroup(rows)])
