"""Uploads of single cells: rows are matched by key, empty cells and the rest of the month stay, and what changes is
said before by cell and total.
"""

from __future__ import annotations

import json

import pytest

from data.core.home import Home
from data.loading.commit import commit, load
from data.loading.plan import LoadOptions, plan
from data.model.errors import Outdated, WrongUsage
from data.operations.undo import history, redo, undo
from data.snapshots.reader import open_snapshot
from data.snapshots.tickets import read_tickets

CUSTOMERS = "month unit customers mid_high_end_customers self_service_terminals"
MONTHLY = "month unit complaints category escalated"
TICKETS = "ticket_id received_at unit category level"
CELLS = LoadOptions(cells_only=True, who="tester")
BEFORE = {
    CUSTOMERS: [("2025-01", "A", 100, 10, 1), ("2025-01", "B", 200, 20, 2)],
    MONTHLY: [("2025-01", "A", 9, "资费", 1), ("2025-01", "A", 5, "网络", 2), ("2025-01", "B", 3, "资费", 3)],
    TICKETS: [
        ("T1", "2025-01-05", "A1", "资费", "normal"),
        ("T2", "2025-01-06", "A1", "网络", "normal"),
        ("T3", "2025-01-07", "B1", "网络", "normal"),
    ],
}
# The rows of a file of single cells; measure -> what is published afterwards; the cells that change, old -> new.
CASES = [
    (
        "one cell of a row",
        (CUSTOMERS, [("2025-01", "A", "", "", 7)]),
        {"customers": {"2025-01 A": 100, "2025-01 B": 200}, "self_service_terminals": {"2025-01 A": 7, "2025-01 B": 2}},
        [("2025-01", "A", (), "self_service_terminals", "1", "7")],
    ),
    (
        "a column that the file does not have",
        ("month unit customers", [("2025-01", "B", 222)]),
        {"customers": {"2025-01 A": 100, "2025-01 B": 222}, "self_service_terminals": {"2025-01 A": 1, "2025-01 B": 2}},
        [("2025-01", "B", (), "customers", "200", "222")],
    ),
    (
        "one of several rows of a unit's month",
        (MONTHLY, [("2025-01", "A", "", "网络", 4)]),
        {"complaints": {"2025-01 A": 14, "2025-01 B": 3}, "escalated": {"2025-01 A": 5, "2025-01 B": 3}},
        [("2025-01", "A", ("网络",), "escalated", "2", "4")],
    ),
    (
        "a row that is not there yet",
        (MONTHLY, [("2025-01", "A", 2, "服务", 0)]),
        {"complaints": {"2025-01 A": 16, "2025-01 B": 3}, "escalated": {"2025-01 A": 3, "2025-01 B": 3}},
        [],
    ),
    (
        "a ticket's level",
        (TICKETS, [("T1", "", "", "", "escalated")]),
        {"escalated": {"2025-01 A": 1, "2025-01 A1": 1, "2025-01 A2": 0, "2025-01 B": 0, "2025-01 B1": 0}},
        [("2025-01", "A1", ("T1",), "level", "normal", "escalated")],
    ),
    (
        "a ticket of another unit",
        (TICKETS, [("T3", "", "A2", "", "")]),
        {"complaints": {"2025-01 A": 3, "2025-01 A1": 2, "2025-01 A2": 1}},
        [("2025-01", "A2", ("T3",), "unit", "B1", "A2")],
    ),
]


@pytest.mark.parametrize(("name", "file", "published", "cells"), CASES, ids=[case[0] for case in CASES])
def test_cells_are_taken_and_all_else_stays(
    home: Home, loads, write, figures, cube, tree, name: str, file: tuple, published: dict, cells: list
) -> None:
    header = next(one for one in BEFORE if one.startswith(file[0][:20]))
    loads("before.csv", header, *BEFORE[header])
    before, state = cube(home), tree(home.path)
    path = write("cells.csv", file[0], *file[1])
    planned = plan(home, [path], CELLS)
    assert [(one.month, one.unit, one.key, one.column, one.before, one.after) for one in planned.cells] == cells
    assert planned.cell_count == len(cells)
    assert tree(home.path) == state, "a plan writes nothing"
    commit(home, planned)
    assert {measure: figures(home, measure) for measure in published} == published
    assert history(home)["corrects"].tolist()[1:] == [None, "2"]
    undo(home, 3)
    assert cube(home) == before
    redo(home, 3)
    assert {measure: figures(home, measure) for measure in published} == published


