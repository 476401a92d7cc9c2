"""Fixes: an alias remembered, units created, rows left out; each is in the history and can be undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions, plan
from data.loading.report import stored_findings
from data.model.errors import WrongUsage
from data.operations.fixes import accept_units, create_units, leave_out_errors, unknown_units
from data.operations.undo import undo
from data.snapshots.reader import open_snapshot

CUSTOMERS = "month unit customers"
ROWS = [("2025-01", "A", 10), ("2025-01", "海湖分公司", 20), ("2025-01", "大洋洋", 30), ("2025-01", "大洋洋", "many")]


@pytest.fixture
def path(home: Home, loads, write) -> Path:
    loads("before.csv", CUSTOMERS, ("2024-12", "A", 10))
    return write("file.csv", CUSTOMERS, *ROWS)


def test_unknown_units_with_the_nearest(home: Home, path: Path) -> None:
    found = unknown_units(plan(home, [path]).files, open_snapshot(home).organisation)
    assert [(one.text, one.rows) for one in found] == [("大洋洋", 2), ("海湖分公司", 1)]
    assert (found[0].nearest[0], found[1].nearest[0]) == ("A", "B")


def test_an_accepted_unit_is_known_from_then_on(home: Home, path: Path) -> None:
    report = accept_units(home, {"海湖分公司": "B"}, who="王敏")
    assert open_snapshot(home).organisation.find("海湖分公司") == ["B"]
    assert "海湖分公司" not in {
        one.text for one in unknown_units(plan(home, [path]).files, open_snapshot(home).organisation)
    }
    undo(home, int(report.files[0].batch or 0))
    assert open_snapshot(home).organisation.find("海湖分公司") == []


def test_new_units(home: Home, path: Path) -> None:
    create_units(home, ["大洋洋"], "city", "P")
    assert open_snapshot(home).organisation.parent("大洋洋") == "P"
    with pytest.raises(WrongUsage):
        create_units(home, ["x"], "city", "nowhere")


def test_rows_left_out_are_reported_and_the_rest_counts(home: Home, path: Path) -> None:
    report = load(home, [path], LoadOptions(adjust=leave_out_errors))
    assert report.committed
    note = next(finding for finding in report.files[0].findings if finding.code == "rows_left_out")
    assert note.message() == "3 rows with errors were left out by the analyst: rows 3, 4, 5."
    stored = open_snapshot(home).batches().iloc[-1]
    assert "rows_left_out" in stored["findings"]
    assert stored["rows"] == 1


def test_rows_left_out_are_loaded_from_the_same_file_once_they_are_sound(home: Home, write, figures) -> None:
    file = write("file.csv", CUSTOMERS, ("2025-01", "A", 10), ("2025-01", "新县", 20), ("2025-01", "B", "many"))
    assert load(home, [file], LoadOptions(adjust=leave_out_errors)).committed
    again = load(home, [file], LoadOptions(adjust=leave_out_errors))
    assert (again.committed, again.files[0].already_loaded, [one.code for one in again.files[0].findings]) == (
        False,
        True,
        ["already_loaded"],
    )
    assert not load(home, [file]).committed
    create_units(home, ["新县"], "county", "A")
    report = load(home, [file], LoadOptions(adjust=leave_out_errors))
    assert report.committed
    assert figures(home, "customers") == {"2025-01 A": 10, "2025-01 新县": 20}
    again = load(home, [file], LoadOptions(adjust=leave_out_errors))
    assert (again.files[0].already_loaded, again.files[0].batch) == (True, report.files[0].batch)


SCORES = "month unit survey touchpoint score"


@pytest.mark.parametrize("name", ["scores.xlsx", "scores.csv"])
@pytest.mark.parametrize("others", [(0.93, 0.91), ("93%", 0.91)], ids=["fractions", "per cent and fractions"])
def test_what_is_wrong_with_a_column_is_not_left_out_with_a_row(
    home: Home, path: Path, write, name: str, others: tuple[Any, Any]
) -> None:
    """Without its first row a column of fractions would be loaded as 0.93 and 0.91 per cent."""
    rows = [("2025-01", unit, "标准", "综合", score) for unit, score in zip("ABA", (0.955, *others), strict=True)]
    rows[2] = ("2025-02", *rows[2][1:])
    report = load(home, [write(name, SCORES, *rows)], LoadOptions(adjust=leave_out_errors))
    assert report.refused
    assert not report.committed


@pytest.mark.parametrize(
    "rows",
    [[("2025-01", "nowhere", 1)], [], [("", "", "累计"), ("2025-01", "A", 1300)]],
    ids=["every row is wrong", "nothing there", "more of the header"],
)  # fmt: skip
def test_what_cannot_be_left_out_stays_refused(home: Home, path: Path, write, rows: list) -> None:
    report = load(home, [write("bad.csv", CUSTOMERS, *rows)], LoadOptions(adjust=leave_out_errors))
    assert not report.committed
    assert report.refused


def test_a_row_of_data_directly_under_the_header_can_be_left_out(home: Home, write) -> None:
    rows = [("2025-01", "nowhere", 1), ("2025-01", "A", 1300)]
    report = load(home, [write("first.csv", CUSTOMERS, *rows)], LoadOptions(adjust=leave_out_errors))
    assert report.committed
    assert not report.refused


@pytest.mark.parametrize("name", ["totals.xlsx", "totals.csv"])
@pytest.mark.parametrize(
    ("total", "before", "after"),
    [
        (30, ["its rows add up to 10,029. It would be right without row 3"], []),
        (10_029, [], ["its rows without those left out add up to 30"]),
        (31, ["its rows add up to 10,029"], ["its rows without those left out add up to 30"]),
    ],
    ids=["the rest is right", "it held the row", "the rest is wrong"],
)
def test_totals_are_held_against_the_rows_that_are_loaded(
    home: Home, loads, write, name: str, total: int, before: list[str], after: list[str]
) -> None:
    loads("before.csv", CUSTOMERS, ("2024-12", "A", 10))
    rows = [("2025-01", "A", 10), ("2025-01", "nowhere", 9_999), ("2025-01", "B", 20), ("合计", "", total)]
    path = write(name, CUSTOMERS, *rows)
    told = [one.message() for one in plan(home, [path]).files[0].all_findings if one.code.startswith("total_differs")]
    assert told == [f"The sheet's own total of “customers” is {total:,}; {words}." for words in before]
    report = load(home, [path], LoadOptions(adjust=leave_out_errors))
    told = [one.message() for one in report.files[0].findings if one.code.startswith("total_differs")]
    assert told == [f"The sheet's own total of “customers” is {total:,}; {words}." for words in after]
    stored = stored_findings(open_snapshot(home).batches().iloc[-1]["findings"])
    assert [one["message"] for one in stored if one["code"].startswith("total_differs")] == told
