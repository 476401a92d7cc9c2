"""Loading: plan (nothing is written), commit (one transaction, one new version), and both in one for the command line."""

from __future__ import annotations

import getpass
import shutil
import tempfile
import weakref
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from data import claims, cube, parts
from data.choices import NOTHING_SAID, Choices
from data.errors import Busy, Refused
from data.feeds import feed_named
from data.findings import Finding, Kind
from data.home import Home
from data.intake import already_loaded, expand, take_in
from data.jumps import surprises
from data.left_out import left_out
from data.load_report import FileReport, LoadReport
from data.lock import WAIT_SECONDS, locked
from data.near_values import near_values
from data.organisation import Organisation
from data.preview import CHANGES, changes
from data.profile import UNUSABLE, Profile, all_profiles, profile_named
from data.progress import Progress, part_of
from data.publishing import announce, publish, repair
from data.shared_keys import tell_shared_keys
from data.staged import StagedFile
from data.understanding import with_units
from data.warehouse import Connection, opened, organisation_of, transaction, version_of
from data.writing import held_sizes, known_batch, originals, told, write_file

Missing = Literal["keep", "clear"]
Adjust = Callable[[StagedFile], object]
REPLACED = Kind(
    "rows_replaced", "warning", "{count} rows of {feed} in {month} that were loaded before are not in this file; they no longer count once it is loaded.",
    "If this file holds only a part of the month, put the whole month into one file. Undo brings the rows back.",
)  # fmt: skip


@dataclass
class Plan:
    """Files as understood, and what they would change. `already` maps a file's place to the batch that holds its bytes."""

    files: list[StagedFile]
    changes: pd.DataFrame
    version: int
    profile: str | None = None
    already: dict[int, int] = field(default_factory=dict)

    @property
    def order(self) -> list[int]:
        """The places of the files that a commit would load, in the order in which it writes them: units first, a later file over an earlier."""
        places = [place for place in range(len(self.files)) if self.loads(place)]
        return sorted(places, key=lambda place: min(sheet.feed.order for sheet in self.files[place].sheets))

    @property
    def accepted(self) -> list[StagedFile]:
        """The files that a commit would load, in that order."""
        return [self.files[place] for place in self.order]

    def loads(self, place: int) -> bool:
        file = self.files[place]
        return place not in self.already and not file.refused and any(len(sheet.frame) for sheet in file.sheets)


def current_user() -> str:
    """Who loads, for the history; never a reason to fail."""
    with suppress(Exception):
        return getpass.getuser()
    return ""


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
    """What loading `paths` would do. Nothing is written. `adjust` may change each file once it is understood (see data/fixes.py)."""
    with locked(home, current_user(), wait), opened(home) as connection:
        repair(connection, home)
        return _plan(connection, home, paths, feed, profile, progress, adjust, choices)


def commit(
    home: Home, planned: Plan, missing: Missing = "keep", who: str | None = None, wait: float = WAIT_SECONDS, progress: Progress | None = None,
) -> LoadReport:  # fmt: skip
    """Loads the accepted files of a plan in one transaction; Busy if somebody loaded since the plan was made.

    What `progress` raises cancels the load and leaves nothing behind; it is not called once the transaction is committed.
    """
    with locked(home, who or current_user(), wait), opened(home) as connection:
        repair(connection, home)
        if version_of(connection) != planned.version:
            raise Busy(
                "Somebody else loaded files in the meantime; nothing was changed. Look at the preview again and confirm once more."
            )
        return _commit(connection, home, planned, missing, who or current_user(), part_of(progress, 0.0, 1.0))