def test_totals_are_told_before_and_after(home: Home, loads, write) -> None:
    loads("before.csv", MONTHLY, *BEFORE[MONTHLY])
    planned = plan(home, [write("cells.csv", MONTHLY, ("2025-01", "A", 10, "资费", ""))], CELLS)
    told = [(one.month, one.measure, one.before, one.after) for one in planned.totals]
    assert ("2025-01", "complaints", 14, 15) in told, "of the units in the file: B is not"
    assert ("2025-01", "escalated", 3, 3) in told


def test_a_whole_month_is_told_by_cell_too(home: Home, loads, write) -> None:
    loads("before.csv", MONTHLY, *BEFORE[MONTHLY])
    planned = plan(home, [write("month.csv", MONTHLY, ("2025-01", "A", 9, "资费", 3), ("2025-01", "B", 3, "资费", 3))])
    assert [(one.unit, one.column, one.before, one.after) for one in planned.cells] == [("A", "escalated", "1", "3")]
    told = {one.measure: (one.before, one.after) for one in planned.totals}
    assert (told["complaints"], told["escalated"]) == ((17, 12), (6, 6)), "the row of 网络 is no longer there"


def test_the_same_bytes_are_another_thing_as_cells_than_as_a_month(home: Home, loads, write, figures) -> None:
    loads("before.csv", MONTHLY, *BEFORE[MONTHLY])
    path = write("cells.csv", MONTHLY, ("2025-01", "A", 10, "资费", 1))
    assert load(home, [path], CELLS).committed
    again = load(home, [path], CELLS)
    assert (again.committed, again.files[0].already_loaded) == (False, True)
    assert load(home, [path]).committed, "as the month it takes the other rows away"
    assert figures(home, "complaints") == {"2025-01 A": 10, "2025-01 B": 3}


def test_a_batch_in_whose_rows_cells_stand_is_not_undone_before_them(home: Home, loads, write, figures) -> None:
    loads("before.csv", MONTHLY, *BEFORE[MONTHLY])
    load(home, [write("cells.csv", MONTHLY, ("2025-01", "A", 10, "资费", ""))], CELLS)
    with pytest.raises(WrongUsage, match="Batch 3 holds single cells in the rows of batch 2; undo 3 first"):
        undo(home, 2)
    undo(home, 3)
    undo(home, 2)
    assert figures(home, "complaints") == {}
    with pytest.raises(WrongUsage, match="of batch 2, which is undone; take 2 up first"):
        redo(home, 3)
    redo(home, 2)
    redo(home, 3)
    assert figures(home, "complaints") == {"2025-01 A": 15, "2025-01 B": 3}


def test_the_next_load_of_the_month_takes_over_the_cells_too(home: Home, loads, write, figures) -> None:
    loads("before.csv", MONTHLY, *BEFORE[MONTHLY])
    load(home, [write("cells.csv", MONTHLY, ("2025-01", "A", 10, "资费", ""))], CELLS)
    loads("month.csv", MONTHLY, ("2025-01", "A", 1, "资费", 0))
    assert figures(home, "complaints") == {"2025-01 A": 1, "2025-01 B": 3}


def test_every_row_is_traced_to_the_file_that_it_is_of(home: Home, loads, write) -> None:
    loads("before.csv", TICKETS, *BEFORE[TICKETS])
    load(home, [write("cells.csv", TICKETS, ("T1", "", "", "", "escalated"))], CELLS)
    snapshot = open_snapshot(home)
    rows = read_tickets(home, snapshot.version, ["A1"], "2025-01", "2025-01").rows
    assert [(row["ticket_id"], row["file"], row["sheet"], row["row"]) for row in rows.to_dict("records")] == [
        ("T2", "cells.csv", "before.csv › before", 3),
        ("T1", "cells.csv", "cells", 2),
    ]
    held = snapshot.lineage("complaints_tickets").query("unit == 'A1'").iloc[0]
    assert (held["rows"], held["first_row"], held["last_row"]) == (2, 2, 2)


# A file of single cells over BEFORE; what it is told.
TOLD = [
    (CUSTOMERS, ("2025-02", "A", 5, 1, 1), {"cells_only", "cells_without_row"}, False),
    (CUSTOMERS, ("2025-02", "A", "", 1, 1), {"cells_only", "cells_without_row", "required_empty"}, True),
    # A rule holds over what the row will be: 10 of 5 customers cannot be of the better sort.
    (CUSTOMERS, ("2025-01", "A", 5, "", ""), {"cells_only", "mid_high_end_exceeds_customers", "jump"}, True),
    (TICKETS, ("T2", "2025-01-03", "", "", ""), {"cells_only"}, False),
]


