"""Times with a zone, a fraction, AM and PM, 上午 and 下午 mean one moment, or are said to mean none."""

from __future__ import annotations

import pytest

from data.parsing.times import normalise_times


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("11/30/2025 11:05:00 PM", "11/30/2025 23:05:00"),
        ("11/14/2025 12:12 AM", "11/14/2025 00:12:00"),
        ("11/14/2025 12:12 p.m.", "11/14/2025 12:12:00"),
        ("2025-11-03T09:12:00.000", "2025-11-03 09:12:00"),
        ("2025-11-03T09:12:33,5", "2025-11-03 09:12:33"),
        ("2025-11-01T01:05:00+0800", "2025-11-01 01:05:00"),
        ("2025-11-04T09:12:00+08:00", "2025-11-04 09:12:00"),
        ("2025-11-04 09:12:33.123456+08", "2025-11-04 09:12:33"),
        ("2025/11/3 下午 3:05:00", "2025/11/3 15:05:00"),
        ("2025年11月3日下午3时05分", "2025年11月3日 15:05:00"),
        ("2025-11-03 上午12:30", "2025-11-03 00:30:00"),
        ("2025-11-03 中午12:30", "2025-11-03 12:30:00"),
        ("2025-11-03 晚上8点05", "2025-11-03 20:05:00"),
        # What contradicts itself, and what is no time of day, stays as it is.
        ("2025-11-03 13:00 AM", "2025-11-03 13:00 AM"),
        ("2025-11-03 晚上12:30", "2025-11-03 晚上12:30"),
        ("2025-11-03 09:12", "2025-11-03 09:12"),
        ("下午", "下午"),
        ("", ""),
    ],
)
def test_one_time(written: str, meant: str) -> None:
    assert normalise_times([written], {}) == ([meant], [])


def test_another_zone_is_converted_and_told() -> None:
    """An hour before midnight in UTC is the next month in China."""
    cells, notes = normalise_times(["2025-10-31T17:05:00Z", None, 5], {})
    assert cells == ["2025-11-01 01:05:00", None, 5]
    assert [(kind.code, params) for kind, params in notes] == [
        ("times_in_other_zone", {"value": "2025-10-31T17:05:00Z", "local": "2025-11-01 01:05:00"})
    ]
    mixed, notes = normalise_times(["2025-11-01T01:05:00+08:00", "2025-10-31T23:05:00+06:00"], {})
    assert mixed == ["2025-11-01 01:05:00", "2025-11-01 01:05:00"]
    assert len(notes) == 1


def test_times_stand_as_written_where_the_analyst_says_so() -> None:
    assert normalise_times(["2025-10-31T17:05:00Z"], {"zone": "as_written"}) == (["2025-10-31 17:05:00"], [])


def test_a_column_in_one_zone_of_its_own_stands_as_written() -> None:
    assert normalise_times(["2025-11-01T01:05:00-03:00"] * 2, {}) == (["2025-11-01 01:05:00"] * 2, [])
