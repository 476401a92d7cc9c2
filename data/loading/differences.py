"""What a file would change in the rows that count: how many rows, which cells from what to what, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from data.checks.locate import display_text
from data.core.sql import quoted
from data.model.feed import Feed
from data.model.staged import to_arrow
from data.warehouse.connection import Connection
from data.warehouse.corrections import incoming_columns, same_key, with_joined_aliases
from data.warehouse.limits import limited_rows
from data.warehouse.schema import active_rows

# Cells that are listed of a feed; all are counted.
MOST_CELLS = 10_000


@dataclass(frozen=True)
class CellChange:
    """One cell that would change.

    month: "YYYY-MM", or "" where there is none.
    unit: the unit's code, or how the rows of no unit are kept.
    key: what else identifies the row, as texts.
    column: the column of ours.
    before: what counts now; None: nothing.
    after: what would count; None: nothing.
    row: the row of the file.
    """

    feed: str
    month: str
    unit: str
    key: tuple[str, ...]
    column: str
    before: str | None
    after: str | None
    row: int


@dataclass(frozen=True)
class TotalChange:
    """A measure of a month, summed over the rows of the units that the file holds, now and as it would be."""

    feed: str
    month: str
    measure: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Differences:
    """What the rows of a feed would change.

    rows: month, rows_new, rows_changed, rows_unchanged, rows_replaced.
    cells: the first MOST_CELLS that change.
    count: how many change.
    """

    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    cells: Sequence[CellChange] = ()
    count: int = 0
    totals: Sequence[TotalChange] = ()


def month_name(month: object) -> str:
    """A month as YYYY-MM; "" for that of rows without one."""
    stamp = pd.Timestamp(month)  # type: ignore[arg-type]
    return "" if stamp.year == 1900 else stamp.strftime("%Y-%m")


def differences(connection: Connection, feed: Feed, frame: pd.DataFrame, *, cells_only: bool = False) -> Differences:
    """The staged rows of a feed against those that count.

    cells_only: rows that the file does not hold stay.
    """
    _relations(connection, feed, frame, cells_only)
    rows = connection.execute(
        """
        SELECT month, count(*) FILTER (stored IS NULL) AS rows_new, count(*) FILTER (changed) AS rows_changed,
          count(*) FILTER (NOT changed) AS rows_unchanged, count(*) FILTER (place IS NULL) AS rows_replaced
        FROM pairs GROUP BY 1 ORDER BY 1
        """
    ).df()
    rows["month"] = [month_name(month) for month in rows["month"]]
    cells, count = _cells(connection, feed)
    totals = _totals(connection, feed, cells_only)
    for name in ("pairs", "held", "fresh"):
        connection.execute(f"DROP TABLE {name}")
    return Differences(rows, cells, count, totals)


def _relations(connection: Connection, feed: Feed, frame: pd.DataFrame, cells_only: bool) -> None:
    """Temporary tables: fresh, the file's rows (place); held, the rows that count of its keys (stored); pairs, which of
    them are the same row: month, place, stored, changed.
    """
    connection.register("incoming", to_arrow(with_joined_aliases(frame).assign(place=range(len(frame)))))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT place, {incoming_columns(feed)} FROM incoming")
    connection.unregister("incoming")
    touched = "i.key_unit = d.key_unit AND i.key_month = d.key_month AND i.key_part = d.key_part"
    either = f"WHERE EXISTS (FROM fresh i WHERE {touched})"
    if cells_only:
        either += f" OR EXISTS (FROM fresh i WHERE {same_key(feed, 'i', 'd')})"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE held AS SELECT d.*, row_number() OVER () AS stored FROM "
        f"{active_rows(feed)} {either}"
    )
    where = ["key_month", "key_unit", "key_part"]
    key = list(dict.fromkeys([*(() if cells_only else where), *feed.key]))
    content = ", ".join(f"n.{quoted(column.name)}" for column in feed.columns)
    # A key may occur more than once where a profile splits one figure; the rows are then paired in their order.
    one = (
        f"SELECT {{id}}, key_month, {', '.join(map(quoted, key))}, hash({content}) AS content, row_number() OVER "
        f"(PARTITION BY {', '.join(map(quoted, key))} ORDER BY row) AS turn FROM {{rows}} n"
    )
    same = " AND ".join(f"f.{quoted(name)} IS NOT DISTINCT FROM o.{quoted(name)}" for name in [*key, "turn"])
    kept = "WHERE f.place IS NOT NULL" if cells_only else ""
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE pairs AS
        WITH f AS ({one.format(id="place", rows="fresh")}), o AS ({one.format(id="stored", rows="held")})
        SELECT coalesce(f.key_month, o.key_month) AS month, place, stored, f.content <> o.content AS changed
        FROM f FULL OUTER JOIN o ON {same} {kept}
        """
    )


def _cells(connection: Connection, feed: Feed) -> tuple[list[CellChange], int]:
    apart = [f"(f.{quoted(column.name)} IS DISTINCT FROM h.{quoted(column.name)})" for column in feed.columns]
    joined = "FROM pairs p JOIN fresh f ON f.place = p.place JOIN held h ON h.stored = p.stored WHERE p.changed"
    count = connection.execute(f"SELECT sum({' + '.join(f'{one}::INTEGER' for one in apart)}) {joined}").fetchall()[0][
        0
    ]
    if not count:
        return [], 0
    others = [name for name in feed.key if name not in (feed.month_column, feed.unit_column)]
    values = ", ".join(
        f"{side}.{quoted(column.name)} AS {side}_{column.name}" for column in feed.columns for side in "hf"
    )
    rows = connection.execute(
        f"SELECT f.row, f.key_month, f.key_unit, {values} {joined} ORDER BY f.place LIMIT {MOST_CELLS}"
    ).df()
    found = []
    for row in rows.to_dict("records"):
        key = tuple(display_text(row[f"f_{name}"]) for name in others)
        for column in feed.columns:
            before, after = (display_text(row[f"{side}_{column.name}"]) for side in "hf")
            if before != after:
                month = month_name(row["key_month"])
                found.append(
                    CellChange(
                        feed.name,
                        month,
                        row["key_unit"],
                        key,
                        column.name,
                        before or None,
                        after or None,
                        int(row["row"]),
                    )
                )
    return found[:MOST_CELLS], int(count)


def _totals(connection: Connection, feed: Feed, cells_only: bool) -> list[TotalChange]:
    measures = [one for one in feed.measures if one.additive and not one.within]
    if not measures:
        return []
    sums = ", ".join(f"({one.sql})::DOUBLE AS {quoted(one.name)}" for one in measures)
    after = "SELECT * EXCLUDE (place) FROM fresh"
    if cells_only:
        names = ", ".join(quoted(name) for name in ("row", "key_month", "key_unit", "key_part"))
        names += ", " + ", ".join(quoted(column.name) for column in feed.columns)
        matched = "SELECT stored FROM pairs WHERE stored IS NOT NULL"
        after += f" UNION ALL BY NAME SELECT {names} FROM held WHERE stored NOT IN ({matched})"
    sides = [
        connection.execute(
            f"SELECT key_month, {sums} FROM {limited_rows(connection, feed, f'({rows}) d')} GROUP BY 1 ORDER BY 1"
        )
        .df()
        .set_index("key_month")
        for rows in ("SELECT * FROM held", after)
    ]
    found = []
    for month in sides[0].index.intersection(sides[1].index):
        for one in measures:
            before, now = (_known(side[one.name].to_dict()[month]) for side in sides)
            if before is not None or now is not None:
                found.append(TotalChange(feed.name, month_name(month), one.name, before, now))
    return found


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
