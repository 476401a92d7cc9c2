"""Rows of one unit and month: added up, refused, never counted twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.model.profile import Condition, Indicator
from tests.data.profiles.plain import HEADER, PLAIN, WITHIN, applied, cells, codes


@pytest.mark.parametrize(
    ("rows", "sum_rows", "said"),
    [
        ([["R1", "One", 10, 9], ["R2", "Two", 10, 9]], False, []),
        (
            [["R1", "One", 10, 9], ["R1", "One", 10, 9]],
            False,
            [("profile_row_repeated", 3), ("profile_rows_added_up", None)],
        ),
        ([["R1", "One", 10, 9], ["R1", "Annex", 4, 3]], False, [("profile_rows_added_up", None)]),
        ([["R1", "One", 10, 9], ["R1", "One", 10, 9]], True, []),
    ],
    ids=["each once", "cell by cell", "parts", "crumbs"],
)
def test_rows_of_one_unit_and_month_are_added_up_but_no_row_counts_twice(
    rows: list[list], sum_rows: bool, said: list[tuple]
) -> None:
    staged = applied(replace(PLAIN, sum_rows=sum_rows), [HEADER, *rows])[-1]
    found = [(finding.code, finding.row) for finding in staged.findings if finding.code != "profile_new_units"]
    assert found == said


def test_a_ready_made_figure_cannot_stand_twice() -> None:
    rate = Indicator("rate", "Rate", value="Seen")
    staged = applied(replace(PLAIN, indicators=(rate,)), [HEADER, ["R1", "One", 90, 1], ["R1", "Annex", 80, 1]])[-1]
    errors = [finding for finding in staged.findings if finding.severity == "error"]
    assert [(one.code, one.cell, one.params["first"]) for one in errors] == [("profile_value_repeated", "C3", 2)]


def test_a_subtotal_in_a_column_that_is_not_read_is_refused_where_rows_are_added_up() -> None:
    header = [*HEADER, "Kind"]
    rows = [["R1", "One", 10, 9, "Major"], ["R1", "One", 4, 3, "Minor"], ["R1", "One", 14, 12, "Total"]]
    errors = [one for one in applied(PLAIN, [header, *rows])[-1].findings if one.severity == "error"]
    assert [(one.code, one.cell, one.value) for one in errors] == [("profile_subtotal_added", "E4", "Total")]
    only = replace(WITHIN, rows=(Condition("Kind", any_of=("Total",)),))
    alone = applied(replace(PLAIN, indicators=(only,)), [header, *rows])[-1]
    assert cells(alone, "row", "numerator") == [(4, 12)]
    assert "profile_subtotal_added" not in codes(alone)
