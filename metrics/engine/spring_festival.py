"""The share of Spring Festival that falls into each month: it moves between January and February by the lunar year."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays
import numpy as np

from metrics.statistics.arrays import Array, Indices

FESTIVAL_DAYS = 15
"""From New Year's Day to the Lantern Festival."""
NAME = "Chinese New Year (Spring Festival)"


@cache
def new_year_day(year: int) -> date | None:
    """The first day of the festival in a calendar year; None outside the years the calendar knows."""
    known = holidays.country_holidays("CN", years=year, language="en_US").get_named(NAME, lookup="exact")
    return min(known, default=None)


def festival_shares(months: Indices) -> Array:
    """The share (0 to 1) of the festival's days in each of `months` (counts of months, see model/periods)."""
    return np.array([_share(int(month)) for month in months], dtype=float)


@cache
def _share(month: int) -> float:
    first = new_year_day(month // 12) if month % 12 < 3 and month >= 12 else None
    if first is None:
        return 0.0
    days = [first + timedelta(days=day) for day in range(FESTIVAL_DAYS)]
    return sum(day.month == month % 12 + 1 for day in days) / FESTIVAL_DAYS
