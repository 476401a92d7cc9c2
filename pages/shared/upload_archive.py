"""Below an upload: what was loaded before and how to undo it, which months are covered, and templates."""

from __future__ import annotations

import getpass
import tempfile
from pathlib import Path

import streamlit as st

from charts import numbers
from data import batches
from data.errors import NoData, ServiceQualityError
from data.feeds import all_feeds, feed_named
from data.home import Home
from data.snapshot import coverage
from data.template import write_template
from locales import text
from pages.shared import words
from pages.shared.blocks import heading
from pages.shared.frame import follow_latest
from pages.shared.tables import Cell, Group, table

RECENT = 20


def history_with_undo(home: Home, lang: str, feed: str | None = None) -> None:
    """The batches (of `feed` alone), newest first, and a button that takes one back (or brings it again)."""
    try:
        frame = batches.history(home)
    except NoData:
        return
    if feed and frame is not None:
        frame = frame[[feed in str(held).split(", ") for held in frame["feeds"]]]
    if frame is None or frame.empty:
        return
    heading(
        text(lang, "Loaded so far"),
        text(lang, "Nothing is overwritten: undoing a batch brings back what counted before it"),
    )
    newest = frame.sort_values("batch", ascending=False)
    headers = [
        Cell(text(lang, "Batch"), "num"), Cell(text(lang, "File")), Cell(text(lang, "Type")), Cell(text(lang, "Rows"), "num"), Cell(text(lang, "Months")),
        Cell(text(lang, "Loaded")), Cell(text(lang, "By")), Cell(text(lang, "State")),
    ]  # fmt: skip
    rows = [
        [
            Cell(str(row["batch"]), "num"), Cell(str(row["file"])), Cell(", ".join(words.feed(name, lang) for name in str(row.get("feeds") or "").split(", ") if name)), Cell(numbers.decimal(row.get("rows")), "num"), Cell(str(row.get("months") or "")),
            Cell(str(row["loaded_at"])[:16]), Cell(str(row.get("loaded_by") or "")), Cell(text(lang, "undone") if row["undone"] else text(lang, "counts")),
        ]
        for row in newest.head(RECENT).to_dict("records")
    ]  # fmt: skip
    st.html(table(headers, [Group(rows)]))
    names = {int(row["batch"]): f"{row['batch']} · {row['file']}" for row in newest.to_dict("records")}
    undone = {int(row["batch"]): bool(row["undone"]) for row in newest.to_dict("records")}
    left, right, _rest = st.columns([3, 1, 3], vertical_alignment="bottom")
    with left:
        batch = st.selectbox(
            text(lang, "Batch"), list(names), format_func=names.__getitem__, key=f"undo_batch_{max(names)}"
        )
    with right:
        label = text(lang, "Bring back") if undone[batch] else text(lang, "Undo")
        st.button(label, on_click=_turn, args=(home, batch, undone[batch]), key="undo_button")
    if problem := st.session_state.pop("undo_problem", None):
        st.error(problem)


def _turn(home: Home, batch: int, undone: bool) -> None:
    try:
        (batches.redo if undone else batches.undo)(home, batch, who=getpass.getuser())
    except ServiceQualityError as problem:
        st.session_state["undo_problem"] = str(problem)
        return
    follow_latest()


def coverage_grid(home: Home, version: int | None, lang: str) -> None:
    """For each type the months that hold rows, as a grid of the last 18 months."""
    if version is None:
        return
    frame = coverage(home, version)
    if frame is None or frame.empty:
        return
    heading(text(lang, "Coverage"), text(lang, "Units with rows, by type and month"))
    months = sorted(frame["month"].dropna().unique())[-18:]
    table_ = frame.pivot_table(index="feed", columns="month", values="units", aggfunc="sum").reindex(columns=months)
    headers = [Cell(text(lang, "Type")), *(Cell(str(month)[2:], "num") for month in months)]
    rows = [
        [
            Cell(words.feed(str(feed), lang)),
            *(Cell(numbers.decimal(count), "num" if count > 0 else "num quiet") for count in row),
        ]
        for feed, row in zip(table_.index, table_.to_numpy(), strict=True)
    ]
    st.html(f'<div class="sq-small">{table(headers, [Group(rows)])}</div>')


def templates(lang: str) -> None:
    """An empty workbook for each type."""
    heading(
        text(lang, "Templates"), text(lang, "An empty workbook with the columns, notes and drop-down lists of one type")
    )
    left, right, _rest = st.columns([3, 1, 3], vertical_alignment="bottom")
    names = {feed.name: feed.title.to(lang) for feed in all_feeds()}
    if not names:
        return
    with left:
        chosen = st.selectbox(text(lang, "Type"), list(names), format_func=names.__getitem__, key="template_feed")
    with right, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{chosen}.xlsx"
        write_template(feed_named(chosen), path, lang)
        st.download_button(
            text(lang, "Download"), path.read_bytes(), path.name, on_click="ignore", key="template_download"
        )
