"""Taking a batch back, or bringing it again.

What that does is said before; where units with figures would go, it is asked first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from data.core.home import Home
from data.model.errors import ServiceQualityError
from data.model.staged import NO_MONTH
from data.operations import undo as batches
from data.operations.what_if import what_if_undo
from data.snapshots.reader import current_version, open_snapshot
from locales import text
from pages.shared.cache.memo import memoise
from pages.shared.frame.page import follow_latest
from pages.shared.session.markup import escape_markdown, show_error
from pages.shared.wording.findings import batch_facts, month_span, name_list

ASKED, PROBLEM = "undo_asked", "undo_problem"
UNITS = "units"


@dataclass(frozen=True)
class ActiveRows:
    """What of a batch counts now: rows, units and months."""

    rows: int
    units: int
    months: tuple[str, ...]


@dataclass(frozen=True)
class UnitLoss:
    """The units that would go, out of how many; how many of them have figures, and of which months."""

    names: tuple[str, ...]
    total: int
    with_figures: int
    months: tuple[str, ...]


def waits_for(batch: int, lines: Mapping[int, Mapping[Any, Any]]) -> list[int]:
    """The batches of `lines` (the history) that have to be undone before `batch`, or brought back before it."""
    if lines[batch]["undone"]:
        return [base for base in _bases(lines[batch]) if base in lines and lines[base]["undone"]]
    return sorted(other for other, row in lines.items() if not row["undone"] and batch in _bases(row))


def _bases(row: Mapping[Any, Any]) -> list[int]:
    return [int(one) for one in str(row["corrects"] or "").split(", ") if one.isdigit()]


def undo_button(home: Home, batch: int, lines: Mapping[int, Mapping[Any, Any]], key: str, lang: str) -> None:
    """The button that turns a batch of the history (`lines`), what it would do, and the question where that is much."""
    row = lines[batch]
    undone = bool(row["undone"])
    label = text(lang, "Bring back") if undone else text(lang, "Undo")
    st.button(label, on_click=_ask, args=(home, batch, row), key=key, disabled=bool(waits_for(batch, lines)))


def undo_message(home: Home, batch: int, lines: Mapping[int, Mapping[Any, Any]], lang: str) -> None:
    """What the button beside the batch does; once it was pressed, the question or what went wrong."""
    row = lines[batch]
    if others := waits_for(batch, lines):
        numbers = ", ".join(map(str, others))
        st.caption(
            text(lang, "Its single cells stand in rows of batch {numbers}: bring that back first.", numbers=numbers)
            if row["undone"]
            else text(lang, "Single cells of batch {numbers} stand in its rows: undo that first.", numbers=numbers)
        )
        return
    asked = st.session_state.get(ASKED)
    if asked and asked[:2] == (batch, bool(row["undone"])):
        _question(home, batch, row, lang)
    elif problem := st.session_state.pop(PROBLEM, None):
        show_error(problem)
    else:
        st.caption(escape_markdown(_sentence(home, batch, row, lang)))


def _sentence(home: Home, batch: int, row: Mapping[Any, Any], lang: str) -> str:
    if row["undone"]:
        facts = batch_facts(int(row["rows"]), 0, [str(row["months"])] if row["months"] else [], lang)
        return text(lang, "“Bring back” lets this batch count again ({facts}).", facts=facts)
    now = _counting(home, current_version(home)).get(batch)
    if now is None:
        return text(lang, "Later batches count in place of this one: “Undo” changes no figure.")
    facts = batch_facts(now.rows, now.units, now.months, lang)
    return text(
        lang,
        "“Undo” takes back what counts of this batch ({facts}); what was loaded before it counts again.",
        facts=facts,
    )


@memoise(8)
def _counting(home: Home, version: int | None) -> Mapping[int, ActiveRows]:
    """Batch -> what of it counts in a version; a batch of which nothing does is not there."""
    snapshot = open_snapshot(home, version)
    frame, known = snapshot.lineage(), snapshot.organisation.codes
    found = {}
    for batch, part in frame.groupby("batch"):
        months = sorted(set(part["month"]) - {f"{NO_MONTH:%Y-%m}"})
        figures = part[part["feed"] != UNITS]
        found[int(str(batch))] = ActiveRows(
            int((figures if len(figures) else part)["rows"].sum()),
            part.loc[part["unit"].isin(known), "unit"].nunique(),
            tuple(months),
        )
    return found


def _ask(home: Home, batch: int, row: Mapping[Any, Any]) -> None:
    """One click is enough where no unit can go."""
    if UNITS in str(row["feeds"]).split(", "):
        st.session_state[ASKED] = (batch, bool(row["undone"]))
    else:
        _turn(home, batch, bool(row["undone"]))


def _question(home: Home, batch: int, row: Mapping[Any, Any], lang: str) -> None:
    undone = bool(row["undone"])
    try:
        with st.spinner(text(lang, "Trying it on a copy")):
            loss = _loss(home, current_version(home), batch, undone)
    except ServiceQualityError as problem:
        _forget()
        show_error(problem)
        return
    if not loss.with_figures:
        _turn(home, batch, undone)
        st.rerun()
    st.warning(
        escape_markdown(
            text(
                lang,
                "Of {total} units {gone} would go: {names}. Figures of {span} hang on {with_figures} of them and "
                "would show nowhere until the units are back.",
                total=loss.total,
                gone=len(loss.names),
                names=name_list(loss.names, lang),
                with_figures=loss.with_figures,
                span=month_span(loss.months),
            )
        ),
        icon=":material/warning:",
    )
    with st.container(horizontal=True):
        label = text(lang, "Bring back all the same") if undone else text(lang, "Undo all the same")
        st.button(label, on_click=_turn, args=(home, batch, undone), key="undo_confirmed")
        st.button(text(lang, "Leave it as it is"), on_click=_forget, type="primary", key="undo_left")


@memoise(8)
def _loss(home: Home, version: int | None, batch: int, undone: bool) -> UnitLoss:
    """The units that turning `batch` would take away."""
    now = open_snapshot(home, version)
    with what_if_undo(home, batch, undone) as after:
        left = after.organisation
    gone = [code for code in now.organisation.codes if code not in left]
    lineage = now.lineage()
    figures = lineage[
        (lineage["feed"] != UNITS) & lineage["unit"].isin(gone) & (lineage["month"] != f"{NO_MONTH:%Y-%m}")
    ]
    return UnitLoss(
        tuple(now.organisation.name(code) for code in gone),
        len(now.organisation),
        figures["unit"].nunique(),
        tuple(sorted(set(figures["month"]))),
    )


def _forget() -> None:
    st.session_state.pop(ASKED, None)


def _turn(home: Home, batch: int, undone: bool) -> None:
    _forget()
    try:
        (batches.redo if undone else batches.undo)(home, batch)
    except ServiceQualityError as problem:
        st.session_state[PROBLEM] = str(problem)
        return
    follow_latest()
