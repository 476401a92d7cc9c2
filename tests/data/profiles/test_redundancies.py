"""What a sheet says twice is held against what a profile reads of it, in the sheet's own units."""

from __future__ import annotations

from typing import Any

import pytest

from data.model.sheet import Sheet
from data.profiles import apply_profile, read_profile
from tests.data.profiles.plain import organisation

WHERE = 'month = { constant = "2025-11" }\nunit = { columns = ["地市"] }\n'
UNITS = organisation(("DY", "大洋", "city", None), ("LJ", "临江", "city", None))
SCALED = f'feed = "customers"\n{WHERE}columns = {{ customers = "客户" }}\nscale = {{ customers = 10000 }}\n'
ACROSS = f"""feed = "recharge"
{WHERE}scale = {{ transactions = 10000 }}
[unpivot]
into = "channel"
value = "transactions"
columns = {{ "App" = "app", "厅" = "hall_counter" }}
"""
MONTHS = """feed = "complaints_monthly"
unit = { columns = ["地市"] }
[unpivot]
into = "month"
value = "complaints"
columns = { "10月" = "2025-10", "11月" = "2025-11" }
"""
RATE = f"""feed = "indicators"
{WHERE}
[[indicators]]
code = "rate"
name = "及时率"
numerator = ["及时"]
denominator = ["甲", "乙"]
"""
SUMMED = RATE.replace('feed = "indicators"', 'feed = "indicators"\nsum_rows = true')
OUT = '[[leave_out]]\nwhen = [{ column = "地市", any_of = ["本部"] }]\n'


def told(profile: str, header: list[str], *rows: list[Any], **answers: str) -> list[tuple[str, str | None]]:
    sheet = Sheet("S", [header, *rows])
    staged = apply_profile(read_profile(profile, "p"), sheet, "f.xlsx", UNITS, answers)[-1]
    left_out = {"total_row_left_out", "profile_rows_left_out"}
    return [(one.code, one.cell) for one in staged.findings if one.code not in left_out]


@pytest.mark.parametrize(
    ("profile", "header", "rows", "expected"),
    [
        (SCALED, ["地市", "客户"], [["大洋", 35.27], ["临江", 12.5], ["合计", 47.77]], []),
        (SCALED, ["地市", "客户"], [["大洋", 35.27], ["临江", 12.5], ["合计", 48.77]], [("total_differs", "B4")]),
        (SCALED + OUT, ["地市", "客户"], [["大洋", 35.27], ["本部", 2.0], ["合计", 37.27]], []),
        (SCALED + OUT, ["地市", "客户"], [["大洋", 35.27], ["本部", 2.0], ["合计", 35.27]], []),
        (SCALED + OUT, ["地市", "客户"], [["大洋", 35.27], ["本部", 2.0], ["合计", 40.27]], [("total_differs", "B4")]),
        (ACROSS, ["地市", "App", "厅", "合计"], [["大洋", 1.5, 2, 3.5], ["临江", 1, 2, 3], ["合计", 2.5, 4, 6.5]], []),
        (
            ACROSS,
            ["地市", "App", "厅", "合计"],
            [["大洋", 1.5, 2, 3.5], ["临江", 1, 2, 4], ["合计", 3.5, 4, 7.5]],
            [("total_differs", "B4"), ("row_total_differs", "D3")],
        ),
        (
            MONTHS,
            ["地市", "10月", "11月", "合计"],
            [["大洋", 1, 2, 3], ["临江", 4, 5, 8], ["合计", 5, 8, 12]],
            [("total_differs", "C4"), ("row_total_differs", "D3")],
        ),
        (RATE, ["地市", "及时", "甲", "乙", "合计"], [["大洋", 5, 6, 4, 10], ["临江", 8, 5, 5, 10]], []),
        (
            RATE,
            ["地市", "及时", "甲", "乙", "合计"],
            [["大洋", 5, 6, 4, 10], ["临江", 8, 5, 5, 11], ["白山", 1, 1, 1, 2]],
            [("unknown_unit", "A4"), ("row_total_differs", "E3")],
        ),
        (RATE, ["地市", "及时", "甲", "乙", "合计"], [["大洋", 5, 6, 4, 99]], [("totals_not_held", None)]),
        (RATE, ["地市", "及时", "甲", "乙", "及时率"], [["大洋", 5, 6, 4, "50.0%"], ["临江", 8, 5, 5, 0.8]], []),
        (SUMMED, ["地市", "及时", "甲", "乙", "及时率"], [["大洋", 5, 6, 4, "60%"]], [("ready_made_differs", "E2")]),
    ],
)
def test_what_does_not_agree_is_told_at_its_cell(
    profile: str, header: list[str], rows: list[list[Any]], expected: list[tuple[str, str | None]]
) -> None:
    assert sorted(told(profile, header, *rows), key=str) == sorted(expected, key=str)


def test_the_analyst_goes_on_knowingly() -> None:
    header = ["地市", "及时", "甲", "乙", "及时率"]
    assert told(RATE, header, ["大洋", 5, 6, 4, "60%"]) == [("ready_made_differs", "E2")]
    assert told(RATE, header, ["大洋", 5, 6, 4, "60%"], totals="as_read") == []
