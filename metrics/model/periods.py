"""Periods: which months a value covers.

A month is counted as year * 12 + month - 1, so that months are plain integers.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from data.model.errors import WrongUsage

PERIODS = ("month", "quarter", "ytd", "rolling12")
RANGE_MARK = ".."
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


class Window(NamedTuple):
    """Months first..last, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """The number of months."""
        return self.last - self.first + 1

    def back(self, months: int) -> Window:
        """The same number of months, that much earlier."""
        return Window(self.first - months, self.last - months)


def month_number(month: str) -> int:
    """2025-11 as a count of months; WrongUsage if it is not a month."""
    found = _MONTH.fullmatch(month)
    if not found:
        raise WrongUsage(f"{month!r} is not a month; write it as YYYY-MM, as in 2025-11.")
    return int(found[1]) * 12 + int(found[2]) - 1


def month_name(month: int) -> str:
    """A count of months as YYYY-MM."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def window(month: str, period: str = "month") -> Window:
    """The months of `period` that end with `month`.

    A range as a period ("2025-01..2025-02") is just those months, whatever the month.
    """
    if RANGE_MARK in period:
        first, _, last = period.partition(RANGE_MARK)
        found = Window(month_number(first), month_number(last))
        if found.length < 1:
            raise WrongUsage(f"{period!r} ends before it begins.")
        return found
    last_month = month_number(month)
    starts = {
        "month": last_month,
        "quarter": last_month - last_month % 3,
        "ytd": last_month - last_month % 12,
        "rolling12": last_month - 11,
    }
    if period not in starts:
        raise WrongUsage(
            f"No period is called {period!r}; there are: {', '.join(PERIODS)}, or a range as in 2025-01..2025-02."
        )
    return Window(starts[period], last_month)


def previous_period(covered: Window, period: str = "month") -> Window:
    """The period before.

    A running quarter meets as many months of the quarter before; year to date and rolling 12 months end one month
    earlier.
    """
    if period == "quarter":
        return covered.back(3)
    if period == "ytd":
        last = covered.last - 1
        return Window(last - last % 12, last)
    if period == "rolling12":
        return covered.back(1)
    return covered.back(covered.length)


def comparable_period(covered: Window, period: str = "month") -> Window:
    """The period that a sum is compared with: the one before.

    Of the year to date the same months of the year before, since a month less is always less.
    """
    return year_before(covered) if period == "ytd" else previous_period(covered, period)


def year_before(covered: Window) -> Window:
    """The same months of the year before (of enough years before that a range does not meet itself)."""
    return covered.back(12 * ((covered.length + 11) // 12))


def window_ending(month: int, period: str, covered: Window) -> Window:
    """The period of the same kind as `covered` that ends with `month`: a point of a trend."""
    if RANGE_MARK in period:
        return Window(month - covered.length + 1, month)
    return window(month_name(month), period)
