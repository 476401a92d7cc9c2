"""Guarding texts that a spreadsheet would run as a formula."""

from __future__ import annotations

import re

import pandas as pd

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula begins with (OWASP), in the wide form too, which a Chinese keyboard writes and some spreadsheets take.
"""
_NEGATIVE = re.compile(r"-\d[\d,]*(\.\d+)?%?")


def guard(value: object) -> object:
    """A text so that no spreadsheet runs it; numbers stay as they are, also a negative one that is written out."""
    if not isinstance(value, str) or not value.startswith(FORMULA_STARTS) or _NEGATIVE.fullmatch(value):
        return value
    return f"'{value}"


def guard_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """`frame` with its texts guarded."""
    texts = [name for name in frame if not pd.api.types.is_numeric_dtype(frame[name])]
    return frame.assign(**{str(name): frame[name].map(guard) for name in texts})
