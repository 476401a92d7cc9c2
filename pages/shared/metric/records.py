"""What stands beside a metric's figures: the complaints themselves, and what people noted and agreed to do."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from charts import numbers
from data.model.errors import Busy
from data.snapshots.tickets import COLUMNS, FEED
from metrics.analyses.action_outcomes import action_outcomes
from metrics.model.metric import Metric
from metrics.model.periods import month_name, window
from pages.shared.cache.results import tickets_of
from pages.shared.components.charts import months_table
from pages.shared.components.tables import Cell, Group, table
from pages.shared.metric.parts import definition, lineage
from pages.shared.session import url_state as state
from pages.shared.session.markup import literal
from pages.shared.view import View

PAGE = 50
EVERY = "all"


def has_tickets(metric: Metric) -> bool:
    """Whether the metric counts complaints, of which some cities send every one."""
    measures = {measure.name for measure in FEED.measures}
    return metric.numerator is not None and metric.numerator.measure in measures


def of_one_category() -> bool:
    """Whether the address, or a click, asks for one category of complaints."""
    return (state.read("category") or EVERY) != EVERY


def below(view: View, metric: Metric, frame: pd.DataFrame) -> None:
    """The table behind the chart (`frame`), the complaints themselves, notes and actions, definition and sources: the
    one of them that is open.
    """
    parts: dict[str, Callable[[], None]] = {view.say("Table"): lambda: months_table(view, frame, metric)}
    if has_tickets(metric):
        parts[view.say("Tickets")] = lambda: tickets_block(view)
    parts[view.say("Notes and actions")] = lambda: followed_block(view, metric)
    parts[view.say("Definition")] = lambda: definition(view, metric)
    parts[view.say("Sources")] = lambda: lineage(view, metric)
    first = view.say("Tickets") if has_tickets(metric) and of_one_category() else None
    places = st.tabs(list(parts), default=first, key="below", on_change="rerun")
    for place, part in zip(places, parts.values(), strict=True):
        if place.open:
            with place:
                part()


def tickets_block(view: View) -> None:
    """The complaints of the period, a page at a time, each with its place in its file."""
    span = window(view.month, view.period)
    asked = (view.home, view.version, view.unit, month_name(span.first), month_name(span.last))
    try:
        everything = tickets_of(*asked)
        if not everything.total:
            st.caption(
                view.say(
                    "No single tickets of {unit} are loaded for this period; its figures rest on monthly totals.",
                    unit=literal(view.name),
                )
            )
            return
        kinds, pages, _rest = st.columns([2, 2, 3], vertical_alignment="bottom")
        with kinds:
            names = {EVERY: view.say("All categories")} | {name: name for name in everything.categories}
            category = state.choose(
                view.say("Category"), "category", list(names), shown=names.__getitem__, optional=True
            )
        wanted = None if category == EVERY else category
        total = everything.total if wanted is None else tickets_of(*asked, wanted).total
        with pages:
            starts = [str(start) for start in range(0, max(total, 1), PAGE)]
            start = int(
                state.choose(
                    view.say("Tickets"),
                    "from",
                    starts,
                    optional=True,
                    shown=lambda one: view.say(
                        "{first} – {last} of {total}",
                        first=int(one) + 1,
                        last=min(int(one) + PAGE, total),
                        total=numbers.decimal(total),
                    ),
                )
            )
        found = tickets_of(*asked, wanted, start)
    except Busy:
        st.caption(view.say("The tickets cannot be read while somebody loads data; try again in a moment."))
        return
    held = [name for name in COLUMNS if found.rows[name].notna().any() and (found.rows[name].astype(str) != "").any()]
    headers = [*(Cell(FEED.column(name).title.to(view.lang)) for name in held), Cell(view.say("Source row"))]
    rows = [
        [
            *(Cell(_shown(view, name, line[name])) for name in held),
            Cell(str(line["row"]), "quiet", hint=f"{line['file']} · {line['sheet']} · {line['row']}"),
        ]
        for line in found.rows.to_dict("records")
    ]
    st.html(f'<div class="sq-small sq-nowrap">{table(headers, [Group(rows)])}</div>')
    st.caption(view.say("Customers are masked; rest the pointer on a source row for its file and sheet."))


def _shown(view: View, name: str, value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return numbers.MISSING
    column = FEED.column(name)
    if column.type == "unit":
        return view.organisation.name(str(value))
    if column.type == "time":
        return pd.Timestamp(str(value)).strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if column.type == "flag":
        return view.say("yes") if value else view.say("no")
    if column.type == "choice":
        return {"normal": view.say("normal"), "escalated": view.say("escalated")}.get(str(value), str(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def followed_block(view: View, metric: Metric) -> None:
    """Notes on the metric, and the actions agreed with what its figure did since."""
    notes = view.snapshot.notes()
    notes = notes[
        (notes["unit"] == view.unit)
        & (notes["month"] <= view.month)
        & view.figures.mentioning(notes["metric"], metric.code)
    ]
    agreed = action_outcomes(view.figures, view.unit, view.month, view.lang)
    agreed = agreed[view.figures.mentioning(agreed["metric"], metric.code)]
    if len(notes):
        rows = [
            [
                Cell(line["month"]),
                Cell(str(line["note"])),
                Cell(_text(line["author"])),
                Cell(_text(line["written_at"])[:16], "quiet"),
            ]
            for line in notes.sort_values("month", ascending=False).head(PAGE).to_dict("records")
        ]
        st.html(
            table(
                [Cell(view.say("Month")), Cell(view.say("Note")), Cell(view.say("By")), Cell(view.say("Written"))],
                [Group(rows)],
            )
        )
    if len(agreed):
        states = {"open": view.say("open"), "done": view.say("done"), "dropped": view.say("dropped")}
        rows = [
            [
                Cell(line["month"]),
                Cell(str(line["action"]), note=_text(line["result"])),
                Cell(_text(line["owner"])),
                Cell(_text(line["due"])[:10]),
                Cell(
                    view.say("overdue") if line["overdue"] else states.get(str(line["state"]), str(line["state"])),
                    "worse" if line["overdue"] else "",
                ),
                Cell(view.value(line["value_then"], metric), "num"),
                Cell(view.value(line["value_now"], metric), "num"),
                Cell(view.change(line["change"], metric), "num"),
            ]
            for line in agreed.to_dict("records")
        ]
        headers = [
            Cell(view.say("Month")),
            Cell(view.say("Action")),
            Cell(view.say("Owner")),
            Cell(view.say("Due")),
            Cell(view.say("State")),
            Cell(view.say("Then"), "num"),
            Cell(view.say("Now"), "num"),
            Cell(view.say("Difference"), "num"),
        ]
        st.html(table(headers, [Group(rows)]))
    if not len(notes) and not len(agreed):
        st.caption(view.say("Nobody has noted anything on this metric yet."))
    st.html(
        f'<p class="sq"><a href="{view.address("tables", table="notes")}" target="_self">{view.say("Write a note")}</a> · <a href="{view.address("tables", table="actions")}" target="_self">{view.say("Agree an action")}</a></p>'
    )


def _text(value: object) -> str:
    return "" if value is None or value is pd.NaT or value != value else str(value)
