"""Months and times as offices write them, and what is not one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.parsing.dates import parse_month, parse_times

NOVEMBER = datetime(2025, 11, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2025-11",
        "2025/11",
        "2025.11",
        "2025 11",
        "2025_11",
        "2025- 11",
        " 2025-11 ",
        "202511",
        "202511.0",
        202511,
        202511.0,
        "2025年11月",
        "2025年11月份",
        "2025 年 11 月",
        "２０２５年１１月",
        "２０２５－１１",
        "2025年11月30日",
        "2025-11-03",
        "2025/11/3",
        "2025.11.03",
        "20251103",
        20251103,
        "2025-11-03 09:12",
        "2025-11-03 09:12:30.5",
        "2025-11-03T09:12",
        "Nov-25",
        "Nov 25",
        "NOV-2025",
        "nov. 2025",
        "November 2025",
        "November  2025",
        "1-Nov-25",
        "03 Nov 2025",
        "Nov'25",
        "Nov, 2025",
        "11/2025",
        "11-2025",
        datetime(2025, 11, 30, 23, 59),
        date(2025, 11, 1),
        45962,
        45962.0,
        45991,
        45962.5,
        "45962",
    ],
)
def test_spellings_of_november_2025(cell: Any) -> None:
    assert parse_month(cell) == NOVEMBER


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2025年1月", datetime(2025, 1, 1)),
        ("Sept 2025", datetime(2025, 9, 1)),
        ("Sep-25", datetime(2025, 9, 1)),
        ("May 2025", datetime(2025, 5, 1)),
        (45658, datetime(2025, 1, 1)),
        (45657, datetime(2024, 12, 1)),
        (21_916, datetime(1960, 1, 1)),
        ("190001", datetime(1900, 1, 1)),
        (220012, datetime(2200, 12, 1)),
    ],
)
def test_other_months(cell: Any, month: datetime) -> None:
    assert parse_month(cell) == month


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "-",
        "合计",
        "十三月",
        "11月",
        "2025",
        "2025年",
        2025,
        "2025-13",
        "2025-00",
        "202513",
        202500,
        "2025-11-45",
        "20251345",
        "25-Nov",
        "Q3 2025",
        "2025Q3",
        "2025年第三季度",
        "Mayor 2025",
        "Novel 2025",
        "Xyz-25",
        "2025-11 至 2025-12",
        "2025-11~2025-12",
        "2025年11月 合计",
        "1852-03",
        0,
        -5,
        11,
        99999,
        1e12,
        2025.11,
        True,
        "大洋",
        20251,
        "20251",
        20259.0,
        20261,
        "2025-1①",
        "2025-1¹",
        "2025年1月①",
    ],
)
def test_what_is_not_a_month(cell: Any) -> None:
    assert parse_month(cell) is None


@given(st.dates(date(1960, 1, 1), date(2115, 12, 31)))
def test_every_day_in_every_spelling(day: date) -> None:
    month = datetime(day.year, day.month, 1)
    serial = (day - date(1899, 12, 30)).days
    written = (
        f"{day:%Y-%m}",
        f"{day:%Y%m}",
        f"{day.year}年{day.month}月",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
        f"{day:%B %Y}",
        f"{day:%d-%b-%Y}",
        serial,
    )
    assert {parse_month(cell) for cell in written} == {month}


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2025-11-03 09:12:30", "2025-11-03T09:12:30"),
        ("2025-11-03 09:12", "2025-11-03T09:12:00"),
        ("2025-11-03T09:12:30", "2025-11-03T09:12:30"),
        ("2025-11-03 09:12:30.500", "2025-11-03T09:12:30"),
        ("2025-11-03 09:12:30.0", "2025-11-03T09:12:30"),
        ("2025/11/3 9:12", "2025-11-03T09:12:00"),
        ("2025.11.3", "2025-11-03T00:00:00"),
        ("2025年11月3日", "2025-11-03T00:00:00"),
        ("2025年11月3日 9时12分", "2025-11-03T09:12:00"),
        ("2025年11月3日9时12分5秒", "2025-11-03T09:12:05"),
        ("２０２５－１１－０３　０９：１２", "2025-11-03T09:12:00"),
        ("20251103", "2025-11-03T00:00:00"),
        ("20251103091230", "2025-11-03T09:12:30"),
        (20251103, "2025-11-03T00:00:00"),
        ("3-Nov-2025", "2025-11-03T00:00:00"),
        ("3 November 2025", "2025-11-03T00:00:00"),
        ("2025-11", "2025-11-01T00:00:00"),
        ("202511", "2025-11-01T00:00:00"),
        ("2025年11月", "2025-11-01T00:00:00"),
        (datetime(2025, 11, 3, 9, 12), "2025-11-03T09:12:00"),
        (date(2025, 11, 3), "2025-11-03T00:00:00"),
        (45964.5, "2025-11-03T12:00:00"),
        (45964, "2025-11-03T00:00:00"),
    ],
)
def test_times(cell: Any, moment: str) -> None:
    assert parse_times([cell])[0] == np.datetime64(moment)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "昨天",
        "2025-02-30",
        "2025-13-01",
        "11/03/2025",
        "2025111",
        "20251399",
        "2025-11-03 25:00",
        True,
        12,
        0.5,
        "2025-11-1①",
        "2025-11-1³",
        20251,
        "20251",
    ],
)
def test_what_is_not_a_time(cell: Any) -> None:
    assert np.isnat(parse_times([cell])[0])


def test_times_of_mixed_cells_keep_their_places() -> None:
    found = parse_times(["2025-11-03 09:12", None, datetime(2025, 11, 4), "x", 45964, "20251105"])
    assert [str(one) for one in found] == [
        "2025-11-03T09:12:00",
        "NaT",
        "2025-11-04T00:00:00",
        "NaT",
        "2025-11-03T00:00:00",
        "2025-11-05T00:00:00",
    ]
    assert len(parse_times([])) == 0
