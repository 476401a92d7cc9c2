"""The steps of an upload on the screen: understood, found, would change, done."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import streamlit as st

from charts import numbers
from data.core.formula_guard import guard
from data.loading.plan import Missing, Plan
from data.model.finding import Finding
from data.model.staged import StagedFile, StagedSheet
from locales import text
from pages.shared.components.charts import block_heading
from pages.shared.components.tables import Cell, RowGroup, html_table
from pages.shared.upload.plan import RESULT
from pages.shared.wording import labels
from pages.shared.wording.findings import finding_titles, month_span, name_list, severity_names

SHOWN = 100


def show_understood(plan: Plan, lang: str) -> None:
    """Step 1: which file, sheet and type, where the header is, which columns, months and units."""
    block_heading(text(lang, "1  What was understood"))
    headers = [
        Cell(text(lang, "File")),
        Cell(text(lang, "Sheet")),
        Cell(text(lang, "Type")),
        Cell(text(lang, "Header row"), "num"),
        Cell(text(lang, "Rows"), "num"),
        Cell(text(lang, "Months")),
        Cell(text(lang, "Units"), "num"),
        Cell(text(lang, "Columns")),
        Cell(text(lang, "Not used")),
    ]
    rows = [sheet_cells(file, sheet, lang) for file in plan.files for sheet in file.sheets]
    rows += [
        [Cell(file.name, "sq-file"), *(Cell(numbers.MISSING, "quiet") for _ in range(8))]
        for file in plan.files
        if not file.sheets
    ]
    st.html(html_table(headers, [RowGroup(rows)]))


def sheet_cells(file: StagedFile, sheet: StagedSheet, lang: str) -> list[Cell]:
    # A profile also maps indicators of its own, which are no columns of the type.
    """The cells of one sheet's row in step 1."""
    titles = {column.name: column.title.to(lang) for column in sheet.feed.columns}
    columns = [f"{titles.get(ours, ours)} ← {theirs}" for ours, theirs in sheet.columns.items()]
    profile = text(lang, "profile {name}", name=sheet.profile) if sheet.profile else ""
    return [
        Cell(file.name, "sq-file"),
        Cell(sheet.sheet, "sq-whole"),
        Cell(sheet.feed.title.to(lang), "sq-whole", note=profile),
        Cell(numbers.format_decimal(sheet.header_row), "num"),
        Cell(numbers.format_decimal(len(sheet.frame)), "num"),
        Cell(month_span(sheet.months), "sq-whole"),
        Cell(numbers.format_decimal(len(sheet.units)), "num"),
        Cell(name_list(columns, lang, 3), "sq-said", hint="\n".join(columns)),
        Cell(name_list(sheet.ignored, lang, 3), "quiet", hint="\n".join(sheet.ignored)),
    ]


def all_findings(plan: Plan) -> list[tuple[str, Finding]]:
    """Every finding with its file, errors first."""
    order = {"error": 0, "warning": 1, "note": 2}
    found = [(file.name, finding) for file in plan.files for finding in file.all_findings]
    return sorted(found, key=lambda pair: order[pair[1].severity])


def show_findings(plan: Plan, lang: str) -> None:
    """Step 2: each finding by cell, with what to do; all of them as a file where the screen shows only the first."""
    found = all_findings(plan)
    errors = sum(finding.severity == "error" for _, finding in found)
    if not found:
        block_heading(text(lang, "2  Nothing to correct"))
        return
    refused = sum(file.refused for file in plan.files)
    title = text(lang, "2  Errors: {errors} · warnings and notes: {others}", errors=errors, others=len(found) - errors)
    block_heading(
        title,
        text(lang, "A file with an error is refused as a whole; refused: {count}", count=refused) if refused else "",
    )
    names = severity_names(lang)
    headers = [Cell(title) for title in finding_titles(lang)]
    rows = [
        [
            Cell(names[finding.severity], "sq-whole worse" if finding.severity == "error" else "sq-whole"),
            Cell(file, "sq-file"),
            Cell(finding.sheet, "sq-whole"),
            Cell(finding.cell or str(finding.row or ""), "sq-whole"),
            Cell(str(finding.value or ""), "sq-value"),
            Cell(finding.message(lang), "sq-said"),
            Cell(finding.suggestion(lang), "sq-said"),
        ]
        for file, finding in found[:SHOWN]
    ]
    st.html(html_table(headers, [RowGroup(rows)]))
    count = text(lang, "{shown} of {total} shown", shown=min(SHOWN, len(found)), total=len(found))
    st.download_button(
        text(lang, "Download all findings ({total})", total=len(found)),
        findings_csv(found, lang),
        "findings.csv",
        "text/csv",
        help=count,
        on_click="ignore",
    )


