"""How much of what each unit has: segments by unit as a heat map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from charts import numbers
from metrics.analyses.segments import segment_matrix
from metrics.model.metric import Metric
from pages.shared.components.charts import heading, unknown
from pages.shared.components.heat_table import Shaded, heat_table
from pages.shared.components.picture_button import picture_button
from pages.shared.session import url_state as state
from pages.shared.view import View
from pages.shared.wording import labels as words

MOST_UNITS, MOST_SEGMENTS = 20, 8
FINER = 2
"""Decimals that tell parts apart: each is smaller than the whole."""


def segments_by_unit(view: View, code: str, kind: str, title: str) -> None:
    """Which unit has how much of what: its parts, or (at the bottom) its peers."""
    about, cells = view.drawn(
        "map", code, kind, *sorted(state.settled().items()), make=lambda: _drawn(view, code, kind)
    )
    if not cells:
        unknown(view, title)
        return
    heading(title, about, picture_button(view, title))
    st.html(cells)


def _drawn(view: View, code: str, kind: str) -> tuple[str, str]:
    """What is shown, in words, and the table; empty where nothing is known."""
    level = view.level_below()
    inside = view.unit if level else view.above
    rows = view.ranking(code, level, inside)
    rows = rows[rows["value"].notna()]
    # Where there are too many, the worst stand on top.
    worst = rows.iloc[::-1].head(MOST_UNITS)
    units = {str(row["unit"]): str(row["name"]) for row in worst.to_dict("records")}
    cells = segment_matrix(view.figures, code, list(units), view.month, view.period, kind) if units else pd.DataFrame()
    if cells.empty or cells["value"].notna().sum() == 0:
        return "", ""
    largest = cells.groupby("segment")["numerator"].sum().sort_values(ascending=False).head(MOST_SEGMENTS).index
    shown = [(str(one), words.segment(one, view.lang)) for one in largest]
    metric = view.metrics[code]
    about = view.say(
        "{metric}; the highest on top, {shown} of {total} units",
        metric=metric.name.to(view.lang),
        shown=len(units),
        total=len(rows),
    )
    return about, _segments_table(view, cells, metric, units, shown)


def _segments_table(
    view: View, cells: pd.DataFrame, metric: Metric, units: Mapping[str, str], segments: Sequence[tuple[str, str]]
) -> str:
    """Units as rows, segments as columns, the figure in each cell, the darker the more."""
    found = cells.set_index(["unit", "segment"])
    values, counts = found["value"].to_dict(), found["numerator"].to_dict()
    most = max((value for value in values.values() if numbers.known(value)), default=1.0) or 1.0

    def one(unit: str, segment: str, label: str) -> Shaded:
        value = values.get((unit, segment))
        text = (
            numbers.value(value, metric.format, max(metric.decimals, FINER), view.lang) if numbers.known(value) else ""
        )
        hint = (
            f"{units[unit]} · {label} · {text or numbers.MISSING} · n = {numbers.decimal(counts.get((unit, segment)))}"
        )
        return Shaded(text, value / most if numbers.known(value) else None, hint, view.here(unit=unit))

    lines = [[one(unit, *segment) for segment in segments] for unit in units]
    return heat_table(list(units.values()), [(label, False) for _, label in segments], lines, view.mode)
