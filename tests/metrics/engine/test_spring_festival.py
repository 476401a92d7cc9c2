"""Spring Festival by the lunar year: dates of the official calendar."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from metrics.engine.spring_festival import festival_shares, new_year_day


@pytest.mark.parametrize(
    ("year", "day"), [(2020, (1, 25)), (2021, (2, 12)), (2023, (1, 22)), (2024, (2, 10)), (2025, (1, 29))]
)
def test_new_year(year: int, day: tuple[int, int]) -> None:
    assert new_year_day(year) == date(year, *day)


def test_the_share_of_its_fifteen_days_in_each_month() -> None:
    """2025: three days of January and twelve of February; 2024: all in February."""
    months = np.array([2025 * 12, 2025 * 12 + 1, 2025 * 12 + 6, 2024 * 12, 2024 * 12 + 1])
    assert festival_shares(months) == pytest.approx([3 / 15, 12 / 15, 0, 0, 1])
