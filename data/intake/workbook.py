"""From a file to staged sheets: which sheets hold a table, of which spreadsheet type, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.checks import CheckContext, run_checks
from data.checks.lost_zeros import restore_zeros
from data.core.progress import Progress, sub_progress
from data.feeds import all_feeds, feed_named
from data.intake.distant_months import Held, take_nearest_year
from data.intake.export_day import mark_export_day
from data.intake.formatting import formatting
from data.intake.overlapping_sheets import select_sheets
from data.intake.subtotals import find_subtotals
from data.intake.survey_scales import settle_scales
from data.intake.unfinished_months import mark_unfinished
from data.intake.unit_parents import date_parents, resolve_parents, with_units
from data.intake.unread_sheets import unread_sheet_findings
from data.model.choices import NO_CHOICES, Choices
from data.model.errors import Unreadable
from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.sheet import Sheet, Workbook
from data.model.staged import Candidate, StagedFile, StagedSheet
from data.model.survey import KnownScales
from data.parsing.numbers import parse_number
from data.profiles import Profile, apply_profile, is_ready, is_redundant, match_score, matches
from data.profiles.header import HeaderCache
from data.reading import digest, read_file
from data.recognition.feed_layouts import row_layout
from data.recognition.suggestions import suggest_columns
from data.recognition.tables import Table, find_tables
from data.staging.header_findings import PROPOSED, REQUIRED_MISSING, SEVERAL_MONTHS
from data.staging.stage import stage_table

NO_TABLE = Kind(
    "no_table",
    "error",
    "No sheet of the file holds a table that is understood; its sheets are: {sheets}.",
    "Use a template's header row, or describe the layout with an import profile: `python -m data profile draft FILE` "
    "proposes one, as does the Upload page.",
)
NO_DATA = Kind(
    "no_data",
    "error",
    "There is no data in the file: its sheets ({sheets}) hold headings and forms, but not one number.",
    "It looks like an empty form; load the one that was filled in.",
)
HIDDEN_SHEETS = Kind(
    "hidden_sheets_left_out",
    "note",
    "Hidden sheets were not loaded: {sheets}.",
    "If one of them is the right one, unhide it in Excel and load the file again.",
)
NO_ROWS = Kind("no_rows", "error", "The table has a header but no rows.", "Export the sheet again, with its data.")
UNKNOWN_TABLE = Kind(
    "second_table_left_out",
    "warning",
    "From row {row} to {last} the sheet holds another table that is not understood ({words}); it was left out.",
    "If its rows are needed, move it to a sheet of its own.",
)
NO_MATCH = Kind(
    "profile_fits_nothing",
    "error",
    "No sheet of the file fits the profile {profile}.",
    "Check that this is the file the profile was made for; its layout may have changed.",
)
NOTHING_HELD: Held = {}
# A sheet that lacks more than this many required columns is not taken for a broken table, but for something else.
MAX_MISSING_COLUMNS = 2
# The shares of the work after which a file is read, and staged.
READ, STAGED = 0.4, 0.8
# A row with so many texts is the heading of a form, not a sentence.
MIN_FORM_TEXTS = 3


@dataclass(frozen=True)
class StagingOptions:
    """What is known of a file before it is read.

    feed: its spreadsheet type; None: the content decides.
    profile: the import profile that it is read by.
    profiles: those that are tried where neither is given.
    choices: what an analyst decided that the content leaves open.
    scales: on which scales the surveys loaded before were answered.
    """

    feed: str | None = None
    profile: Profile | None = None
    profiles: Sequence[Profile] = ()
    choices: Choices = NO_CHOICES
    scales: KnownScales = field(default_factory=dict)


DEFAULT_STAGING = StagingOptions()


def stage_workbook(
    path: Path,
    organisation: Organisation,
    options: StagingOptions = DEFAULT_STAGING,
    *,
    name: str | None = None,
    today: pd.Timestamp | None = None,
    book: Workbook | None = None,
    progress: Progress | None = None,
    held: Held | None = None,
) -> StagedFile:
    """All tables of a file, staged and checked; every problem is a finding.

    name: the file's name as the analyst knows it.
    today: the present day, for months that have not come yet.
    book: the file, if it is read already.
    held: the months loaded before.
    """
    profile, choices = options.profile, options.choices
    shown = name or path.name
    step = sub_progress(progress, 0.0, 1.0)
    step(0.0, shown)
    reading, applying = sub_progress(step, 0.0, READ, shown), sub_progress(step, READ, STAGED, shown)
    try:
        book = book or read_file(
            path, shown, encoding=choices.answers.get("encoding"), words=organisation.spellings, progress=reading
        )
    except Unreadable as problem:
        known = digest(path) if path.is_file() else ""
        return StagedFile(path, shown, known, findings=[problem.finding])
    step(READ, shown)
    staged = StagedFile(path, shown, book.sha256, saved=book.saved)
    staged.findings.extend(Finding(kind, shown, params=params) for kind, params in book.notes)
    staged.findings.extend(choices.findings(shown))
    asked = [profile] if profile else options.profiles
    staged.sheets = _with_profiles(book, organisation, asked, choices, applying, named=profile is not None)
    if profile and not staged.sheets:
        staged.sheets = _with_nearest(book, organisation, asked, choices)
        if not staged.sheets:
            staged.findings.append(Finding(NO_MATCH, shown, params={"profile": profile.name}))
    elif not staged.sheets:
        _with_feeds(staged, book, organisation, (feed_named(options.feed),) if options.feed else all_feeds(), choices)
        if not staged.sheets or any(
            finding.kind in (REQUIRED_MISSING, PROPOSED, SEVERAL_MONTHS)
            for sheet in staged.sheets
            for finding in sheet.findings
        ):
            staged.sheets = _with_nearest(book, organisation, asked, choices) or staged.sheets
        if not staged.sheets:
            staged.findings.append(_nothing(book))
    by_name = {sheet.name: sheet for sheet in reversed(book.sheets)}
    for one in staged.sheets:
        if one.sheet in by_name:
            one.findings.extend(formatting(one, by_name[one.sheet], shown))
    staged.findings.extend(unread_sheet_findings(staged, book, all_feeds(), organisation))
    step(STAGED, shown)
    take_nearest_year(staged, held or {}, choices.said)
    settle_scales(staged, book, options.scales)
    day = (today or pd.Timestamp.today()).date()
    mark_unfinished(staged, book, day)
    mark_export_day(staged, day)
    _check(staged, organisation, today, organisation.codes, held or {})
    find_subtotals(staged.sheets, shown)
    return staged


def _with_profiles(
    book: Workbook,
    organisation: Organisation,
    profiles: Sequence[Profile],
    choices: Choices,
    progress: Progress,
    *,
    named: bool,
) -> list[StagedSheet]:
    """What the first profile that fits reads. named: an analyst asked for it, even where the layout of its type says
    more. Ready profiles are not asked for sheets that a type of ours reads whole.
    """
    # Every ready profile looks at the same first rows: they are read once for all of them.
    headers: list[HeaderCache] = [{} for _ in book.sheets]
    for profile in profiles:
        found = [sheet for sheet, read in zip(book.sheets, headers, strict=True) if matches(profile, sheet, read)]
        if found and not named and is_ready(profile):
            found = [sheet for sheet in found if not _reads_whole(sheet, book, organisation, choices)]
        if found and (named or not any(is_redundant(profile, sheet, book.name, organisation) for sheet in found)):
            parts = [
                sub_progress(progress, place / len(found), (place + 1) / len(found)) for place in range(len(found))
            ]
            return [
                staged
                for sheet, part in zip(found, parts, strict=True)
                for staged in apply_profile(profile, sheet, book.name, organisation, choices.said, part)
            ]
    return []


def _reads_whole(sheet: Sheet, book: Workbook, organisation: Organisation, choices: Choices) -> bool:
    """Whether a type of ours finds all the columns that it needs."""
    tables = find_tables(sheet, all_feeds(), organisation, book.name, choices.accepted)
    return any(not table.layout.absent for table in tables)


def _with_nearest(
    book: Workbook, organisation: Organisation, profiles: Sequence[Profile], choices: Choices
) -> list[StagedSheet]:
    """The sheet that has most of a profile's columns, where none has them all: its layout has changed."""
    near = [(match_score(profile, sheet), profile, sheet) for profile in profiles for sheet in book.sheets]
    share, profile, sheet = max(near, key=lambda one: one[0], default=(0.0, None, None))
    return apply_profile(profile, sheet, book.name, organisation, choices.said) if share and profile and sheet else []


