"""Warnings of figures that are far from the months before: the cell, and the factor of a wrong unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions, plan
from data.model.choices import Choices

CUSTOMERS = "month unit customers mid_high_end_customers"
BEFORE = [
    row
    for month in ("2025-01", "2025-02", "2025-03")
    for row in ((month, "A", 352_000, 35_000), (month, "B", 121_000, 12_000), (month, "H1", 9, 4))
]

# Rows of April; the warnings: code, cell, value.
# A month far after the others is asked about; here it is meant.
AS_WRITTEN = Choices(answers={"months": "as_written"})
CASES: list[tuple[str, list[tuple[Any, ...]], list[tuple[str, str, str]]]] = [
    ("ordinary growth", [("2025-04", "A", 380_000, 39_000), ("2025-04", "B", 110_000, 11_000)], []),
    ("one cell", [("2025-04", "A", 352_000, 175_000), ("2025-04", "B", 121_000, 12_000)], [("jump", "D2", "175000")]),
    (
        "down to nothing",
        [("2025-04", "A", 352_000, 35_000), ("2025-04", "B", 0, 0)],
        [("jump", "C3", "0"), ("jump", "D3", "0")],
    ),
    (
        "in 万",
        [("2025-04", "A", 35, 3), ("2025-04", "B", 12, 1)],
        [("unit_slip", "C2", "35"), ("unit_slip", "D2", "3")],
    ),
    (
        "one row in 万",
        [("2025-04", "A", 352_500, 35_100), ("2025-04", "B", 12, 1)],
        [("unit_slip", "C3", "12"), ("unit_slip", "D3", "1")],
    ),
    ("a small hall may vary", [("2025-04", "H1", 28, 13)], []),
    ("not a small hall any more", [("2025-04", "H1", 60, 4)], [("jump", "C2", "60")]),
    ("empty is not 0", [("2025-04", "A", 352_000, "")], []),
    ("a unit never seen", [("2025-04", "B1", 50_000_000, 1)], []),
    ("thirteen months later nothing is known", [("2026-05", "A", 99, 9)], []),
    ("within one file", [("2025-04", "B1", 1_000, 100), ("2025-05", "B1", 1_010, 990)], [("jump", "D3", "990")]),
]


@pytest.mark.parametrize(("rows", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_against_the_months_before(
    home: Home, loads, write, rows: list[tuple[Any, ...]], expected: list[tuple[str, str, str]]
) -> None:
    loads("before.csv", CUSTOMERS, *BEFORE)
    planned = plan(home, [write("april.csv", CUSTOMERS, *rows)], LoadOptions(choices=AS_WRITTEN))
    found = [finding for finding in planned.files[0].all_findings if finding.code in ("jump", "unit_slip")]
    assert [(finding.code, finding.cell, finding.value) for finding in found] == expected
    assert not planned.files[0].refused


def test_the_month_that_the_file_brings_anew_is_not_its_own_measure(home: Home, loads, write) -> None:
    loads("before.csv", CUSTOMERS, *BEFORE, ("2025-04", "A", 35, 3))
    corrected = load(home, [write("again.csv", CUSTOMERS, ("2025-04", "A", 353_000, 35_100))])
    assert [finding.code for finding in corrected.files[0].findings if finding.code in ("jump", "unit_slip")] == []
    later = plan(home, [write("may.csv", CUSTOMERS, ("2025-05", "A", 354_000, 35_100))])
    assert [finding.code for finding in later.files[0].all_findings if finding.code in ("jump", "unit_slip")] == []


def test_the_column_and_the_factor_are_named(home: Home, loads, write) -> None:
    loads("before.csv", CUSTOMERS, *BEFORE)
    planned = plan(home, [write("april.csv", CUSTOMERS, ("2025-04", "A", 35, 35_000), ("2025-04", "B", 12, 12_000))])
    slip = next(finding for finding in planned.files[0].all_findings if finding.code == "unit_slip")
    assert slip.message() == (
        "2 figures of customers in 2025-04 are about 1/10,000 times what they were in the months before (first: 大洋, "
        "35)."
    )
    assert "万" in slip.suggestion("zh_Hans")


def test_amounts_in_ten_thousands(home: Home, loads, write) -> None:
    header = "month unit channel transactions amount"
    loads("before.csv", header, ("2025-01", "A", "app", 100, 35_270_000), ("2025-01", "A", "web", 50, 9_000_000))
    rows = [("2025-02", "A", "app", 101, 3_527.1), ("2025-02", "A", "web", 52, 900.5)]
    found = plan(home, [write("february.csv", header, *rows)]).files[0].all_findings
    slips = [(one.code, one.cell, one.value, one.params["count"]) for one in found if one.code == "unit_slip"]
    assert slips == [("unit_slip", "E2", "3527.1", 2)]


def test_a_jump_says_of_what_it_is(home: Home, loads, write) -> None:
    header = "month unit channel transactions"
    loads("before.csv", header, ("2025-01", "A", "app", 100), ("2025-01", "A", "web", 100))
    path = write("february.csv", header, ("2025-02", "A", "app", 900), ("2025-02", "A", "web", 102))
    (jump,) = [one for one in plan(home, [path]).files[0].all_findings if one.code == "jump"]
    assert (jump.row, jump.cell) == (2, "D2")
    assert jump.message() == (
        "大洋, app, 2025-02: transactions is 900, far from the months before, which lie between 100 and 100."
    )
    assert jump.message("zh_Hant").startswith("大洋，手机app 2025-02 的「transactions」為 900，")


PROFILE = """
feed = "indicators"

[month]
column = "when"

[unit]
columns = ["branch"]

[[indicators]]
code = "calls"
name = "Calls"
numerator = "calls"
better = "lower"

[[indicators]]
code = "minutes_per_call"
name = "Minutes per call"
numerator = "minutes"
denominator = "calls"
better = "lower"
"""


def test_a_figure_of_many_rows_is_reported_once_as_computed(home: Home, tmp_path: Path, write) -> None:
    """Rows of one branch and month are added up: no cell holds what jumps, and the calls count in two indicators."""
    profile = tmp_path / "calls.toml"
    profile.write_text(PROFILE, encoding="utf-8")
    rows = [
        (month, "A", calls, 2_000)
        for month, calls in (("2025-01", 100), ("2025-01", 110), ("2025-02", 900), ("2025-02", 1_000))
    ]
    found = (
        plan(home, [write("calls.csv", "when branch calls minutes", *rows)], LoadOptions(profile=profile))
        .files[0]
        .all_findings
    )
    assert [(one.code, one.row, one.cell, one.value) for one in found if one.code.startswith("jump")] == [
        ("jump_of_sum", 4, None, "1900")
    ]
    jump = next(one for one in found if one.code == "jump_of_sum")
    assert jump.message() == (
        "大洋, calls, 2025-02: Numerator is 1900, computed from its rows (the first is row 4), far from the months "
        "before, which lie between 210 and 210."
    )
