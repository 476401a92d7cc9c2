"""The units that give most cause for concern."""

from __future__ import annotations

import streamlit as st

from charts import numbers
from metrics.model.record import records_of
from metrics.wording.attainment import attainment_in_words
from pages.shared import view
from pages.shared.components.charts import block_heading, explain_missing
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.components.verdict_icons import attainment_css
from pages.shared.session.selection import Selection
from pages.shared.wording.values import value_words

AT_RISK = 8


def units_at_risk(selection: Selection, code: str, title: str) -> None:
    """Shows the parts of the unit (else its peers) that give most cause for concern.

    Signals for the worse first, then those below target.
    """
    metric, level = view.metrics(selection)[code], view.level_below(selection)
    rows = view.ranking(selection, code, level, selection.unit if level else view.parent(selection))
    rows = rows[rows["value"].notna()]
    if rows.empty:
        explain_missing(selection, title)
        return
    order = rows.assign(worse=rows["variation"] == "concerning", missed=rows["met"] == 0).sort_values(
        ["worse", "missed", "attainment"], ascending=[False, False, True]
    )
    risky = order[order["worse"] | order["missed"]].head(AT_RISK)
    block_heading(
        title,
        selection.say(
            "{count} of {total} fall short of the target or signal a change for the worse",
            count=int((order["worse"] | order["missed"]).sum()),
            total=len(rows),
        ),
    )
    said = risky["verdict"].map(bool).any()
    headers = [
        Cell(selection.say("Unit")),
        Cell(selection.say("Value"), "num"),
        Cell(selection.say("Attainment"), "num"),
        Cell(selection.say("Customers"), "num"),
        *([Cell(selection.say("Verdict"))] if said else []),
    ]
    lines = [
        [
            Cell(str(row["name"]), "sq-unit", link=selection.address("metric", unit=str(row["unit"]), metric=code)),
            Cell(value_words(selection, row["value"], metric), "num"),
            Cell(attainment_in_words(row, selection.lang), f"num {attainment_css(row)}"),
            Cell(numbers.format_decimal(row["denominator"]), "num quiet"),
            *([Cell(str(row["verdict"] or ""), "small")] if said else []),
        ]
        for row in records_of(risky)
    ]
    if lines:
        st.html(html_table(headers, [RowGroup(lines)]))
