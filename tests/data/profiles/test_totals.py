"""Total rows that a profile names are held against the rows: a difference is a finding, and what agrees is silent."""

from __future__ import annotations

import pytest

from data.model.sheet import Sheet
from data.profiles import apply_profile, read_profile
from tests.data.profiles.plain import organisation

START = 'month = { constant = "2016-12" }\nunit = { constant = "A" }\n'
TOTAL = '[[leave_out]]\nwhen = [{ column = "media", any_of = ["SUB-TOTAL", "TOTAL*"] }]\ntotal = true\n'
SHARE = """
[[indicators]]
code = "share"
name = "Share"
numerator = ["2016"]
where = [{ column = "media", any_of = ["PRESTO*"] }]
denominator = ["2016"]
"""
COUNTED = '[[indicators]]\ncode = "rows"\nname = "Rows"\nnumerator = 1\n'
MEAN = '[[indicators]]\ncode = "mean"\nname = "Mean"\nnumerator = ["2016"]\ndenominator = 1\nscale = 1\n'
HOTLINE = 'columns = { calls = "2016", resolved_first_contact = "Solved" }\n'
ROWS = [["PRESTO card", 10, 9], ["Cash", 25, 20], ["PRESTO app", 5, 4]]


@pytest.mark.parametrize(
    ("profile", "total", "codes"),
    [
        (f'feed = "indicators"\n{START}{TOTAL}{SHARE}', ["SUB-TOTAL", 40, 33], []),
        (f'feed = "indicators"\n{START}{TOTAL}{SHARE}', ["SUB-TOTAL", 50, 33], ["profile_total_differs"]),
        (f'feed = "indicators"\n{START}{TOTAL}{COUNTED}', ["SUB-TOTAL", 40, 33], []),
        (f'feed = "indicators"\n{START}{TOTAL}{MEAN}', ["SUB-TOTAL", 40, 33], []),
        (f'feed = "indicators"\n{START}{TOTAL}{MEAN}', ["SUB-TOTAL", 40 / 3, 33], []),
        (f'feed = "indicators"\n{START}{TOTAL}{MEAN}', ["SUB-TOTAL", 41, 33], ["profile_total_differs"]),
        (f'feed = "hotline"\n{START}{HOTLINE}{TOTAL}', ["TOTAL (media)", 40, 33], []),
        (f'feed = "hotline"\n{START}{HOTLINE}{TOTAL}', ["TOTAL (media)", 140, 33], ["total_differs"]),
        (f'feed = "hotline"\n{START}{HOTLINE}{TOTAL}', ["TOTAL (media)", 140, 34], ["total_differs"] * 2),
    ],
)
def test_a_total_row_is_held_against_the_rows(profile: str, total: list, codes: list[str]) -> None:
    sheet = Sheet("S", [["media", "2016", "Solved"], *ROWS, total])
    staged = apply_profile(read_profile(profile, "p"), sheet, "f.csv", organisation(("A", "A", "city", None)))[-1]
    assert [finding.code for finding in staged.findings if "total" in finding.code] == codes


def test_of_rows_that_count_by_a_condition_the_column_is_named() -> None:
    sheet = Sheet("S", [["media", "2016"], *(row[:2] for row in ROWS), ["SUB-TOTAL", 50]])
    profile = read_profile(f'feed = "indicators"\n{START}{TOTAL}{SHARE}', "p")
    staged = apply_profile(profile, sheet, "f.csv", organisation(("A", "A", "city", None)))[-1]
    (found,) = (finding for finding in staged.findings if finding.code == "profile_total_differs")
    assert found.message("en") == "2016: the total row says 50, the rows give 40."
