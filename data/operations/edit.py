"""Tables that are edited whole on a page: an edit is an ordinary checked batch that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from data.core.home import Home
from data.feeds import feed_named
from data.intake.workbook import stage_rows
from data.loading.report import FileReport, LoadReport
from data.model.errors import Busy, WrongUsage
from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import StagedFile
from data.snapshots.permits import note, permit, permit_batches, seen_organisation
from data.snapshots.publish import mark_pending, publish, repair
from data.snapshots.reader import Snapshot
from data.snapshots.writer import EDITABLE
from data.warehouse import claims
from data.warehouse.batch_writer import keep_originals, write_file
from data.warehouse.connection import Connection, open_warehouse, organisation_of, transaction, version_of
from data.warehouse.lock import WAIT_SECONDS, author, locked
from data.warehouse.schema import active_rows
from data.warehouse.versions import record_version, refresh_cube
from locales import LANGUAGES, Text

IN_USE = Kind(
    "unit_in_use", "error", "{unit} cannot be removed: figures, targets or notes of it are loaded ({feeds}).",
    "Give it a closing month instead; or undo the batches that hold its figures first.",
)  # fmt: skip
MOVED_ALL = Kind(
    "unit_moves_in_all_months",
    "warning",
    "{unit} moves from {old} to {new} in all months of its row, also the published ones.",
    "To leave those where they are, choose the month from which on it stands there, or add a row of the unit with the "
    "new parent and that month.",
)
KEY = ("part", "month", "unit")
EVERYWHERE, LEVEL = "*", "level:"
"""Keys of rows that concern more than one unit."""
Key = tuple[str, pd.Timestamp, str]
Rows = dict[Key, list[tuple[int, tuple[str, ...]]]]


@dataclass(frozen=True)
class Difference:
    """One row that an edit adds, changes or removes.

    kind: "added", "changed" or "removed".
    row: its index in the edited table; None: removed.
    before: the columns that differ, as text; of a removed row all that were filled.
    after: likewise; of an added row all that are filled.
    """

    kind: str
    row: int | None
    before: Mapping[str, str]
    after: Mapping[str, str]


@dataclass(frozen=True)
class EditPreview:
    """An edited table as staged.

    staged: the file that it is kept as: its rows are numbered from 2, below a header row.
    differences: the rows that differ from the stored ones.
    """

    staged: StagedFile
    differences: list[Difference]

    @property
    def acceptable(self) -> bool:
        """Whether committing it would change something and nothing forbids it."""
        return bool(self.differences) and not self.staged.refused

    @property
    def findings(self) -> list[Finding]:
        """The findings with rows counted as lines of an editor, which has no header row: from 1."""
        return [_at_line(finding) for finding in self.staged.all_findings]


def preview_edit(snapshot: Snapshot, feed: str, rows: pd.DataFrame) -> EditPreview:
    """What making `rows` the whole table of `feed` would change. Nothing is written.

    rows: the feed's columns by name, months as text or dates.
    """
    known, lineage = _editable(feed), snapshot.lineage()
    used = lineage[lineage["feed"] != "units"].groupby("unit")["feed"].agg(lambda feeds: sorted(set(feeds)))
    with TemporaryDirectory() as folder:
        return _understood(
            known,
            rows,
            snapshot.keyed(feed),
            snapshot.organisation,
            {str(unit): list(feeds) for unit, feeds in used.items()},
            Path(folder),
        )


def edit(
    home: Home,
    feed: str,
    rows: pd.DataFrame,
    *,
    version: int | None = None,
    who: str | None = None,
    wait: float = WAIT_SECONDS,
) -> LoadReport:
    """Makes `rows` the whole table of `feed`: rows that differ become a batch, rows left out no longer count.

    Nothing changes with any error-level finding, or where nothing differs. WrongUsage if the feed is not one of
    EDITABLE; Busy if somebody changed the same table since `version`.
    """
    known, name = _editable(feed), author(home, who)
    permit(home, "edit", {feed})
    with locked(home, name, wait), open_warehouse(home) as connection, TemporaryDirectory() as folder:
        repair(connection, home)
        before = version_of(connection)
        if version is not None and _changed_since(connection, feed, version):
            raise Busy(
                "Somebody else changed the data in the meantime; nothing was changed. Look at the table again and "
                "repeat the change."
            )
        seen = seen_organisation(connection, home)
        current = _seen_rows(home, _current(connection, known), seen)
        found = _understood(known, rows, current, seen, _used(connection), Path(folder))
        staged = found.staged
        if not found.acceptable:
            return LoadReport(False, before or None, [FileReport(staged.name, staged.sha256, staged, None)])
        cleared = _only_what_differs(staged, current, known)
        with transaction(connection), keep_originals(home) as keep:
            original = keep(staged)
            mark_pending(home)
            number = before + 1
            batch = write_file(
                connection,
                staged,
                version=number,
                who=name,
                profile=None,
                original=original,
                clear=False,
                cleared=cleared,
            )
            permit_batches(connection, home, "edit", [batch])
            record_version(connection, number, name, "edit", [batch])
            organisation = organisation_of(connection)
            months = refresh_cube(connection, [batch], organisation)
        publish(connection, home, months, organisation)
        note(home, "edit", version=number, batches=[batch], table=feed)
        return LoadReport(True, number, [FileReport(staged.name, staged.sha256, staged, batch)])


def _at_line(finding: Finding) -> Finding:
    """A finding with each row that it names, and without cells: an editor has none."""
    params = {name: value - 1 if name == "first" else value for name, value in finding.params.items()}
    return replace(finding, row=finding.row - 1 if finding.row else None, cell=None, params=params)


def _editable(feed: str) -> Feed:
    if feed not in EDITABLE:
        raise WrongUsage(f"{feed} is not edited as a table; there are: {', '.join(EDITABLE)}.")
    return feed_named(feed)


def _changed_since(connection: Connection, feed: str, version: int) -> bool:
    return bool(
        connection.execute(
            "SELECT 1 FROM version v JOIN claim c ON list_contains(v.batches, c.batch) WHERE v.version > ? AND "
            "c.feed = ? LIMIT 1",
            [version, feed],
        ).fetchall()
    )


def _current(connection: Connection, feed: Feed) -> pd.DataFrame:
    return connection.execute(f"SELECT d.* FROM {active_rows(feed)} ORDER BY d.batch, d.row").df()


def _seen_rows(home: Home, rows: pd.DataFrame, seen: Organisation) -> pd.DataFrame:
    """The rows that who edits has before them: an edit leaves all others as they are."""
    if home.viewer.sees_all:
        return rows
    unit = rows["key_unit"].astype("object")
    return rows[unit.isin(seen.codes) | (unit == EVERYWHERE) | unit.astype(str).str.startswith(LEVEL)]


def _used(connection: Connection) -> dict[str, list[str]]:
    rows = connection.execute(
        "SELECT unit, list_sort(list(DISTINCT feed)) FROM active WHERE feed <> 'units' GROUP BY unit"
    ).fetchall()
    return dict(rows)


def _understood(
    feed: Feed,
    rows: pd.DataFrame,
    current: pd.DataFrame,
    organisation: Organisation,
    used: Mapping[str, list[str]],
    folder: Path,
) -> EditPreview:
    """The edited table as the file that it is kept as, checked like any other, and how it differs from the rows that
    count.
    """
    path = folder / f"{feed.name}_{datetime.now():%Y-%m-%d_%H%M%S}.csv"
    written = rows.reindex(columns=[column.name for column in feed.columns]).astype("object")
    written = written.where(written.notna(), None)
    written.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    # The edited table says itself which units there are: one that was taken out is known no longer.
    known = Organisation.empty() if feed.name == "units" else organisation
    staged = stage_rows(path, feed, written, known, organisation.codes)
    differences = list(_differences(feed, staged, current))
    if feed.name != "units":
        return EditPreview(staged, differences)
    left = set(staged.sheets[0].frame["code"])
    gone = [one.before["code"] for one in differences if one.kind == "removed" and one.before["code"] not in left]
    for code in (code for code in gone if code in used):
        titles = [feed_named(name).title for name in used[code]]
        params = {
            "unit": organisation.name(code),
            "feeds": Text(*(", ".join(title.to(lang) for title in titles) for lang in LANGUAGES)),
        }
        staged.findings.append(Finding(IN_USE, staged.name, params=params))
    for one in differences if used and not staged.refused else ():
        if one.kind == "changed" and one.row is not None and {"parent"} & {*one.before, *one.after}:
            unit = staged.sheets[0].frame.set_index("row")["name"][one.row + 2]
            moved = {"old": one.before["parent"] or "–", "new": one.after["parent"] or "–"}
            finding = Finding(MOVED_ALL, staged.name, "", one.row + 2, "parent", params={"unit": unit, **moved})
            staged.sheets[0].findings.append(finding)
    return EditPreview(staged, differences)


def _grouped(frame: pd.DataFrame, feed: Feed) -> Rows:
    """Rows by their key: (place, values as text)."""
    values = [[_text(value) for value in frame[column.name]] for column in feed.columns]
    found: Rows = {}
    keys = zip(frame["key_part"], pd.to_datetime(frame["key_month"]).dt.as_unit("s"), frame["key_unit"], strict=True)
    for key, place, row in zip(keys, frame["row"], zip(*values, strict=True), strict=True):
        found.setdefault(key, []).append((int(place), row))
    return found


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _same(one: list[tuple[int, tuple[str, ...]]], other: list[tuple[int, tuple[str, ...]]]) -> bool:
    return sorted(row for _, row in one) == sorted(row for _, row in other)


def _differences(feed: Feed, staged: StagedFile, current: pd.DataFrame):  # type: ignore[no-untyped-def]
    now, then = _grouped(staged.sheets[0].frame, feed), _grouped(current, feed)
    names = [column.name for column in feed.columns]
    key = [names.index(name) for name in feed.key]
    for found in [*now, *(one for one in then if one not in now)]:
        old = {tuple(row[place] for place in key): row for _, row in then.get(found, [])}
        for place, row in now.get(found, []):
            before = old.pop(tuple(row[place] for place in key), None)
            if before is None:
                yield Difference("added", place - 2, {}, _filled(names, row))
            elif before != row:
                apart = [(name, was, now_) for name, was, now_ in zip(names, before, row, strict=True) if was != now_]
                yield Difference(
                    "changed", place - 2, {name: was for name, was, _ in apart}, {name: is_ for name, _, is_ in apart}
                )
        for row in old.values():
            yield Difference("removed", None, _filled(names, row), {})


def _filled(names: list[str], row: tuple[str, ...]) -> dict[str, str]:
    return {name: value for name, value in zip(names, row, strict=True) if value}


def _only_what_differs(staged: StagedFile, current: pd.DataFrame, feed: Feed) -> pd.DataFrame:
    """Leaves in `staged` the rows of keys that differ, and returns the keys (claims.KEY, rows) that are no longer
    held.
    """
    sheet = staged.sheets[0]
    now, then = _grouped(sheet.frame, feed), _grouped(current, feed)
    changed = {place for key, rows in now.items() if not _same(rows, then.get(key, [])) for place, _ in rows}
    sheet.frame = sheet.frame[sheet.frame["row"].isin(changed)].reset_index(drop=True)
    gone = [(*key, len(rows)) for key, rows in then.items() if key not in now]
    return pd.DataFrame(gone, columns=[*KEY, "rows"]).assign(feed=feed.name)[[*claims.KEY, "rows"]]
