"""A table of the database as rows to type into: which editor each column gets, what an edit would change, and saving it."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from charts.labels import ems
from data.editing import Proposal, edit, propose
from data.errors import ServiceQualityError
from data.feed import Column, Feed
from data.home import Home
from data.snapshot import Snapshot
from data.template import choice_word
from locales import text
from metrics.metric import Metric
from pages.shared import words
from pages.shared.blocks import heading
from pages.shared.filters import in_order, unit_name
from pages.shared.frame import follow_latest
from pages.shared.tables import Cell, Group, table
from pages.shared.upload_steps import finding_titles, severities

SAVED = "table_saved"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
PERIOD = r"^\d{4}(-(0[1-9]|1[0-2]))?$"
DAY = r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$"
SHOWN = 100
WIDEST, EDGE, LETTER = 360, 48, 11
"""Pixels of a column of names: at most, beside them, and of an em."""


def typed(feed: Feed, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` as an editor takes them: months, times and lists as text, flags as booleans, numbers as floats; missing stays missing."""
    found = {column.name: [_cell(column, value) for value in rows[column.name]] for column in feed.columns}
    frame = pd.DataFrame(found, columns=[column.name for column in feed.columns])
    for column in feed.columns:
        if column.type in ("count", "number", "share"):
            frame[column.name] = frame[column.name].astype("float64")
        else:
            frame[column.name] = frame[column.name].astype("object").where(frame[column.name].notna(), None)
    return frame


def _cell(column: Column, value: Any) -> Any:
    if isinstance(value, (list, tuple, np.ndarray)):
        return "; ".join(str(one) for one in value) or None
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    if column.type == "month":
        return str(pd.Timestamp(value).strftime("%Y-%m"))
    if column.type == "time":
        return str(pd.Timestamp(value).strftime("%Y-%m-%d %H:%M")).removesuffix(" 00:00")
    if column.type == "flag":
        return bool(value)
    return float(value) if column.type in ("count", "number", "share") else str(value)


def editors(
    feed: Feed, rows: pd.DataFrame, snapshot: Snapshot, metrics: Mapping[str, Metric], lang: str
) -> dict[str, Any]:
    """For each column the editor that offers what is allowed there."""
    organisation = snapshot.organisation
    units = {code: unit_name(organisation, code) for code in in_order(organisation)}
    named = {code: metric.name.to(lang) for code, metric in metrics.items()}
    config: dict[str, Any] = {}
    for column in feed.columns:
        title, note = column.title.to(lang), column.note.to(lang) if column.note else None
        held = [str(value) for value in rows[column.name].dropna().unique()]
        if column.type == "unit" and feed.name != "units":
            config[column.name] = _of_list(title, note, column.required, units, held)
        elif column.name == "metric":
            config[column.name] = _of_list(title, note, column.required, named, held)
        elif column.choices:
            chosen = {code: choice_word(column, code, lang) for code in column.choices}
            config[column.name] = _of_list(title, note, column.required, chosen, held)
        elif column.type == "flag":
            config[column.name] = st.column_config.CheckboxColumn(title, help=note, default=False)
        elif column.type in ("count", "number", "share"):
            config[column.name] = st.column_config.NumberColumn(
                title, help=note, required=column.required, min_value=column.minimum, max_value=column.maximum
            )
        else:
            config[column.name] = st.column_config.TextColumn(
                title, help=note or _example(column, lang), required=column.required, validate={"month": MONTH, "period": PERIOD, "time": DAY}.get(column.type)
            )  # fmt: skip
    return config


def _of_list(title: str, note: str | None, required: bool, names: Mapping[str, str], held: Sequence[str]) -> Any:
    """A list of codes shown by their names; what stands in the table already can stay."""
    options = [*names, *(value for value in held if value not in names)]
    return st.column_config.SelectboxColumn(
        title,
        help=note,
        required=required,
        options=options,
        width=min(WIDEST, EDGE + round(LETTER * max(ems(names.get(value, value)) for value in [*held, title]))),
        format_func=lambda code: names.get(str(code), str(code)),
    )


def _example(column: Column, lang: str) -> str | None:
    return text(lang, "For example {value}", value=column.example) if column.example is not None else None


