"""From a file to staged sheets: which sheets hold a table, of which spreadsheet type, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

from data.checks import Facts, run_checks
from data.errors import Unreadable
from data.feed import Feed
from data.feeds import all_feeds, feed_named
from data.findings import Finding, Kind
from data.headers import Layout, choose
from data.organisation import UNIT_COLUMNS, Organisation
from data.profile import Profile, apply, matches
from data.reading import Sheet, Workbook, digest, read_file
from data.staged import StagedFile, StagedSheet
from data.staging import stage
from data.unit_rows import resolve_parents, split_aliases

UNREADABLE = Kind("unreadable_file", "error", "{reason}", "Export the file again, or save it as .xlsx.")
NO_TABLE = Kind(
    "no_table",
    "error",
    "No sheet of the file holds a table that is understood; its sheets are: {sheets}.",
    "Use a template's header row, or describe the layout with an import profile.",
)
NO_ROWS = Kind("no_rows", "error", "The table has a header but no rows.", "Export the sheet again, with its data.")
NO_MATCH = Kind(
    "profile_fits_nothing",
    "error",
    "No sheet of the file fits the profile {profile}.",
    "Check that this is the file the profile was made for; its layout may have changed.",
)
# A sheet that lacks more than this many required columns is not taken for a broken table, but for something else.
NEARLY = 2


def understand(
    path: Path, organisation: Organisation, *, feed: str | None = None, profile: Profile | None = None, profiles: Sequence[Profile] = (),
    name: str | None = None, today: pd.Timestamp | None = None, stored: pd.DataFrame | None = None, book: Workbook | None = None,
) -> StagedFile:  # fmt: skip
    """All tables of a file, staged and checked. `feed` or `profile` say what it is; else its content decides. `book` is the file if read already."""
    shown = name or path.name
    try:
        book = book or read_file(path, shown)
    except Unreadable as problem:
        known = digest(path) if path.is_file() else ""
        return StagedFile(path, shown, known, findings=[Finding(UNREADABLE, shown, params={"reason": str(problem)})])
    staged = StagedFile(path, shown, book.sha256)
    staged.sheets = _with_profiles(book, organisation, [profile] if profile else profiles)
    if profile and not staged.sheets:
        staged.findings.append(Finding(NO_MATCH, shown, params={"profile": profile.name}))
    elif not staged.sheets:
        staged.sheets = _with_feeds(book, organisation, (feed_named(feed),) if feed else all_feeds())
        if not staged.sheets:
            staged.findings.append(
                Finding(NO_TABLE, shown, params={"sheets": ", ".join(sheet.name for sheet in book.sheets)})
            )
    _check(staged, organisation, today, stored)
    return staged


def with_units(organisation: Organisation, sheets: Iterable[StagedSheet]) -> Organisation:
    """The organisation as it will be once the units of `sheets` are loaded."""
    frames = [
        sheet.frame.reindex(columns=list(UNIT_COLUMNS))
        for sheet in sheets
        if sheet.feed.name == "units" and len(sheet.frame)
    ]
    if not frames:
        return organisation
    new = pd.concat(frames, ignore_index=True)
    new["aliases"] = [words if isinstance(words, list) else split_aliases(words) for words in new["aliases"]]
    known = organisation.frame
    together = pd.concat([known[~known["code"].isin(new["code"])], new], ignore_index=True) if len(known) else new
    return Organisation(together.drop_duplicates("code", keep="last"))


def _with_profiles(book: Workbook, organisation: Organisation, profiles: Sequence[Profile]) -> list[StagedSheet]:
    for profile in profiles:
        found = [sheet for sheet in book.sheets if matches(profile, sheet)]
        if found:
            return [staged for sheet in found for staged in apply(profile, sheet, book.name, organisation)]
    return []


def _with_feeds(book: Workbook, organisation: Organisation, feeds: Sequence[Feed]) -> list[StagedSheet]:
    layouts: list[tuple[Sheet, Layout]] = [
        (sheet, layout) for sheet in book.sheets if (layout := choose(feeds, sheet.rows)) is not None
    ]
    whole = [(sheet, layout) for sheet, layout in layouts if not layout.absent]
    if not whole:
        whole = [
            (sheet, layout) for sheet, layout in layouts if len(layout.absent) <= NEARLY and len(layout.columns) >= 2
        ]
    return [stage(sheet, layout, organisation, book.name) for sheet, layout in whole]


def _check(
    staged: StagedFile, organisation: Organisation, today: pd.Timestamp | None, stored: pd.DataFrame | None
) -> None:
    for sheet in staged.sheets:
        if sheet.feed.name == "units":
            sheet.frame = resolve_parents(sheet.frame, organisation)
    together = with_units(organisation, staged.sheets)
    moment = today or pd.Timestamp.today()
    facts = Facts(staged.name, together, pd.Timestamp(moment.year, moment.month, 1), stored)
    for sheet in staged.sheets:
        sheet.findings.extend(run_checks(sheet, facts))
        if sheet.frame.empty and not any(finding.severity == "error" for finding in sheet.findings):
            sheet.findings.append(Finding(NO_ROWS, staged.name, sheet.sheet, sheet.header_row))
