"""A table of the database as rows to type into.

Which editor each column gets, and saving what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from charts.labels import text_width
from data.core.home import Home
from data.feeds.labels import choice_word
from data.model.errors import ServiceQualityError
from data.model.feed import Column, Feed
from data.operations.edit import edit, preview_edit
from data.operations.moved_units import date_moves, moved_units
from data.snapshots.reader import Snapshot
from data.warehouse.lock import current_user
from locales import text
from metrics.model.metric import Metric
from pages.shared.frame.filters import unit_name, units_by_level
from pages.shared.frame.page import follow_latest
from pages.shared.session.markup import escape_markdown, show_error
from pages.shared.tables.drafts import discard_draft, draft_of
from pages.shared.tables.proposal import Names, show_proposal
from pages.shared.wording import labels

SAVED = "table_saved"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
PERIOD = r"^\d{4}(-(0[1-9]|1[0-2]))?$"
DAY = r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$"
MONTHS_BACK = 24
"""How far back a unit can be said to have moved, in months."""
WIDEST, EDGE, LETTER = 360, 48, 11
"""Pixels of a column of names: at most, beside them, and of an em."""


def editable_frame(feed: Feed, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` as an editor takes them.

    Months, times and lists as text, flags as booleans, numbers as floats; missing stays missing.
    """
    found = {column.name: [_cell(column, value) for value in rows[column.name]] for column in feed.columns}
    return _shaped(feed, pd.DataFrame(found, columns=[column.name for column in feed.columns]))


def _shaped(feed: Feed, frame: pd.DataFrame) -> pd.DataFrame:
    """Numbers as floats, all else as objects with None where nothing is."""
    for column in feed.columns:
        if column.is_numeric:
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
    return float(value) if column.is_numeric else str(value)


def code_names(feed: Feed, snapshot: Snapshot, metrics: Mapping[str, Metric], lang: str) -> dict[str, dict[str, str]]:
    """For each column of codes the names by which they are shown."""
    organisation = snapshot.organisation
    units = {code: unit_name(organisation, code) for code in units_by_level(organisation)}
    named = {code: metric.name.to(lang) for code, metric in metrics.items()}
    found: dict[str, dict[str, str]] = {}
    for column in feed.columns:
        if column.type == "unit" and feed.name != "units":
            found[column.name] = units
        elif column.name == "metric":
            found[column.name] = named
        elif column.choices:
            found[column.name] = {code: choice_word(column, code, lang) for code in column.choices}
    return found


def column_editors(feed: Feed, rows: pd.DataFrame, names: Names, lang: str) -> dict[str, Any]:
    """For each column the editor that offers what is allowed there."""
    config: dict[str, Any] = {}
    for column in feed.columns:
        title, note = column.title.to(lang), column.note.to(lang) if column.note else None
        held = [str(value) for value in rows[column.name].dropna().unique()]
        if column.name in names:
            config[column.name] = _of_list(title, note, column.required, names[column.name], held)
        elif column.type == "flag":
            config[column.name] = st.column_config.CheckboxColumn(title, help=note, default=False)
        elif column.is_numeric:
            config[column.name] = st.column_config.NumberColumn(
                title, help=note, required=column.required, min_value=column.minimum, max_value=column.maximum
            )
        else:
            config[column.name] = st.column_config.TextColumn(
                title,
                help=note or _example(column, lang),
                required=column.required,
                validate={"month": MONTH, "period": PERIOD, "time": DAY}.get(column.type),
            )
    return config


def _of_list(title: str, note: str | None, required: bool, names: Mapping[str, str], held: Sequence[str]) -> Any:
    """A list of codes shown by their names; what stands in the table already can stay."""
    options = [*names, *(value for value in held if value not in names)]
    return st.column_config.SelectboxColumn(
        title,
        help=note,
        required=required,
        options=options,
        width=min(WIDEST, EDGE + round(LETTER * max(text_width(names.get(value, value)) for value in [*held, title]))),
        format_func=lambda code: names.get(str(code), str(code)),
    )


