"""Tables for a terminal."""

from __future__ import annotations

import pandas as pd

from data.core.console import table_text


def test_chinese_signs_take_two_columns_and_no_row_is_left_out() -> None:
    frame = pd.DataFrame({"name": ["大洋", "A"] * 100, "value": [1.5, None] * 100})
    lines = table_text(frame, "–", lambda number: f"{number:,.2f}").splitlines()
    assert lines[:3] == ["name  value", "大洋   1.50", "   A      –"]
    assert len(lines) == 201


def test_nothing_is_reported() -> None:
    assert table_text(pd.DataFrame({"name": []})) == "(nothing)"
