"""Periods and what they are compared with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model.errors import WrongUsage
from metrics.model.periods import (
    PERIODS,
    Window,
    month_name,
    month_number,
    previous_period,
    window,
    window_ending,
    year_before,
)


def named(covered: Window) -> tuple[str, str]:
    return month_name(covered.first), month_name(covered.last)


@pytest.mark.parametrize(
    ("month", "period", "months", "before", "last_year"),
    [
        ("2025-11", "month", ("2025-11", "2025-11"), ("2025-10", "2025-10"), ("2024-11", "2024-11")),
        ("2025-01", "month", ("2025-01", "2025-01"), ("2024-12", "2024-12"), ("2024-01", "2024-01")),
        ("2025-11", "quarter", ("2025-10", "2025-11"), ("2025-07", "2025-08"), ("2024-10", "2024-11")),
        ("2025-11", "ytd", ("2025-01", "2025-11"), ("2025-01", "2025-10"), ("2024-01", "2024-11")),
        ("2025-01", "ytd", ("2025-01", "2025-01"), ("2024-01", "2024-12"), ("2024-01", "2024-01")),
        ("2025-11", "rolling12", ("2024-12", "2025-11"), ("2024-11", "2025-10"), ("2023-12", "2024-11")),
        ("2025-11", "2025-01..2025-02", ("2025-01", "2025-02"), ("2024-11", "2024-12"), ("2024-01", "2024-02")),
        ("2025-11", "2024-01..2025-06", ("2024-01", "2025-06"), ("2022-07", "2023-12"), ("2022-01", "2023-06")),
    ],
)
def test_windows(
    month: str, period: str, months: tuple[str, str], before: tuple[str, str], last_year: tuple[str, str]
) -> None:
    covered = window(month, period)
    assert named(covered) == months
    assert named(previous_period(covered, period)) == before
    assert named(year_before(covered)) == last_year


@pytest.mark.parametrize(
    ("month", "period"),
    [("2025-13", "month"), ("2025", "month"), ("2025-11", "week"), ("2025-11", "2025-03..2025-01"), ("", "month")],
)
def test_what_is_not_a_period(month: str, period: str) -> None:
    with pytest.raises(WrongUsage):
        window(month, period)


@given(st.integers(1950 * 12, 2100 * 12), st.sampled_from(PERIODS))
def test_a_period_ends_with_its_month(month: int, period: str) -> None:
    covered = window(month_name(month), period)
    assert covered.last == month == month_number(month_name(month))
    assert window_ending(month, period, covered) == covered
    assert previous_period(covered, period).last < month
