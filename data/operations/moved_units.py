"""Units whose parent was changed in an edited table: from which month on."""

from __future__ import annotations

import pandas as pd

KEY = ["code", "since"]


def moved_units(stored: pd.DataFrame, edited: pd.DataFrame) -> list[str]:
    """The codes of units of which a row has another parent than before, in the order of the edited table.

    stored, edited: the units table as an editor holds it, months as text.
    """
    return list(dict.fromkeys(edited.loc[_moved(stored, edited).notna(), "code"]))


def date_moves(stored: pd.DataFrame, edited: pd.DataFrame, since: str) -> pd.DataFrame:
    """The edited table with moves that hold from a month (2025-11) on: rows keep their parent of before, and a new row
    of each such unit has the new one.

    A row that holds only from that month on, or later, is changed as it stands.
    """
    before = _moved(stored, edited)
    dated = before.notna() & (edited["since"].fillna("") < since)
    added = edited[dated].assign(since=since)
    kept = edited.assign(parent=edited["parent"].where(~dated, before.where(before != "", None)))
    return pd.concat([kept, added], ignore_index=True)


def _moved(stored: pd.DataFrame, edited: pd.DataFrame) -> pd.Series:
    """Per edited row its parent of before, "" for none, where it has another one now; else missing."""
    parents = {
        (code, since): parent
        for code, since, parent in stored[[*KEY, "parent"]].fillna("").itertuples(index=False, name=None)
    }
    found = [
        known if (known := parents.get((code, since))) is not None and known != parent else None
        for code, since, parent in edited[[*KEY, "parent"]].fillna("").itertuples(index=False, name=None)
    ]
    return pd.Series(found, index=edited.index, dtype="object")
