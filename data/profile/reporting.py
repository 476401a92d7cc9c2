"""What applying a profile tells the analyst, each with its place in the spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data.cells import column_letters
from data.findings import Finding, Kind
from data.profile.cells import Bad, Numbers
from data.profile.header import Layout, addressed, cell_text
from data.profile.indicators import totals_that_differ
from data.profile.months import months_of
from data.profile.record import Profile
from data.profile.source import Source
from data.reading import Sheet

NO_HEADER = Kind(
    "profile_header_missing",
    "error",
    "The profile {profile} finds no header here: {absent} missing.",
    "Choose another profile, or change the column names in this one.",
)
DRIFTED = Kind(
    "profile_layout_drifted",
    "warning",
    "The layout has changed since the profile {profile} was saved: new {new}; gone {gone}.",
    "Check the mapping, then save the profile again.",
)
NO_MONTH_FOUND = Kind(
    "profile_month_missing",
    "error",
    "The profile {profile} finds no month where it looks for it.",
    "Correct the cell, or say in the profile where the month stands.",
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
class Report:
    """The findings of one sheet, with what it takes to name a place in it."""

    profile: Profile
    sheet: Sheet
    layout: Layout
    file: str
    findings: list[Finding] = field(default_factory=list)

    def say(
        self, kind: Kind, row: int | None = None, label: str | None = None, value: Any = None, **params: Any
    ) -> None:
        """Notes a finding at a source column and the spreadsheet's row."""
        place = self.layout.columns.get(label) if label else None
        cell = f"{column_letters(place)}{row}" if place is not None and row else None
        text = None if value is None else cell_text(value)
        self.findings.append(
            Finding(kind, self.file, self.sheet.name, row, label, cell, text, {"profile": self.profile.name, **params})
        )

    def say_bad(self, source: Source, label: str | None, bad: list[Bad]) -> None:
        for index, value, kind in bad:
            self.say(kind, int(source.numbers[index]), label, value)


def say_drift(report: Report) -> None:
    """A warning where the header is not the one that the profile was saved with."""
    known = report.profile.header.known
    labels = [label for label in addressed(report.layout.labels) if label]
    new, gone = [label for label in labels if label not in known], [label for label in known if label not in labels]
    if known and (new or gone):
        report.say(DRIFTED, new=", ".join(new) or "-", gone=", ".join(gone) or "-")


def say_months(report: Report, source: Source, months: pd.Series) -> None:
    """One finding per sheet where the month is one cell, one per row where it is a column."""
    lost = np.flatnonzero(months.isna().to_numpy())
    label = report.profile.month.column or report.profile.month.year
    if label is None:
        if len(lost):
            report.say(NO_MONTH_FOUND)
        return
    cells = source.cells(label)
    for index in lost:
        report.say(NO_MONTH_FOUND, int(source.numbers[index]), label, cells[index])


def say_totals(report: Report, numbers: Numbers, months: pd.Series, totals: Source) -> None:
    """A warning for each total row that says something else than the rows it sums up."""
    if not len(totals):
        return
    of_totals = months_of(report.profile.month, report.sheet, totals, report.file)
    for index, indicator, stated, counted in totals_that_differ(
        report.profile, numbers, months, Numbers(report.profile, totals), of_totals
    ):
        label = indicator.numerator[0] if isinstance(indicator.numerator, tuple) else None
        report.say(
            TOTAL_DIFFERS,
            int(totals.numbers[index]),
            label,
            indicator=indicator.name,
            stated=f"{stated:,.6g}",
            counted=f"{counted:,.6g}",
        )