def _with_feeds(
    staged: StagedFile, book: Workbook, organisation: Organisation, feeds: Sequence[Feed], choices: Choices
) -> None:
    """Every table of every sheet that is one of ours; of sheets that hold the same rows only the best."""
    accepted, sheets = choices.accepted, choices.sheets
    found: list[tuple[Sheet, Table]] = [
        (sheet, table)
        for sheet in book.sheets
        if not sheets or sheet.name in sheets
        for table in find_tables(sheet, feeds, organisation, book.name, accepted)
    ]
    seen = [(sheet, table) for sheet, table in found if not sheet.hidden or sheet.name in sheets]
    # A hidden sheet counts only where no visible one can: it is often last month's, or a list for a form's choices.
    whole = [(sheet, table) for sheet, table in seen if not table.layout.absent] or [
        (sheet, table) for sheet, table in found if not table.layout.absent
    ]
    if not whole:
        whole = [
            (sheet, table)
            for sheet, table in seen
            if len(table.layout.absent) <= MAX_MISSING_COLUMNS
            and len(table.layout.columns) >= 2
            and (len(feeds) == 1 or _is_of_its_feed(sheet, table, organisation))
        ]
    ready = []
    for sheet, table in whole:
        one = stage_table(
            sheet, table.layout, organisation, book.name, table.context, table.unknown or table.end, choices.said
        )
        one.findings.extend(_left_out(sheet, table, book.name))
        ready.append(one)
    staged.sheets, staged.candidates = select_sheets(ready, book.name)
    names = {sheet.name for sheet, _ in whole}
    left = [sheet for sheet, table in found if sheet.hidden and not table.layout.absent and sheet.name not in names]
    if staged.sheets and left:
        params = {"sheets": ", ".join(dict.fromkeys(sheet.name for sheet in left))}
        staged.sheets[0].findings.append(Finding(HIDDEN_SHEETS, book.name, params=params))
    staged.candidates += [
        Candidate(sheet.name, table.layout.feed.name, 0, False) for sheet, table in found if sheet in left
    ]
    for other in (sheet for sheet in book.sheets if sheets and sheet.name not in sheets):
        tables = find_tables(other, feeds, organisation, book.name, accepted)
        staged.candidates += [
            Candidate(other.name, table.layout.feed.name, 0, False) for table in tables if not table.layout.absent
        ]


