"""Tables for a terminal: wide, whole, and aligned where Chinese signs take two columns."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

# Signs a line may hold before columns are wrapped, and columns before some are left out.
WIDTH, COLUMNS = 220, 40


def table_text(frame: pd.DataFrame, missing: str = "NaN", number: Callable[[float], str] | None = None) -> str:
    """All rows of `frame` as text; `missing` stands for what is not known, `number` writes a decimal."""
    if not len(frame):
        return "(nothing)"
    options = (
        "display.width",
        WIDTH,
        "display.max_columns",
        COLUMNS,
        "display.max_rows",
        None,
        "display.unicode.east_asian_width",
        True,
    )
    with pd.option_context(*options):
        return frame.to_string(index=False, na_rep=missing, float_format=number)