def load(
    home: Home, paths: Sequence[Path], *, feed: str | None = None, profile: str | Path | None = None, missing: Missing = "keep", dry_run: bool = False,
    who: str | None = None, progress: Progress | None = None, wait: float = WAIT_SECONDS,
    adjust: Adjust | None = None, choices: Choices = NOTHING_SAID, units: Organisation | None = None,
) -> LoadReport:  # fmt: skip
    """Plans and commits under one lock. Refused files contribute nothing; accepted ones are loaded together.

    units: in a dry run, those that the files are to be read by in place of the stored ones.
    """
    if units is not None and not dry_run:
        raise ValueError("units that are not stored can only be tried out")
    name = who or current_user()
    with locked(home, name, wait), opened(home) as connection:
        repair(connection, home)
        planned = _plan(connection, home, paths, feed, profile, part_of(progress, 0.0, 0.7), adjust, choices, units)
        if dry_run:
            return _report(planned, {}, version_of(connection) or None)
        done = _commit(connection, home, planned, missing, name, part_of(progress, 0.7, 1.0))
        if progress:
            progress(1.0, "")
        return done


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
    # Reading and checking are most of a plan; the last tenth is held against what is there.
    staged, already = take_in(
        files, organisation_of(connection) if units is None else units, lambda sha: known_batch(connection, sha, mark), feed=feed, profile=chosen,
        profiles=() if feed else all_profiles([home.profiles], unusable), progress=part_of(progress, 0.0, 0.9), choices=choices,
        known_sizes=held_sizes(connection),
    )  # fmt: skip
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


def _commit(
    connection: Connection, home: Home, planned: Plan, missing: Missing, who: str, progress: Progress
) -> LoadReport:
    order = planned.order
    if not order:
        return _report(planned, {}, version_of(connection) or None)
    batches: dict[int, int] = {}
    with transaction(connection), originals(home) as keep:
        kept = {}
        for done, place in enumerate(order):
            progress(0.3 * done / len(order), planned.files[place].name)
            kept[place] = keep(planned.files[place])
        announce(home)
        version = version_of(connection) + 1
        for done, place in enumerate(order):
            progress(0.3 + 0.4 * done / len(order), planned.files[place].name)
            batches[place] = write_file(
                connection, planned.files[place], version=version, who=who, profile=planned.profile, original=kept[place], clear=missing == "clear",
            )  # fmt: skip
        record_version(connection, version, who, "load", list(batches.values()))
        progress(0.7, "")
        months = refresh(connection, list(batches.values()))
        _tell_parts(connection, planned, batches)
        progress(0.9, "")
    publish(connection, home, months)
    return _report(planned, batches, version)


def record_version(connection: Connection, version: int, who: str, action: str, batches: Sequence[int]) -> None:
    """Notes what made a version."""
    connection.execute(
        "INSERT INTO version VALUES (?, ?, ?, ?, ?)",
        [version, datetime.now().replace(microsecond=0), who, action, list(batches)],
    )


def refresh(connection: Connection, batches: Sequence[int]) -> list[Any] | None:
    """Brings the cube up to date with what `batches` touched; the months to publish anew (None: all)."""
    return cube.refresh(connection, claims.touched(connection, batches), organisation_of(connection))


def _tell_parts(connection: Connection, planned: Plan, batches: dict[int, int]) -> None:
    """Adds to each file where its totals and parts differ, and keeps it with the batch."""
    organisation = organisation_of(connection)
    for place, batch in batches.items():
        file = planned.files[place]
        found = []
        for feed, months in claims.touched(connection, [batch]).items():
            held = set(claims.claims_of(file)["unit"])
            for params in parts.differences(connection, feed, months, organisation):
                if params["code"] in held or held & set(organisation.children(params["code"])):
                    found.append(Finding(parts.DIFFERS, file.name, params=params))
        if found:
            file.findings.extend(found)
            connection.execute("UPDATE batch SET findings = ? WHERE batch = ?", [told(file.all_findings), batch])


def _report(planned: Plan, batches: dict[int, int], version: int | None) -> LoadReport:
    files = [
        FileReport(
            file.name, file.sha256, file, batches.get(place, planned.already.get(place)), place in planned.already
        )
        for place, file in enumerate(planned.files)
    ]
    return LoadReport(bool(batches), version, files)
