"""A table of the database as rows to type into.

Which editor each column gets, what an edit would change, and saving it.
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
from data.operations.edit import Difference, EditPreview, edit, preview_edit
from data.snapshots.reader import Snapshot
from data.warehouse.lock import current_user
from locales import text
from metrics.model.metric import Metric
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.frame.filters import unit_name, units_by_level
from pages.shared.frame.page import follow_latest
from pages.shared.session.markup import escape_markdown, show_error
from pages.shared.tables.drafts import discard_draft, draft_of
from pages.shared.wording import labels
from pages.shared.wording.findings import finding_titles, severity_names

SAVED = "table_saved"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
PERIOD = r"^\d{4}(-(0[1-9]|1[0-2]))?$"
DAY = r"^\d{4}-\d{2}-\d{2}( \d{2}:\d{2})?$"
SHOWN = 100
Names = Mapping[str, Mapping[str, str]]
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


def show_proposal(feed: Feed, edited: pd.DataFrame, found: EditPreview, names: Names, lang: str) -> None:
    """What saving would change, row by row, and everything that forbids it."""
    _problems(feed, found, lang)
    kinds = {"added": text(lang, "added"), "changed": text(lang, "changed"), "removed": text(lang, "removed")}
    lines = []
    for one in found.differences[:SHOWN]:
        row = _fields(feed, edited, one)
        key = [_worded(feed.column(name), row[name], names, lang) for name in _telling(feed) if row.get(name)]
        sides = [
            {name: value for name, value in side.items() if one.kind == "changed" or name not in _telling(feed)}
            for side in (one.before, one.after)
        ]
        line = str(one.row + 1) if one.row is not None else ""
        lines.append(
            [
                Cell(kinds[one.kind]),
                Cell(line, "num"),
                Cell(" · ".join(key), "sq-said"),
                *(Cell(_told(feed, side, names, lang)) for side in sides),
            ]
        )
    if lines:
        block_heading(text(lang, "Rows that saving changes: {count}", count=len(found.differences)))
        headers = [
            Cell(text(lang, "Change")),
            Cell(text(lang, "Line"), "num"),
            Cell(text(lang, "Concerns")),
            Cell(text(lang, "Before")),
            Cell(text(lang, "After")),
        ]
        st.html(html_table(headers, [RowGroup(lines)]))


def _problems(feed: Feed, found: EditPreview, lang: str) -> None:
    problems = found.findings
    if not problems:
        return
    words_, titles = severity_names(lang), finding_titles(lang)
    columns = {column.name: column.title.to(lang) for column in feed.columns}
    rows = [
        [
            Cell(words_[one.severity], "sq-whole worse" if one.severity == "error" else "sq-whole"),
            Cell(str(one.row or ""), "num"),
            Cell(columns.get(one.column or "", "")),
            Cell(str(one.value or ""), "sq-value"),
            Cell(one.message(lang), "sq-said"),
            Cell(one.suggestion(lang), "sq-said"),
        ]
        for one in problems[:SHOWN]
    ]
    block_heading(text(lang, "To correct first: {count}", count=sum(one.severity == "error" for one in problems)))
    st.html(
        html_table(
            [
                Cell(titles[0]),
                Cell(text(lang, "Line"), "num"),
                Cell(text(lang, "Column")),
                *(Cell(title) for title in titles[4:]),
            ],
            [RowGroup(rows)],
        )
    )


def _telling(feed: Feed) -> tuple[str, ...]:
    """The columns that say which row it is; of units also the name."""
    return (*feed.key, "name") if feed.name == "units" else feed.key


def _fields(feed: Feed, edited: pd.DataFrame, one: Difference) -> Mapping[str, str]:
    """All fields of the row that differs, as far as they say which it is."""
    if one.kind != "changed" or one.row is None:
        return {**one.before, **one.after}
    row = edited.iloc[one.row]
    return {name: str(row[name]) for name in _telling(feed) if pd.notna(row[name])}


def _told(feed: Feed, fields: Mapping[str, str], names: Names, lang: str) -> str:
    return " · ".join(
        f"{feed.column(name).title.to(lang)}: {_worded(feed.column(name), value, names, lang)}"
        for name, value in fields.items()
    )


def _worded(column: Column, value: str, names: Names, lang: str) -> str:
    """A field as the editor shows it; "–" for an empty one."""
    if not value:
        return "–"
    if column.type == "month":
        return value[: len("2025-11")]
    if column.type == "flag":
        return text(lang, "yes") if value == "True" else text(lang, "no")
    return names.get(column.name, {}).get(value, value)


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
