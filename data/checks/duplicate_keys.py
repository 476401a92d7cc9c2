"""A key that occurs twice: the row would be counted twice."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
import pandas as pd

from data.checks import CheckContext
from data.checks.locate import display_text, row_findings
from data.core.sql import quoted
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet, to_arrow

KIND = Kind(
    "duplicate_key",
    "error",
    "The row repeats the key of row {first}: {key}.",
    "Take one of the two rows out, or correct its key.",
)

# From here on the database says several times as fast that no key repeats than rows are compared one by one.
MANY = 50_000


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """Rows whose key stands in an earlier row; rows that a profile says are parts of one figure are summed instead."""
    if staged.summed:
        return
    keys = [name for name in staged.feed.key if name in staged.frame]
    frame = staged.frame[["row", *keys]]
    unit, month = staged.feed.unit_column, staged.feed.month_column
    known = [name for name in (unit, month) if name in keys]
    needed = known if known and staged.feed.column(known[0]).required else []
    there = {name: frame[name].notna() for name in keys}
    whole = np.logical_or.reduce(list(there.values()))
    whole = np.logical_and.reduce([whole, *(there[name] for name in needed)])
    complete = frame if whole.all() else frame[whole]
    if len(complete) >= MANY and _all_differ(complete, keys):
        return
    again = complete.duplicated(keys, keep="first")
    if not again.any():
        return
    first = complete.groupby(keys, dropna=False, sort=False)["row"].transform("min")
    rows = complete[again]
    params = [
        {"first": int(first[index]), "key": ", ".join(display_text(value) for value in values if display_text(value))}
        for index, values in zip(rows.index, rows[keys].itertuples(index=False), strict=True)
    ]
    yield from row_findings(KIND, staged, facts, rows, keys[0], params)


def _all_differ(frame: pd.DataFrame, keys: list[str]) -> bool:
    """Whether the keys' hashes all differ, and so the keys; False says nothing."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("staged", to_arrow(frame[keys]))
        hashed = f"hash({', '.join(quoted(name) for name in keys)})"
        found = connection.execute(f"SELECT count(DISTINCT {hashed}) FROM staged").fetchone()
    return found is not None and found[0] == len(frame)
