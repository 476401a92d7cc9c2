"""Tickets: those that counted in the version asked for, in pages, with customers masked."""

from __future__ import annotations

import pytest

from data.core.home import Home
from data.operations.undo import undo
from data.snapshots.reader import current_version, open_snapshot
from data.snapshots.tickets import mask_customer, read_tickets

HEADER = "ticket_id received_at unit category customer_ref"
ROWS = [
    ("T1", "2025-01-03", "A1", "fees", "13800001234"),
    ("T2", "2025-01-20", "A", "network", "K12"),
    ("T3", "2025-02-01", "A1", "fees", ""),
    ("T4", "2025-02-11", "B1", "fees", "13800009999"),
]


@pytest.fixture
def loaded(home: Home, loads) -> Home:
    assert loads("tickets.csv", HEADER, *ROWS).committed
    return home


def ids(home: Home, units: list[str], first: str, last: str, version: int | None = None, **choices) -> list[str]:
    found = read_tickets(home, version or current_version(home) or 0, units, first, last, **choices)
    return found.rows["ticket_id"].tolist()


@pytest.mark.parametrize(
    ("units", "first", "last", "choices", "expected"),
    [
        (["A", "A1"], "2025-01", "2025-01", {}, ["T2", "T1"]),
        (["A", "A1"], "2025-01", "2025-02", {}, ["T3", "T2", "T1"]),
        (["A", "A1"], "2025-01", "2025-02", {"category": "fees"}, ["T3", "T1"]),
        (["A", "A1"], "2025-01", "2025-02", {"limit": 2, "offset": 2}, ["T1"]),
        (["A1"], "2025-03", "2025-04", {}, []),
        (["A1"], "2025-01", "2025-02", {"category": "' OR 1=1 --"}, []),
    ],
)
def test_which_tickets(loaded: Home, units, first, last, choices, expected) -> None:
    assert ids(loaded, units, first, last, **choices) == expected


def test_what_a_page_says_of_all_of_them(loaded: Home) -> None:
    found = read_tickets(loaded, current_version(loaded) or 0, ["A", "A1", "B1"], "2025-01", "2025-02", limit=1)
    assert (len(found.rows), found.total, found.categories) == (1, 4, ("fees", "network"))
    assert found.rows[["file", "row"]].iloc[0].tolist() == ["tickets.csv", 5]


def test_as_many_as_the_figure_says(loaded: Home) -> None:
    found = read_tickets(loaded, current_version(loaded) or 0, ["A", "A1"], "2025-01", "2025-02")
    segments = open_snapshot(loaded).segments("complaints", "category")
    assert found.total == segments[segments["unit"] == "A"]["value"].sum()


def test_an_earlier_version_shows_its_own(loaded: Home, loads) -> None:
    version = current_version(loaded)
    again = loads("again.csv", HEADER, ("T9", "2025-01-05", "A1", "fees", "x"))
    assert ids(loaded, ["A1"], "2025-01", "2025-01") == ["T9"]
    assert ids(loaded, ["A1"], "2025-01", "2025-01", version=version) == ["T1"]
    undo(loaded, int(again.files[0].batch or 0))
    assert ids(loaded, ["A1"], "2025-01", "2025-01") == ["T1"]


@pytest.mark.parametrize(
    ("customer", "shown"),
    [("13800001234", "•••34"), ("K12", "•••"), ("K123", "•••"), ("", ""), (None, ""), (float("nan"), "")],
)
def test_customers_are_masked(customer: object, shown: str) -> None:
    assert mask_customer(customer) == shown
