"""Findings of applying a profile, each with its place in the spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from data.core.cell_refs import column_letters
from data.core.text import cell_text
from data.model.feed import Column, Feed
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.profile import Profile
from data.model.sheet import Sheet
from data.parsing import conventions
from data.parsing.findings import cell_params
from data.profiles.drift import Drift
from data.profiles.header import FoundHeader
from data.profiles.indicators import differing_totals
from data.profiles.months import Dates, row_months
from data.profiles.source import Source
from data.profiles.values import NumberColumns, RejectedCell
from data.recognition.context import SheetContext, StatedValue
from data.recognition.layout import Layout
from data.staging.scaling import SCALED

NO_HEADER = Kind(
    "profile_header_missing",
    "error",
    "The profile {profile} finds no header here: {absent} missing.",
    "Choose another profile, or change the column names in this one.",
)
RENAMED = Kind(
    "profile_column_renamed",
    "error",
    "Since {since} the column “{old}”, which the profile {profile} reads, is called “{new}”.",
    "If it is the same column, take the new name over into the profile; it then knows both.",
)
OTHER_NAME = Kind(
    "profile_other_column_renamed",
    "warning",
    "Since {since} the column “{old}” is called “{new}”; the profile {profile} does not read it.",
    "Take the new layout over into the profile, so that this is not said again.",
)
VANISHED = Kind(
    "profile_column_vanished",
    "error",
    "Since {since} the column “{old}”, which the profile {profile} reads, is no longer there.",
    "Ask for the whole export, or change the profile to what the file holds now.",
)
OTHER_GONE = Kind(
    "profile_other_column_vanished",
    "warning",
    "Since {since} these columns are no longer there: {old}. The profile {profile} does not read them.",
    "Take the new layout over into the profile, so that this is not said again.",
)
MOVED = Kind(
    "profile_columns_moved",
    "note",
    "Since {since} these columns stand in another place: {old}. They are found by their names.",
    "Nothing to do, unless only the headers were moved and not the figures below them.",
)
ADDED = Kind(
    "profile_columns_new",
    "warning",
    "Since {since} there are new columns: {new}. The profile {profile} does not read them.",
    "Check whether one of them is needed, then take the new layout over into the profile.",
)
NO_MONTH_FOUND = Kind(
    "profile_month_missing",
    "error",
    "The profile {profile} finds no month where it looks for it.",
    "Correct the cell, or say in the profile where the month stands.",
)
ONLY_MONTH = Kind(
    "profile_only_month_known",
    "error",
    "The profile {profile} knows only the month of “{ours}”; the time from there to {others} would be counted from "
    "the first of the month.",
    "Let the profile read a column that holds the date, or take {others} out of it.",
)
TOTAL_DIFFERS = Kind(
    "profile_total_differs",
    "warning",
    "{indicator}: the total row says {stated}, the rows give {counted}.",
    "The rows are loaded and the total row is not; check whether some rows do not report.",
)
LEFT_OUT = Kind("profile_rows_left_out", "note", "{count} rows are left out, as the profile {profile} says.")
CREATES = Kind("profile_new_units", "note", "{count} new units are created: {names}.")


@dataclass
class ProfileReport:
    """The findings of one sheet, with what it takes to name a place in it.

    profile: the profile.
    sheet: the sheet.
    header: where the profile's columns are.
    file: the file's name.
    organisation: the units.
    answers: what an analyst decided.
    findings: the findings so far.
    powers: column index -> power of ten by which it was multiplied.
    """

    profile: Profile
    sheet: Sheet
    header: FoundHeader
    file: str
    organisation: Organisation
    answers: Mapping[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    powers: dict[int, int] = field(default_factory=dict)

    @cached_property
    def layout(self) -> Layout:
        """Where columns of ours stand, for what reads tables by it."""
        return self.header.layout(self.profile)

    @cached_property
    def context(self) -> SheetContext:
        """What stands around the table."""
        return SheetContext(self.sheet.rows, self.sheet.name, self.file, self.sheet.first_row, shown=self.sheet.shown)

    def add_scaled(self, label: str, stated: StatedValue) -> None:
        """Adds that the figures of a column were multiplied, and where that is stated."""
        params = {"factor": f"{10**stated.value:,}", "unit": stated.text}
        self.findings.append(Finding(SCALED, self.file, self.sheet.name, None, label, stated.cell, params=params))

    def add(
        self, kind: Kind, row: int | None = None, label: str | None = None, value: Any = None, **params: Any
    ) -> None:
        """Adds a finding at a source column and the spreadsheet's row."""
        self.add_at(kind, row, self.header.columns.get(label) if label else None, label, value, **params)

    def add_at(
        self, kind: Kind, row: int | None, place: int | None, label: str | None, value: Any = None, **params: Any
    ) -> None:
        """The same at a column that the profile does not read, by its index."""
        cell = f"{column_letters(place)}{row}" if place is not None and row else None
        text = None if value is None else cell_text(value)
        self.findings.append(
            Finding(kind, self.file, self.sheet.name, row, label, cell, text, {"profile": self.profile.name, **params})
        )

    def add_rejected(self, source: Source, label: str | None, bad: list[RejectedCell], column: Column) -> None:
        """Adds the cells of the source column `label` that cannot be read as `column`."""
        chinese = not (label or self.profile.name).isascii()
        for index, value, kind in bad:
            params = cell_params(kind, cell_text(value), column, self.organisation, chinese)
            self.add(kind, int(source.numbers[index]), label, value, **params)

    def add_notes(self, source: Source, label: str | None, notes: Sequence[conventions.ColumnNote]) -> None:
        """Adds the notes on the source column `label` as a whole, at its first cell."""
        place = self.header.columns.get(label) if label else None
        cell = f"{column_letters(place)}{source.numbers[0]}" if place is not None and len(source) else None
        for kind, params in notes:
            self.findings.append(Finding(kind, self.file, self.sheet.name, None, label, cell, params=params))


