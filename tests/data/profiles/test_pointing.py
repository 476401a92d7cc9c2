"""A profile after somebody pointed at a cell of its sheet, and what the sheet adds up to beside what would load."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.model.organisation import Organisation
from data.model.profile import MonthSource, Profile
from data.model.sheet import Sheet, Workbook
from data.profiles import apply_profile
from data.profiles.draft import draft_profile
from data.profiles.pointing import Part, point_at, profile_table
from data.profiles.reconcile import reconcile

ROWS = [
    ["Waits in November 2025", "", "", ""],
    ["as told by", "offices", "", ""],
    ["Office", "Team", "When", "Seen"],
    ["Leeds", "a", "2025-10", 100],
    ["York", "b", "2025-10", 200],
    ["Everybody", "", "2025-10", 300],
]
BOOK = Workbook(Path("waits.csv"), "waits.csv", "0" * 64, [Sheet("S", ROWS)])


def pointed(part: Part, row: int, column: int) -> Profile:
    profile = draft_profile(BOOK)
    table = profile_table(BOOK, profile)
    assert table is not None
    return point_at(profile, table, BOOK.name, part, row, column)


def test_what_is_pointed_at_is_taken_over() -> None:
    assert pointed("month", 4, 2).month == MonthSource(column="When")
    assert pointed("month", 0, 0).month.title
    assert pointed("unit", 4, 1).unit.columns == ("Team",)
    assert [one.code for one in pointed("figure", 3, 3).indicators] == [], "it was one"
    assert [one.code for one in pointed("figure", 3, 2).indicators] == ["seen", "when"]
    assert pointed("total", 5, 0).leave_out[-1].when[0].any_of == ("Everybody",)
    assert pointed("header", 1, 0).header.known == ("as told by", "offices", "@C", "@D")[:2]


@pytest.mark.parametrize("place", [("unit", 4, 9), ("month", 99, 9), ("total", 99, 0)])
def test_pointing_beside_the_table_changes_nothing(place: tuple[Part, int, int]) -> None:
    assert pointed(*place) == draft_profile(BOOK)


def test_a_sheet_and_what_is_loaded_of_it_are_reconciled() -> None:
    profile = pointed("total", 5, 0)
    staged = apply_profile(profile, BOOK.sheets[0], BOOK.name, Organisation.empty())[-1]
    (found,) = reconcile(profile, BOOK.sheets[0], staged)
    assert (found.label, found.rows, found.loaded, found.left_out) == ("Seen", 600, 300, 300)
