"""A key that occurs twice: the row would be counted twice."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from data.checks import Facts
from data.checks.placing import at_rows, shown
from data.findings import Finding, Kind
from data.staged import StagedSheet

KIND = Kind(
    "duplicate_key",
    "error",
    "The row repeats the key of row {first}: {key}.",
    "Take one of the two rows out, or correct its key.",
)


def check(staged: StagedSheet, facts: Facts) -> Iterator[Finding]:
    """Rows whose key stands in an earlier row; rows that a profile says are parts of one figure are summed instead."""
    if staged.profile is not None:
        return
    keys = [name for name in staged.feed.key if name in staged.frame]
    frame = staged.frame
    unit, month = staged.feed.unit_column, staged.feed.month_column
    complete = frame[frame[keys].notna().any(axis=1)]
    known = [name for name in (unit, month) if name in keys]
    complete = (
        complete[complete[known].notna().all(axis=1)] if known and staged.feed.column(known[0]).required else complete
    )
    if len(keys) == 1 and complete[keys[0]].dtype == "object" and not complete[keys[0]].isna().any():
        # Arrow counts the distinct texts of a million rows several times as fast as they are compared one by one.
        texts = pa.array(complete[keys[0]], type=pa.string())
        if pc.count_distinct(texts).as_py() == len(texts):
            return
    again = complete.duplicated(keys, keep="first")
    if not again.any():
        return
    first = complete.groupby(keys, dropna=False, sort=False)["row"].transform("min")
    rows = complete[again]
    told = [
        {"first": int(first[index]), "key": ", ".join(shown(value) for value in values if shown(value))}
        for index, values in zip(rows.index, rows[keys].itertuples(index=False), strict=True)
    ]
    yield from at_rows(KIND, staged, facts, rows, keys[0], told)
