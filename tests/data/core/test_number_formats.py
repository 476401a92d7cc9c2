"""What number formats do to the figures that they show."""

from __future__ import annotations

import pytest

from data.core.number_formats import DisplayFormat, display_format


@pytest.mark.parametrize(
    ("code", "power", "unit"),
    [
        ("General", 0, ""),
        ("#,##0", 0, ""),
        ("#,##0.00_);(#,##0.00)", 0, ""),
        ("yyyy-mm-dd", 0, ""),
        ('#,##0"元"', 0, ""),
        ("#,##0,", 3, ""),
        ("0.0,,", 6, ""),
        ("#,##0,;-#,##0,", 3, ""),
        ("0!.0,", 4, ""),
        ("0\\.0000", 4, ""),
        ('0"."0,"万"', 4, "万"),
        ("0!.0,万", 4, "万"),
        ('[>=10000]0!.0,"万";0', 4, "万"),
        ('0.00"万户"', 0, "万户"),
        ('#,##0.0,"k"', 3, "k"),
        ("0%", -2, ""),
        ("0.00%", -2, ""),
    ],
)
def test_what_a_number_format_shows(code: str, power: int, unit: str) -> None:
    assert display_format(code) == DisplayFormat(power, unit)
