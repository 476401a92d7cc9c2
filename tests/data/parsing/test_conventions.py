"""What a whole column shows of how its dates and numbers are written; what it leaves open is asked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.feed import Column, ColumnType
from data.model.organisation import Organisation
from data.parsing.columns import parse_column
from data.parsing.conventions import decimal_comma_example, number_marks, to_iso_date
from locales import Text


def read(cells: list[Any], type_: ColumnType, **answers: str) -> tuple[list[Any], list[str], list[str]]:
    """Values (dates as text, None for missing), codes told of the column, codes told of cells."""
    parsed = parse_column(cells, Column("x", type_, Text("x", "x", "x")), Organisation.empty(), answers)
    values = [
        None if pd.isna(value) else f"{value:%Y-%m-%d}" if hasattr(value, "year") else value for value in parsed.values
    ]
    return values, [kind.code for kind, _ in parsed.notes], [kind.code for _, _, kind in parsed.bad]


@pytest.mark.parametrize(
    ("cells", "answer", "expected", "told"),
    [
        (["03/04/2025", "25/04/2025"], None, ["2025-04-03", "2025-04-25"], ["dates_day_first"]),
        (["03/04/2025", "04/25/2025"], None, ["2025-03-04", "2025-04-25"], ["dates_month_first"]),
        (["03/04/2025", "05/06/2025"], None, [None, None], ["date_order_open"]),
        (["03/04/2025", "05/06/2025"], "day_first", ["2025-04-03", "2025-06-05"], []),
        (["03/04/2025", "05/06/2025"], "month_first", ["2025-03-04", "2025-05-06"], []),
        (["25/04/2025", "04/25/2025"], None, [None, None], ["dates_mixed"]),
        (["05/05/2025", "06/06/2025"], None, ["2025-05-05", "2025-06-06"], []),
        (["13.11.2025 09:12", "1.2.2025 10:00"], None, ["2025-11-13", "2025-02-01"], ["dates_day_first"]),
        (["13-11-25", "１-2-25"], None, ["2025-11-13", "2025-02-01"], ["dates_day_first"]),
        (["2025-11-03", "3/13/2025"], None, ["2025-11-03", "2025-03-13"], ["dates_month_first"]),
        (["25/04/2025", "25/04/2025"], "month_first", ["2025-04-25", "2025-04-25"], ["dates_day_first"]),
        (
            ["2025-11-03", "2025/11/3", "20251103", "2025年11月3日", "03-Nov-2025", "3 November 2025"],
            None,
            ["2025-11-03"] * 6,
            [],
        ),
        ([45964, 45964.5, "2025.11.3"], None, ["2025-11-03"] * 3, []),
    ],
)
def test_day_or_month_first(cells: list[Any], answer: str | None, expected: list[Any], told: list[str]) -> None:
    """One date decides for its column, whatever was answered; an answer counts only where the column leaves it open."""
    values, codes, bad = read(cells, "time", **({"dates": answer} if answer else {}))
    assert (values, codes, bad) == (expected, told, [])


@pytest.mark.parametrize(
    ("cells", "answers", "expected", "told"),
    [
        (["25-11-03", "25-11-13"], {}, [None, None], ["date_year_open"]),
        (["25-11-03", "25-11-13"], {"years": "first"}, ["2025-11-03", "2025-11-13"], []),
        (["25-11-03", "25-11-13"], {"years": "last"}, ["2003-11-25", "2013-11-25"], ["dates_day_first"]),
        (["25-11-03", "25-11-13"], {"dates": "day_first"}, [None, None], ["date_year_open"]),
        (["25-11-03", "25-11-13"], {"dates": "month_first"}, [None, None], ["date_year_open"]),
        (["10-11-12"], {"years": "last"}, [None], ["date_order_open"]),
        (["10-11-12"], {"years": "last", "dates": "month_first"}, ["2012-10-11"], []),
        (["10-11-12"], {"years": "last", "dates": "day_first"}, ["2012-11-10"], []),
        (["25-11-03 09:12", "25-1-30 10:00"], {}, ["2025-11-03", "2025-01-30"], ["dates_year_first"]),
        (["25/11/03", "28/11/03"], {}, ["2003-11-25", "2003-11-28"], ["dates_day_first"]),
        (["25-11-03", "13/11/2025"], {}, ["2003-11-25", "2025-11-13"], ["dates_day_first"]),
        (["25.11.03", "５.11.03"], {}, ["2003-11-25", "2003-11-05"], ["dates_day_first"]),
        (["04/12/2025", "05/12/2025"], {"years": "last"}, [None, None], ["date_order_open"]),
        (["04/12/2025", "05/12/2025"], {"years": "first", "dates": "day_first"}, ["2025-12-04", "2025-12-05"], []),
    ],
)  # fmt: skip
def test_a_year_of_two_digits_first_or_last(
    cells: list[Any], answers: dict[str, str], expected: list[Any], told: list[str]
) -> None:
    """A year that has not come, a day without its nought or a year in full decide; else it is asked, apart from the
    day's place.
    """
    assert read(cells, "time", **answers) == (expected, told, [])


MARCH, SHOWN = datetime(2025, 3, 11, 9, 12), ["dates_day_first"]


@pytest.mark.parametrize(
    ("cells", "answer", "expected", "told"),
    [
        ([MARCH, "13/11/2025"], None, ["2025-03-11", "2025-11-13"], [*SHOWN, "dates_exchanged"]),
        ([date(2025, 3, 11), "13/11/2025"], None, ["2025-03-11", "2025-11-13"], [*SHOWN, "dates_exchanged"]),
        ([MARCH, "13/11/2025"], "yes", ["2025-11-03", "2025-11-13"], SHOWN),
        ([MARCH, "13/11/2025"], "no", ["2025-03-11", "2025-11-13"], SHOWN),
        ([MARCH, "11/13/2025"], None, ["2025-03-11", "2025-11-13"], ["dates_month_first", "dates_exchanged"]),
        ([MARCH, datetime(2025, 11, 20), "13/11/2025"], None, ["2025-03-11", "2025-11-20", "2025-11-13"], SHOWN),
        ([datetime(2025, 11, 11), "13/11/2025"], None, ["2025-11-11", "2025-11-13"], SHOWN),
        ([MARCH, "2025-11-13"], None, ["2025-03-11", "2025-11-13"], []),
        ([MARCH, datetime(2025, 4, 11)], None, ["2025-03-11", "2025-04-11"], []),
    ],
)
def test_real_dates_beside_text_that_the_spreadsheet_did_not_take_for_dates(
    cells: list[Any], answer: str | None, expected: list[Any], told: list[str]
) -> None:
    """Opened with the other order, 03/11/2025 became 11 March and 13/11/2025 stayed text; a real 20th shows that it was
    not so.
    """
    assert read(cells, "time", **({"exchanged": answer} if answer else {})) == (expected, told, [])


def test_the_months_of_such_dates() -> None:
    assert read(["01/11/2025", "30/11/2025"], "month") == (["2025-11-01", "2025-11-01"], ["dates_day_first"], [])
    assert read(["11/2025"], "month") == (["2025-11-01"], [], [])


@given(st.dates(min_value=pd.Timestamp("2000-01-01").date(), max_value=pd.Timestamp("2099-12-31").date()))
def test_a_date_survives_both_orders(day: Any) -> None:
    assert (
        to_iso_date(f"{day:%d/%m/%Y}", "day_first")
        == to_iso_date(f"{day:%m/%d/%Y}", "month_first")
        == f"{day:%Y-%m-%d}"
    )


@pytest.mark.parametrize(
    ("cells", "expected", "told"),
    [
        (["1.234,56", "7,5", "1.000"], [1234.56, 7.5, 1000.0], ["decimal_comma"]),
        (["0,5", "1,234"], [0.5, 1.234], ["decimal_comma"]),
        (["1,234.56", "7.5"], [1234.56, 7.5], []),
        (["1,234", "5"], [1234.0, 5.0], []),
        (["1,234,567"], [1_234_567.0], []),
        (["1.234.567"], [1_234_567.0], ["decimal_comma"]),
        (["１，２３４", "5"], [1234.0, 5.0], []),
        (["12,5", "12.5"], [None, 12.5], []),
        (["12,5", 3], [12.5, 3.0], ["decimal_comma"]),
    ],
)
def test_decimal_comma(cells: list[Any], expected: list[float | None], told: list[str]) -> None:
    """A column that writes both ways is not guessed: what does not fit is told by cell."""
    values, codes, bad = read(cells, "number")
    assert (values, codes) == (expected, told)
    assert len(bad) == sum(value is None for value in expected)


ASKED = ["comma_open"]


@pytest.mark.parametrize(
    ("cells", "answers", "expected", "told"),
    [
        (["12,345", "123,45"], {}, [12345.0, None], ASKED),
        (["12,345", "123,45"], {"comma": "decimal"}, [12.345, 123.45], []),
        (["12,345", "123,45"], {"comma": "thousands"}, [12345.0, None], []),
        (["12,345", "123,45"], {"separator": ";"}, [12.345, 123.45], ["decimal_comma"]),
        (["12,345", "0,5", "123,45"], {}, [12.345, 0.5, 123.45], ["decimal_comma"]),
        (["12,345", "1,234,567"], {}, [12345.0, 1234567.0], []),
        (["12,345", "1,5", "1.5"], {}, [12345.0, None, 1.5], []),
        (["2,345", "3,456"], {"separator": ";"}, [2345.0, 3456.0], ASKED),
        (["2,345", "3,456"], {"separator": ";", "comma": "decimal"}, [2.345, 3.456], []),
        (["2,345", "3,456"], {"separator": ";", "comma": "thousands"}, [2345.0, 3456.0], []),
        (["2,345", "1,234.5"], {"separator": ";"}, [2345.0, 1234.5], []),
        (["2345", "3.5"], {"separator": ";"}, [2345.0, 3.5], []),
        (["1 234,5", "7,5"], {}, [1234.5, 7.5], ["decimal_comma"]),
        (["12,5①", "7,5"], {}, [None, 7.5], ["decimal_comma"]),
    ],
)  # fmt: skip
def test_a_comma_that_can_be_either(
    cells: list[Any], answers: dict[str, str], expected: list[float | None], told: list[str]
) -> None:
    """12,345 beside 123,45 may be a column of decimals or one of thousands with a typo: one cell does not turn the
    others.
    """
    values, codes, bad = read(cells, "number", **answers)
    assert (values, codes) == (expected, told)
    assert len(bad) == sum(value is None for value in expected)


def test_a_count_has_no_decimals_to_be_in_doubt_of() -> None:
    assert read(["2,345", "3,456"], "count", separator=";") == ([2345.0, 3456.0], [], [])
    assert read(["12,345", "123,45"], "count")[1] == ASKED


@pytest.mark.parametrize(
    ("cells", "answers", "expected", "told"),
    [
        (["5.000", "312"], {"separator": ";"}, [5.0, 312.0], ["point_open"]),
        (["５.000"], {"separator": ";"}, [5.0], ["point_open"]),
        (["5.000", "312"], {"separator": ";", "points": "thousands"}, [5000.0, 312.0], []),
        (["5.000", "312"], {"separator": ";", "points": "decimal"}, [5.0, 312.0], []),
        (["5.000", "1.234.567"], {"separator": ";"}, [5000.0, 1234567.0], ["decimal_comma"]),
        (["5.000", "312,0"], {"separator": ";"}, [5000.0, 312.0], ["decimal_comma"]),
        (["5.000", "312.0"], {"separator": ";"}, [5.0, 312.0], []),
        (["5.000", "312"], {}, [5.0, 312.0], []),
        (["5000", "312"], {"separator": ";"}, [5000.0, 312.0], []),
    ],
)
def test_a_count_of_thousands_with_points_is_no_count_of_units(
    cells: list[Any], answers: dict[str, str], expected: list[float], told: list[str]
) -> None:
    """Semicolons between cells leave the comma to decimals and the point to thousands: 5.000 is asked about, never
    taken for 5.
    """
    assert read(cells, "count", **answers) == (expected, told, [])


@given(st.lists(st.floats(0, 1e9).map(lambda number: round(number, 2)), min_size=1, max_size=5))
def test_the_same_numbers_in_both_conventions(numbers: list[float]) -> None:
    english = [f"{number:,.2f}" for number in numbers]
    german = [text.translate(str.maketrans(",.", ".,")) for text in english]
    assert decimal_comma_example(number_marks(english)) is None
    assert read(german, "number")[0] == read(english, "number")[0] == numbers


@pytest.mark.parametrize(
    ("cells", "answer", "expected", "told"),
    [
        (["62.5%", "80％"], None, [62.5, 80.0], []),
        ([62.5, 80], None, [62.5, 80.0], []),
        (["62.5%", 0.8], None, [62.5, 0.8], ["shares_mixed"]),
        (["62.5%", 0.8], "fraction", [62.5, 80.0], []),
        ([0.625, 0.8], "fraction", [62.5, 80.0], []),
        (["62.5%", 80], None, [62.5, 80.0], []),
        (["95.5%", "0.93"], None, [95.5, 0.93], ["shares_mixed"]),
        (["95.5%", "0.93"], "fraction", [95.5, 93.0], []),
        (["95.5%", "0.93"], "percent", [95.5, 0.93], []),
        (["95.5%", "93", "0.91"], None, [95.5, 93.0, 0.91], ["shares_mixed"]),
        ([95.5, 0.93, 0.89], None, [95.5, 0.93, 0.89], ["shares_mixed"]),
        (["95.5", "0.93"], None, [95.5, 0.93], ["shares_mixed"]),
        ([95.5, 0.93, 0.89], "fraction", [95.5, 93.0, 89.0], []),
        ([95.5, 0.93, 0.89], "percent", [95.5, 0.93, 0.89], []),
        (["0.955", "0.57"], "fraction", [95.5, 57.0], []),
        ([0.57, 0.29, 1.05], "fraction", [57.0, 29.0, 105.0], []),
        ([0, 100, 0.5], None, [0.0, 100.0, 0.5], []),
        ([3.2, 0.5, 0.8], None, [3.2, 0.5, 0.8], []),
    ],
)
def test_per_cent_beside_fractions(
    cells: list[Any], answer: str | None, expected: list[float], told: list[str]
) -> None:
    assert read(cells, "share", **({"shares": answer} if answer else {})) == (expected, told, [])


@pytest.mark.parametrize(
    ("cells", "answer", "told"),
    [
        (["96.5%", 0.965], None, ["numbers_mixed"]),
        (["96.5%", "0.965", "120"], None, ["numbers_mixed"]),
        (["96.5%", 0.965], "fraction", ["numbers_mixed"]),
        (["96.5%", 0.965], "percent", []),
        (["96.5%", 120, 0], None, []),
        ([120, 0.965], None, []),
    ],
)
def test_per_cent_beside_what_can_be_a_fraction_among_any_numbers(
    cells: list[Any], answer: str | None, told: list[str]
) -> None:
    """Such a column holds several indicators: none is multiplied, the cells are to be written in one way or confirmed
    as they stand.
    """
    values, codes, bad = read(cells, "number", **({"shares": answer} if answer else {}))
    assert (codes, bad, values[0]) == (told, [], 96.5 if cells[0] == "96.5%" else 120)
    assert 0.965 in values or 120 in values


@pytest.mark.parametrize(
    ("cells", "expected", "told"),
    [
        (["007", "0012"], ["007", "0012"], []),
        (["460101199001011234"], ["460101199001011234"], []),
        ([20251100001.0, 7], ["20251100001", "7"], []),
        ([460101199001011200.0], ["460101199001011200"], ["id_rounded"]),
    ],
)
def test_ids_keep_their_digits_or_are_reported_to_have_lost_them(
    cells: list[Any], expected: list[str], told: list[str]
) -> None:
    assert read(cells, "text") == (expected, told, [])
