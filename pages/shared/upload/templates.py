"""Templates to download, one for each spreadsheet type."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from data.exports.template import write_template
from data.feeds import all_feeds, feed_named
from locales import text
from pages.shared.components.charts import block_heading


def template_downloads(lang: str) -> None:
    """An empty workbook for each type."""
    block_heading(
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
