"""The units that give most cause for concern."""

from __future__ import annotations

import streamlit as st

from charts import numbers
from metrics.statistics.attainment import misses_target
from pages.shared.components.charts import heading, unknown
from pages.shared.components.tables import Cell, Group, table
from pages.shared.components.verdict_icons import goal_css
from pages.shared.view import View

AT_RISK = 8


def units_at_risk(view: View, code: str, title: str) -> None:
    """The parts of the unit (else its peers) that give most cause for concern: signals for the worse first, then those
    below target.
    """
    metric, level = view.metrics[code], view.level_below()
    rows = view.ranking(code, level, view.unit if level else view.above)
    rows = rows[rows["value"].notna()]
    if rows.empty:
        unknown(view, title)
        return
    order = rows.assign(worse=rows["variation"] == "concerning", missed=misses_target(rows["attainment"])).sort_values(
        ["worse", "missed", "attainment"], ascending=[False, False, True]
    )
    risky = order[order["worse"] | order["missed"]].head(AT_RISK)
    heading(
        title,
        view.say(
            "{count} of {total} fall short of the target or signal a change for the worse",
            count=int((order["worse"] | order["missed"]).sum()),
            total=len(rows),
        ),
    )
    said = risky["verdict"].map(bool).any()
    headers = [
        Cell(view.say("Unit")),
        Cell(view.say("Value"), "num"),
        Cell(view.say("Attainment"), "num"),
        Cell(view.say("Customers"), "num"),
        *([Cell(view.say("Verdict"))] if said else []),
    ]
    lines = [
        [
            Cell(str(row["name"]), "sq-unit", link=view.address("metric", unit=str(row["unit"]), metric=code)),
            Cell(view.value(row["value"], metric), "num"),
            Cell(numbers.attainment(row["attainment"]), f"num {goal_css(row)}"),
            Cell(numbers.decimal(row["denominator"]), "num quiet"),
            *([Cell(str(row["verdict"] or ""), "small")] if said else []),
        ]
        for row in risky.to_dict("records")
    ]
    if lines:
        st.html(table(headers, [Group(lines)]))
