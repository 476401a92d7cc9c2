"""Typed columns put in the shape of a staged sheet."""

from __future__ import annotations

from functools import reduce

import pandas as pd

from data.model.feed import Column, Feed
from data.model.staged import NO_MONTH


def staged_frame(feed: Feed, found: pd.DataFrame) -> pd.DataFrame:
    """`found` in the shape of StagedSheet.frame: keys first, every column of the feed typed, in row order."""
    frame = pd.DataFrame(index=found.index)
    frame["row"] = found.get("row", pd.Series(dtype="int64")).astype("int64")
    dated = (feed.month_column or feed.since_column) and "key_month" in found
    frame["key_month"] = found["key_month"] if dated else NO_MONTH
    frame["key_unit"] = found.get("key_unit", pd.Series(dtype="object"))
    large = any(is_compact(found[name]) for name in found)
    frame["key_part"] = pd.Categorical([""]).repeat(len(found)) if large else ""
    unknown = pd.Series(None, index=found.index, dtype="object")
    for column in feed.columns:
        frame[column.name] = cast_column(found.get(column.name, unknown), column)
    parts = [_words(frame[name]) for name in feed.part]
    if parts:
        frame["key_part"] = reduce(lambda left, right: left + "/" + right, parts)
    if frame["row"].is_monotonic_increasing:
        return frame.reset_index(drop=True)
    return frame.sort_values("row", kind="stable", ignore_index=True)


def is_compact(values: pd.Series) -> bool:
    """Whether texts of a large sheet are kept as categories or as Arrow's, in place of an object each."""
    return isinstance(values.dtype, pd.CategoricalDtype | pd.ArrowDtype)


def _words(values: pd.Series) -> pd.Series:
    """A part's values as text: months as 2025-11, nothing for what is missing."""
    if pd.api.types.is_datetime64_any_dtype(values):
        values = values.dt.strftime("%Y-%m")
    return values.astype("object").where(values.notna(), "").astype("object")


def cast_column(values: pd.Series, column: Column) -> pd.Series:
    """`values` with the dtype that StagedSheet.frame promises for `column`."""
    if column.is_numeric:
        return pd.to_numeric(values).astype("float64")
    if column.type in ("month", "time"):
        return pd.to_datetime(values).astype("datetime64[s]")
    if column.type == "flag":
        return values.astype("boolean")
    return values if is_compact(values) else values.astype("object").where(values.notna(), None)
