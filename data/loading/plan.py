"""Planning a load: the files staged, and what they would change; nothing is written."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from data.core.home import Home
from data.core.progress import Progress, sub_progress
from data.feeds import feed_named
from data.intake.distant_months import ask_distant_months
from data.intake.files import already_loaded_file, expand_paths, stage_files
from data.intake.unit_parents import with_units
from data.intake.workbook import StagingOptions
from data.loading.corrections import complete_cells, refuse_shared_rows
from data.loading.differences import CellChange, TotalChange
from data.loading.new_choices import ask_new_choices
from data.loading.outliers import detect_outliers
from data.loading.overlapping_files import report_overlaps
from data.loading.preview import CHANGES, Preview, preview
from data.loading.shared_events import ask_shared_events
from data.loading.similar_values import find_similar_values
from data.model.choices import NO_CHOICES, Choices
from data.model.errors import Refused, WrongUsage
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import StagedFile
from data.profiles import UNUSABLE, Profile, UnusableProfile, all_profiles, profile_named
from data.snapshots.permits import permit, seen_organisation
from data.snapshots.publish import repair
from data.warehouse.batch_writer import known_batch, loaded_sizes
from data.warehouse.claims import months_held
from data.warehouse.connection import Connection, open_warehouse, version_of
from data.warehouse.excluded_rows import excluded_rows
from data.warehouse.lock import WAIT_SECONDS, author, locked
from data.warehouse.survey_scales import known_scales

Adjust = Callable[[StagedFile], object]
Missing = Literal["keep", "clear"]
REPLACED = Kind(
    "rows_replaced",
    "warning",
    "{count} rows of {feed} in {month} that were loaded before are not in this file; they no longer count once it is "
    "loaded.",
    "If this file holds only a part of the month, put the whole month into one file. Undo brings the rows back.",
)


@dataclass(frozen=True)
class LoadOptions:
    """How files are planned and loaded.

    feed: the spreadsheet type, where the content should not decide.
    profile: the import profile, by name or file.
    missing: whether units that a file no longer mentions are kept or cleared.
    dry_run: plan only; nothing is written.
    who: who loads, for the history (default: the system's user).
    progress: hears how far the work is; what it raises cancels the load.
    wait: seconds to wait for another load.
    adjust: may change each refused file once it is staged (see data/operations/fixes.py).
    choices: what an analyst decided that the content leaves open.
    units: in a dry run, the units by which the files are read in place of the stored ones.
    cells_only: the files hold single cells: rows are matched by their key, and the rest of the months stays.
    version: the version of which a preview was looked at; Outdated if another is stored by now.
    """

    feed: str | None = None
    profile: str | Path | None = None
    missing: Missing = "keep"
    dry_run: bool = False
    who: str | None = None
    progress: Progress | None = None
    wait: float = WAIT_SECONDS
    adjust: Adjust | None = None
    choices: Choices = NO_CHOICES
    units: Organisation | None = None
    cells_only: bool = False
    version: int | None = None

    def __post_init__(self) -> None:
        if self.units is not None and not self.dry_run:
            raise ValueError("units that are not stored can only be tried out")
        if self.cells_only and self.missing == "clear":
            raise WrongUsage("What single cells do not mention stays; it cannot be cleared by the same load.")


DEFAULT_OPTIONS = LoadOptions()


@dataclass
class Plan:
    """Files as staged, and what they would change.

    files: the staged files.
    changes: Preview.rows of the files that would be loaded, with the file's name.
    previews: index of a file -> what it would change.
    version: the version that was stored when the plan was made.
    profile: how the batch remembers an explicit choice of what a file is.
    already: index of a file -> the batch that holds its bytes.
    """

    files: list[StagedFile]
    changes: pd.DataFrame
    version: int
    profile: str | None = None
    already: dict[int, int] = field(default_factory=dict)
    previews: dict[int, Preview] = field(default_factory=dict)

    @property
    def cells(self) -> list[CellChange]:
        """The cells that would change, in the order of the files; of very many the first of each."""
        return [cell for one in self.previews.values() for cell in one.cells]

    @property
    def cell_count(self) -> int:
        """How many cells would change."""
        return sum(one.count for one in self.previews.values())

    @property
    def totals(self) -> list[TotalChange]:
        """The totals of what is held already, now and as they would be."""
        return [total for one in self.previews.values() for total in one.totals]

    @property
    def order(self) -> list[int]:
        """The indices of the files that a commit would load, in the order in which it writes them, units first."""
        places = [place for place in range(len(self.files)) if self.loads(place)]
        return sorted(places, key=lambda place: min(sheet.feed.order for sheet in self.files[place].sheets))

    @property
    def accepted(self) -> list[StagedFile]:
        """The files that a commit would load, in that order."""
        return [self.files[place] for place in self.order]

    def loads(self, place: int) -> bool:
        file = self.files[place]
        return place not in self.already and not file.refused and any(len(sheet.frame) for sheet in file.sheets)


def plan(home: Home, paths: Sequence[Path], options: LoadOptions = DEFAULT_OPTIONS) -> Plan:
    """What loading `paths` would do. Nothing is written."""
    permit(home, "upload")
    with locked(home, author(home), options.wait), open_warehouse(home) as connection:
        repair(connection, home)
        return make_plan(connection, home, paths, options, options.progress)


def make_plan(
    connection: Connection, home: Home, paths: Sequence[Path], options: LoadOptions, progress: Progress | None
) -> Plan:
    """The same with the warehouse open; `progress` hears of this part of the work."""
    if options.feed:
        feed_named(options.feed)  # a slip is said before anything is read
    chosen: Profile | None = profile_named(options.profile, [home.profiles]) if options.profile else None
    holder: list[Path] = []

    def folder() -> Path:
        holder.append(Path(tempfile.mkdtemp(prefix="unpacked-")))
        return holder[-1]

    organisation = seen_organisation(connection, home, options.units)
    files = expand_paths([Path(path) for path in paths], folder)
    if not files:
        raise Refused("There is no file to load; name one or more exports.")
    unusable: dict[str, UnusableProfile] = {}
    mark = _mark(options.feed, chosen, options.choices)
    held = months_held(connection)
    # Reading and checking are most of a plan; the last tenth is held against what is there.
    staged, already = stage_files(
        files,
        organisation,
        lambda sha: known_batch(connection, sha, mark, cells_only=options.cells_only),
        StagingOptions(
            options.feed,
            chosen,
            () if options.feed else all_profiles([home.profiles], unusable),
            options.choices,
            known_scales(connection),
        ),
        progress=sub_progress(progress, 0.0, 0.9),
        known_sizes=loaded_sizes(connection),
        held=held,
    )
    fresh = [file for place, file in enumerate(staged) if place not in already]
    ask_distant_months(fresh, held, options.choices.said)
    for file in fresh:
        ask_new_choices(connection, file, options.choices)
    for file in [file for place, file in enumerate(staged) if place not in already][:1]:
        file.findings.extend(Finding(UNUSABLE, file.name, params={"problem": one.said}) for one in unusable.values())
    if options.cells_only:
        together = with_units(organisation, (sheet for file in fresh for sheet in file.sheets))
        for file in fresh:
            complete_cells(connection, file, together)
        refuse_shared_rows(fresh)
    for place, file in enumerate(staged):
        if options.adjust and place not in already and file.refused:
            options.adjust(file)
            lacking = excluded_rows(file.all_findings)
            batch = (
                known_batch(connection, file.sha256, mark, lacking, cells_only=options.cells_only) if lacking else None
            )
            if batch is not None:
                staged[place], already[place] = already_loaded_file(file.path, file.sha256, batch), batch
    made = Plan(staged, pd.DataFrame(columns=list(CHANGES)), version_of(connection), mark, already)
    for unpacked in holder:  # a commit still needs the files: they go when the plan goes
        weakref.finalize(made, shutil.rmtree, unpacked, ignore_errors=True)
    known = with_units(organisation, (sheet for file in made.files for sheet in file.sheets))
    ask_shared_events(connection, lambda: made.accepted, options.choices.answers, known)
    found = []
    against = sub_progress(progress, 0.9, 1.0)
    order = made.order
    for done, place in enumerate(order):
        file = made.files[place]
        against(done / len(order), file.name)
        made.previews[place] = preview(connection, file)
        frame = made.previews[place].rows
        found.append(frame.assign(file=file.name))
        for row in frame[frame["rows_replaced"] > 0].to_dict("records"):
            params = {
                "count": row["rows_replaced"],
                "feed": feed_named(row["feed"]).title,
                "month": row["month"] or "–",
            }
            file.findings.append(Finding(REPLACED, file.name, params=params))
    for file in made.files:
        for sheet in file.sheets:
            sheet.findings.extend(detect_outliers(connection, sheet, file.name, known))
            sheet.findings.extend(find_similar_values(connection, sheet, file.name))
    if not options.cells_only:  # each file of single cells takes over what the one before it left
        report_overlaps(made.accepted)
    if found:
        made.changes = pd.concat(found, ignore_index=True)
    return made


def _mark(feed: str | None, profile: Profile | None, choices: Choices = NO_CHOICES) -> str | None:
    """How the batch remembers an explicit choice of what a file is: the same bytes may be read in two ways."""
    parts = [profile.name if profile else f"feed:{feed}" if feed else "", str(choices)]
    return " ".join(word for word in parts if word) or None
