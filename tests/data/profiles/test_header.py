"""Where the header stands, and which column a label means."""

from __future__ import annotations

import pytest

from data.model.profile import Header, MonthSource, UnitSource
from data.model.sheet import Sheet
from data.profiles import Profile, matches
from data.profiles.header import find_header, header_labels
from tests.data.profiles.plain import HEADER, PLAIN, UNITS, WITHIN, applied, codes


def test_header_labels_of_merged_rows() -> None:
    rows = [["", "", "Seen", "", "In time", ""], ["Code", "Name", "Major", "Minor", "Major", "Minor"]]
    assert header_labels(rows, 1, 2) == [
        "Code",
        "Name",
        "Seen / Major",
        "Seen / Minor",
        "In time / Major",
        "In time / Minor",
    ]
    three = [["", "Same sex", "", "All", ""], ["", "Yes", "No", "Yes", ""], ["", "no.", "no.", "no.", "%"]]
    assert header_labels(three, 2, 3)[1:] == [
        "Same sex / Yes / no.",
        "Same sex / No / no.",
        "All / Yes / no.",
        "All / Yes / %",
    ]


@pytest.mark.parametrize(
    ("label", "column"), [("Major", 2), ("Major#2", 4), ("in TIME / minor", 5), ("Seen/Minor", 3), ("Code", 0)]
)
def test_columns_are_addressed(label: str, column: int) -> None:
    rows = [
        ["Title"],
        [],
        ["", "", "Seen", "", "In time", ""],
        ["Code", "Name", "Major", "Minor", "Major", "Minor"],
        ["a", "b", 1, 2, 3, 4],
    ]
    layout = find_header(Profile("p", "indicators", unit=UnitSource(columns=(label,)), header=Header(rows=2)), rows)
    assert layout is not None
    assert (layout.row, layout.columns[label]) == (3, column)


@pytest.mark.parametrize(
    ("sheets", "name", "header", "expected"),
    [
        ((), "any", HEADER, True),
        (("Provider*",), "provider level data", HEADER, True),
        (("Provider*",), "System level data", HEADER, False),
        ((), "any", ["Code", "Name", "Seen"], False),
    ],
)
def test_profile_is_recognised_by_its_header(
    sheets: tuple[str, ...], name: str, header: list[str], expected: bool
) -> None:
    profile = Profile("p", "indicators", MonthSource(constant="2025-11"), UNITS, sheets=sheets, indicators=(WITHIN,))
    assert matches(profile, Sheet(name, [["title"], header, ["R1", "One", 10, 9]], 1)) is expected


def test_a_missing_column_and_a_missing_month_are_errors() -> None:
    staged = applied(PLAIN, [["Code", "Name", "Seen"], ["R1", "One", 10]])[-1]
    assert codes(staged) == ["profile_header_missing"]
    assert "In time" in staged.findings[0].message()
    unlabelled = Profile("p", "indicators", MonthSource(label="Period:"), UNITS, indicators=(WITHIN,))
    assert "profile_month_missing" in codes(applied(unlabelled, [HEADER, ["R1", "One", 10, 9]])[-1])
