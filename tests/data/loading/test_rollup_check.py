"""A unit's own figure against the sum of its parts."""

from __future__ import annotations

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.report import stored_findings
from data.operations.undo import history

CUSTOMERS = "month unit customers"
# Rows of January (B2 opens in March); what is told: (unit, total, parts, difference).
CASES = [
    ("add up", [("A", 30), ("A1", 10), ("A2", 20)], []),
    ("differ", [("A", 35), ("A1", 10), ("A2", 20)], [("大洋", "35", "30", "5")]),
    ("too many parts", [("A", 25), ("A1", 10), ("A2", 20)], [("大洋", "25", "30", "-5")]),
    ("a part is not known", [("A", 35), ("A1", 10)], []),
    ("no total", [("A1", 10), ("A2", 20)], []),
    ("a part that is not open yet is not missed", [("B", 12), ("B1", 10)], [("海湖", "12", "10", "2")]),
    (
        "two levels up through a city that is not given",
        [("P", 100), ("A1", 10), ("A2", 20), ("B1", 40)],
        [("全省", "100", "70", "30")],
    ),
    ("each level on its own", [("P", 100), ("A", 60), ("B", 40), ("A1", 10), ("A2", 20)], [("大洋", "60", "30", "30")]),
    (
        "the closest part counts, not its parts",
        [("A", 30), ("A1", 10), ("A2", 20), ("H1", 7)],
        [("东县", "10", "7", "3")],
    ),
    ("nothing anywhere", [("A", 0), ("A1", 0), ("A2", 0)], []),
]


@pytest.mark.parametrize(("name", "rows", "told"), CASES, ids=[case[0] for case in CASES])
def test_totals_against_parts(home: Home, write, name: str, rows: list, told: list) -> None:
    done = load(home, [write("a.csv", CUSTOMERS, *[("2025-01", *row) for row in rows])])
    assert done.committed
    differing = [finding for finding in done.files[0].findings if finding.code == "parts_differ"]
    words = ("unit", "total", "parts", "difference")
    assert [tuple(finding.params[word] for word in words) for finding in differing] == told
    assert {finding.severity for finding in differing} <= {"warning"}


def test_parts_that_come_in_another_file_are_compared_and_kept_in_the_history(home: Home, loads) -> None:
    loads("a.csv", CUSTOMERS, ("2025-01", "A", 35))
    done = loads("b.csv", CUSTOMERS, ("2025-01", "A1", 10), ("2025-01", "A2", 20))
    words = "大洋, 2025-01: the total of customers is 35, its parts add up to 30; they differ by 5."
    assert [finding.message() for finding in done.files[0].findings] == [words]
    stored = history(home).set_index("batch")["findings"]
    assert [finding["message"] for finding in stored_findings(stored[3])] == [words]
    assert stored_findings(stored[2]) == []


@pytest.mark.parametrize(
    ("header", "rows", "codes"),
    [
        (
            "month unit survey touchpoint score responses",
            [
                ("2025-01", "A", "standard", "overall", 80, 10),
                ("2025-01", "A1", "standard", "overall", 70, 10),
                ("2025-01", "A2", "standard", "overall", 70, 10),
            ],
            [],
        ),
        (
            "ticket_id received_at unit category",
            [("T1", "2025-01-02", "A", "x"), ("T2", "2025-01-02", "A1", "x"), ("T3", "2025-01-31", "A2", "x")],
            [],
        ),
        (
            "month unit channel transactions amount",
            [("2025-01", "A", "agent", 3, 0.3), ("2025-01", "A1", "agent", 1, 0.1), ("2025-01", "A2", "agent", 2, 0.2)],
            [],
        ),
        (
            "month unit channel transactions amount",
            [("2025-01", "A", "agent", 3, 0.4), ("2025-01", "A1", "agent", 1, 0.1), ("2025-01", "A2", "agent", 2, 0.2)],
            ["parts_differ"],
        ),
    ],
    ids=["each level asks its own sample", "events", "fractions add up", "fractions differ"],
)
def test_only_what_adds_up_is_compared(home: Home, loads, header: str, rows: list, codes: list) -> None:
    done = loads("a.csv", header, *rows)
    assert [finding.code for finding in done.files[0].findings] == codes
