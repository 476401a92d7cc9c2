"""Loading: plan (nothing is written), commit (one transaction, one new version), and both in one for the command
line.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from data.core.home import Home
from data.core.progress import Progress, part_of
from data.feeds import feed_named
from data.intake.distant_months import ask_distant_months
from data.intake.files import already_loaded, expand, take_in
from data.intake.workbook import with_units
from data.loading.outliers import surprises
from data.loading.overlapping_files import tell_shared_keys
from data.loading.preview import CHANGES, changes
from data.loading.similar_values import near_values
from data.model.choices import NOTHING_SAID, Choices
from data.model.errors import Refused
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import StagedFile
from data.profiles import UNUSABLE, Profile, all_profiles, profile_named
from data.snapshots.publish import repair
from data.warehouse.batch_writer import held_sizes, known_batch
from data.warehouse.claims import months_held
from data.warehouse.connection import Connection, opened, organisation_of, version_of
from data.warehouse.excluded_rows import left_out
from data.warehouse.lock import WAIT_SECONDS, current_user, locked

Adjust = Callable[[StagedFile], object]
REPLACED = Kind(
    "rows_replaced",
    "warning",
    "{count} rows of {feed} in {month} that were loaded before are not in this file; they no longer count once it is "
    "loaded.",
    "If this file holds only a part of the month, put the whole month into one file. Undo brings the rows back.",
)


@dataclass
class Plan:
    """Files as understood, and what they would change.

    `already` maps a file's place to the batch that holds its bytes.
    """

    files: list[StagedFile]
    changes: pd.DataFrame
    version: int
    profile: str | None = None
    already: dict[int, int] = field(default_factory=dict)

    @property
    def order(self) -> list[int]:
        """The places of the files that a commit would load, in the order in which it writes them: units first, a later
        file over an earlier.
        """
        places = [place for place in range(len(self.files)) if self.loads(place)]
        return sorted(places, key=lambda place: min(sheet.feed.order for sheet in self.files[place].sheets))

    @property
    def accepted(self) -> list[StagedFile]:
        """The files that a commit would load, in that order."""
        return [self.files[place] for place in self.order]

    def loads(self, place: int) -> bool:
        file = self.files[place]
        return place not in self.already and not file.refused and any(len(sheet.frame) for sheet in file.sheets)


def plan(
    home: Home,
    paths: Sequence[Path],
    *,
    feed: str | None = None,
    profile: str | Path | None = None,
    progress: Progress | None = None,
    wait: float = WAIT_SECONDS,
    adjust: Adjust | None = None,
    choices: Choices = NOTHING_SAID,
) -> Plan:
    """What loading `paths` would do.

    Nothing is written. `adjust` may change each file once it is understood (see data/operations/fixes.py).
    """
    with locked(home, current_user(), wait), opened(home) as connection:
        repair(connection, home)
        return _plan(connection, home, paths, feed, profile, progress, adjust, choices)


def _plan(
    connection: Connection,
    home: Home,
    paths: Sequence[Path],
    feed: str | None,
    profile: str | Path | None,
    progress: Progress | None,
    adjust: Adjust | None = None,
    choices: Choices = NOTHING_SAID,
    units: Organisation | None = None,
) -> Plan:
    chosen: Profile | None = profile_named(profile, [home.profiles]) if profile else None
    holder: list[Path] = []

    def folder() -> Path:
        holder.append(Path(tempfile.mkdtemp(prefix="unpacked-")))
        return holder[-1]

    files = expand([Path(path) for path in paths], folder)
    if not files:
        raise Refused("There is no file to load; name one or more exports.")
    unusable: dict[str, Refused] = {}
    mark = _mark(feed, chosen, choices)
    held = months_held(connection)
    # Reading and checking are most of a plan; the last tenth is held against what is there.
    staged, already = take_in(
        files,
        organisation_of(connection) if units is None else units,
        lambda sha: known_batch(connection, sha, mark),
        feed=feed,
        profile=chosen,
        profiles=() if feed else all_profiles([home.profiles], unusable),
        progress=part_of(progress, 0.0, 0.9),
        choices=choices,
        known_sizes=held_sizes(connection),
        held=held,
    )
    ask_distant_months((file for place, file in enumerate(staged) if place not in already), held, choices.answers)
    for file in [file for place, file in enumerate(staged) if place not in already][:1]:
        file.findings.extend(Finding(UNUSABLE, file.name, params={"problem": str(one)}) for one in unusable.values())
    for place, file in enumerate(staged):
        if adjust and place not in already and file.refused:
            adjust(file)
            lacking = left_out(file.all_findings)
            batch = known_batch(connection, file.sha256, mark, lacking) if lacking else None
            if batch is not None:
                staged[place], already[place] = already_loaded(file.path, file.sha256, batch), batch
    made = Plan(staged, pd.DataFrame(columns=list(CHANGES)), version_of(connection), mark, already)
    for unpacked in holder:  # a commit still needs the files: they go when the plan goes
        weakref.finalize(made, shutil.rmtree, unpacked, ignore_errors=True)
    found = []
    against = part_of(progress, 0.9, 1.0)
    for place, file in enumerate(made.accepted):
        against(place / len(made.accepted), file.name)
        frame = changes(connection, file)
        found.append(frame.assign(file=file.name))
        for row in frame[frame["rows_replaced"] > 0].to_dict("records"):
            params = {
                "count": row["rows_replaced"],
                "feed": feed_named(row["feed"]).title,
                "month": row["month"] or "–",
            }
            file.findings.append(Finding(REPLACED, file.name, params=params))
    known = with_units(
        organisation_of(connection) if units is None else units, (sheet for file in made.files for sheet in file.sheets)
    )
    for file in made.files:
        for sheet in file.sheets:
            sheet.findings.extend(surprises(connection, sheet, file.name, known))
            sheet.findings.extend(near_values(connection, sheet, file.name))
    tell_shared_keys(made.accepted)
    if found:
        made.changes = pd.concat(found, ignore_index=True)
    return made


def _mark(feed: str | None, profile: Profile | None, choices: Choices = NOTHING_SAID) -> str | None:
    """How the batch remembers an explicit choice of what a file is: the same bytes may be read in two ways."""
    said = [profile.name if profile else f"feed:{feed}" if feed else "", str(choices)]
    return " ".join(word for word in said if word) or None