def report_drift(report: ProfileReport, found: Drift, absent: Sequence[str], since: str) -> None:
    """Reports what changed since the profile was saved.

    absent: names that the profile reads and did not find.
    since: the file's first month.
    """
    for old, new in found.renamed.items():
        report.add(RENAMED if old in absent else OTHER_NAME, old=old, new=new, since=since)
    for old in found.gone:
        if old in absent:
            report.add(VANISHED, old=old, since=since)
    for kind, names in ((OTHER_GONE, [old for old in found.gone if old not in absent]), (MOVED, found.moved)):
        if names:
            report.add(kind, old=", ".join(names), since=since)
    if found.new:
        report.add(ADDED, new=", ".join(found.new), since=since)


def report_months(report: ProfileReport, source: Source, dates: Dates) -> None:
    """Reports months that were not found: once where the month is one cell, else at each row."""
    lost = np.flatnonzero(dates.moments.isna().to_numpy())
    label = report.profile.month.column or report.profile.month.year
    report.add_notes(source, label, dates.notes)
    if label is None:
        if len(lost):
            report.add(NO_MONTH_FOUND)
        return
    cells = source.column(label)
    open_order = any(kind.severity == "error" for kind, _ in dates.notes)
    for index in lost:
        if not (open_order and conventions.match_numeric_date(cells[index])):
            report.add(NO_MONTH_FOUND, int(source.numbers[index]), label, cells[index])


def report_missing_time(report: ProfileReport, feed: Feed, dates: Dates) -> None:
    """Refuses times that would be compared with the first day of a month for want of a date."""
    mapped = report.profile.columns
    ours = feed.column(feed.month_column) if feed.month_column else None
    if ours is None or ours.type != "time" or dates.exact or ours.name in mapped:
        return
    others = [mapped[column.name] for column in feed.columns if column.type == "time" and column.name in mapped]
    if others:
        report.add(ONLY_MONTH, None, report.profile.month.column, ours=ours.title, others=", ".join(others))


def report_totals(report: ProfileReport, numbers: NumberColumns, months: pd.Series, totals: Source) -> None:
    """Reports each total row that differs from the rows it sums up."""
    if not len(totals):
        return
    of_totals = row_months(report.profile.month, report.sheet, totals, report.file)
    for found in differing_totals(report.profile, numbers, months, NumberColumns(report.profile, totals), of_totals):
        labels = found.indicator.numerator if isinstance(found.indicator.numerator, tuple) else ()
        report.add(
            TOTAL_DIFFERS,
            int(totals.numbers[found.index]),
            labels[0],
            # Of rows that count by conditions all are compared: the figure is the column's, not the indicator's.
            indicator=" + ".join(labels) if found.indicator.where else found.indicator.name,
            stated=f"{found.stated:,.6g}",
            counted=f"{found.counted:,.6g}",
        )
