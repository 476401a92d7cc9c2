"""What people entered: notes on the month, actions with what became of them, events on the charts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from locales import text
from reports.content import PackContent
from reports.table_model import Cell, Table, change_cell, metric_cell, text_cells


def record_tables(content: PackContent) -> tuple[Table, ...]:
    """Notes on the month, actions with what became of them, and events on the charts: those that there are."""
    return tuple(table for table in (_notes(content), _actions(content), _events(content)) if table.rows)


def _named(content: PackContent, code: object) -> str:
    """A metric's name; what is no metric stands as it was entered."""
    known = content.figures.axes.find_metric_index(code)
    return content.figures.axes.metrics[known].name.to(content.header.lang) if known >= 0 else _text(code)


def _notes(content: PackContent) -> Table:
    lang = content.header.lang
    heads = (text(lang, "Metric"), text(lang, "Commentary"), text(lang, "Author"), text(lang, "Written at"))
    rows = tuple(
        text_cells((_named(content, row["metric"]), row["note"], _text(row["author"]), _day(row["written_at"])))
        for row in content.notes.to_dict("records")
    )
    return Table("notes", text(lang, "Notes"), heads, rows, (2, 6, 1.2, 1.4))


def _actions(content: PackContent) -> Table:
    lang = content.header.lang
    heads = (
        text(lang, "Agreed"),
        text(lang, "Action"),
        text(lang, "Owner"),
        text(lang, "Due"),
        text(lang, "State"),
        text(lang, "Metric"),
        text(lang, "Then"),
        text(lang, "Now"),
        text(lang, "Change since"),
        text(lang, "Result"),
        text(lang, "Verdict"),
    )
    states = {"open": text(lang, "open"), "done": text(lang, "done"), "dropped": text(lang, "dropped")}
    found = []

    def since(row: dict[Any, Any], known: int) -> Cell:
        return change_cell(row["change"], content.figures.axes.metrics[known]) if known >= 0 else Cell(None, "number")

    for row in content.actions.to_dict("records"):
        known = content.figures.axes.find_metric_index(row["metric"])
        values = [
            metric_cell(row[name], content.figures.axes.metrics[known]) if known >= 0 else Cell(None, "number")
            for name in ("value_then", "value_now")
        ]
        state = states.get(str(row["state"]), str(row["state"])) + (
            f" ({text(lang, 'overdue')})" if row["overdue"] else ""
        )
        found.append(
            (
                *text_cells((row["month"], row["action"], _text(row["owner"]), _day(row["due"]))),
                Cell(state, tone="worse" if row["overdue"] else ""),
                Cell(_named(content, row["metric"])),
                *values,
                since(row, known),
                Cell(_text(row["result"])),
                Cell(_text(row["verdict"])),
            )
        )
    return Table(
        "actions",
        text(lang, "Actions and what became of them"),
        heads,
        tuple(found),
        (0.95, 2.2, 0.8, 1.25, 1.1, 1.4, 0.85, 0.85, 1.05, 1.8, 2.8),
    )


def _events(content: PackContent) -> Table:
    lang = content.header.lang
    heads = (
        text(lang, "Month"),
        text(lang, "Event"),
        text(lang, "Unit"),
        text(lang, "Metric"),
        text(lang, "New phase of limits"),
        text(lang, "Remark"),
    )
    organisation = content.figures.organisation
    rows = tuple(
        text_cells(
            (
                row["month"],
                row["label"],
                organisation.name(row["unit"]) if isinstance(row["unit"], str) else text(lang, "All"),
                _named(content, row["metric"]) or text(lang, "All"),
                text(lang, "yes") if row["new_phase"] is True or row["new_phase"] == 1 else "",
                _text(row["remark"]),
            )
        )
        for row in content.events.to_dict("records")
    )
    return Table("events", text(lang, "Events"), heads, rows, (0.9, 3, 1.2, 1.8, 1, 3))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: object) -> str:
    stamp = pd.to_datetime(value, errors="coerce")  # type: ignore[call-overload]
    return "" if pd.isna(stamp) else f"{stamp:%Y-%m-%d}"
