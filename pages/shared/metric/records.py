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
from pages.shared import view
from pages.shared.cache.results import tickets_of
from pages.shared.components.months_table import months_table
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.metric.parts import definition_block, lineage_block
from pages.shared.session import url_state
from pages.shared.session.markup import escape_markdown
from pages.shared.session.selection import Selection
from pages.shared.wording.values import change_words, value_words

PAGE = 50
EVERY = "all"


def has_tickets(metric: Metric) -> bool:
    """Whether the metric counts complaints, of which some cities send every one."""
    measures = {measure.name for measure in FEED.measures}
    return metric.numerator is not None and metric.numerator.measure in measures


def has_category_chosen() -> bool:
    """Whether the address, or a click, asks for one category of complaints."""
    return (url_state.read("category") or EVERY) != EVERY


def details_block(selection: Selection, metric: Metric, frame: pd.DataFrame) -> None:
    """Shows what stands behind a metric's chart, the part of it that is open.

    The table of `frame`, the complaints themselves, notes and actions, definition, sources.
    """
    parts: dict[str, Callable[[], None]] = {selection.say("Table"): lambda: months_table(selection, frame, metric)}
    if has_tickets(metric):
        parts[selection.say("Tickets")] = lambda: tickets_block(selection)
    parts[selection.say("Notes and actions")] = lambda: actions_block(selection, metric)
    parts[selection.say("Definition")] = lambda: definition_block(selection, metric)
    parts[selection.say("Sources")] = lambda: lineage_block(selection, metric)
    first = selection.say("Tickets") if has_tickets(metric) and has_category_chosen() else None
    places = st.tabs(list(parts), default=first, key="below", on_change="rerun")
    for place, part in zip(places, parts.values(), strict=True):
        if place.open:
            with place:
                part()


def tickets_block(selection: Selection) -> None:
    """The complaints of the period, a page at a time, each with its place in its file."""
    span = window(selection.month, selection.period)
    asked = (selection.home, selection.version, selection.unit, month_name(span.first), month_name(span.last))
    try:
        everything = tickets_of(*asked)
        if not everything.total:
            st.caption(
                selection.say(
                    "No single tickets of {unit} are loaded for this period; its figures rest on monthly totals.",
                    unit=escape_markdown(view.unit_name(selection)),
                )
            )
            return
        kinds, pages, _rest = st.columns([2, 2, 3], vertical_alignment="bottom")
        with kinds:
            names = {EVERY: selection.say("All categories")} | {name: name for name in everything.categories}
            category = url_state.choose(
                selection.say("Category"), "category", list(names), shown=names.__getitem__, optional=True
            )
        wanted = None if category == EVERY else category
        total = everything.total if wanted is None else tickets_of(*asked, wanted).total
        with pages:
            starts = [str(start) for start in range(0, max(total, 1), PAGE)]
            start = int(
                url_state.choose(
                    selection.say("Tickets"),
                    "from",
                    starts,
                    optional=True,
                    shown=lambda one: selection.say(
                        "{first} – {last} of {total}",
                        first=int(one) + 1,
                        last=min(int(one) + PAGE, total),
                        total=numbers.format_decimal(total),
                    ),
                )
            )
        found = tickets_of(*asked, wanted, start)
    except Busy:
        st.caption(selection.say("The tickets cannot be read while somebody loads data; try again in a moment."))
        return
    held = [name for name in COLUMNS if found.rows[name].notna().any() and (found.rows[name].astype(str) != "").any()]
    headers = [*(Cell(FEED.column(name).title.to(selection.lang)) for name in held), Cell(selection.say("Source row"))]
    rows = [
        [
            *(Cell(_shown(selection, name, line[name])) for name in held),
            Cell(str(line["row"]), "quiet", hint=f"{line['file']} · {line['sheet']} · {line['row']}"),
        ]
        for line in found.rows.to_dict("records")
    ]
    st.html(f'<div class="sq-small sq-nowrap">{html_table(headers, [RowGroup(rows)])}</div>')
    st.caption(selection.say("Customers are masked; rest the pointer on a source row for its file and sheet."))


def _shown(selection: Selection, name: str, value: object) -> str:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return numbers.MISSING
    column = FEED.column(name)
    if column.type == "unit":
        return view.organisation(selection).name(str(value))
    if column.type == "time":
        return pd.Timestamp(str(value)).strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if column.type == "flag":
        return selection.say("yes") if value else selection.say("no")
    if column.type == "choice":
        return {"normal": selection.say("normal"), "escalated": selection.say("escalated")}.get(str(value), str(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def actions_block(selection: Selection, metric: Metric) -> None:
    """Notes on the metric, and the actions agreed with what its figure did since."""
    notes = view.snapshot(selection).notes()
    notes = notes[
        (notes["unit"] == selection.unit)
        & (notes["month"] <= selection.month)
        & view.figures(selection).axes.mentioning(notes["metric"], metric.code)
    ]
    agreed = action_outcomes(view.figures(selection), selection.unit, selection.month, selection.lang)
    agreed = agreed[view.figures(selection).axes.mentioning(agreed["metric"], metric.code)]
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
            html_table(
                [
                    Cell(selection.say("Month")),
                    Cell(selection.say("Note")),
                    Cell(selection.say("By")),
                    Cell(selection.say("Written")),
                ],
                [RowGroup(rows)],
            )
        )
    if len(agreed):
        states = {"open": selection.say("open"), "done": selection.say("done"), "dropped": selection.say("dropped")}
        rows = [
            [
                Cell(line["month"]),
                Cell(str(line["action"]), note=_text(line["result"])),
                Cell(_text(line["owner"])),
                Cell(_text(line["due"])[:10]),
                Cell(
                    selection.say("overdue") if line["overdue"] else states.get(str(line["state"]), str(line["state"])),
                    "worse" if line["overdue"] else "",
                ),
                Cell(value_words(selection, line["value_then"], metric), "num"),
                Cell(value_words(selection, line["value_now"], metric), "num"),
                Cell(change_words(selection, line["change"], metric), "num"),
                Cell(str(line["effect"])),
            ]
            for line in agreed.to_dict("records")
        ]
        headers = [
            Cell(selection.say("Month")),
            Cell(selection.say("Action")),
            Cell(selection.say("Owner")),
            Cell(selection.say("Due")),
            Cell(selection.say("State")),
            Cell(selection.say("Then"), "num"),
            Cell(selection.say("Now"), "num"),
            Cell(selection.say("Difference"), "num"),
            Cell(selection.say("Effect"), hint=selection.say("The change from that month on, beside its peers, 95%")),
        ]
        st.html(html_table(headers, [RowGroup(rows)]))
    if not len(notes) and not len(agreed):
        st.caption(selection.say("Nobody has noted anything on this metric yet."))
    st.html(
        f'<p class="sq"><a href="{selection.address("tables", table="notes")}" target="_self">'
        f"{selection.say('Write a note')}"
        f'</a> · <a href="{selection.address("tables", table="actions")}" target="_self">'
        f"{selection.say('Agree an action')}</a>"
        "</p>"
    )


def _text(value: object) -> str:
    return "" if value is None or value is pd.NaT or value != value else str(value)
