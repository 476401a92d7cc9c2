"""What somebody may change: asked before anything is written, and of what was written before it is committed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from filelock import Timeout

from data.core.access import BadAccess, read_access
from data.core.audit import Event, record
from data.core.home import Home
from data.core.viewer import LOCAL, Action, Viewer
from data.model.errors import Damaged, NotAllowed
from data.model.organisation import Organisation
from data.snapshots.people import viewer_of
from data.snapshots.sight import units_below
from data.warehouse.connection import Connection, organisation_of

WORKED_ON = frozenset({"notes", "actions"})
"""What the front line writes."""
OF_ALL = frozenset({"people", "units"})
"""Tables that only who sees every unit may change."""


def viewer_now(home: Home) -> Viewer:
    """Who asks, as they are let in at this moment; NotAllowed if they no longer are."""
    viewer = home.viewer
    if viewer.identity == LOCAL.identity:
        return viewer
    try:
        found = None if viewer.identity.ended else viewer_of(home, viewer.identity, read_access(home))
    except BadAccess:
        found = None
    if found is None:
        raise NotAllowed("You are no longer signed in; nothing was changed. Sign in again.")
    return found


def note(home: Home, event: Event, **facts: Any) -> None:
    """Records what was done or seen. Who works at this computer is not held up where it cannot be written; of anybody
    else nothing is done unrecorded.
    """
    try:
        record(home, event, **facts)
    except (OSError, Timeout) as problem:
        if home.viewer.identity != LOCAL.identity:
            raise Damaged(
                "The audit cannot be written; nothing more is shown or done. Tell an administrator."
            ) from problem


def permit(home: Home, action: Action, feeds: Iterable[str] = ()) -> None:
    """NotAllowed unless who asks may do it to these tables."""
    viewer, touched = viewer_now(home), set(feeds)
    wanted: Action = "work" if action == "edit" and touched and touched <= WORKED_ON else action
    if not viewer.may(wanted):
        note(home, "refused", reason=action)
        raise NotAllowed(f"Your role does not allow this ({action}); nothing was changed. Ask an administrator.")
    for feed in sorted(touched & OF_ALL):
        if not viewer.may("people" if feed == "people" else "edit") or not viewer.sees_all:
            note(home, "refused", reason=action, table=feed)
            raise NotAllowed(f"The table {feed} is changed by who is in charge of all units; nothing was changed.")


def permit_batches(connection: Connection, home: Home, action: Action, batches: Sequence[int]) -> None:
    """NotAllowed if a batch holds or clears anything outside the scope of who asks. Asked inside the transaction that
    writes or turns it.
    """
    if home.viewer.identity == LOCAL.identity:
        return
    rows = connection.execute(
        "SELECT DISTINCT feed, unit FROM claim WHERE batch IN (SELECT unnest(?::INTEGER[]))", [list(batches)]
    ).fetchall()
    permit(home, action, {feed for feed, _ in rows})
    viewer = viewer_now(home)
    if viewer.sees_all:
        return
    inside = set(seen_organisation(connection, home).codes)
    if any(unit not in inside for _, unit in rows):
        note(home, "refused", reason=action)
        raise NotAllowed("This concerns units that are not yours; nothing was changed.")


def seen_organisation(connection: Connection, home: Home, whole: Organisation | None = None) -> Organisation:
    """The units that who asks sees, as they are now: others are unknown to what they load.

    whole: all units, if the caller has them.
    """
    known = organisation_of(connection) if whole is None else whole
    sight = viewer_now(home).sight
    return known if sight.scope is None else known.only(units_below(known, sight))
