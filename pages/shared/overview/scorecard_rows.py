"""Which rows the Overview's scorecard shows, in which order and groups."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from charts import numbers
from metrics.definitions import all_families
from metrics.model.record import Record, records_of
from pages.shared import view
from pages.shared.components import verdict_icons
from pages.shared.session import url_state
from pages.shared.session.selection import Selection
from pages.shared.wording.values import change_column

SHOWN = ("all", "signals", "off_target")
SORTED = ("catalogue", "pressing", "attainment", "place", "change")
GROUPED = ("family", "verdict", "none")


def choose_rows(selection: Selection) -> tuple[str, str, str]:
    """(shown, sorted, grouped): three choices above the table."""
    say = selection.say
    names = {
        "all": say("All metrics"),
        "signals": say("Only signals"),
        "off_target": say("Only off target"),
        "catalogue": say("Sort: by subject"),
        "pressing": say("Sort: most pressing first"),
        "attainment": say("Sort: attainment"),
        "place": say("Sort: place"),
        "change": say("Sort: largest change"),
        "family": say("Group: family"),
        "verdict": say("Group: verdict"),
        "none": say("No groups"),
    }
    shown, rows = url_state.choice_control(
        say("Rows"), "rows", SHOWN, shown=names.__getitem__, buttons=True, optional=True
    )
    order, sort = url_state.choice_control(say("Sort"), "sort", SORTED, shown=names.__getitem__, optional=True)
    groups, group = url_state.choice_control(say("Group"), "group", GROUPED, shown=names.__getitem__, optional=True)
    with st.container(key="choices"):
        st.html(f'<div class="sq sq-bar">{rows}<i></i>{sort}{group}</div>')
    return shown, order, groups


def has_figure(row: Record) -> bool:
    """Whether the metric is worth a line: a value now, or a target to miss."""
    return numbers.is_known(row.get("value")) or numbers.is_known(row.get("target"))


def passes_filter(row: Record, shown: str) -> bool:
    """Whether a filter lets the row pass."""
    if shown == "signals":
        return row.get("signal") == "signal"
    if shown == "off_target":
        return row["met"] == 0
    return True


def sort_rows(selection: Selection, rows: Sequence[Record], order: str) -> list[Record]:
    """`rows` in the order asked for; what is not known comes last."""
    last = float("inf")
    pressing = {
        row["metric"]: place
        for place, row in enumerate(
            (*records_of(view.attention(selection).weak_spots), *records_of(view.attention(selection).early_warnings))
        )
    }

    def key(row: Record) -> float:
        found: float | None = {
            "pressing": float(pressing.get(row["metric"], len(rows))),
            "attainment": row["attainment"],
            "place": (row["rank"] - 1) / max(row["peers"] - 1, 1)
            if numbers.is_known(row["rank"]) and row["peers"] > 1 and not row["total"]
            else None,
            "change": -abs(row[change_column(selection)]) if numbers.is_known(row[change_column(selection)]) else None,
        }.get(order, 0.0)
        return found if numbers.is_known(found) else last

    return sorted(rows, key=key)


def group_rows(selection: Selection, rows: Sequence[Record], grouped: str) -> list[tuple[str, list[Record]]]:
    """(title, rows) of each group that has rows."""
    if grouped == "none":
        return [("", list(rows))]
    if grouped == "verdict":
        titles = {
            "worse": selection.say("Signals for the worse"),
            "missed": selection.say("Short of target"),
            "better": selection.say("Signals for the better"),
            "noise": selection.say("Usual variation"),
            "little": selection.say("Too little data to judge"),
        }
        found = [(title, [row for row in rows if verdict_group(row) == code]) for code, title in titles.items()]
    else:
        found = [
            (family.name.to(selection.lang), [row for row in rows if row["family"] == family.code])
            for family in sorted(all_families(), key=lambda family: family.order)
        ]
    return [(title, part) for title, part in found if part]


def verdict_group(row: Record) -> str:
    """The verdict group of a row."""
    turn = verdict_icons.signal_css(row)
    if turn == "worse":
        return turn
    if passes_filter(row, "off_target"):
        return "missed"
    if turn == "better":
        return turn
    return "noise" if row.get("signal") in ("noise", "signal") else "little"