@pytest.mark.parametrize(("header", "row", "codes", "refused"), TOLD)
def test_rows_are_checked_as_they_will_be(
    home: Home, loads, write, header: str, row: tuple, codes: set, refused: bool
) -> None:
    loads("before.csv", header, *BEFORE[header])
    file = plan(home, [write("cells.csv", header, row)], CELLS).files[0]
    assert {one.code for one in file.all_findings} - {"jump"} == codes - {"jump"}
    assert file.refused == refused


def test_cells_do_not_end_a_month_that_is_not_over(home: Home, loads, write) -> None:
    header = "month unit customers"
    loads("客户规模 截至1月15日.csv", header, ("2025-01", "A", 5), ("2025-01", "B", 6))
    assert open_snapshot(home).provisional()["unit"].tolist() == ["A", "B"]
    load(home, [write("cells.csv", header, ("2025-01", "A", 7), ("2025-01", "A1", 3))], CELLS)
    found = open_snapshot(home).provisional()
    assert sorted(set(found["unit"])) == ["A", "A1", "B"]
    assert {str(day)[:10] for day in found["until"]} == {"2025-01-15"}


def test_two_files_of_cells_of_one_unit_and_month(home: Home, loads, write, figures) -> None:
    loads("before.csv", MONTHLY, *BEFORE[MONTHLY])
    rows = {
        "a": ("2025-01", "A", 10, "资费", ""),
        "b": ("2025-01", "A", 6, "网络", ""),
        "c": ("2025-01", "A", "", "资费", 2),
    }
    one, other, same = (write(f"{name}.csv", MONTHLY, row) for name, row in rows.items())
    refused = plan(home, [one, same], CELLS).files[1]
    assert [(found.code, found.row) for found in refused.all_findings if found.severity == "error"] == [
        ("cells_in_two_files", 2)
    ]
    assert load(home, [one, other], CELLS).committed
    assert figures(home, "complaints") == {"2025-01 A": 16, "2025-01 B": 3}
    assert load(home, [same], CELLS).committed
    assert figures(home, "complaints") == {"2025-01 A": 16, "2025-01 B": 3}
    assert figures(home, "escalated") == {"2025-01 A": 4, "2025-01 B": 3}


def test_single_cells_clear_nothing() -> None:
    with pytest.raises(WrongUsage, match="cannot be cleared"):
        LoadOptions(cells_only=True, missing="clear")


def test_a_preview_is_bound_to_its_version(home: Home, loads, write, figures) -> None:
    """Two people look at the same month, and both confirm."""
    loads("before.csv", MONTHLY, *BEFORE[MONTHLY])
    mine = write("mine.csv", MONTHLY, ("2025-01", "A", 1, "资费", 0))
    planned = plan(home, [mine])
    loads("theirs.csv", MONTHLY, ("2025-01", "A", 2, "资费", 0))
    with pytest.raises(Outdated, match=r"since version 2.*version 3: load of batch 3 theirs.csv by tester"):
        commit(home, planned)
    with pytest.raises(Outdated):
        load(home, [mine], LoadOptions(version=2))
    assert figures(home, "complaints") == {"2025-01 A": 2, "2025-01 B": 3}
    assert load(home, [mine], LoadOptions(version=3)).committed


def test_json_has_every_cell_and_total(home: Home, loads, write) -> None:
    loads("before.csv", MONTHLY, *BEFORE[MONTHLY])
    done = load(home, [write("cells.csv", MONTHLY, ("2025-01", "A", 10, "资费", ""))], CELLS)
    told = json.loads(json.dumps(done.to_json()))["files"][0]
    assert (told["cells_only"], told["cells_changed"]) == (True, 1)
    assert told["cells"] == [
        {
            "feed": "complaints_monthly",
            "month": "2025-01",
            "unit": "A",
            "key": ["资费"],
            "column": "complaints",
            "before": "9",
            "after": "10",
            "row": 2,
        }
    ]
    assert {
        "feed": "complaints_monthly",
        "month": "2025-01",
        "measure": "complaints",
        "before": 14,
        "after": 15,
    } in told["totals"]
