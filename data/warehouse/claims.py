"""Which batch counts for which key (feed, part, month, unit): claims are appended, `active` follows from them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.core.sql import quoted
from data.feeds import feed_named
from data.model.staged import StagedFile
from data.warehouse.connection import Connection
from data.warehouse.schema import detail_table

KEY = ("feed", "part", "month", "unit")
COLUMNS = ("batch", *KEY, "cleared", "sheet", "rows", "first_row", "last_row", "restated", "provisional")
HELD = [*KEY, "sheet", "rows", "first_row", "last_row", "provisional"]


def claims_of(file: StagedFile) -> pd.DataFrame:
    """The keys a file holds: KEY columns, sheet, rows, first_row, last_row, provisional; one row a key.

    provisional: the day to which a month that is not over goes, else NaT.

    Not to be changed: it is computed once.
    """
    frames = tuple(sheet.frame for sheet in file.sheets)
    if file.counted is None or not _same(file.counted[0], frames):
        file.counted = (frames, _counted(file))
    return file.counted[1]


def _same(frames: tuple[pd.DataFrame, ...], others: tuple[pd.DataFrame, ...]) -> bool:
    return len(frames) == len(others) and all(one is other for one, other in zip(frames, others, strict=True))


def _counted(file: StagedFile) -> pd.DataFrame:
    parts = []
    for sheet in file.sheets:
        if len(sheet.frame):
            found = (
                sheet.frame.groupby(["key_part", "key_month", "key_unit"], sort=False, observed=True)["row"]
                .agg(["size", "min", "max"])
                .reset_index()
            )
            found.columns = pd.Index(["part", "month", "unit", "rows", "first_row", "last_row"])
            found = found.astype({"part": "object", "unit": "object"})
            until = pd.to_datetime(found["month"].map(dict(sheet.provisional)))
            parts.append(found.assign(feed=sheet.feed.name, sheet=sheet.sheet, provisional=until))
    if not parts:
        return pd.DataFrame(columns=HELD)
    together = pd.concat(parts, ignore_index=True)
    if not together.duplicated(list(KEY)).any():
        return together[HELD]
    return together.groupby(list(KEY), sort=False, as_index=False).agg(
        sheet=("sheet", lambda names: ", ".join(dict.fromkeys(names))),
        rows=("rows", "sum"),
        first_row=("first_row", "min"),
        last_row=("last_row", "max"),
        provisional=("provisional", "min"),
    )


def held_feeds(connection: Connection, claims: pd.DataFrame) -> set[str]:
    """The feeds of which some key of `claims` is active already."""
    connection.register("incoming", claims)
    found = connection.execute(
        "SELECT DISTINCT a.feed FROM active a JOIN incoming i ON a.feed = i.feed AND a.part = i.part AND a.month = "
        "i.month::DATE AND a.unit = i.unit"
    ).fetchall()
    connection.unregister("incoming")
    return {feed for (feed,) in found}


def absent_keys(connection: Connection, claims: pd.DataFrame, version: int | None = None) -> pd.DataFrame:
    """Active keys that `claims` no longer mentions: KEY columns and rows.

    Only batches whose keys the file takes over are looked at, in the same feed, part and month: not another city's
    file, nor the other files of the same step (`version`).
    """
    connection.register("incoming", claims)
    frame = connection.execute(
        """
        WITH scope AS (
          SELECT DISTINCT a.feed, a.part, a.month, a.batch FROM active a JOIN incoming i
          ON a.feed = i.feed AND a.part = i.part AND a.month = i.month::DATE AND a.unit = i.unit
          WHERE a.batch NOT IN (SELECT batch FROM batch WHERE version = ?))
        SELECT a.feed, a.part, a.month, a.unit, c.rows FROM active a
        JOIN scope s ON s.feed = a.feed AND s.part = a.part AND s.month = a.month AND s.batch = a.batch
        JOIN claim c ON c.feed = a.feed AND c.part = a.part AND c.month = a.month AND c.unit = a.unit
            AND c.batch = a.batch
        WHERE NOT EXISTS (
          SELECT 1 FROM incoming i WHERE a.feed = i.feed AND a.part = i.part AND a.month = i.month::DATE
              AND a.unit = i.unit)
        ORDER BY ALL
        """,
        [version or 0],
    ).df()
    connection.unregister("incoming")
    return frame


def with_restated(connection: Connection, batch: int, claims: pd.DataFrame) -> pd.DataFrame:
    """`claims` with a column restated: whether the rows of `batch` differ from those that counted until now."""
    connection.register("incoming", claims)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE again AS SELECT i.feed, i.part, i.month::DATE AS month, i.unit, a.batch FROM "
        "incoming i "
        "JOIN active a ON a.feed = i.feed AND a.part = i.part AND a.month = i.month::DATE AND a.unit = i.unit"
    )
    connection.unregister("incoming")
    changed = set()
    for (name,) in connection.execute("SELECT DISTINCT feed FROM again").fetchall():
        feed = feed_named(name)
        content = ", ".join(f"d.{quoted(column.name)}" for column in feed.columns)
        rows = connection.execute(
            f"""
            SELECT part, month, unit FROM (
              SELECT g.part, g.month, g.unit, d.batch, sum(hash({content})::HUGEINT) AS said FROM again g
                  JOIN {detail_table(feed)} d
              ON d.key_part = g.part AND d.key_month = g.month AND d.key_unit = g.unit AND d.batch IN (g.batch, ?)
              WHERE g.feed = ? GROUP BY ALL)
            GROUP BY part, month, unit HAVING count(DISTINCT said) > 1
            """,
            [batch, name],
        ).fetchall()
        changed |= {(name, part, pd.Timestamp(month), unit) for part, month, unit in rows}
    connection.execute("DROP TABLE again")
    keys = zip(claims["feed"], claims["part"], pd.to_datetime(claims["month"]), claims["unit"], strict=True)
    return claims.assign(restated=[key in changed for key in keys] if changed else False)


def with_rest(claims: pd.DataFrame, rest: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The claims of a batch of single cells with the rows that it took over, and the keys that it leaves empty.

    rest: see corrections.take_over_rest.
    """
    key = list(KEY)
    together = claims.assign(month=pd.to_datetime(claims["month"])).merge(
        rest.assign(month=pd.to_datetime(rest["month"])), on=key, how="outer", suffixes=("", "_rest")
    )
    own = together["rows"].notna()
    counted = together["rows"].fillna(0) + together["rows_rest"].fillna(0)
    # A few cells do not say whether their month is over: it stays what it was.
    held = together["held"].astype("boolean").fillna(False).astype(bool)
    until = pd.to_datetime(together["provisional"]).where(~held, pd.to_datetime(together["until"]))
    found = together.assign(rows=counted.astype(int), provisional=until, sheet=together["sheet"].where(own, ""))
    return found.loc[counted > 0, HELD].reset_index(drop=True), found.loc[counted == 0, [*key, "rows"]]


