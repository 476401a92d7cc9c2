"""What a column may be, by its header and its cells."""

from __future__ import annotations

import pytest

from data.profiles.roles import column_role


@pytest.mark.parametrize(
    ("label", "cells", "role"),
    [
        ("Ticket #", ["250635", "223441", "242732"], "identifier"),
        ("Zip code", ["30102", "30101", "04101"], "identifier"),
        ("Postleitzahl PLZ", [10115, 20095, 80331], "identifier"),
        ("工单编号", [1, 2, 3], "identifier"),
        ("CallId", [5, 9, 2], "identifier"),
        ("Latitude", [40.71, 40.72, 40.65], "identifier"),
        ("customer", ["0017", "0023", "0099"], "identifier"),
        ("nummer", [101, 205, 333], "identifier"),
        ("Case number", [71, 75, 99], "identifier"),
        ("Number of calls", [71, 75, 99], "figure"),
        ("Yes / no.", [71, 75, 99], "figure"),
        ("Calls < 4 hours", [71, 75, 99], "figure"),
        ("投诉量", [71, 75, 99], "figure"),
        ("Population", [1201, 54, 99812], "figure"),
        ("operated", [5, 7, 2], "figure"),
        ("corporate", [5, 7, 2], "figure"),
        ("Year", [2022, 2023, 2024], "year"),
        ("Jahr", ["2022", "2022", "2024"], "year"),
        ("whatever", [2022, 2023, 2024, 2022], "year"),
        ("anomes", ["202501", "202502", "202502"], "date"),
        ("Date", ["22-04-2015", "04-08-2015", "18-04-2015"], "date"),
        ("quarter", [1, 2, 4], "quarter"),
        ("period", ["Q1", "Q2", "Q3"], "quarter"),
        ("month", [1, 5, 12], "month"),
        ("pass rate", [0.5, 0.7, 0.6], "share"),
        ("及时率", [96.5, 97, 93], "share"),
        ("Solved", ["95%", "93%", "91.5%"], "share"),
        ("Average duration", [95, 93, 91.5], "mean"),
        ("Speed in seconds", [95, 93, 91], "mean"),
        ("满意度", [95, 93, 91.5], "mean"),
        ("State", ["Georgia", "Georgia", "Maine"], "dimension"),
        ("Remarks", ["called twice", "no answer", "will call"], "note"),
        ("what", ["a long text of somebody who complains", "and another one of somebody who does so"], "note"),
        ("empty", ["", None, "-"], "empty"),
    ],
)  # fmt: skip
def test_a_column_is_told_by_its_header_and_its_cells(label: str, cells: list, role: str) -> None:
    assert column_role(label, cells).role == role


@pytest.mark.parametrize("cells", [[1, 2, 3, 4], [25063, 22344, 24273, 20001], [1990, 2011, 2003]])
def test_numbers_that_only_may_tell_rows_apart_are_a_doubt(cells: list) -> None:
    assert not column_role("something", cells).sure
