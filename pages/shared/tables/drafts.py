"""What was typed into a table and is not saved yet.

The grid forgets it with another table, language, page or version; here it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

DRAFTS, GRIDS = "table_drafts", "table_grids"


@dataclass
class Draft:
    """Edits of a table that are not saved yet.

    held: the table as it counts.
    start: what the grid was given.
    edited: what the grid holds.
    drawn: how the grid was set up.
    key: the key of the grid.
    carried: whether the table changed below what was typed.
    """

    held: pd.DataFrame
    start: pd.DataFrame
    edited: pd.DataFrame
    drawn: str = ""
    key: str = ""
    carried: bool = False

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that is not saved."""
        return not frames_equal(self.edited, self.held)

    def set_up(self, drawn: str) -> None:
        """Gives the grid a new beginning where Streamlit would forget its edits.

        That is where it was not on the screen, or is set up otherwise.
        """
        if drawn != self.drawn or self.key not in st.session_state:
            st.session_state[GRIDS] = st.session_state.get(GRIDS, 0) + 1
            self.start, self.drawn, self.key = self.edited, drawn, f"grid_{st.session_state[GRIDS]}"


def frames_equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two tables hold the same."""
    return one.astype("object").equals(other.astype("object"))


def draft_of(name: str, rows: pd.DataFrame, key: Sequence[str]) -> Draft:
    """What is typed into the table `name`, which counts as `rows`, of which `key` tells them apart."""
    drafts = st.session_state.setdefault(DRAFTS, {})
    known = drafts.get(name)
    if known is None or not (known.unsaved or frames_equal(known.held, rows)):
        known = drafts[name] = Draft(rows, rows, rows)
    elif not frames_equal(known.held, rows):
        edited = rebase_edits(known.held, known.edited, rows, key)
        known = drafts[name] = Draft(rows, edited, edited, carried=True)
    return known


def has_unsaved(name: str) -> bool:
    """Whether something is typed into the table `name` that is not saved."""
    draft = st.session_state.get(DRAFTS, {}).get(name)
    return draft is not None and draft.unsaved


def discard_draft(name: str) -> None:
    """Lets go of what was typed."""
    st.session_state.get(DRAFTS, {}).pop(name, None)


def rebase_edits(held: pd.DataFrame, edited: pd.DataFrame, now: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """What was typed over `held`, over the rows that count `now`: of a row that both changed, what was typed."""
    names = list(now.columns)
    places = [names.index(one) for one in key]

    def rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
        return [
            tuple(None if pd.isna(value) else value for value in row) for row in frame[names].to_numpy(dtype=object)
        ]

    def said(row: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row[place] for place in places)

    before, after = set(rows(held)), set(rows(edited))
    new = [row for row in rows(edited) if row not in before]
    concerned = {said(row) for row in [*new, *(before - after)]}
    kept = [row for row in rows(now) if said(row) not in concerned]
    return pd.DataFrame([*kept, *new], columns=names).astype(now.dtypes.to_dict())
