"""What was loaded, by whom and when; taking a batch back, and taking it up again."""

from __future__ import annotations

import pandas as pd

from data.core.home import Home
from data.model.errors import Refused, WrongUsage
from data.snapshots.permits import note, permit, permit_batches
from data.snapshots.publish import mark_pending, publish, repair
from data.snapshots.reader import open_snapshot
from data.warehouse import claims, corrections, identities
from data.warehouse.connection import Connection, open_warehouse, organisation_of, transaction, version_of
from data.warehouse.lock import WAIT_SECONDS, author, locked
from data.warehouse.versions import record_version, refresh_cube


def history(home: Home) -> pd.DataFrame:
    """All batches, oldest first (see Snapshot.batches); NoData if nothing was loaded."""
    return open_snapshot(home).batches()


def undo(home: Home, batch: int, who: str | None = None, wait: float = WAIT_SECONDS) -> int:
    """Hands the keys of `batch` back to the batch before; returns the new version.

    WrongUsage if it is unknown or already undone; Refused if an event would be counted twice.
    """
    return _turn(home, batch, True, who, wait)


def redo(home: Home, batch: int, who: str | None = None, wait: float = WAIT_SECONDS) -> int:
    """Takes an undone batch up again; returns the new version."""
    return _turn(home, batch, False, who, wait)


def _turn(home: Home, batch: int, undone: bool, who: str | None, wait: float) -> int:
    permit(home, "undo")
    name = author(home, who)
    with locked(home, name, wait), open_warehouse(home) as connection:
        repair(connection, home)
        found = connection.execute("SELECT undone FROM batch WHERE batch = ?", [batch]).fetchall()
        if not found:
            last = connection.execute("SELECT max(batch) FROM batch").fetchall()[0][0]
            raise WrongUsage(
                f"There is no batch {batch}; " + (f"the last is {last}." if last else "nothing has been loaded yet.")
            )
        if found[0][0] == undone:
            raise WrongUsage(f"Batch {batch} is already undone." if undone else f"Batch {batch} counts already.")
        _refuse_between(connection, batch, undone)
        mark_pending(home)
        with transaction(connection):
            version = version_of(connection) + 1
            connection.execute("UPDATE batch SET undone = ? WHERE batch = ?", [undone, batch])
            permit_batches(connection, home, "undo", [batch])
            claims.update_active(connection, [batch])
            _refuse_double_events(connection, batch, undone)
            record_version(connection, version, name, "undo" if undone else "redo", [batch])
            organisation = organisation_of(connection)
            months = refresh_cube(connection, [batch], organisation)
        published = publish(connection, home, months, organisation)
    note(home, "undo" if undone else "redo", version=published, batches=[batch])
    return published


def _refuse_double_events(connection: Connection, batch: int, undone: bool) -> None:
    """Refuses what would bring back an event that another batch holds by now: nobody said whose it is."""
    if found := identities.first_counted_twice(connection, batch):
        number, here, other = found
        way = (
            f"Undo batch {other} first and load its file again afterwards" if undone else "Load the batch's file again"
        )
        raise Refused(
            f"{number} would be counted twice, in batch {here} and in batch {other}; nothing was changed. {way}: then "
            f"it is asked whose it is."
        )


def _refuse_between(connection: Connection, batch: int, undone: bool) -> None:
    """WrongUsage where single cells would stand in the rows of a batch that does not count."""
    if undone and (found := corrections.resting_on(connection, batch)):
        numbers = ", ".join(map(str, found))
        raise WrongUsage(f"Batch {numbers} holds single cells in the rows of batch {batch}; undo {numbers} first.")
    if not undone and (found := corrections.undone_bases(connection, batch)):
        numbers = ", ".join(map(str, found))
        raise WrongUsage(
            f"Batch {batch} holds single cells in the rows of batch {numbers}, which is undone; take {numbers} up "
            "first."
        )
