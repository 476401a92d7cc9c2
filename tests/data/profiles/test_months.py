"""Which month a sheet, or a row, is of."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from data.model.profile import MonthSource
from data.model.sheet import Sheet
from data.profiles import Profile
from data.profiles.header import find_header
from data.profiles.months import row_months
from data.profiles.source import source_rows
from tests.data.profiles.plain import HEADER, UNITS, WITHIN

TITLED = [["Title:", "Attendances 2024年3月"], ["Period:", None, "November  2024"], HEADER, ["R1", "One", 10, 9]]


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (MonthSource(label="Period:", formats=("%B %Y",)), "2024-11"),
        (MonthSource(title=r"(\d{4})年(\d{1,2})月"), "2024-03"),
        (MonthSource(sheet=r"(\d{4})-(\d\d)"), "2023-07"),
        (MonthSource(file=r"([A-Z][a-z]+-\d{4})", formats=("%B-%Y",)), "2022-05"),
        (MonthSource(constant="2021-06"), "2021-06"),
        (MonthSource(label="Time:"), None),
    ],
)
def test_month_of_a_sheet(month: MonthSource, expected: str | None) -> None:
    sheet = Sheet("data 2023-07", TITLED, 1)
    profile = Profile("p", "indicators", month, UNITS, indicators=(WITHIN,))
    layout = find_header(profile, sheet.rows)
    assert layout is not None
    found = row_months(month, sheet, source_rows(sheet, layout), "AE-May-2022-x.xls")
    assert [None if value is pd.NaT else value.strftime("%Y-%m") for value in found] == [expected]


@pytest.mark.parametrize(
    ("source", "header", "rows", "expected"),
    [
        (
            MonthSource(year="y", quarter="q"),
            ["y", "q"],
            [[2018, 1], ["2018", "Q4"], ["2018年", "第2季度"], [2018, 5]],
            ["2018-03", "2018-12", "2018-06", None],
        ),
        (MonthSource(year="y", month="m"), ["y", "m"], [[2018.0, 12.0], ["2018", "1月"]], ["2018-12", "2018-01"]),
        (
            MonthSource(column="d"),
            ["d", "x"],
            [["2025年11月", 1], [datetime(2025, 3, 9), 1], ["202501", 1]],
            ["2025-11", "2025-03", "2025-01"],
        ),
        (
            MonthSource(column="d", formats=("%b %Y",)),
            ["d", "x"],
            [["Nov  2025", 1], ["Dec 2025", 1]],
            ["2025-11", "2025-12"],
        ),
    ],
)
def test_month_in_columns(source: MonthSource, header: list[str], rows: list[list], expected: list[str | None]) -> None:
    sheet = Sheet("S", [header, *rows], 1)
    layout = find_header(Profile("p", "indicators", source), sheet.rows)
    assert layout is not None
    found = row_months(source, sheet, source_rows(sheet, layout), "f.csv")
    assert [None if value is pd.NaT else value.strftime("%Y-%m") for value in found] == expected
