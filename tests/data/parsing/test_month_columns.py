"""Months that a spreadsheet changed while they were typed: worked out where the column shows it, else asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from data.model.feed import Column
from data.model.organisation import Organisation
from data.parsing.columns import parse_column
from data.parsing.month_columns import normalise_months
from locales import Text

TODAY = date(2025, 12, 5)
MONTH = Column("month", "month", Text("Month", "月份", "月份"))


def days(year: int, day: int, *months: int) -> list[datetime]:
    return [datetime(year, month, day) for month in months]


def read(cells: list[Any], **answers: str) -> tuple[list[str | None], list[str]]:
    """The months as text (None: none), and the codes of what is told."""
    ready, told = normalise_months(cells, answers, of_rows=True, today=TODAY)
    parsed = parse_column(ready, MONTH, Organisation.empty())
    return [None if pd.isna(value) else f"{value:%Y-%m}" for value in parsed.values], [kind.code for kind, _ in told]


AS_TYPED, AS_YEAR = ["2025-09", "2025-10", "2025-11"], ["2024-09", "2024-10", "2024-11"]
NOV_24 = days(2025, 24, 9, 10, 11)


@pytest.mark.parametrize(
    ("cells", "answers", "expected", "told"),
    [
        (NOV_24, {}, AS_TYPED, ["month_typed_as_day"]),
        (NOV_24, {"months": "typed_day_is_year"}, AS_YEAR, []),
        (NOV_24, {"months": "as_written"}, AS_TYPED, []),
        (["2025-09-24", "2025/10/24", "2025年11月24日"], {}, AS_TYPED, ["month_typed_as_day"]),
        ([45924, 45954, 45985], {}, AS_TYPED, ["month_typed_as_day"]),
        (days(2025, 24, 11), {"month_named": "2024-11"}, ["2024-11"], []),
        (days(2025, 24, 11), {"month_named": "2025-11"}, ["2025-11"], []),
        # Jan-25 typed in 2025: both readings are one.
        (days(2025, 25, 1, 2, 3), {}, ["2025-01", "2025-02", "2025-03"], []),
        # Typed in one go, over a turn of the year.
        (
            [*days(2025, 24, 11, 12), *days(2025, 25, 1)],
            {"months": "typed_day_is_year"},
            ["2024-11", "2024-12", "2025-01"],
            [],
        ),
        ([*days(2025, 24, 11, 12), *days(2025, 25, 1)], {}, ["2025-11", "2025-12", "2025-01"], ["month_typed_as_day"]),
        # The first day, the last one, different days, and the same day in several years are no years.
        (days(2025, 1, 9, 10, 11), {}, AS_TYPED, []),
        ([*days(2025, 30, 9), *days(2025, 31, 10), *days(2025, 30, 11)], {}, AS_TYPED, []),
        ([*days(2025, 3, 9), *days(2025, 14, 10), *days(2025, 7, 11)], {}, AS_TYPED, []),
        ([*days(2024, 15, 11), *days(2025, 15, 11)], {}, ["2024-11", "2025-11"], []),
        # Nobody types months of 2029 yet.
        (days(2025, 29, 9, 10, 11), {}, AS_TYPED, []),
        ([None, "-", datetime(2025, 11, 24)], {}, [None, None, "2025-11"], ["month_typed_as_day"]),
    ],
)
def test_a_month_typed_as_nov_24_is_asked(
    cells: list[Any], answers: dict[str, str], expected: list[str | None], told: list[str]
) -> None:
    assert read(cells, **answers) == (expected, told)


def test_the_question_says_what_each_answer_gives() -> None:
    (_, params), *_ = normalise_months(NOV_24, {}, of_rows=True, today=TODAY)[1]
    assert params == {
        "value": "2025-09-24",
        "day": "24",
        "typed": "Sep-24",
        "by_year": "2024-09 – 2024-11",
        "by_day": "2025-09 – 2025-11",
    }


def test_a_column_that_says_no_rows_month_may_hold_whole_dates() -> None:
    """The day on which an action ended, or a hall opened, is a day."""
    assert normalise_months(NOV_24, {}, of_rows=False, today=TODAY) == (NOV_24, [])


YEAR = [2025.1, *(round(2025 + month / 10, 1) for month in range(2, 10)), 2025.1, 2025.11, 2025.12]
MONTHS = [f"2025-{month:02d}" for month in range(1, 13)]


@pytest.mark.parametrize(
    ("cells", "answers", "expected", "told"),
    [
        ([2025.1], {}, [None], ["month_tenth_open"]),
        (["2025.1", "2025.1"], {}, [None, None], ["month_tenth_open"]),
        ([2025.1], {"months": "january"}, ["2025-01"], []),
        ([2025.1], {"months": "october"}, ["2025-10"], []),
        # What the cell shows as 2025.10 is October, unless the months beside it say January.
        ([2025.1], {"month_format": "0.00"}, ["2025-10"], ["months_october"]),
        ([2025.1, 2025.2, 2025.3], {"month_format": "0.00"}, ["2025-01", "2025-02", "2025-03"], ["months_january"]),
        ([2025.1], {"month_format": "0.00", "months": "january"}, ["2025-01"], []),
        ([2025.1], {"month_named": "2025-10"}, ["2025-10"], []),
        ([2025.1], {"month_named": "2025-11"}, [None], ["month_tenth_open"]),
        # A text keeps its 0, and one of two digits shows how the others are written.
        (["2025.1", "2025.2", "2025.10"], {}, ["2025-01", "2025-02", "2025-10"], []),
        ([2025.1, 2025.01], {}, ["2025-10", "2025-01"], ["months_october"]),
        (["2025.09", "2025.1", "2025.11"], {}, ["2025-09", "2025-10", "2025-11"], ["months_october"]),
        # The months beside it show it.
        ([2025.1, 2025.2, 2025.3], {}, ["2025-01", "2025-02", "2025-03"], ["months_january"]),
        ([2024.12, 2025.1], {}, ["2024-12", "2025-01"], ["months_january"]),
        ([2025.9, 2025.1, 2025.1, 2025.11], {}, ["2025-09", "2025-10", "2025-10", "2025-11"], ["months_october"]),
        ([2025.11, 2025.1], {}, ["2025-11", "2025-10"], ["months_october"]),
        (YEAR, {}, MONTHS, ["months_in_order"]),
        ([*reversed(YEAR)], {}, [*reversed(MONTHS)], ["months_in_order"]),
        (YEAR + YEAR, {}, MONTHS + MONTHS, ["months_in_order"]),
        # Its place says nothing, or two things.
        ([2025.6, 2025.1, 2025.4], {}, ["2025-06", None, "2025-04"], ["month_tenth_open"]),
        ([2025.2, 2025.1, 2025.11], {}, ["2025-02", None, "2025-11"], ["month_tenth_open"]),
        # What is no such month is left as it is.
        ([2025.11, 2025.2], {}, ["2025-11", "2025-02"], []),
        (["2025-1", "2025/10", "2025年1月"], {}, ["2025-01", "2025-10", "2025-01"], []),
    ],
)
def test_2025_1_is_january_or_october(
    cells: list[Any], answers: dict[str, str], expected: list[str | None], told: list[str]
) -> None:
    assert read(cells, **answers) == (expected, told)


def test_a_column_that_is_asked_is_asked_once() -> None:
    parsed = parse_column([2025.1] * 50, MONTH, Organisation.empty(), {}, of_rows=True)
    assert ([kind.code for kind, _ in parsed.notes], parsed.bad) == (["month_tenth_open"], [])
