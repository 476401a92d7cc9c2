"""Undo hands a batch's months back exactly; redo takes them up; loading the same file again changes nothing and says
so.
"""

from __future__ import annotations

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.model.errors import NoData, WrongUsage
from data.operations.undo import history, redo, undo

CUSTOMERS = "month unit customers mid_high_end_customers"
TICKETS = "ticket_id received_at unit category"
JANUARY = [("2025-01", "A", 100, 10), ("2025-01", "B", 200, 20)]
REVISED = [("2025-01", "A", 111, 11)]


def test_undo_gives_the_earlier_numbers_back_exactly(home: Home, loads, cube) -> None:
    before = {}
    loads("a.csv", CUSTOMERS, *JANUARY)
    before[2] = cube(home)
    loads("t.csv", TICKETS, ("T1", "2025-01-05", "A1", "资费"), ("T2", "2025-01-06", "B1", "网络"))
    before[3] = cube(home)
    loads("t2.csv", TICKETS, ("T3", "2025-01-07", "A1", "网络"), ("T4", "2025-01-07", "A1", "网络"))
    loads("b.csv", CUSTOMERS, *REVISED)
    after = cube(home)
    assert after["customers", "", "2025-01 A"] == 111
    assert undo(home, 5) == 6
    assert undo(home, 4) == 7
    assert cube(home) == before[3]
    assert undo(home, 3) == 8
    assert cube(home) == before[2]
    assert [redo(home, batch) for batch in (5, 3, 4)] == [9, 10, 11]
    assert cube(home) == after
    assert cube(home, 3) == before[3], "a published version never changes"


def test_undo_of_an_older_batch_changes_only_what_it_still_holds(home: Home, loads, figures) -> None:
    loads("a.csv", CUSTOMERS, *JANUARY)
    loads("b.csv", CUSTOMERS, *REVISED)
    undo(home, 2)
    assert figures(home, "customers") == {"2025-01 A": 111}
    undo(home, 3)
    assert figures(home, "customers") == {}
    redo(home, 2)
    assert figures(home, "customers") == {"2025-01 A": 100, "2025-01 B": 200}


@pytest.mark.parametrize(
    ("missing", "expected"), [("keep", {"2025-01 A": 111, "2025-01 B": 200}), ("clear", {"2025-01 A": 111})]
)
def test_what_a_file_no_longer_mentions_is_kept_or_cleared_and_undo_brings_it_back(
    home: Home, loads, figures, missing: str, expected: dict
) -> None:
    loads("a.csv", CUSTOMERS, *JANUARY, ("2025-02", "B", 222, 22))
    loads("b.csv", CUSTOMERS, *REVISED, missing=missing)
    february = {"2025-02 B": 222}
    assert figures(home, "customers") == expected | february
    undo(home, 3)
    assert figures(home, "customers") == {"2025-01 A": 100, "2025-01 B": 200} | february
    redo(home, 3)
    assert figures(home, "customers") == expected | february


def test_the_same_bytes_twice_change_nothing_and_say_so(home: Home, loads, write, tree) -> None:
    loads("a.csv", CUSTOMERS, *JANUARY)
    before = tree(home.path)
    again = load(home, [write("renamed.csv", CUSTOMERS, *JANUARY)])
    assert (again.committed, again.refused, again.version) == (False, False, 2)
    assert [(file.already_loaded, file.batch) for file in again.files] == [(True, 2)]
    assert [finding.code for finding in again.files[0].findings] == ["already_loaded"]
    assert tree(home.path) == before


def test_the_same_bytes_after_undo_load_again(home: Home, loads, figures) -> None:
    loads("a.csv", CUSTOMERS, *JANUARY)
    undo(home, 2)
    assert figures(home, "customers") == {}
    again = loads("a.csv", CUSTOMERS, *JANUARY)
    assert again.files[0].batch == 3
    assert figures(home, "customers") == {"2025-01 A": 100, "2025-01 B": 200}


@pytest.mark.parametrize("over", [JANUARY, REVISED], ids=["wholly", "in part"])
def test_the_same_bytes_after_another_file_took_over_load_again(home: Home, loads, figures, over: list) -> None:
    loads("a.csv", CUSTOMERS, *JANUARY)
    loads("b.csv", CUSTOMERS, *[(month, unit, customers + 1, 5) for month, unit, customers, _ in over])
    again = loads("a.csv", CUSTOMERS, *JANUARY)
    assert again.files[0].batch == 4
    assert figures(home, "customers") == {"2025-01 A": 100, "2025-01 B": 200}


def test_undo_of_the_units_and_back(home: Home, loads, cube) -> None:
    """The figures stay with their codes; events find their branch again when the units come back."""
    loads("c.csv", CUSTOMERS, *JANUARY)
    loads("t.csv", TICKETS, ("T1", "2025-01-05", "A1", "资费"))
    before = cube(home)
    assert before["complaints", "", "2025-01 A"] == 1
    undo(home, 1)
    without = cube(home)
    assert without["customers", "", "2025-01 A"] == 100
    assert ("complaints", "", "2025-01 A") not in without
    redo(home, 1)
    assert cube(home) == before


def test_the_history_tells_what_when_who_and_whether_it_counts(home: Home, loads) -> None:
    loads("a.csv", CUSTOMERS, *JANUARY, ("2025-02", "B", 222, 22))
    undo(home, 2)
    rows = history(home).set_index("batch")
    assert list(rows.index) == [1, 2]
    told = rows.loc[2, ["file", "feeds", "rows", "months", "loaded_by", "undone", "version"]].tolist()
    assert told == ["a.csv", "customers", 3, "2025-01 – 2025-02", "tester", True, 2]
    assert rows.loc[1, "months"] == ""


@pytest.mark.parametrize(
    ("turn", "batch", "words"),
    [
        (undo, 99, "There is no batch 99; the last is 1."),
        (undo, 0, "There is no batch 0; the last is 1."),
        (undo, 10**30, f"There is no batch {10**30}; the last is 1."),
        (redo, 1, "Batch 1 counts already."),
    ],
)
def test_a_batch_that_cannot_be_turned_is_reported_in_a_sentence(
    home: Home, tree, turn, batch: int, words: str
) -> None:
    before = tree(home.path)
    with pytest.raises(WrongUsage, match=f"^{words}$"):
        turn(home, batch)
    assert tree(home.path) == before


def test_undo_twice(home: Home, loads) -> None:
    loads("a.csv", CUSTOMERS, *JANUARY)
    undo(home, 2)
    with pytest.raises(WrongUsage, match=r"^Batch 2 is already undone\.$"):
        undo(home, 2)


def test_nothing_to_undo(empty: Home) -> None:
    with pytest.raises(WrongUsage, match="nothing has been loaded yet"):
        undo(empty, 1)
    with pytest.raises(NoData, match="Nothing has been loaded"):
        history(empty)