def findings_csv(found: Sequence[tuple[str, Finding]], lang: str) -> bytes:
    """All findings with a BOM; text that a spreadsheet would run is guarded."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(finding_titles(lang))
    for file, finding in found:
        fields = [
            finding.severity,
            file,
            finding.sheet,
            finding.cell or finding.row or "",
            finding.value or "",
            finding.message(lang),
            finding.suggestion(lang),
        ]
        writer.writerow([guard(field) for field in fields])
    return buffer.getvalue().encode("utf-8-sig")


def show_changes(plan: Plan, lang: str) -> None:
    """Step 3: what would change, by type and month."""
    block_heading(text(lang, "3  What will change"))
    frame = plan.changes
    if frame is None or not len(frame):
        st.text(text(lang, "Nothing: these files bring nothing new."))
        return
    headers = [
        Cell(text(lang, "Type")),
        Cell(text(lang, "Months")),
        Cell(text(lang, "New rows"), "num"),
        Cell(text(lang, "Changed rows"), "num"),
        Cell(text(lang, "Unchanged rows"), "num"),
        Cell(
            text(lang, "Replaced rows"),
            "num",
            hint=text(
                lang,
                "Loaded before, of units and months that these files hold, but no longer in them: they stop counting",
            ),
        ),
        Cell(
            text(lang, "No longer mentioned"),
            "num",
            hint=text(lang, "Loaded before, of units that these files do not mention: you decide below"),
        ),
    ]
    rows = []
    for feed, part in frame.groupby("feed", sort=False):
        months = sorted(str(month) for month in part["month"] if month)
        total = part[["rows_new", "rows_changed", "rows_unchanged", "rows_replaced", "rows_missing"]].sum()
        rows.append(
            [
                Cell(labels.feed(str(feed), lang)),
                Cell(month_span(months), "sq-whole"),
                *(Cell(numbers.format_decimal(count), "num") for count in total),
            ]
        )
    st.html(html_table(headers, [RowGroup(rows)]))


def ask_missing(plan: Plan, lang: str) -> Missing:
    """Step 4: what happens to rows that the new files no longer mention; "keep" or "clear"."""
    gone = int(plan.changes["rows_missing"].sum()) if plan.changes is not None and len(plan.changes) else 0
    if not gone:
        return "keep"
    options: dict[Missing, str] = {"keep": text(lang, "Keep them"), "clear": text(lang, "Clear them")}
    question = text(lang, "4  Rows loaded earlier that these files no longer mention: {count}", count=gone)
    chosen: Missing = st.radio(
        question, list(options), format_func=options.__getitem__, horizontal=True, key="upload_missing"
    )
    return chosen


def show_result(lang: str) -> None:
    """What the last confirmed upload did, until other files are dropped."""
    report = st.session_state.get(RESULT)
    if report is None:
        return
    done = [file for file in report.files if file.batch is not None and not file.already_loaded]
    again = [file for file in report.files if file.already_loaded]
    lines = (
        [
            text(
                lang,
                "Files loaded: {count}. Version {version} is shown from now on.",
                count=len(done),
                version=report.version,
            )
        ]
        if done
        else []
    )
    lines += [
        text(lang, "{file} was already loaded as batch {batch}; nothing changed.", file=file.file, batch=file.batch)
        for file in again
    ]
    lines += [
        text(lang, "{file} was refused.", file=file.file)
        for file in report.files
        if file.staged.refused and not file.already_loaded
    ]
    rows = [[Cell(line)] for line in lines]
    st.html(html_table([Cell(text(lang, "Result"))], [RowGroup(rows)]))
