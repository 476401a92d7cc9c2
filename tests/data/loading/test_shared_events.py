"""Events keep their identity across exports: a ticket that stands in two is asked about, never counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.model.choices import Choices
from data.model.errors import Refused
from data.model.finding import Finding
from data.operations.undo import redo, undo
from data.snapshots.reader import current_version
from data.snapshots.tickets import read_tickets

TICKETS = "ticket_id received_at unit category"
RESPONSES = "response_id answered_at unit survey touchpoint rating"
OF_A = [("T1", "2025-11-03 09:00", "A", "x"), ("T2", "2025-11-04 09:00", "A", "x"), ("T3", "2025-11-05", "A", "x")]
OF_B = [("T2", "2025-11-04 09:00", "B", "x"), ("T9", "2025-11-06", "B", "x")]
ASKED = "event_in_two_exports"


def asked(done) -> list[Finding]:
    return [finding for file in done.files for finding in file.findings if finding.code == ASKED]


def codes(done) -> set[str]:
    return {finding.code for file in done.files for finding in file.findings}


def saying(answer: str) -> LoadOptions:
    return LoadOptions(choices=Choices(answers={"events": answer}))


def counts(figures, home: Home) -> tuple[float, float, float]:
    """Complaints of A, of B and the two together."""
    found = figures(home, "complaints")
    a, b = found.get("2025-11 A", 0), found.get("2025-11 B", 0)
    return a, b, a + b


def listed(home: Home, *units: str) -> list[str]:
    page = read_tickets(home, current_version(home) or 0, units, "2025-01", "2025-12")
    assert page.total == len(page.rows)
    return sorted(page.rows["ticket_id"])


def test_a_ticket_in_a_later_export_of_another_city_is_asked(home: Home, loads, write, figures) -> None:
    loads("a.csv", TICKETS, *OF_A)
    done = load(home, [write("b.csv", TICKETS, *OF_B)])
    assert not done.committed
    (found,) = asked(done)
    assert (found.value, found.cell, found.params["other"]) == ("T2", "A2", "a.csv")
    assert (found.params["count"], found.params["there"], found.params["here"]) == (1, "大洋 2025-11", "海湖 2025-11")
    assert counts(figures, home) == (3, 0, 3)


@pytest.mark.parametrize(
    ("answer", "expected", "of_a", "of_b"),
    [
        ("moved", (2, 2, 4), ["T1", "T3"], ["T2", "T9"]),
        ("stays", (3, 1, 4), ["T1", "T2", "T3"], ["T9"]),
        ("apart", (3, 2, 5), ["T1", "T2", "T3"], ["T2", "T9"]),
    ],
)
def test_an_answer_says_where_it_counts(
    home: Home, loads, write, figures, answer: str, expected: tuple, of_a: list[str], of_b: list[str]
) -> None:
    loads("a.csv", TICKETS, *OF_A)
    path = write("b.csv", TICKETS, *OF_B)
    assert load(home, [path], saying(answer)).committed
    assert counts(figures, home) == expected
    assert (listed(home, "A"), listed(home, "B")) == (of_a, of_b)
    assert figures(home, "complaints", "category")["2025-11 A x"] == len(of_a)
    # The same export again is known, whatever was said.
    again = load(home, [path], saying(answer)), load(home, [path])
    assert not any(done.committed or asked(done) for done in again)
    # The later export undone: all is as it was.
    undo(home, 3)
    assert counts(figures, home) == (3, 0, 3)
    redo(home, 3)
    assert counts(figures, home) == expected


def test_two_exports_of_one_step_are_held_against_each_other(home: Home, write, figures) -> None:
    paths = [write("a.csv", TICKETS, *OF_A), write("b.csv", TICKETS, *OF_B)]
    first = load(home, paths)
    assert [finding.file for finding in asked(first)] == ["b.csv"]
    assert counts(figures, home) == (3, 0, 3)
    assert load(home, paths, saying("moved")).committed
    assert counts(figures, home) == (2, 2, 4)


def test_both_at_once_with_the_answer(home: Home, write, figures) -> None:
    paths = [write("a.csv", TICKETS, *OF_A), write("b.csv", TICKETS, *OF_B)]
    assert load(home, paths, saying("moved")).committed
    assert counts(figures, home) == (2, 2, 4)


@pytest.mark.parametrize(
    "again",
    [
        # Corrected, and still with the ticket that moved here.
        [*OF_B, ("T10", "2025-11-07", "B", "x")]
    ],
)
def test_a_corrected_export_of_the_same_city_is_not_asked_again(home: Home, loads, figures, again: list) -> None:
    loads("a.csv", TICKETS, *OF_A)
    loads("b.csv", TICKETS, *OF_B, choices=Choices(answers={"events": "moved"}))
    assert not asked(loads("b2.csv", TICKETS, *again))
    assert counts(figures, home) == (2, 3, 5)


def test_a_corrected_export_without_the_ticket_gives_it_back(home: Home, loads, figures) -> None:
    loads("a.csv", TICKETS, *OF_A)
    loads("b.csv", TICKETS, *OF_B, choices=Choices(answers={"events": "moved"}))
    loads("b2.csv", TICKETS, OF_B[1])
    assert counts(figures, home) == (3, 1, 4)


def test_an_export_of_the_first_city_that_still_has_it_is_asked(home: Home, loads, write, figures) -> None:
    loads("a.csv", TICKETS, *OF_A)
    loads("b.csv", TICKETS, *OF_B, choices=Choices(answers={"events": "moved"}))
    path = write("a2.csv", TICKETS, *OF_A, ("T4", "2025-11-09", "A", "x"))
    assert asked(load(home, [path]))[0].params["other"] == "b.csv"
    assert load(home, [path], saying("moved")).committed
    assert counts(figures, home) == (4, 1, 5)


def test_an_export_that_gave_it_up_is_not_asked(home: Home, loads, write, figures) -> None:
    loads("a.csv", TICKETS, *OF_A)
    paths = [write("a2.csv", TICKETS, OF_A[0], OF_A[2]), write("b.csv", TICKETS, *OF_B)]
    assert not asked(load(home, paths))
    assert counts(figures, home) == (2, 2, 4)


@pytest.mark.parametrize(
    ("header", "there", "here"),
    [
        # Another month of the same unit: counted in both it would be two.
        (TICKETS, ("T1", "2025-10-31 23:50", "A", "x"), ("T1", "2025-11-01 08:00", "A", "x")),
        # A county's, a hall's; the case and the zeros that a spreadsheet drops do not make another ticket.
        (TICKETS, ("000571", "2025-11-04", "A1", "x"), ("571", "2025-11-04", "B1", "x")),
        (TICKETS, ("t-1", "2025-11-04", "H1", "x"), ("T-1 ", "2025-11-04", "A2", "x")),
        (RESPONSES, ("R1", "2025-11-04", "A", "standard", "hall", 9), ("R1", "2025-11-04", "B", "standard", "hall", 9)),
    ],
)
def test_every_kind_of_event_is_asked(home: Home, loads, write, header: str, there: tuple, here: tuple) -> None:
    loads("there.csv", header, there)
    assert asked(load(home, [write("here.csv", header, here)]))


@pytest.mark.parametrize(
    ("header", "there", "here"),
    [
        (TICKETS, [("T1", "2025-11-04", "A", "x")], [("T2", "2025-11-04", "B", "x")]),
        # The same unit and month: the later export takes over.
        (TICKETS, [("T1", "2025-11-04", "A", "x")], [("T1", "2025-11-05", "A", "y")]),
        # Another touchpoint of the same respondent.
        (
            RESPONSES,
            [("R1", "2025-11-04", "A", "standard", "hall", 9)],
            [("R1", "2025-11-04", "B", "standard", "network", 9)],
        ),
    ],
)
def test_other_events_are_not_asked(home: Home, loads, write, header: str, there: list, here: list) -> None:
    loads("there.csv", header, *there)
    assert not asked(load(home, [write("here.csv", header, *here)]))


def test_exports_that_number_their_events_anew_are_marked(home: Home, loads, write, figures) -> None:
    loads("10.csv", TICKETS, *((number, f"2025-10-0{number}", "A", "x") for number in range(1, 6)))
    done = load(home, [write("11.csv", TICKETS, *((number, f"2025-11-1{number}", "A", "x") for number in range(1, 5)))])
    assert done.committed
    assert "numbers_begin_anew" in codes(done)
    assert (figures(home, "complaints")["2025-10 A"], figures(home, "complaints")["2025-11 A"]) == (5, 4)


def test_two_sheets_of_one_workbook_are_held_against_each_other(home: Home, tmp_path: Path, figures) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in (("大洋", OF_A), ("海湖", OF_B)):
        sheet = book.create_sheet(name)
        for row in [TICKETS.split(), *rows]:
            sheet.append(row)
    book.save(path := tmp_path / "both.xlsx")
    (found,) = asked(load(home, [path]))
    assert (found.sheet, found.params["other"]) == ("海湖", "“大洋”")
    assert load(home, [path], saying("moved")).committed
    assert counts(figures, home) == (2, 2, 4)


def test_what_would_be_counted_twice_is_not_redone(home: Home, loads, write, figures) -> None:
    loads("a.csv", TICKETS, *OF_A)
    undo(home, 2)
    loads("b.csv", TICKETS, *OF_B)
    with pytest.raises(Refused, match="T2 would be counted twice"):
        redo(home, 2)
    assert counts(figures, home) == (0, 2, 2)
    assert load(home, [write("a.csv", TICKETS, *OF_A)], saying("stays")).committed
    assert counts(figures, home) == (2, 2, 4)


def test_what_would_be_counted_twice_is_not_undone(home: Home, loads, figures) -> None:
    loads("a.csv", TICKETS, *OF_A)
    loads("a2.csv", TICKETS, OF_A[0])
    loads("b.csv", TICKETS, *OF_B)
    with pytest.raises(Refused, match="Undo batch 4 first"):
        undo(home, 3)
    assert counts(figures, home) == (1, 2, 3)