def append_claims(connection: Connection, batch: int, claims: pd.DataFrame, cleared: pd.DataFrame) -> None:
    """Adds the batch's claims and updates the active keys."""
    together = (
        pd.concat([claims.assign(cleared=False), cleared.assign(cleared=True)], ignore_index=True)
        if len(cleared)
        else claims.assign(cleared=False)
    )
    together = together.assign(batch=batch).reindex(columns=list(COLUMNS))
    together["provisional"] = pd.to_datetime(together["provisional"])
    connection.register("new_claims", together)
    connection.execute(
        "INSERT INTO claim SELECT batch, feed, part, month::DATE, unit, cleared, sheet, rows, first_row, last_row, "
        "coalesce(restated::BOOLEAN, false), provisional::DATE FROM new_claims"
    )
    connection.unregister("new_claims")
    update_active(connection, [batch])


def update_active(connection: Connection, batches: Sequence[int]) -> None:
    """Gives every key that `batches` claim to its latest batch that is not undone; a cleared key to none."""
    marks = ", ".join("?" for _ in batches)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE settled AS
        WITH keys AS (SELECT DISTINCT feed, part, month, unit FROM claim WHERE batch IN ({marks}))
        SELECT k.feed, k.part, k.month, k.unit, max_by(c.batch, c.batch) AS batch, max_by(c.cleared, c.batch) AS cleared
        FROM keys k LEFT JOIN (SELECT c.* FROM claim c JOIN batch b ON b.batch = c.batch WHERE NOT b.undone) c
        ON c.feed = k.feed AND c.part = k.part AND c.month = k.month AND c.unit = k.unit
        GROUP BY k.feed, k.part, k.month, k.unit
        """,
        list(batches),
    )
    connection.execute(
        "INSERT INTO active SELECT feed, part, month, unit, batch FROM settled WHERE batch IS NOT NULL AND NOT cleared "
        "ON CONFLICT (feed, part, month, unit) DO UPDATE SET batch = excluded.batch"
    )
    connection.execute(
        "DELETE FROM active USING settled s WHERE (s.batch IS NULL OR s.cleared) AND active.feed = s.feed AND "
        "active.part = s.part "
        "AND active.month = s.month AND active.unit = s.unit"
    )
    connection.execute("DROP TABLE settled")


def months_held(connection: Connection) -> dict[str, list[pd.Timestamp]]:
    """Spreadsheet type -> the months of which rows count, in order."""
    rows = connection.execute(
        "SELECT DISTINCT feed, month FROM active WHERE month > DATE '1900-01-01' ORDER BY ALL"
    ).fetchall()
    found: dict[str, list[pd.Timestamp]] = {}
    for feed, month in rows:
        found.setdefault(feed, []).append(pd.Timestamp(month))
    return found


def affected_months(connection: Connection, batches: Sequence[int]) -> dict[str, list[pd.Timestamp]]:
    """Feed -> months that the claims of `batches` concern."""
    marks = ", ".join("?" for _ in batches)
    rows = connection.execute(
        f"SELECT DISTINCT feed, month FROM claim WHERE batch IN ({marks}) ORDER BY ALL", list(batches)
    ).fetchall()
    found: dict[str, list[pd.Timestamp]] = {}
    for feed, month in rows:
        found.setdefault(feed, []).append(month)
    return found
