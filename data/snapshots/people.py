"""Who may sign in, and what they see: the table `people` of the newest version, then the configuration."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from threading import Lock
from typing import Any

import pandas as pd
from cachetools import LRUCache

from data.core.access import Access, read_access
from data.core.home import Home
from data.core.viewer import LOCAL, NOTHING, ROLES, Identity, Sight, Viewer
from data.model.errors import NoData
from data.snapshots.reader import File, current_version, open_snapshot, snapshot_file

GROUP = "group:"
# Asked at each run of a page: who reads some units only would else open the whole version each time.
_rows: LRUCache[File, Sequence[Mapping[Hashable, Any]]] = LRUCache(8)
_guard = Lock()
PERSON_VARIABLE = "SERVICE_QUALITY_PERSON"


def viewer_of(home: Home, identity: Identity, access: Access) -> Viewer | None:
    """Somebody who signed in as what they may see and do now; None if nobody let them in.

    The table comes first: of a person with a row of their own, also one that has run out, nothing else counts. Then
    the administrators that the configuration names, then the rows of their groups, then the roles that the
    configuration gives to groups.
    """
    rows = people(home)
    own = [row for row in rows if _is(str(row["person"]), identity)]
    if own:
        return _by_rows(identity, _in_force(own))
    if identity.subject in access.administrators or _among(identity.email, access.administrators):
        return Viewer(identity, "administrator", Sight(None, False))
    groups = [row for row in rows if str(row["person"]).removeprefix(GROUP) in identity.groups
              and str(row["person"]).startswith(GROUP)]  # fmt: skip
    if groups:
        return _by_rows(identity, _in_force(groups))
    roles = [access.groups[group] for group in identity.groups if group in access.groups]
    return Viewer(identity, max(roles, key=ROLES.index), Sight(None, False)) if roles else None


def person_named(home: Home, person: str, access: Access) -> Viewer:
    """What the person called so in the table (a subject, an e-mail address, group:NAME) sees; nothing if unknown."""
    group = frozenset({person.removeprefix(GROUP)}) if person.startswith(GROUP) else frozenset()
    who = Identity("" if group else person, "" if group else person, person, group)
    found = viewer_of(home, who, access)
    return found or Viewer(who, "viewer", NOTHING)


def viewer_here(home: Home, access: Access | None = None) -> Viewer:
    """Who works at this computer: everything is theirs, unless SERVICE_QUALITY_PERSON names a person of the table,
    as whom they then look and act.
    """
    person = os.environ.get(PERSON_VARIABLE)
    if not person:
        return LOCAL
    return person_named(home, person, read_access(home) if access is None else access)


def home_here(given: str | None = None) -> Home:
    """The home that a command line works on, as who works at this computer sees it."""
    home = Home.resolve(given)
    return home.of(viewer_here(home))


def people(home: Home) -> Sequence[Mapping[Hashable, Any]]:
    """The rows of the newest version, whoever asks; none where nothing was loaded."""
    whole = home.whole
    newest = current_version(whole)
    file = None if newest is None else snapshot_file(whole, newest)
    with _guard:
        if file is not None and file in _rows:
            return _rows[file]
    try:
        found = open_snapshot(whole).people
    except NoData:
        return ()
    with _guard:
        if file is not None:
            _rows[file] = found
    return found


def _is(person: str, identity: Identity) -> bool:
    if person.startswith(GROUP):  # nobody becomes a group by calling themselves so
        return False
    return person == identity.subject or (bool(identity.email) and person.casefold() == identity.email.casefold())


def _among(email: str, known: Iterable[str]) -> bool:
    return bool(email) and email.casefold() in {one.casefold() for one in known}


def _in_force(rows: Iterable[Mapping[Hashable, Any]]) -> list[Mapping[Hashable, Any]]:
    """The rows whose first day has come and whose last has not passed."""
    today = pd.Timestamp(datetime.now().date())
    return [
        row
        for row in rows
        if not (pd.notna(row["since"]) and pd.Timestamp(row["since"]).normalize() > today)
        and not (pd.notna(row["until"]) and pd.Timestamp(row["until"]).normalize() < today)
    ]


def _by_rows(identity: Identity, rows: list[Mapping[Hashable, Any]]) -> Viewer | None:
    """Of several rows the units of all, and of roles and personal data the least: what is not sure is not allowed."""
    if not rows:
        return None
    role = min((str(row["role"]) for row in rows), key=ROLES.index)
    personal = all(row["personal_data"] is True or row["personal_data"] == 1 for row in rows)
    units = frozenset(str(row["unit"]) for row in rows if isinstance(row["unit"], str) and row["unit"])
    everything = role == "administrator" and not units
    if not units and not everything:
        return None
    return Viewer(identity, role, Sight(None if everything else units, personal))  # type: ignore[arg-type]
