"""Cells that a feed needs and that are empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from data.feed import Column, Feed
from data.findings import Kind
from data.values import is_missing

REQUIRED_EMPTY = Kind("required_empty", "error", "“{column}” is empty.", "Fill in the cell, or take the row out.")


def empty_cells(feed: Feed, column: Column, cells: Sequence[Any], values: pd.Series) -> Iterator[int]:
    """The indices of the cells of a required column that are empty. `values`: what was read from them.

    A score or a part that is "-" is not known, and said so by whoever wrote the dash; an empty key or an empty cell is a slip.
    """
    if not column.required:
        return
    keys = {*feed.key, feed.month_column, feed.unit_column}
    for index in np.flatnonzero(values.isna().to_numpy()).tolist():
        blank = cells[index] is None or str(cells[index]).strip() == ""
        if blank or (column.name in keys and is_missing(cells[index])):
            yield int(index)
