"""Totals are left out and held against the rows."""

from __future__ import annotations

from data.model.profile import Condition, LeaveOut, MonthSource
from data.profiles import Profile
from tests.data.profiles.plain import HEADER, UNITS, WITHIN, applied, codes


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
