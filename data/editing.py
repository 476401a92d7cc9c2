"""Tables that are edited whole on a page: an edit is an ordinary checked batch, with its original, its history and its undo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from data import claims
from data.errors import Busy, WrongUsage
from data.feeds import feed_named
from data.home import Home
from data.loading import FileReport, LoadReport, current_user, record_version, refresh
from data.lock import WAIT_SECONDS, locked
from data.preview import changes
from data.publishing import EDITABLE, announce, publish, repair
from data.staged import StagedFile
from data.understanding import NO_ROWS, understand
from data.warehouse import Connection, opened, organisation_of, transaction, version_of
from data.writing import keep_original, write_file

ABSENT = """
    SELECT a.feed, a.part, a.month, a.unit, c.rows FROM active a
    JOIN claim c ON c.feed = a.feed AND c.part = a.part AND c.month = a.month AND c.unit = a.unit AND c.batch = a.batch
    WHERE a.feed = ? AND NOT EXISTS (
      FROM edited e WHERE e.part = a.part AND e.month::DATE = a.month AND e.unit = a.unit) ORDER BY ALL
"""


def edit(
    home: Home, feed: str, rows: pd.DataFrame, *, version: int | None = None, who: str | None = None, wait: float = WAIT_SECONDS
) -> LoadReport:  # fmt: skip
    """Makes `rows` (columns of the feed by name, months as text or dates) the whole table of `feed`; rows left out no longer count.

    Nothing changes with any error-level finding, or where nothing differs. WrongUsage if the feed is not one of EDITABLE; Busy if
    somebody loaded or edited since `version`.
    """
    if feed not in EDITABLE:
        raise WrongUsage(f"{feed} is not edited as a table; there are: {', '.join(EDITABLE)}.")
    name = who or current_user()
    with locked(home, name, wait), opened(home) as connection, TemporaryDirectory() as folder:
        repair(connection, home)
        before = version_of(connection)
        if version is not None and before != version:
            raise Busy(
                "Somebody else changed the data in the meantime; nothing was changed. Look at the table again and repeat the change."
            )
        staged = _staged(connection, feed, rows, Path(folder))
        if staged.refused:
            return _report(staged, None, before)
        holding = claims.claims_of(staged)
        cleared = _absent(connection, feed, holding)
        if not len(cleared) and not _differs(connection, staged):
            return _report(staged, None, before)
        original = keep_original(home, staged)
        announce(home)
        with transaction(connection):
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
            record_version(connection, number, name, "edit", [batch])
            refresh(connection, [batch])
        publish(connection, home)
        return _report(staged, batch, number)


def _staged(connection: Connection, feed: str, rows: pd.DataFrame, folder: Path) -> StagedFile:
    """The edited table as the file that it is kept as, understood and checked like any other."""
    known = feed_named(feed)
    path = folder / f"{feed}_{datetime.now():%Y-%m-%d_%H%M%S}.csv"
    written = rows.reindex(columns=[column.name for column in known.columns]).astype("object")
    written = written[written.notna().any(axis=1)]
    written.where(written.notna(), "").to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    staged = understand(path, organisation_of(connection), feed=feed)
    if not len(written):
        for sheet in staged.sheets:
            sheet.findings = [finding for finding in sheet.findings if finding.kind is not NO_ROWS]
    return staged


def _absent(connection: Connection, feed: str, holding: pd.DataFrame) -> pd.DataFrame:
    """Keys of the feed that count now and that the edited table does not hold."""
    connection.register(
        "edited",
        holding.reindex(columns=["part", "month", "unit"]).astype(
            {"part": "object", "unit": "object", "month": "datetime64[s]"}
        ),
    )
    found = connection.execute(ABSENT, [feed]).df()
    connection.unregister("edited")
    return found


def _differs(connection: Connection, staged: StagedFile) -> bool:
    found = changes(connection, staged)
    return bool(found[["rows_new", "rows_changed", "rows_replaced"]].to_numpy().sum())


def _report(staged: StagedFile, batch: int | None, version: int) -> LoadReport:
    return LoadReport(batch is not None, version or None, [FileReport(staged.name, staged.sha256, staged, batch)])
