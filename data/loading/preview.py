"""What a file would change, row by row against the rows that count now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from data.loading.differences import CellChange, Differences, TotalChange, differences, month_name
from data.model.staged import StagedFile
from data.warehouse import claims
from data.warehouse.connection import Connection

CHANGES = (
    "feed",
    "month",
    "rows_new",
    "rows_changed",
    "rows_unchanged",
    "rows_missing",
    "rows_replaced",
    "units_missing",
)


@dataclass(frozen=True)
class Preview:
    """What a file would change.

    rows: how many of each feed and month would be new, changed, ...: CHANGES.
    cells: which would change, the first of each feed.
    count: how many cells would.
    totals: of what is held already, now and as they would be.
    """

    rows: pd.DataFrame
    cells: Sequence[CellChange] = ()
    count: int = 0
    totals: Sequence[TotalChange] = ()


def preview(connection: Connection, file: StagedFile) -> Preview:
    """What a staged file would change in what counts now.

    month: "YYYY-MM", or "" where there is none.
    rows_missing: rows of units that are no longer mentioned, kept or cleared by choice; units_missing names them.
    rows_replaced: rows of mentioned units and months that the file no longer has.
    """
    parts = []
    against: list[Differences] = []
    keys = claims.claims_of(file)
    held = claims.held_feeds(connection, keys)
    for feed in {sheet.feed.name: sheet.feed for sheet in file.sheets if len(sheet.frame)}.values():
        if feed.name not in held and not file.cells_only:
            # Nothing of it was there before: every row is new.
            fresh = keys[keys["feed"] == feed.name].groupby("month", sort=True)["rows"].sum()
            months = [month_name(month) for month in fresh.index]
            new = {
                "month": months,
                "rows_new": fresh.to_numpy(),
                "rows_changed": 0,
                "rows_unchanged": 0,
                "rows_replaced": 0,
            }
            parts.append(pd.DataFrame(new).assign(feed=feed.name))
            continue
        frames = [sheet.frame for sheet in file.sheets if sheet.feed is feed and len(sheet.frame)]
        together = pd.concat(frames, ignore_index=True)
        against.append(differences(connection, feed, together, cells_only=file.cells_only))
        parts.append(against[-1].rows.assign(feed=feed.name))
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(CHANGES))
    absent = pd.DataFrame() if file.cells_only else claims.absent_keys(connection, keys)
    if len(absent):
        absent["month"] = [month_name(month) for month in absent["month"]]
        gone = absent.groupby(["feed", "month"], as_index=False).agg(
            rows_missing=("rows", "sum"), units_missing=("unit", lambda units: sorted(set(units)))
        )
        found = found.merge(gone, on=["feed", "month"], how="left")
    else:
        found = found.assign(rows_missing=0, units_missing=None)
    found["rows_missing"] = found["rows_missing"].fillna(0).astype(int)
    return Preview(
        found.reindex(columns=list(CHANGES)),
        [cell for one in against for cell in one.cells],
        sum(one.count for one in against),
        [total for one in against for total in one.totals],
    )
