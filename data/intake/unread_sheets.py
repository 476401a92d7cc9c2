"""The sheets of a workbook of which nothing is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.sheet import Sheet, Workbook
from data.model.staged import StagedFile
from data.recognition.tables import find_tables

NOT_READ = Kind(
    "sheets_not_read",
    "note",
    "Nothing was read from these sheets: {sheets}.",
    "Nothing to do, unless one of them holds figures that are needed.",
)
BESIDE_PROFILE = Kind(
    "sheets_beside_profile",
    "warning",
    "The profile {profile} reads other sheets; these hold tables too, and were not loaded: {sheets}.",
    "If they are needed, save them as a file of their own and load it.",
)


def unread_sheet_findings(
    staged: StagedFile, book: Workbook, feeds: Sequence[Feed], organisation: Organisation
) -> Iterator[Finding]:
    """Findings of visible sheets that hold something and are not loaded; a profile may pass over tables of ours."""
    if not staged.sheets:
        return
    known = {sheet.sheet for sheet in staged.sheets} | {candidate.sheet for candidate in staged.candidates}
    left = [sheet for sheet in book.sheets if sheet.name not in known and not sheet.hidden and _holds_something(sheet)]
    profile = next((sheet.profile for sheet in staged.sheets if sheet.profile), None)
    tables = [sheet for sheet in left if profile and _is_table(sheet, feeds, book.name, organisation)]
    others = [sheet for sheet in left if not any(sheet is one for one in tables)]
    if tables:
        yield Finding(BESIDE_PROFILE, book.name, params={"profile": profile, "sheets": _names(tables)})
    if others:
        yield Finding(NOT_READ, book.name, params={"sheets": _names(others)})


def _holds_something(sheet: Sheet) -> bool:
    return any(cell not in (None, "") for row in sheet.rows for cell in row)


def _is_table(sheet: Sheet, feeds: Sequence[Feed], file: str, organisation: Organisation) -> bool:
    return any(not table.layout.absent for table in find_tables(sheet, feeds, organisation, file))


def _names(sheets: Sequence[Sheet]) -> str:
    return ", ".join(sheet.name for sheet in sheets)
