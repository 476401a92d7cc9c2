"""What a whole column shows of how its dates and numbers are written; what it leaves open is asked."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.conventions import dated, decimal_comma
from data.feed import Column, ColumnType
from data.organisation import Organisation
from data.values import parse_column
from locales import Text


def read(cells: list[Any], type_: ColumnType, **answers: str) -> tuple[list[Any], list[str], list[str]]:
    """Values (dates as text, None for missing), codes told of the column, codes told of cells."""
    parsed = parse_column(cells, Column("x", type_, Text("x", "x", "x")), Organisation.empty(), answers)
    values = [
        None if pd.isna(value) else f"{value:%Y-%m-%d}" if hasattr(value, "year") else value for value in parsed.values
    ]
    return values, [kind.code for kind, _ in parsed.told], [kind.code for _, _, kind in parsed.bad]


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
        (["2025-11-03", "2025/11/3", "20251103", "2025年11月3日", "03-Nov-2025", "3 November 2025"], None, ["2025-11-03"] * 6, []),
        ([45964, 45964.5, "2025.11.3"], None, ["2025-11-03"] * 3, []),
    ],
)  # fmt: skip
def test_day_or_month_first(cells: list[Any], answer: str | None, expected: list[Any], told: list[str]) -> None:
    """One date decides for its column, whatever was answered; an answer counts only where the column leaves it open."""
    values, codes, bad = read(cells, "time", **({"dates": answer} if answer else {}))
    assert (values, codes, bad) == (expected, told, [])


def test_the_months_of_such_dates() -> None:
    assert read(["01/11/2025", "30/11/2025"], "month") == (["2025-11-01", "2025-11-01"], ["dates_day_first"], [])
    assert read(["11/2025"], "month") == (["2025-11-01"], [], [])


@given(st.dates(min_value=pd.Timestamp("2000-01-01").date(), max_value=pd.Timestamp("2099-12-31").date()))
def test_a_date_survives_both_orders(day: Any) -> None:
    assert dated(f"{day:%d/%m/%Y}", "day_first") == dated(f"{day:%m/%d/%Y}", "month_first") == f"{day:%Y-%m-%d}"


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


@given(st.lists(st.floats(0, 1e9).map(lambda number: round(number, 2)), min_size=1, max_size=5))
def test_the_same_numbers_in_both_conventions(numbers: list[float]) -> None:
    english = [f"{number:,.2f}" for number in numbers]
    german = [text.translate(str.maketrans(",.", ".,")) for text in english]
    assert decimal_comma(english) is None
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
    ],
)
def test_per_cent_beside_fractions(
    cells: list[Any], answer: str | None, expected: list[float], told: list[str]
) -> None:
    assert read(cells, "share", **({"shares": answer} if answer else {})) == (expected, told, [])


@pytest.mark.parametrize(
    ("cells", "expected", "told"),
    [
        (["007", "0012"], ["007", "0012"], []),
        (["460101199001011234"], ["460101199001011234"], []),
        ([20251100001.0, 7], ["20251100001", "7"], []),
        ([460101199001011200.0], ["460101199001011200"], ["id_rounded"]),
    ],
)
def test_ids_keep_their_digits_or_are_told_to_have_lost_them(
    cells: list[Any], expected: list[str], told: list[str]
) -> None:
    assert read(cells, "text") == (expected, told, [])