def signed(feed: Feed, rows: pd.DataFrame, who: str) -> pd.DataFrame:
    """New notes carry who wrote them and when; actions without a state are open."""
    found = rows.copy()
    if feed.name == "notes":
        new = found["author"].isna() & found["note"].notna()
        found.loc[new, "author"] = who
        found.loc[new & found["written_at"].isna(), "written_at"] = pd.Timestamp.now().strftime("%Y-%m-%d %H:%M")
    if feed.name == "actions":
        found.loc[found["state"].isna() & found["action"].notna(), "state"] = "open"
    return found


def show_proposal(feed: Feed, found: Proposal, lang: str) -> None:
    """What saving would change, row by row, and everything that forbids it."""
    problems = found.findings
    if problems:
        names, titles = severities(lang), finding_titles(lang)
        rows = [
            [
                Cell(names[one.severity], "worse" if one.severity == "error" else ""), Cell(str(one.row or ""), "num"),
                Cell(feed.column(one.column).title.to(lang) if one.column in {column.name for column in feed.columns} else ""),
                Cell(str(one.value or "")), Cell(one.message(lang)), Cell(one.suggestion(lang)),
            ]
            for one in problems[:SHOWN]
        ]  # fmt: skip
        heading(text(lang, "To correct first: {count}", count=sum(one.severity == "error" for one in problems)))
        st.html(table([Cell(titles[0]), Cell(text(lang, "Line"), "num"), Cell(text(lang, "Column")), *(Cell(title) for title in titles[4:])], [Group(rows)]))  # fmt: skip
    kinds = {"added": text(lang, "added"), "changed": text(lang, "changed"), "removed": text(lang, "removed")}
    lines = [
        [Cell(kinds[one.kind]), Cell(str(one.row + 1) if one.row is not None else "", "num"), Cell(_told(feed, one.before, lang)), Cell(_told(feed, one.after, lang))]
        for one in found.differences[:SHOWN]
    ]  # fmt: skip
    if lines:
        heading(text(lang, "Rows that saving changes: {count}", count=len(found.differences)))
        headers = [Cell(text(lang, "Change")), Cell(text(lang, "Line"), "num"), Cell(text(lang, "Before")), Cell(text(lang, "After"))]  # fmt: skip
        st.html(table(headers, [Group(lines)]))


def _told(feed: Feed, fields: Mapping[str, str], lang: str) -> str:
    return " · ".join(
        f"{feed.column(name).title.to(lang)}: {_worded(feed.column(name), value, lang)}"
        for name, value in fields.items()
    )


def _worded(column: Column, value: str, lang: str) -> str:
    """A field as the editor shows it; "–" for an empty one."""
    if not value:
        return "–"
    if column.type == "month":
        return value[: len("2025-11")]
    if column.type == "flag":
        return text(lang, "yes") if value == "True" else text(lang, "no")
    return choice_word(column, value, lang) if value in (column.choices or {}) else value


def editor(home: Home, snapshot: Snapshot, version: int, feed: Feed, metrics: Mapping[str, Metric], lang: str) -> None:
    """The table, what an edit would change, and the button that saves it as a batch."""
    rows = typed(feed, snapshot.table(feed.name))
    with st.container(key="editor"):
        edited = st.data_editor(
            rows,
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            height=min(38 * 14, 38 * (len(rows) + 3)),
            column_config=editors(feed, rows, snapshot, metrics, lang),
            key=f"edit_{feed.name}_{version}",
            placeholder="",
        )
    edited = edited.dropna(how="all").reset_index(drop=True)
    if edited.astype("object").equals(rows.astype("object")):
        st.html(f'<p class="sq sq-sub">{text(lang, "Type into a cell, or into the empty line at the end; tick lines at the left and press Delete to remove them.")}</p>')  # fmt: skip
        return
    who = getpass.getuser()
    edited = signed(feed, edited, who)
    found = propose(snapshot, feed.name, edited)
    show_proposal(feed, found, lang)
    if st.button(text(lang, "Save the changes"), type="primary", disabled=not found.acceptable, icon=":material/save:"):
        try:
            report = edit(home, feed.name, edited, version=version, who=who)
        except ServiceQualityError as problem:
            st.error(str(problem), icon=":material/error:")
            return
        if report.committed:
            st.session_state[SAVED] = (feed.name, report.version)
            follow_latest()
            st.rerun()


def told_saved(feed: Feed, lang: str) -> None:
    """After saving: which version holds it."""
    name, version = st.session_state.pop(SAVED, ("", 0))
    if name == feed.name:
        st.success(
            text(lang, "{table}: saved as version {version}.", table=words.feed(name, lang), version=version),
            icon=":material/check:",
        )
