"""A parent that is changed in the table of units holds from the month that is said; what is published stays."""

from __future__ import annotations

import pandas as pd
import pytest

from data.core.home import Home
from data.operations.edit import edit, preview_edit
from data.operations.moved_units import date_moves, moved_units
from data.snapshots.reader import open_snapshot

COLUMNS = ["code", "name", "parent", "since"]
STORED = [
    ("A", "大洋", None, None),
    ("A1", "新县", "A", None),
    ("A2", "老县", "A", None),
    ("A2", "老县", "B", "2025-03"),
]


def units(*rows: tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS, dtype="object")


@pytest.mark.parametrize(
    ("edited", "moved", "added"),
    [
        (STORED, [], []),
        ([STORED[0], ("A1", "新县", "B", None), *STORED[2:]], ["A1"], [("A1", "B", "2025-06")]),
        ([STORED[0], ("A1", "新县", None, None), *STORED[2:]], ["A1"], [("A1", None, "2025-06")]),
        ([*STORED[:3], ("A2", "老县", "C", "2025-03")], ["A2"], [("A2", "C", "2025-06")]),
        ([*STORED, ("N", "新市", "B", None)], [], []),
        ([STORED[0], ("A1", "改名", "A", None), *STORED[2:]], [], []),
    ],
    ids=["nothing", "a move", "a move to the top", "a second move", "a new unit", "another name"],
)
def test_a_move_becomes_a_row_of_its_own(edited: list, moved: list[str], added: list[tuple]) -> None:
    stored, table = units(*STORED), units(*edited)
    assert moved_units(stored, table) == moved
    dated = date_moves(stored, table, "2025-06").astype("object")
    dated = dated.where(dated.notna(), None)
    new = list(dated.iloc[len(table) :][["code", "parent", "since"]].itertuples(index=False, name=None))
    assert new == added
    if moved:
        kept = dated.iloc[: len(table)]["parent"].tolist()
        assert kept == [row[2] for row in STORED]


def test_a_row_of_a_later_month_is_changed_as_it_stands() -> None:
    stored, table = units(*STORED), units(*STORED[:3], ("A2", "老县", "C", "2025-03"))
    assert date_moves(stored, table, "2025-03").equals(table)


def test_published_months_stay_below_the_old_parent(home: Home, loads) -> None:
    loads("before.csv", "month unit customers", ("2025-01", "A2", 10))
    stored = open_snapshot(home).table("units").astype("object")
    table = stored.assign(parent=stored["parent"].where(stored["code"] != "A2", "B"))
    dated = date_moves(stored, table, "2025-02")
    assert preview_edit(open_snapshot(home), "units", dated).findings == []
    assert edit(home, "units", dated).committed
    organisation = open_snapshot(home).organisation
    assert (organisation.at("2025-01").parent("A2"), organisation.at("2025-02").parent("A2")) == ("A", "B")
