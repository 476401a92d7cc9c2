"""What a file would change, row by row against the rows that count now."""

from __future__ import annotations

import pandas as pd

from data.core.sql import quoted
from data.model.feed import Feed
from data.model.staged import StagedFile, to_arrow
from data.warehouse import claims
from data.warehouse.connection import Connection
from data.warehouse.schema import active_rows, sql_type

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


def changes(connection: Connection, file: StagedFile) -> pd.DataFrame:
    """How many rows of each feed and month would be new, changed, ...: CHANGES.

    month: "YYYY-MM", or "" where there is none.
    rows_missing: rows of units that are no longer mentioned, kept or cleared by choice; units_missing names them.
    rows_replaced: rows of mentioned units and months that the file no longer has.
    """
    parts = []
    keys = claims.claims_of(file)
    held = claims.held_feeds(connection, keys)
    for feed in {sheet.feed.name: sheet.feed for sheet in file.sheets if len(sheet.frame)}.values():
        if feed.name not in held:
            # Nothing of it was there before: every row is new.
            fresh = keys[keys["feed"] == feed.name].groupby("month", sort=True)["rows"].sum()
            months = [_month(month) for month in fresh.index]
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
        parts.append(_compared(connection, feed, pd.concat(frames, ignore_index=True)).assign(feed=feed.name))
    found = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(CHANGES))
    absent = claims.absent_keys(connection, keys)
    if len(absent):
        absent["month"] = [_month(month) for month in absent["month"]]
        gone = absent.groupby(["feed", "month"], as_index=False).agg(
            rows_missing=("rows", "sum"), units_missing=("unit", lambda units: sorted(set(units)))
        )
        found = found.merge(gone, on=["feed", "month"], how="left")
    else:
        found = found.assign(rows_missing=0, units_missing=None)
    found["rows_missing"] = found["rows_missing"].fillna(0).astype(int)
    return found.reindex(columns=list(CHANGES))


def _month(month: object) -> str:
    stamp = pd.Timestamp(month)  # type: ignore[arg-type]
    return "" if stamp.year == 1900 else stamp.strftime("%Y-%m")


def _compared(connection: Connection, feed: Feed, frame: pd.DataFrame) -> pd.DataFrame:
    """month, rows_new, rows_changed, rows_unchanged, rows_replaced."""
    if "aliases" in frame:
        frame = frame.assign(
            aliases=[";".join(words) if isinstance(words, list) else words for words in frame["aliases"]]
        )
    connection.register("incoming", to_arrow(frame))
    names = [column.name for column in feed.columns]
    key = list(dict.fromkeys(["key_month", "key_unit", "key_part", *feed.key]))
    content = f"hash({', '.join(f'n.{quoted(name)}' for name in names)})"
    partition = ", ".join(f"n.{quoted(name)}" for name in key)
    # A key may occur more than once where a profile splits one figure; the rows are then paired in their order.
    fields = ", ".join(f"{quoted(name)}" for name in key)
    casts = ", ".join(f"{_cast(feed, name)} AS {quoted(name)}" for name in dict.fromkeys([*key, *names]))
    one = (
        "SELECT {fields}, {content} AS content, row_number() OVER (PARTITION BY "
        "{partition} ORDER BY n.row) AS turn FROM ({rows}) n"
    )
    fresh = one.format(fields=fields, content=content, partition=partition, rows=f"SELECT row, {casts} FROM incoming")
    # Only keys that the file holds are compared: other units are no business of its rows.
    present = (
        f"SELECT d.* FROM {active_rows(feed)} WHERE EXISTS (SELECT 1 FROM incoming i WHERE i.key_unit = d.key_unit "
        "AND i.key_month::DATE = d.key_month AND i.key_part = d.key_part)"
    )
    old = one.format(fields=fields, content=content, partition=partition, rows=present)
    same = " AND ".join(f"f.{quoted(name)} IS NOT DISTINCT FROM o.{quoted(name)}" for name in [*key, "turn"])
    rows = connection.execute(
        f"""
        WITH fresh AS ({fresh}), old AS ({old})
        SELECT coalesce(f.key_month, o.key_month) AS month, count(*) FILTER (o.turn IS NULL) AS rows_new,
          count(*) FILTER (f.content <> o.content) AS rows_changed, count(*) FILTER (f.content = o.content)
              AS rows_unchanged,
          count(*) FILTER (f.turn IS NULL) AS rows_replaced
        FROM fresh f FULL OUTER JOIN old o ON {same} GROUP BY 1 ORDER BY 1
        """
    ).df()
    connection.unregister("incoming")
    rows["month"] = [_month(month) for month in rows["month"]]
    return rows


def _cast(feed: Feed, name: str) -> str:
    if name in ("key_unit", "key_part"):
        return f"{name}::VARCHAR"
    if name == "key_month":
        return "key_month::DATE"
    return f"{quoted(name)}::{sql_type(feed.column(name))}"