def _is_of_its_feed(sheet: Sheet, table: Table, organisation: Organisation) -> bool:
    """Whether an incomplete table has a column of its feed alone, or one that reads like a column that it lacks."""
    layout = table.layout
    lacking = {column.name for column in layout.absent}
    rows = sheet.rows[layout.header + 1 : table.end]
    return layout.characteristic or any(one.column in lacking for one in suggest_columns(layout, rows, organisation))


def _left_out(sheet: Sheet, table: Table, file: str) -> Iterator[Finding]:
    """Tables over and under this one that are not understood."""
    below = [(table.unknown, table.end - 1)] if table.unknown is not None else []
    for first, last in [*([table.above] if table.above else []), *below]:
        words = " · ".join(str(cell) for cell in sheet.rows[first] if cell not in (None, ""))
        params = {"words": words[:80], "last": last + sheet.first_row}
        yield Finding(UNKNOWN_TABLE, file, sheet.name, first + sheet.first_row, params=params)


def _nothing(book: Workbook) -> Finding:
    """Why nothing of a workbook is understood: it is an empty form, or its table is not known."""
    seen = [sheet for sheet in book.sheets if not sheet.hidden]
    names = {"sheets": ", ".join(sheet.name for sheet in seen or book.sheets)}
    cells = [row for sheet in seen for row in sheet.rows]
    form = any(sum(isinstance(cell, str) and bool(cell.strip()) for cell in row) >= MIN_FORM_TEXTS for row in cells)
    numbers = any(_is_number(cell) for row in cells for cell in row)
    return Finding(NO_TABLE if numbers or not form else NO_DATA, book.name, params=names)


def _is_number(cell: object) -> bool:
    if isinstance(cell, str):
        return any(letter.isdigit() for letter in cell) and parse_number(cell) is not None
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _check(
    staged: StagedFile,
    organisation: Organisation,
    today: pd.Timestamp | None,
    units: Iterable[str],
    held: Held = NOTHING_HELD,
) -> None:
    stored = frozenset(units)
    for sheet in staged.sheets:
        if sheet.feed.name == "units":
            restore_zeros(sheet, with_units(organisation, staged.sheets), stored)
            sheet.frame = resolve_parents(sheet.frame, organisation)
            date_parents(sheet, organisation, held, sheet.answers, staged.name)
    together = with_units(organisation, staged.sheets)
    moment = today or pd.Timestamp.today()
    facts = CheckContext(staged.name, together, pd.Timestamp(moment.year, moment.month, 1), stored)
    for sheet in staged.sheets:
        sheet.findings.extend(run_checks(sheet, facts))
        if sheet.frame.empty and not any(finding.severity == "error" for finding in sheet.findings):
            sheet.findings.append(Finding(NO_ROWS, staged.name, sheet.sheet, sheet.header_row))


def stage_rows(
    path: Path, feed: Feed, rows: pd.DataFrame, organisation: Organisation, units: Iterable[str]
) -> StagedFile:
    """A table of `feed` edited on a page, staged and checked whole.

    path: the file that holds the same.
    rows: the feed's columns by name.
    units: the codes stored before.
    """
    header = [column.name for column in feed.columns]
    cells = [["" if _absent(value) else value for value in row] for row in rows.to_numpy(dtype="object").tolist()]
    staged = StagedFile(path, path.name, digest(path))
    sheet = Sheet("", [header, *cells])
    staged.sheets = [stage_table(sheet, row_layout(feed, header, 0), organisation, path.name, keep_all=True)]
    _check(staged, organisation, None, units)
    for one in staged.sheets:
        # An emptied table is one too.
        one.findings = [finding for finding in one.findings if finding.kind is not NO_ROWS]
    return staged


def _absent(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or value != value
