"""What people entered: notes on the month, actions with what became of them, events on the charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from locales import text
from metrics.model.metric import Metric
from reports.content import PackContent
from reports.table_model import Cell, Column, Table, change_cell, metric_cell, table_of, text_cell

Row = Mapping[Any, Any]


def record_tables(content: PackContent) -> tuple[Table, ...]:
    """Notes on the month, actions with what became of them, and events on the charts: those that there are."""
    return tuple(table for table in (_notes(content), _actions(content), _events(content)) if table.rows)


def _metric(content: PackContent, code: object) -> Metric | None:
    known = content.figures.axes.find_metric_index(code)
    return content.figures.axes.metrics[known] if known >= 0 else None


def _named(content: PackContent, code: object) -> str:
    """A metric's name; what is no metric stands as it was entered."""
    metric = _metric(content, code)
    return metric.name.to(content.header.lang) if metric else _text(code)


def _notes(content: PackContent) -> Table:
    lang = content.header.lang
    columns: list[Column[Row]] = [
        Column(text(lang, "Metric"), 2, lambda row: text_cell(_named(content, row["metric"]))),
        Column(text(lang, "Commentary"), 6, lambda row: text_cell(row["note"])),
        Column(text(lang, "Author"), 1.2, lambda row: text_cell(_text(row["author"]))),
        Column(text(lang, "Written at"), 1.4, lambda row: text_cell(_day(row["written_at"]))),
    ]
    return table_of("notes", text(lang, "Notes"), columns, content.notes.to_dict("records"))


def _actions(content: PackContent) -> Table:
    lang = content.header.lang
    states = {"open": text(lang, "open"), "done": text(lang, "done"), "dropped": text(lang, "dropped")}

    def figure(row: Row, name: str) -> Cell:
        metric = _metric(content, row["metric"])
        if metric is None:
            return Cell(None, "number")
        return change_cell(row[name], metric) if name == "change" else metric_cell(row[name], metric)

    def state(row: Row) -> Cell:
        overdue = f" ({text(lang, 'overdue')})" if row["overdue"] else ""
        return Cell(states.get(str(row["state"]), str(row["state"])) + overdue, tone="worse" if overdue else "")

    columns: list[Column[Row]] = [
        Column(text(lang, "Agreed"), 0.95, lambda row: text_cell(row["month"])),
        Column(text(lang, "Action"), 2.2, lambda row: text_cell(row["action"])),
        Column(text(lang, "Owner"), 0.8, lambda row: text_cell(_text(row["owner"]))),
        Column(text(lang, "Due"), 1.25, lambda row: text_cell(_day(row["due"]))),
        Column(text(lang, "State"), 1.1, state),
        Column(text(lang, "Metric"), 1.4, lambda row: Cell(_named(content, row["metric"]))),
        Column(text(lang, "Then"), 0.85, lambda row: figure(row, "value_then")),
        Column(text(lang, "Now"), 0.85, lambda row: figure(row, "value_now")),
        Column(text(lang, "Change since"), 1.05, lambda row: figure(row, "change")),
        Column(text(lang, "Effect"), 1.7, lambda row: Cell(_text(row["effect"]))),
        Column(text(lang, "Result"), 1.8, lambda row: Cell(_text(row["result"]))),
        Column(text(lang, "Verdict"), 2.8, lambda row: Cell(_text(row["verdict"]))),
    ]
    title = text(lang, "Actions and what became of them")
    return table_of("actions", title, columns, content.actions.to_dict("records"))


def _events(content: PackContent) -> Table:
    lang, organisation, everything = content.header.lang, content.figures.organisation, text(content.header.lang, "All")

    def unit(row: Row) -> str:
        return organisation.name(row["unit"]) if isinstance(row["unit"], str) else everything

    def phase(row: Row) -> str:
        return text(lang, "yes") if row["new_phase"] is True or row["new_phase"] == 1 else ""

    columns: list[Column[Row]] = [
        Column(text(lang, "Month"), 0.9, lambda row: text_cell(row["month"])),
        Column(text(lang, "Event"), 3, lambda row: text_cell(row["label"])),
        Column(text(lang, "Unit"), 1.2, lambda row: text_cell(unit(row))),
        Column(text(lang, "Metric"), 1.8, lambda row: text_cell(_named(content, row["metric"]) or everything)),
        Column(text(lang, "New phase of limits"), 1, lambda row: text_cell(phase(row))),
        Column(text(lang, "Remark"), 3, lambda row: text_cell(_text(row["remark"]))),
    ]
    return table_of("events", text(lang, "Events"), columns, content.events.to_dict("records"))


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _day(value: object) -> str:
    stamp = pd.to_datetime(value, errors="coerce")  # type: ignore[call-overload]
    return "" if pd.isna(stamp) else f"{stamp:%Y-%m-%d}"
