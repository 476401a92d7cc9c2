"""The tables of a pack that say what its figures rest on: definitions, files, their findings, what was restated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from locales import text
from metrics.model.metric import Metric
from metrics.wording.labels import feed
from reports.content import PackContent
from reports.record_tables import record_tables
from reports.table_model import Cell, Column, Table, metric_cell, table_of, text_cell
from reports.tables import outlook_table

Rows = list[Column[Mapping[Any, Any]]]


def closing_tables(content: PackContent) -> list[Table]:
    """What stands behind the figures of a report, in the order in which it is told."""
    restated = restated_table(content)
    return [
        outlook_table(content),
        *record_tables(content),
        definitions_table(content),
        lineage_table(content),
        findings_table(content),
        *([restated] if restated else []),
    ]


def definitions_table(content: PackContent) -> Table:
    """What each metric shown means, and where it comes from."""
    lang = content.header.lang
    columns: list[Column[Metric]] = [
        Column(text(lang, "Metric"), 2, lambda metric: text_cell(metric.name.to(lang))),
        Column(text(lang, "Meaning"), 5, lambda metric: text_cell(metric.meaning.to(lang))),
        Column(text(lang, "Unit of measure"), 1.3, lambda metric: text_cell(metric.unit.to(lang))),
        Column(text(lang, "Better"), 0.8, lambda metric: text_cell(better_direction(metric, lang))),
        Column(text(lang, "Source"), 3, lambda metric: text_cell(metric.source.to(lang) if metric.source else "")),
    ]
    metrics = (content.metric(code) for code in content.known["metric"])
    return table_of("definitions", text(lang, "Definitions"), columns, metrics)


def better_direction(metric: Metric, lang: str) -> str:
    """Whether higher or lower values of a metric are better, in words."""
    if metric.better == "neither":
        return text(lang, "neither")
    return text(lang, "higher") if metric.better == "higher" else text(lang, "lower")


def lineage_table(content: PackContent) -> Table:
    """Which files, sheets and rows the month rests on."""
    lang, organisation = content.header.lang, content.figures.organisation
    columns: Rows = [
        Column(text(lang, "Spreadsheet type"), 1.5, lambda row: Cell(feed(str(row["feed"]), lang))),
        Column(text(lang, "Unit"), 1.5, lambda row: Cell(organisation.name(row["unit"]))),
        Column(text(lang, "File"), 2.5, lambda row: Cell(str(row["file"]))),
        Column(text(lang, "Sheet"), 1.2, lambda row: Cell(str(row["sheet"]))),
        Column(text(lang, "First row"), 0.8, lambda row: Cell(row["first_row"], "count", 0)),
        Column(text(lang, "Last row"), 0.8, lambda row: Cell(row["last_row"], "count", 0)),
        Column(text(lang, "Rows"), 0.8, lambda row: Cell(row["rows"], "count", 0)),
        Column(text(lang, "Batch"), 0.7, lambda row: Cell(row["batch"], "count", 0)),
    ]
    return table_of("lineage", text(lang, "Sources"), columns, content.lineage.to_dict("records"))


def files_table(content: PackContent) -> Table:
    """The files behind the month, each once."""
    lang = content.header.lang
    columns: Rows = [
        Column(text(lang, "Spreadsheet type"), 2, lambda row: text_cell(feed(str(row["feed"]), lang))),
        Column(text(lang, "File"), 3.5, lambda row: text_cell(row["file"])),
        Column(text(lang, "Sheet"), 2, lambda row: text_cell(row["sheet"])),
        Column(text(lang, "Rows"), 1, lambda row: Cell(row["rows"], "count", 0)),
        Column(text(lang, "Batch"), 1, lambda row: Cell(row["batch"], "count", 0)),
    ]
    lines = content.lineage.groupby(["feed", "file", "sheet", "batch"], as_index=False).agg(rows=("rows", "sum"))
    return table_of("sources", text(lang, "Sources"), columns, lines.to_dict("records"))


def findings_table(content: PackContent) -> Table:
    """What was said about those files when they were loaded."""
    lang = content.header.lang

    def said(name: str, header: str, width: float) -> Column[Mapping[Any, Any]]:
        return Column(header, width, lambda row: text_cell(row[name] if row[name] == row[name] else None))

    columns: Rows = [
        said("file", text(lang, "File"), 2),
        said("severity", text(lang, "Severity"), 0.8),
        said("code", text(lang, "Code"), 1.4),
        said("sheet", text(lang, "Sheet"), 1),
        said("cell", text(lang, "Cell"), 0.6),
        said("value", text(lang, "Found"), 1),
        said("message", text(lang, "Message"), 5),
    ]
    return table_of("findings", text(lang, "Findings"), columns, content.findings.to_dict("records"))


def restated_table(content: PackContent) -> Table | None:
    """What later uploads changed since an earlier pack; None if there is none to compare with."""
    if content.restated is None:
        return None
    lang = content.header.lang

    def of(row: Mapping[Any, Any]) -> Metric:
        return content.metric(str(row["metric"]))

    columns: Rows = [
        Column(text(lang, "Metric"), 2, lambda row: Cell(of(row).name.to(lang))),
        Column(text(lang, "Unit"), 1.2, lambda row: Cell(str(row["name"]))),
        Column(text(lang, "Month"), 0.8, lambda row: Cell(str(row["month"]))),
        Column(text(lang, "Published"), 1, lambda row: metric_cell(row["old"], of(row))),
        Column(text(lang, "Now"), 1, lambda row: metric_cell(row["new"], of(row))),
        Column(text(lang, "Through the file"), 3, lambda row: Cell(", ".join(row["files"]))),
    ]
    return table_of(
        "restated", text(lang, "Restated since the last pack"), columns, content.restated.to_dict("records")
    )
