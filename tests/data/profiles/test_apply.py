"""What comes out of a sheet: rows with their own numbers, wide columns, translations, and a finding at each cell that
does not fit.
"""

from __future__ import annotations

import pandas as pd

from data.model.profile import FixedUnit, MonthSource, UnitSource, Unpivot
from data.profiles import Profile
from tests.data.profiles.plain import HEADER, PLAIN, applied, cells, codes


def test_rows_keep_the_spreadsheets_own_numbers() -> None:
    rows = [["A title"], [], HEADER, ["ALL", "All", 30, 20], [], ["R1", "One", 10, "-"], ["R2", "Two", "20", 18.0]]
    units, staged = applied(PLAIN, rows, first_row=5)
    assert staged.header_row == 7
    assert cells(staged, "row", "key_unit", "key_part", "numerator", "denominator") == [
        (8, "ALL", "within", 20.0, 30.0),
        (10, "R1", "within", None, 10.0),
        (11, "R2", "within", 18.0, 20.0),
    ]
    assert cells(units, "code", "name", "level", "parent", "row") == [
        ("ALL", "All trusts", "country", None, 8),
        ("R1", "R1", "trust", "ALL", 10),
        ("R2", "R2", "trust", "ALL", 11),
    ]
    assert staged.months == ["2025-11"]
    assert codes(staged) == ["profile_new_units"]


def test_wide_columns_constants_translations_and_numbers_as_text() -> None:
    profile = Profile(
        "p",
        "satisfaction_responses",
        MonthSource(constant="2022-06"),
        UnitSource(columns=("tier",), rename={"": "none"}),
        columns={"response_id": "id"},
        constants={"survey": "standard", "scale_top": 10},
        unpivot=Unpivot("touchpoint", "rating", {"all": "overall", "signal": "network"}),
        units=(
            FixedUnit("t", "Tiers", "survey"),
            FixedUnit("g", "gold", "tier", "t"),
            FixedUnit("n", "none", "tier", "t"),
        ),
    )
    staged = applied(profile, [["id", "tier", "all", "signal"], [1.0, "gold", "10", 6.0], [2.0, None, 4.0, None]])[-1]
    assert cells(staged, "row", "key_month", "unit", "survey", "touchpoint", "rating", "scale_top") == [
        (2, pd.Timestamp("2022-06-01"), "g", "standard", "overall", 10.0, 10.0),
        (2, pd.Timestamp("2022-06-01"), "g", "standard", "network", 6.0, 10.0),
        (3, pd.Timestamp("2022-06-01"), "n", "standard", "overall", 4.0, 10.0),
    ]


def test_a_cell_that_is_no_number_is_a_finding_at_its_place() -> None:
    staged = applied(PLAIN, [["x", "y"], HEADER, ["R1", "One", "ten", 9]])[-1]
    errors = [finding for finding in staged.findings if finding.severity == "error"]
    assert [(finding.row, finding.column, finding.cell, finding.value) for finding in errors] == [
        (3, "Seen", "C3", "ten")
    ]
