"""What saving an edited table would change, row by row, and everything that forbids it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from data.model.feed import Column, Feed
from data.operations.edit import Difference, EditPreview
from locales import text
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.wording.findings import finding_titles, severity_names

SHOWN = 100
Names = Mapping[str, Mapping[str, str]]
"""Column -> code -> what it is called."""


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
