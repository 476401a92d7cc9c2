"""Below an upload: what was loaded before and how to undo it, which months are covered, and templates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from charts import numbers
from data.core.home import Home
from data.loading.report import stored_findings, stored_message
from data.model.errors import NoData
from data.operations import undo as batches
from locales import text
from pages.shared.batches.undo import undo_button, undo_message
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.wording import labels
from pages.shared.wording.findings import finding_titles, severity_names

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
    block_heading(
        text(lang, "Loaded so far"),
        text(lang, "Nothing is overwritten: undoing a batch brings back what counted before it"),
    )
    newest = frame.sort_values("batch", ascending=False)
    headers = [
        Cell(text(lang, "Batch"), "num"),
        Cell(text(lang, "File")),
        Cell(text(lang, "Type")),
        Cell(text(lang, "Rows"), "num"),
        Cell(text(lang, "Months")),
        Cell(text(lang, "Loaded")),
        Cell(text(lang, "By")),
        Cell(text(lang, "Findings"), "num"),
        Cell(text(lang, "State")),
    ]
    rows = [
        [
            Cell(str(row["batch"]), "num"),
            Cell(str(row["file"]), "sq-file"),
            Cell(
                ", ".join(labels.feed(name, lang) for name in str(row.get("feeds") or "").split(", ") if name),
                "sq-whole",
                note=_kind(row, lang),
            ),
            Cell(numbers.format_decimal(row.get("rows")), "num"),
            Cell(str(row.get("months") or ""), "sq-whole"),
            Cell(str(row["loaded_at"])[:16], "sq-whole"),
            Cell(str(row.get("loaded_by") or "")),
            Cell(numbers.format_decimal(len(stored_findings(row["findings"]))), "num quiet"),
            Cell(text(lang, "undone") if row["undone"] else text(lang, "counts"), "sq-whole"),
        ]
        for row in newest.head(RECENT).to_dict("records")
    ]
    st.html(html_table(headers, [RowGroup(rows)]))
    if len(newest) > RECENT:
        st.caption(
            text(
                lang,
                "The newest {shown} of {total} batches; the list below holds all.",
                shown=RECENT,
                total=len(newest),
            )
        )
    lines = {int(row["batch"]): row for row in newest.to_dict("records")}
    left, right, _rest = st.columns([3, 1, 3], vertical_alignment="bottom")
    with left:
        batch = st.selectbox(
            text(lang, "Batch"),
            list(lines),
            format_func=lambda one: f"{one} · {lines[one]['file']}",
            key=_box(feed, list(lines)),
        )
    with right:
        # Of its own key: a click while the page is drawn anew means the batch that was shown.
        undo_button(home, batch, lines, f"undo_button_{max(lines)}", lang)
    undo_message(home, batch, lines, lang)
    _told_of_batch(stored_findings(lines[batch]["findings"]), lang)


def _kind(row: Mapping[Any, Any], lang: str) -> str:
    """By which profile a batch was read, and whether it holds single cells."""
    corrects, profile = row["corrects"], row["profile"]
    words = [text(lang, "profile {name}", name=profile)] if isinstance(profile, str) else []
    if isinstance(corrects, str):
        single = (
            text(lang, "single cells in batch {batches}", batches=corrects) if corrects else text(lang, "single cells")
        )
        words.append(single)
    return " · ".join(words)


def _box(feed: str | None, held: list[int]) -> str:
    """The key of the box of batches, which stays on the one chosen; where that is the newest, on the newest."""
    key, newest = f"undo_batch_{feed or ''}", f"undo_newest_{feed or ''}"
    if st.session_state.get(key) not in held or st.session_state[key] == st.session_state.get(newest):
        st.session_state[key] = held[0]
    st.session_state[newest] = held[0]
    return key


def _told_of_batch(found: list[dict[str, Any]], lang: str) -> None:
    """What was found, said and left out when a batch was loaded."""
    if not found:
        st.caption(text(lang, "The batch was loaded without a finding."))
        return
    with st.expander(text(lang, "Findings and decisions of this batch: {count}", count=len(found))):
        names, titles = severity_names(lang), finding_titles(lang)
        headers = [Cell(titles[0]), *(Cell(title) for title in titles[2:6])]
        rows = [
            [
                Cell(names[one["severity"]], "sq-whole"),
                Cell(str(one.get("sheet") or ""), "sq-whole"),
                Cell(str(one.get("cell") or one.get("row") or ""), "sq-whole"),
                Cell(str(one.get("value") or ""), "sq-value"),
                Cell(stored_message(one, lang), "sq-said"),
            ]
            for one in found[:FINDINGS]
        ]
        st.html(html_table(headers, [RowGroup(rows)]))
        if len(found) > FINDINGS:
            st.caption(text(lang, "{shown} of {total} shown", shown=FINDINGS, total=len(found)))