def _example(column: Column, lang: str) -> str | None:
    return text(lang, "For example {value}", value=column.example) if column.example is not None else None


def with_author(feed: Feed, rows: pd.DataFrame, who: str) -> pd.DataFrame:
    """New notes carry who wrote them and when; actions without a state are open."""
    found = rows.copy()
    if feed.name == "notes":
        new = found["author"].isna() & found["note"].notna()
        found.loc[new, "author"] = who
        found.loc[new & found["written_at"].isna(), "written_at"] = pd.Timestamp.now().strftime("%Y-%m-%d %H:%M")
    if feed.name == "actions":
        found.loc[found["state"].isna() & found["action"].notna(), "state"] = "open"
    return found


def table_editor(
    home: Home, snapshot: Snapshot, version: int, feed: Feed, metrics: Mapping[str, Metric], lang: str
) -> None:
    """The table, what an edit would change, and the button that saves it as a batch."""
    rows = editable_frame(feed, snapshot.table(feed.name))
    names = code_names(feed, snapshot, metrics, lang)
    draft = draft_of(feed.name, rows, feed.key)
    draft.set_up(str(column_editors(feed, draft.start, names, lang)))
    with st.container(key="editor"):
        edited = st.data_editor(
            draft.start,
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            height=min(38 * 14, 38 * (len(draft.start) + 3)),
            column_config=column_editors(feed, draft.start, names, lang),
            key=draft.key,
            placeholder="",
        )
    draft.edited = _shaped(feed, edited.dropna(how="all").reset_index(drop=True))
    if not draft.unsaved:
        hint = text(
            lang,
            "Type into a cell, or into the empty line at the end; tick lines at the left and press Delete to remove "
            "them.",
        )
        st.html(f'<p class="sq sq-sub">{hint}</p>')
        return
    if draft.carried:
        st.info(
            text(
                lang,
                "The table was changed in the meantime; what you had typed is kept, and compared with the table as "
                "it is now.",
            ),
            icon=":material/info:",
        )
    who = current_user()
    signed_ = with_author(feed, draft.edited, who)
    if feed.name == "units":
        signed_ = _dated(rows, signed_, lang)
    found = preview_edit(snapshot, feed.name, signed_)
    show_proposal(feed, signed_, found, names, lang)
    with st.container(horizontal=True, vertical_alignment="center"):
        save = st.button(
            text(lang, "Save the changes"), type="primary", disabled=not found.acceptable, icon=":material/save:"
        )
        st.button(text(lang, "Discard the changes"), on_click=discard_draft, args=(feed.name,), icon=":material/undo:")
        st.caption(text(lang, "Not saved yet; kept while this window is open."))
    if save:
        try:
            report = edit(home, feed.name, signed_, version=version, who=who)
        except ServiceQualityError as problem:
            show_error(problem)
            return
        if report.committed:
            discard_draft(feed.name)
            st.session_state[SAVED] = (feed.name, report.version)
            follow_latest()
            st.rerun()


def _dated(stored: pd.DataFrame, edited: pd.DataFrame, lang: str) -> pd.DataFrame:
    """The edited units with moves from the month on that is chosen, where a parent was changed."""
    moved = moved_units(stored, edited)
    if not moved:
        return edited
    this_month = pd.Timestamp.now().to_period("M")
    months = [str(this_month - back) for back in range(MONTHS_BACK)]
    chosen = st.selectbox(
        text(lang, "From which month on do they stand there: {units}", units=escape_markdown(", ".join(moved))),
        [*months, ""],
        format_func=lambda month: month or text(lang, "In all months, also the published ones"),
        key="moved_since",
    )
    return date_moves(stored, edited, chosen) if chosen else edited


def show_saved(feed: Feed, lang: str) -> None:
    """After saving: which version holds it."""
    name, version = st.session_state.pop(SAVED, ("", 0))
    if name == feed.name:
        st.success(
            text(
                lang,
                "{table}: saved as version {version}.",
                table=escape_markdown(labels.feed(name, lang)),
                version=version,
            ),
            icon=":material/check:",
        )
