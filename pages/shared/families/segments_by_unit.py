"""How much of what each unit has: segments by unit as a heat map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from charts import numbers
from metrics.analyses.segments import segment_matrix
from metrics.model.metric import Metric
from metrics.model.record import records_of
from pages.shared import view
from pages.shared.components.charts import block_heading, explain_missing
from pages.shared.components.heat_table import HeatCell, heat_table
from pages.shared.components.picture_button import picture_button
from pages.shared.session import url_state
from pages.shared.session.selection import Selection
from pages.shared.wording import labels

MOST_UNITS, MOST_SEGMENTS = 20, 8
FINER = 2
"""Decimals that tell parts apart: each is smaller than the whole."""


def segments_by_unit(selection: Selection, code: str, kind: str, title: str) -> None:
    """Which unit has how much of what: its parts, or (at the bottom) its peers."""
    about, cells = view.cached(
        selection,
        "map",
        code,
        kind,
        *sorted(url_state.current_choices().items()),
        make=lambda: _drawn(selection, code, kind),
    )
    if not cells:
        explain_missing(selection, title)
        return
    block_heading(title, about, picture_button(selection, title))
    st.html(cells)


def _drawn(selection: Selection, code: str, kind: str) -> tuple[str, str]:
    """What is shown, in words, and the table; empty where nothing is known."""
    level = view.level_below(selection)
    inside = selection.unit if level else view.parent(selection)
    rows = view.ranking(selection, code, level, inside)
    rows = rows[rows["value"].notna()]
    # Where there are too many, the worst stand on top.
    worst = rows.iloc[::-1].head(MOST_UNITS)
    units = {row["unit"]: row["name"] for row in records_of(worst)}
    cells = (
        segment_matrix(view.figures(selection), code, list(units), selection.month, selection.period, kind)
        if units
        else pd.DataFrame()
    )
    if cells.empty or cells["value"].notna().sum() == 0:
        return "", ""
    largest = cells.groupby("segment")["numerator"].sum().sort_values(ascending=False).head(MOST_SEGMENTS).index
    shown = [(str(one), labels.segment(one, selection.lang)) for one in largest]
    metric = view.metrics(selection)[code]
    about = selection.say(
        "{metric}; the highest on top, {shown} of {total} units",
        metric=metric.name.to(selection.lang),
        shown=len(units),
        total=len(rows),
    )
    return about, _segments_table(selection, cells, metric, units, shown)


def _segments_table(
    selection: Selection,
    cells: pd.DataFrame,
    metric: Metric,
    units: Mapping[str, str],
    segments: Sequence[tuple[str, str]],
) -> str:
    """Units as rows, segments as columns, the figure in each cell, the darker the more."""
    found = cells.set_index(["unit", "segment"])
    values, counts = found["value"].to_dict(), found["numerator"].to_dict()
    most = max((value for value in values.values() if numbers.is_known(value)), default=1.0) or 1.0

    def one(unit: str, segment: str, label: str) -> HeatCell:
        value = values.get((unit, segment))
        text = (
            numbers.format_value(value, metric.format, max(metric.decimals, FINER), selection.lang)
            if numbers.is_known(value)
            else ""
        )
        hint = (
            f"{units[unit]} · {label} · {text or numbers.MISSING} "
            f"· n = {numbers.format_decimal(counts.get((unit, segment)))}"
        )
        return HeatCell(text, value / most if numbers.is_known(value) else None, hint, selection.here(unit=unit))

    lines = [[one(unit, *segment) for segment in segments] for unit in units]
    return heat_table(list(units.values()), [(label, False) for _, label in segments], lines, selection.mode)
