"""What a units file would change of what is published: every figure, rank and unit, worked out on a copy."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from charts import numbers
from data.core.formula_guard import guard
from data.core.home import Home
from data.loading.plan import Missing, Plan
from data.operations.what_if import what_if
from locales import text
from metrics.analyses.published_changes import changed_units, published_changes
from metrics.engine.figures import Figures
from pages.shared.cache.results import figures_of
from pages.shared.components.tables import Cell, RowGroup, html_table

PUBLISHED = "upload_published"
SHOWN = 100


def published_block(home: Home, plan: Plan, version: int | None, missing: Missing, lang: str) -> None:
    """Lists on request what the units of the files change in months that are published; all of it as a file."""
    brings_units = any(sheet.feed.name == "units" for file in plan.accepted for sheet in file.sheets)
    if version is None or not brings_units:
        return
    if not st.toggle(text(lang, "Show every published figure, rank and unit that changes"), key=PUBLISHED):
        return
    now = figures_of(home, version)
    with st.spinner(text(lang, "Trying it on a copy")), what_if(home, plan, missing) as snapshot:
        if snapshot is None:
            return
        then = Figures(snapshot)
        units, values = changed_units(now, then), published_changes(now, then)
    _units_table(units, lang)
    _values_table(now, values, lang)


def _units_table(found: pd.DataFrame, lang: str) -> None:
    st.caption(text(lang, "Units that change: {count}", count=len(found)))
    words = {
        "unit": text(lang, "Unit"),
        "parent": text(lang, "Parent"),
        "name": text(lang, "Name"),
        "level": text(lang, "Level"),
        "kind": text(lang, "Kind"),
        "opened": text(lang, "Opened"),
        "closed": text(lang, "Closed"),
    }
    rows = [
        [
            Cell(str(row["name"])),
            Cell(words[str(row["field"])]),
            Cell(str(row["since"])),
            Cell(f"{row['old'] or numbers.MISSING} → {row['new'] or numbers.MISSING}"),
        ]
        for row in found.head(SHOWN).to_dict("records")
    ]
    if rows:
        headers = [
            Cell(title) for title in (text(lang, "Unit"), text(lang, "What"), text(lang, "Since"), text(lang, "Change"))
        ]
        st.html(html_table(headers, [RowGroup(rows)]))


def _values_table(now: Figures, found: pd.DataFrame, lang: str) -> None:
    st.caption(text(lang, "Published values and ranks that change: {count}", count=len(found)))
    rows = []
    for row in found.head(SHOWN).to_dict("records"):
        metric = now.axes.metric(str(row["metric"]))
        values = [numbers.format_value(row[name], metric.format, metric.decimals, lang) for name in ("old", "new")]
        places = [numbers.format_decimal(row[name]) for name in ("rank_before", "rank_after")]
        rows.append(
            [
                Cell(metric.name.to(lang)),
                Cell(str(row["name"])),
                Cell(str(row["month"])),
                Cell(" → ".join(values), "num"),
                Cell(" → ".join(places), "num"),
            ]
        )
    if not rows:
        return
    headers = [
        Cell(text(lang, "Metric")),
        Cell(text(lang, "Unit")),
        Cell(text(lang, "Month")),
        Cell(text(lang, "Value"), "num"),
        Cell(text(lang, "Rank"), "num"),
    ]
    st.html(html_table(headers, [RowGroup(rows)]))
    guarded = found.map(lambda cell: guard(cell) if isinstance(cell, str) else cell)
    st.download_button(
        text(lang, "Download all of them ({total})", total=len(found)),
        guarded.to_csv(index=False).encode("utf-8-sig"),
        "published_changes.csv",
        "text/csv",
        on_click="ignore",
    )
