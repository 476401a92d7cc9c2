"""Uploads of single cells: each row is filled from the row that counts under its key, and checked as it will be."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.checks import CheckContext, row_rules
from data.intake.unfinished_months import ENDS_EARLY, NO_DAY, SAID
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import StagedFile, StagedSheet
from data.parsing.columns import REQUIRED_EMPTY
from data.staging.frame import staged_frame
from data.warehouse.connection import Connection
from data.warehouse.corrections import provisional_months, stored_beside

CELLS_ONLY = Kind(
    "cells_only",
    "note",
    "Only the cells of this file are loaded: rows are matched by their key, empty cells and the rest of the months "
    "stay.",
)
SEVERAL_ROWS = Kind(
    "cells_of_several_rows",
    "error",
    "Several rows count under the key of this row ({count}); it is not known which of them is meant.",
    "Load the whole month instead.",
)
NO_ROW = Kind(
    "cells_without_row",
    "warning",
    "Rows that match none that counts: {count}, the first in row {row}; they are new and would be added.",
    "Check what identifies these rows, such as their month, unit and category.",
)
SHARED_ROW = Kind(
    "cells_in_two_files",
    "error",
    "Cells of the same row are also in {other} (row {first}), given in the same step; it is not known which count.",
    "Load the two files one after the other.",
)
# Whether a month is over is not told by a few of its cells.
OF_WHOLE_MONTHS = (SAID, ENDS_EARLY, NO_DAY)


def complete_cells(connection: Connection, file: StagedFile, organisation: Organisation) -> None:
    """Makes of a staged file one of single cells. organisation: the units as they will be."""
    file.cells_only = True
    file.findings.append(Finding(CELLS_ONLY, file.name))
    moment = pd.Timestamp.today()
    context = CheckContext(file.name, organisation, pd.Timestamp(moment.year, moment.month, 1))
    for sheet in file.sheets:
        if len(sheet.frame):
            _complete(connection, sheet, context)


def refuse_shared_rows(files: Sequence[StagedFile]) -> None:
    """Adds an error to each row of which an earlier one of `files` holds cells too."""
    held: dict[tuple[str, ...], tuple[str, int]] = {}
    for file in files:
        own: dict[tuple[str, ...], tuple[str, int]] = {}
        for sheet in file.sheets:
            keys = sheet.frame[list(sheet.feed.key)].astype("str").itertuples(index=False, name=None)
            for row, key in zip(sheet.frame["row"], keys, strict=True):
                name = (sheet.feed.name, *key)
                if name in held:
                    other, first = held[name]
                    params = {"other": other, "first": first}
                    sheet.findings.append(Finding(SHARED_ROW, file.name, sheet.sheet, int(row), params=params))
                own.setdefault(name, (file.name, int(row)))
        held |= own


def _complete(connection: Connection, sheet: StagedSheet, context: CheckContext) -> None:
    found = stored_beside(connection, sheet)
    known = set(found.loc[found["found"] > 0, "row"])
    rules = {rule.code for rule in sheet.feed.rules}
    sheet.frame = staged_frame(sheet.feed, found)
    sheet.provisional = {month: day.date() for month, day in provisional_months(connection, sheet.feed).items()}
    sheet.findings = [
        one
        for one in sheet.findings
        if not (one.kind is REQUIRED_EMPTY and one.row in known)
        and one.kind not in OF_WHOLE_MONTHS
        and one.code not in rules
    ]
    sheet.findings.extend(row_rules.check(sheet, context))
    for row, count in found.loc[found["found"] > 1, ["row", "found"]].itertuples(index=False):
        sheet.findings.append(Finding(SEVERAL_ROWS, context.file, sheet.sheet, int(row), params={"count": int(count)}))
    new = found.loc[found["found"] == 0, "row"]
    if len(new):
        sheet.findings.append(Finding(NO_ROW, context.file, sheet.sheet, int(new.min()), params={"count": len(new)}))
