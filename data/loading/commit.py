"""Committing a plan: one transaction, one new version, one published snapshot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from data.core.home import Home
from data.core.progress import Progress, sub_progress
from data.loading import rollup_check as parts
from data.loading.plan import DEFAULT_OPTIONS, LoadOptions, Missing, Plan, make_plan
from data.loading.report import FileReport, LoadReport
from data.model.errors import Outdated
from data.model.finding import Finding
from data.model.organisation import Organisation
from data.profiles.remembered import remember_scales
from data.snapshots.permits import note, permit, permit_batches
from data.snapshots.publish import mark_pending, publish, repair
from data.warehouse import claims
from data.warehouse.batch_writer import findings_json, keep_originals, write_file
from data.warehouse.connection import Connection, open_warehouse, organisation_of, transaction, version_of
from data.warehouse.lock import WAIT_SECONDS, author, locked
from data.warehouse.versions import record_version, refresh_cube


def commit(
    home: Home,
    planned: Plan,
    missing: Missing = "keep",
    who: str | None = None,
    wait: float = WAIT_SECONDS,
    progress: Progress | None = None,
) -> LoadReport:
    """Loads the accepted files of a plan in one transaction; Outdated if somebody loaded since the plan was made.

    What `progress` raises cancels the load and leaves nothing behind; it is not called once the transaction is
    committed.
    """
    permit(home, "upload")
    with locked(home, author(home, who), wait), open_warehouse(home) as connection:
        repair(connection, home)
        _refuse_outdated(connection, planned.version)
        return _commit(connection, home, planned, missing, author(home, who), sub_progress(progress, 0.0, 1.0))


def load(home: Home, paths: Sequence[Path], options: LoadOptions = DEFAULT_OPTIONS) -> LoadReport:
    """Plans and commits under one lock. Refused files contribute nothing; accepted ones are loaded together."""
    permit(home, "upload")
    name, progress = author(home, options.who), options.progress
    with locked(home, name, options.wait), open_warehouse(home) as connection:
        repair(connection, home)
        if options.version is not None:
            _refuse_outdated(connection, options.version)
        planned = make_plan(connection, home, paths, options, sub_progress(progress, 0.0, 0.7))
        if options.dry_run:
            return _report(planned, {}, version_of(connection) or None)
        done = _commit(connection, home, planned, options.missing, name, sub_progress(progress, 0.7, 1.0))
        if progress:
            progress(1.0, "")
        return done


def _refuse_outdated(connection: Connection, version: int) -> None:
    """Outdated, which names what was loaded or undone, if `version` is not the newest."""
    if version_of(connection) == version:
        return
    rows = connection.execute(
        "SELECT v.version, v.action, v.who, string_agg(b.batch || ' ' || b.file, ', ' ORDER BY b.batch) FROM version v "
        "LEFT JOIN batch b ON list_contains(v.batches, b.batch) WHERE v.version > ? GROUP BY ALL ORDER BY 1",
        [version],
    ).fetchall()
    since = "; ".join(f"version {number}: {action} of batch {files} by {who}" for number, action, who, files in rows)
    raise Outdated(
        f"The data have changed since version {version}, of which the preview was ({since or 'it is not there yet'}); "
        "nothing was changed. Look at the preview again and confirm once more."
    )


def _commit(
    connection: Connection, home: Home, planned: Plan, missing: Missing, who: str, progress: Progress
) -> LoadReport:
    order = planned.order
    if not order:
        return _report(planned, {}, version_of(connection) or None)
    batches: dict[int, int] = {}
    with transaction(connection), keep_originals(home) as keep:
        kept = {}
        for done, place in enumerate(order):
            progress(0.3 * done / len(order), planned.files[place].name)
            kept[place] = keep(planned.files[place])
        mark_pending(home)
        version = version_of(connection) + 1
        for done, place in enumerate(order):
            progress(0.3 + 0.4 * done / len(order), planned.files[place].name)
            batches[place] = write_file(
                connection,
                planned.files[place],
                version=version,
                who=who,
                profile=planned.profile,
                original=kept[place],
                clear=missing == "clear",
            )
        permit_batches(connection, home, "upload", list(batches.values()))
        record_version(connection, version, who, "load", list(batches.values()))
        progress(0.7, "")
        organisation = organisation_of(connection)
        months = refresh_cube(connection, list(batches.values()), organisation)
        _report_rollups(connection, planned, batches, organisation)
        progress(0.9, "")
    publish(connection, home, months, organisation)
    note(home, "upload", version=version, batches=list(batches.values()))
    remember_scales(home.profiles, planned.accepted)
    return _report(planned, batches, version)


def _report_rollups(connection: Connection, planned: Plan, batches: dict[int, int], organisation: Organisation) -> None:
    """Adds to each file where its totals and parts differ, and keeps it with the batch."""
    for place, batch in batches.items():
        file = planned.files[place]
        found = []
        for feed, months in claims.affected_months(connection, [batch]).items():
            held = set(claims.claims_of(file)["unit"])
            for params in parts.rollup_differences(connection, feed, months, organisation):
                below = organisation.at(params["month"]).children(params["code"])
                if params["code"] in held or held & set(below):
                    found.append(Finding(parts.DIFFERS, file.name, params=params))
        if found:
            file.findings.extend(found)
            connection.execute(
                "UPDATE batch SET findings = ? WHERE batch = ?", [findings_json(file.all_findings), batch]
            )


def _report(planned: Plan, batches: dict[int, int], version: int | None) -> LoadReport:
    files = [
        FileReport(
            file.name,
            file.sha256,
            file,
            batches.get(place, planned.already.get(place)),
            place in planned.already,
            planned.previews.get(place),
        )
        for place, file in enumerate(planned.files)
    ]
    return LoadReport(bool(batches), version, files)
