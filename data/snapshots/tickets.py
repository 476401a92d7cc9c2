"""The tickets behind a figure: read from the warehouse under its lock, as the rows that counted in one version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data.core.home import Home
from data.core.sql import quoted
from data.feeds import feed_named
from data.snapshots.reader import open_snapshot
from data.warehouse.connection import open_warehouse
from data.warehouse.lock import current_user, locked
from data.warehouse.schema import detail_table

FEED = feed_named("complaints_tickets")
COLUMNS = tuple(column.name for column in FEED.columns)
KEYS = ("batch", "part", "month", "unit")
# Enough to recognise one's own customer by, too little to find a stranger (the last two of an account or a telephone
# number).
SHOWN_OF_A_CUSTOMER = 2
# A page may wait for another load's last seconds, not for a whole one.
WAIT = 3.0


@dataclass(frozen=True)
class TicketPage:
    """One page of tickets.

    rows: COLUMNS, file, sheet, row; the newest first.
    total: how many tickets there are.
    categories: theirs, the most frequent first.
    """

    rows: pd.DataFrame
    total: int
    categories: Sequence[str]


def read_tickets(
    home: Home,
    version: int,
    units: Sequence[str] | Mapping[str, Sequence[str]],
    first: str,
    last: str,
    *,
    category: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> TicketPage:
    """The tickets of `units` received from month `first` to `last` (YYYY-MM) that counted in `version`.

    units: those of every month, or of each by its month.
    Customers are masked. Busy if a load holds the warehouse for longer than a moment.
    """
    snapshot = open_snapshot(home, version)
    held, gone = snapshot.lineage(FEED.name), snapshot.superseded(FEED.name)
    held = held[held["month"].between(first, last)]
    of_month = units if isinstance(units, Mapping) else dict.fromkeys(held["month"], units)
    known = {month: frozenset(codes) for month, codes in of_month.items()}
    inside = [unit in known.get(month, ()) for unit, month in zip(held["unit"], held["month"], strict=True)]
    held = held[pd.Series(inside, index=held.index, dtype=bool)]
    if held.empty:
        return TicketPage(pd.DataFrame(columns=[*COLUMNS, "file", "sheet", "row"]), 0, ())
    wanted = held[[*KEYS, "file"]].drop_duplicates([*KEYS]).assign(month=pd.to_datetime(held["month"] + "-01"))
    source = (
        f"{detail_table(FEED)} d JOIN wanted w ON w.batch = d.batch AND w.part = d.key_part AND w.unit = d.key_unit "
        "AND w.month::DATE = d.key_month "
        "ANTI JOIN gone ON gone.batch = d.batch AND gone.sheet = d.sheet AND gone.row = d.row"
    )
    columns = ", ".join(f"d.{quoted(name)}" for name in COLUMNS)
    with locked(home, current_user(), WAIT), open_warehouse(home) as connection:
        connection.register("wanted", wanted)
        connection.register("gone", gone.astype({"batch": "int64", "sheet": "object", "row": "int64"}))
        counted = connection.execute(
            f"SELECT d.category, count(*) FROM {source} GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        rows = connection.execute(
            f"SELECT {columns}, w.file, d.sheet, d.row FROM {source} WHERE ? IS NULL OR d.category = ? "
            "ORDER BY d.received_at DESC, d.ticket_id LIMIT ? OFFSET ?",
            [category, category, limit, offset],
        ).df()
    rows["customer_ref"] = [mask_customer(value) for value in rows["customer_ref"]]
    total = sum(count for name, count in counted if category in (None, name))
    return TicketPage(rows, int(total), tuple(str(name) for name, _ in counted if name is not None))


def mask_customer(customer: object) -> str:
    """A customer's mark with all but its end hidden; empty where there is none."""
    if not isinstance(customer, str) or not customer:
        return ""
    return "•••" + customer[-SHOWN_OF_A_CUSTOMER:] if len(customer) > 2 * SHOWN_OF_A_CUSTOMER else "•••"
