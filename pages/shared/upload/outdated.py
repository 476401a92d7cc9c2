"""What others loaded while a preview was looked at: said before it can be confirmed again."""

from __future__ import annotations

import streamlit as st

from data.core.home import Home
from data.snapshots.reader import open_snapshot
from locales import text
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.upload.plan import OUTDATED


def show_outdated(home: Home, lang: str) -> None:
    """Each version since the preview that was looked at: what was done, with which files, by whom."""
    since = st.session_state.get(OUTDATED)
    if since is None:
        return
    actions = {
        "load": text(lang, "loaded"),
        "edit": text(lang, "edited"),
        "undo": text(lang, "undone"),
        "redo": text(lang, "brought back"),
    }
    st.warning(
        text(
            lang,
            "The data have changed since you looked at this upload, and nothing of it was loaded. Below is what it "
            "would change now: look again, and confirm once more.",
        ),
        icon=":material/warning:",
    )
    headers = [
        Cell(text(lang, "Version"), "num"),
        Cell(text(lang, "What was done")),
        Cell(text(lang, "Batch"), "num"),
        Cell(text(lang, "File")),
        Cell(text(lang, "Months")),
        Cell(text(lang, "By")),
    ]
    rows = [
        [
            Cell(str(row["version"]), "num"),
            Cell(actions.get(str(row["action"]), str(row["action"]))),
            Cell(str(row["batch"]), "num"),
            Cell(str(row["file"]), "sq-file"),
            Cell(str(row["months"] or ""), "sq-whole"),
            Cell(str(row["who"] or "")),
        ]
        for row in open_snapshot(home).changes_since(since).to_dict("records")
    ]
    st.html(html_table(headers, [RowGroup(rows)]))
