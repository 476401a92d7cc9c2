"""Below an upload: what was loaded before and how to undo it, which months are covered, and templates."""

from __future__ import annotations

import getpass
import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from charts import numbers
from data import batches
from data.errors import NoData, ServiceQualityError
from data.feeds import all_feeds, feed_named
from data.home import Home
from data.load_report import findings_of, message_again
from data.template import write_template
from locales import text
from pages.shared import words
from pages.shared.blocks import heading
from pages.shared.frame import follow_latest
from pages.shared.tables import Cell, Group, table
from pages.shared.upload_steps import finding_titles, severities

RECENT = 20
FINDINGS = 100


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
        Cell(text(lang, "Loaded")), Cell(text(lang, "By")), Cell(text(lang, "Findings"), "num"), Cell(text(lang, "State")),
    ]  # fmt: skip
    rows = [
        [
            Cell(str(row["batch"]), "num"), Cell(str(row["file"]), "sq-file"), Cell(", ".join(words.feed(name, lang) for name in str(row.get("feeds") or "").split(", ") if name), "sq-whole"), Cell(numbers.decimal(row.get("rows")), "num"), Cell(str(row.get("months") or ""), "sq-whole"),
            Cell(str(row["loaded_at"])[:16], "sq-whole"), Cell(str(row.get("loaded_by") or "")), Cell(numbers.decimal(len(findings_of(row["findings"]))), "num quiet"), Cell(text(lang, "undone") if row["undone"] else text(lang, "counts"), "sq-whole"),
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
        # Of its own key: a click while the page is drawn anew means the batch that was shown.
        st.button(label, on_click=_turn, args=(home, batch, undone[batch]), key=f"undo_button_{max(names)}")
    if problem := st.session_state.pop("undo_problem", None):
        st.error(problem)
    stored = next((row["findings"] for row in newest.to_dict("records") if int(row["batch"]) == batch), "")
    _told_of_batch(findings_of(stored), lang)


def _told_of_batch(found: list[dict[str, Any]], lang: str) -> None:
    """What was found, said and left out when a batch was loaded."""
    if not found:
        st.caption(text(lang, "The batch was loaded without a finding."))
        return
    with st.expander(text(lang, "Findings and decisions of this batch: {count}", count=len(found))):
        names, titles = severities(lang), finding_titles(lang)
        headers = [Cell(titles[0]), *(Cell(title) for title in titles[2:6])]
        rows = [
            [
                Cell(names[one["severity"]]), Cell(str(one.get("sheet") or "")), Cell(str(one.get("cell") or one.get("row") or "")),
                Cell(str(one.get("value") or "")), Cell(message_again(one, lang)),
            ]
            for one in found[:FINDINGS]
        ]  # fmt: skip
        st.html(table(headers, [Group(rows)]))
        if len(found) > FINDINGS:
            st.caption(text(lang, "{shown} of {total} shown", shown=FINDINGS, total=len(found)))


def _turn(home: Home, batch: int, undone: bool) -> None:
    try:
        (batches.redo if undone else batches.undo)(home, batch, who=getpass.getuser())
    except ServiceQualityError as problem:
        st.session_state["undo_problem"] = str(problem)
        return
    follow_latest()


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
