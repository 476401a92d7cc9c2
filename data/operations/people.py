"""Letting people in, and taking them off again: each an ordinary edit of their table, which can be undone."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd

from data.core.home import Home
from data.core.viewer import Role
from data.feeds import feed_named
from data.loading.report import LoadReport
from data.model.errors import WrongUsage
from data.operations.edit import edit
from data.snapshots.permits import permit
from data.snapshots.reader import open_snapshot

TABLE = "people"


@dataclass(frozen=True)
class Entry:
    """One row of the table. since, until: days (YYYY-MM-DD), "" for none."""

    person: str
    role: Role
    unit: str = ""
    personal_data: bool = False
    since: str = ""
    until: str = ""


def listed(home: Home) -> pd.DataFrame:
    """The table, for administrators."""
    permit(home, "people", {TABLE})
    return open_snapshot(home).table(TABLE)


def let_in(home: Home, entry: Entry, who: str | None = None) -> LoadReport:
    """Adds a row; one of the same person and unit is replaced."""
    rows = _rows(home)
    same = (rows["person"] == entry.person) & (rows["unit"].fillna("") == entry.unit)
    fresh = pd.DataFrame([{name: value or None for name, value in asdict(entry).items()}]).astype("object")
    fresh["personal_data"] = entry.personal_data
    return edit(home, TABLE, pd.concat([rows[~same], fresh], ignore_index=True), who=who)


def take_off(home: Home, person: str, who: str | None = None) -> LoadReport:
    """Removes every row of a person; their sign-in ends with it. WrongUsage if there is none."""
    rows = _rows(home)
    if not (rows["person"] == person).any():
        raise WrongUsage(f"Nobody in the table is called {person!r}.")
    return edit(home, TABLE, rows[rows["person"] != person].reset_index(drop=True), who=who)


def _rows(home: Home) -> pd.DataFrame:
    rows = listed(home)[[column.name for column in feed_named(TABLE).columns]].astype("object")
    return rows.where(rows.notna(), None)
