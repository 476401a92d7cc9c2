"""What a file would change, before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import plan

CUSTOMERS = "month unit customers"
RECHARGE = "month unit channel transactions"
TICKETS = "ticket_id received_at unit category"
COUNTS = ["rows_new", "rows_changed", "rows_unchanged", "rows_missing", "rows_replaced"]

# Loaded before; the file; per feed and month: new, changed, unchanged, missing, replaced, units missing.
CASES = [
    (
        "all new",
        None,
        (CUSTOMERS, [("2025-01", "A", 1), ("2025-02", "A", 2), ("2025-02", "B", 3)]),
        {("customers", "2025-01"): (1, 0, 0, 0, 0, []), ("customers", "2025-02"): (2, 0, 0, 0, 0, [])},
    ),
    (
        "one of each",
        (CUSTOMERS, [("2025-01", "A", 1), ("2025-01", "B", 2), ("2025-01", "A1", 3)]),
        (CUSTOMERS, [("2025-01", "B1", 4), ("2025-01", "A", 10), ("2025-01", "B", 2)]),
        {("customers", "2025-01"): (1, 1, 1, 1, 0, ["A1"])},
    ),
    (
        "the same in another order, spelt otherwise",
        (CUSTOMERS, [("2025-01", "A", 1000), ("2025-01", "B", 2)]),
        (CUSTOMERS, [("2025年1月", "海湖", 2), ("202501", "大洋", "1,000")]),
        {("customers", "2025-01"): (0, 0, 2, 0, 0, [])},
    ),
    (
        "a value becomes unknown",
        ("month unit customers self_service_terminals", [("2025-01", "A", 1, 5)]),
        ("month unit customers self_service_terminals", [("2025-01", "A", 1, "")]),
        {("customers", "2025-01"): (0, 1, 0, 0, 0, [])},
    ),
    (
        "channels of a mentioned unit are gone, another unit is not mentioned",
        (
            RECHARGE,
            [
                ("2025-01", "A", "app", 1),
                ("2025-01", "A", "web", 2),
                ("2025-01", "B", "app", 3),
                ("2025-01", "B", "web", 4),
            ],
        ),
        (RECHARGE, [("2025-01", "A", "app", 1), ("2025-01", "A", "bank", 9)]),
        {("recharge", "2025-01"): (1, 0, 1, 2, 1, ["B"])},
    ),
    (
        "tickets of another day of the month",
        (TICKETS, [("T1", "2025-01-05", "A1", "x"), ("T2", "2025-01-06", "A1", "x")]),
        (TICKETS, [("T2", "2025-01-06", "A1", "y"), ("T3", "2025-01-07", "A1", "x")]),
        {("complaints_tickets", "2025-01"): (1, 1, 0, 0, 1, [])},
    ),
    (
        "units",
        None,
        ("code name level parent", [("A", "大洋市", "city", "P"), ("C", "新城", "city", "P")]),
        {("units", ""): (1, 1, 0, 7, 0, ["A1", "A2", "B", "B1", "B2", "H1", "P"])},
    ),
]


@pytest.mark.parametrize(("name", "before", "file", "expected"), CASES, ids=[case[0] for case in CASES])
def test_rows_new_changed_unchanged_missing_and_replaced(
    home: Home, loads, write, tree, name: str, before: tuple | None, file: tuple, expected: dict
) -> None:
    if before:
        loads("before.csv", before[0], *before[1])
    state = tree(home.path)
    planned = plan(home, [write("file.csv", file[0], *file[1])])
    assert not planned.files[0].refused, planned.files[0].all_findings
    found = {
        (row["feed"], row["month"]): (
            *(row[count] for count in COUNTS),
            row["units_missing"] if isinstance(row["units_missing"], list) else [],
        )
        for row in planned.changes.to_dict("records")
    }
    assert found == expected
    assert tree(home.path) == state, "a plan writes nothing"


def test_replaced_rows_are_warned_of(home: Home, loads, write) -> None:
    loads("before.csv", RECHARGE, ("2025-01", "A", "app", 1), ("2025-01", "A", "web", 2))
    planned = plan(home, [write("file.csv", RECHARGE, ("2025-01", "A", "app", 1))])
    told = [(finding.code, finding.severity, finding.params["count"]) for finding in planned.files[0].all_findings]
    assert told == [("rows_replaced", "warning", 1)]


def test_a_refused_file_changes_nothing(home: Home, write) -> None:
    planned = plan(home, [write("file.csv", CUSTOMERS, ("2025-01", "nowhere", 1))])
    assert planned.files[0].refused
    assert planned.accepted == []
    assert planned.changes.empty


def test_what_the_preview_said_is_what_the_load_does(home: Home, loads, write, figures) -> None:
    loads("before.csv", CUSTOMERS, ("2025-01", "A", 1), ("2025-01", "B", 2))
    path: Path = write("file.csv", CUSTOMERS, ("2025-01", "A", 5))
    assert plan(home, [path]).changes[COUNTS].values.tolist() == [[0, 1, 0, 1, 0]]
    load(home, [path])
    assert plan(home, [write("again.csv", CUSTOMERS, ("2025-01", "A", 5.0), ("2025-01", "B", 2))]).changes[
        COUNTS
    ].values.tolist() == [[0, 0, 2, 0, 0]]
    assert figures(home, "customers") == {"2025-01 A": 5, "2025-01 B": 2}
