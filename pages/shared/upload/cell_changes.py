"""Which cells an upload would change, old and new, and the totals before and after."""

from __future__ import annotations

import csv
import io

import streamlit as st

from charts import numbers
from data.core.formula_guard import guard
from data.feeds import feed_named
from data.loading.differences import CellChange
from data.loading.plan import Plan
from data.model.organisation import Organisation
from locales import text
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.wording import labels
from pages.shared.wording.measures import measure_names

SHOWN = 100


def show_cells(plan: Plan, organisation: Organisation, lang: str) -> None:
    """Every cell that would change, as now -> once loaded, and the totals of the months where they differ."""
    if not plan.cell_count:
        return
    block_heading(text(lang, "Cells that change: {count}", count=numbers.format_decimal(plan.cell_count)))
    headers = [Cell(title) for title in _titles(lang)]
    rows = [[Cell(word, "sq-said") for word in _words(cell, organisation, lang)] for cell in plan.cells[:SHOWN]]
    st.html(html_table(headers, [RowGroup(rows)]))
    st.download_button(
        text(lang, "Download all changed cells ({total})", total=len(plan.cells)),
        cells_csv(plan, organisation, lang),
        "cells.csv",
        "text/csv",
        help=text(lang, "{shown} of {total} shown", shown=len(rows), total=plan.cell_count),
        on_click="ignore",
    )
    changed = [one for one in plan.totals if one.before != one.after]
    if changed:
        names = measure_names(lang)
        headers = [
            Cell(text(lang, "Type")),
            Cell(text(lang, "Month")),
            Cell(text(lang, "Total of the units in the files")),
            Cell(text(lang, "Now"), "num"),
            Cell(text(lang, "Once it is loaded"), "num"),
        ]
        lines = [
            [
                Cell(labels.feed(one.feed, lang)),
                Cell(one.month, "sq-whole"),
                Cell(names.get(one.measure, one.measure)),
                *(Cell(numbers.format_decimal(side), "num") for side in (one.before, one.after)),
            ]
            for one in changed[:SHOWN]
        ]
        st.html(html_table(headers, [RowGroup(lines)]))
        if len(changed) > SHOWN:
            st.caption(text(lang, "{shown} of {total} shown", shown=SHOWN, total=len(changed)))


def cells_csv(plan: Plan, organisation: Organisation, lang: str) -> bytes:
    """The changed cells with a BOM; text that a spreadsheet would run is guarded."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_titles(lang))
    for cell in plan.cells:
        writer.writerow([guard(word) for word in _words(cell, organisation, lang)])
    return buffer.getvalue().encode("utf-8-sig")


def _titles(lang: str) -> list[str]:
    return [
        text(lang, "Type"),
        text(lang, "Month"),
        text(lang, "Unit"),
        text(lang, "Concerns"),
        text(lang, "Column"),
        text(lang, "Now"),
        text(lang, "Once it is loaded"),
        text(lang, "Row"),
    ]


def _words(cell: CellChange, organisation: Organisation, lang: str) -> list[str]:
    feed = feed_named(cell.feed)
    return [
        feed.title.to(lang),
        cell.month,
        organisation.name(cell.unit) if cell.unit in organisation else cell.unit,
        " · ".join(labels.segment(word, lang) for word in cell.key if word),
        feed.column(cell.column).title.to(lang),
        cell.before or numbers.MISSING,
        cell.after or numbers.MISSING,
        str(cell.row),
    ]
