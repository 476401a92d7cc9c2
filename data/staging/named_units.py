"""Units that rows call by a name of several: of these the one that is open in the row's month is meant."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pandas as pd

from data.model.organisation import Organisation
from data.model.staged import NO_MONTH


def name_units_by_month(
    frame: pd.DataFrame, column: str, texts: Mapping[int, str], organisation: Organisation
) -> tuple[pd.DataFrame, set[int]]:
    """`frame` with the units that `texts` (row -> name) mean in their months, and the rows where that stays open.

    frame: row, key_month, key_unit, and the unit's own `column`.
    """
    if not texts:
        return frame, set()

    @cache
    def meant(text: str, month: pd.Timestamp) -> str | None:
        return None if pd.isna(month) or month == NO_MONTH else organisation.find_in_month(text, month)

    chosen = frame["row"].isin(list(texts)).to_numpy()
    rows = frame.loc[chosen, ["row", "key_month"]]
    codes = [
        meant(texts[int(row)], pd.Timestamp(month)) for row, month in zip(rows["row"], rows["key_month"], strict=True)
    ]
    lacking = {int(row) for row, code in zip(rows["row"], codes, strict=True) if code is None}
    # A row of which no month has a figure is none any more, and its name still says nothing.
    lacking |= set(texts) - {int(row) for row in rows["row"]}
    found = frame.copy()
    for name in dict.fromkeys(["key_unit", column]):
        values = found[name]
        if isinstance(values.dtype, pd.CategoricalDtype):
            new = [code for code in dict.fromkeys(codes) if code is not None and code not in values.cat.categories]
            values = values.cat.add_categories(new)
        values = values.copy()
        values[chosen] = codes
        found[name] = values
    return found, lacking
