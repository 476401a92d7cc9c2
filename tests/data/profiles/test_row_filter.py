"""Totals are left out and held against the rows."""

from __future__ import annotations

from data.model.profile import Condition, LeaveOut, MonthSource, UnitSource
from data.profiles import Profile
from tests.data.profiles.plain import HEADER, UNITS, WITHIN, applied, cells, codes, organisation


def test_total_row_is_left_out_and_compared() -> None:
    profile = Profile(
        "p",
        "indicators",
        MonthSource(constant="2025-11"),
        UNITS,
        indicators=(WITHIN,),
        leave_out=(
            LeaveOut((Condition("Name", any_of=("England",)),), True),
            LeaveOut((Condition("Name", any_of=("",)),)),
        ),
    )
    rows = [
        HEADER,
        ["-", "England", 40, 18],
        ["R1", "One", 20, "-"],
        ["R2", "Two", 20, 18],
        ["Note: R1 does not report"],
    ]
    staged = applied(profile, rows)[-1]
    assert staged.units == ["R1", "R2"]
    assert codes(staged) == ["profile_rows_left_out", "profile_total_differs", "profile_new_units"]
    differs = staged.findings[1]
    assert (differs.row, differs.cell, differs.severity) == (2, "D2", "warning")
    assert "45" in differs.message()
    assert "90" in differs.message()


def test_the_heading_above_may_be_the_unit_of_a_type_of_ours() -> None:
    profile = Profile(
        "p",
        "hotline",
        MonthSource(column="Month"),
        UnitSource(columns=("@heading",)),
        columns={"calls": "Calls", "resolved_first_contact": "Solved"},
    )
    rows = [["Month", "Calls", "Solved"], ["R1"], ["2025-11", 900, 810], ["R2"], ["2025-11", 700, 665]]
    staged = applied(profile, rows, organisation(("R1", "One", "trust", None), ("R2", "Two", "trust", None)))[-1]
    assert cells(staged, "row", "key_unit", "calls") == [(3, "R1", 900), (5, "R2", 700)]
