"""Texts that a spreadsheet would run."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.core.formula_guard import guard, guard_frame


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1", "'=1"),
        ("-大洋", "'-大洋"),
        ("+86", "'+86"),
        ("@SUM(1+9)*cmd", "'@SUM(1+9)*cmd"),
        ("\t=1", "'\t=1"),
        ("\n=1", "'\n=1"),
        ("＝1", "'＝1"),
        ("-1.5-2", "'-1.5-2"),
        ("-1,234.5%", "-1,234.5%"),
        ("-5", "-5"),
        (-1.5, -1.5),
        (None, None),
        ("大洋", "大洋"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_guarded(value: object, safe: object) -> None:
    assert guard(value) == safe


def test_a_frame_keeps_its_numbers() -> None:
    frame = pd.DataFrame({"name": ["=1", "A"], "value": [-1.5, np.nan], "met": [True, False], "none": [None, "-x"]})
    found = guard_frame(frame)
    assert found["name"].tolist() == ["'=1", "A"]
    assert found["none"].tolist()[1] == "'-x"
    assert found[["value", "met"]].equals(frame[["value", "met"]])
