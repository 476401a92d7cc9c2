"""The sample ten times over: ten provinces side by side, made of the rows that count in the sample, for benchmarks that
ask what size costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from data.core.home import Home
from data.feeds import all_feeds
from data.loading.commit import load
from data.model.feed import Feed
from data.warehouse.connection import open_warehouse
from data.warehouse.schema import active_rows
from tests.benchmarks.measuring import loaded_home

TIMES = 10


def copies(feed: Feed, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` for each province: codes of units, tickets and customers carry its number; names too, so that none is said
    twice.
    """
    found = []
    for number in range(TIMES):
        mark, part = f"{number:02d}", rows.copy()
        own = [column.name for column in feed.columns if column.type == "unit"]
        own += ["code", "parent"] if feed.name == "units" else []
        own += [name for name in ("ticket_id", "response_id", "customer_ref") if name in part]
        for name in own:
            part[name] = (mark + part[name]).where(part[name].notna(), None)
        if feed.name == "units":
            part["name"], part["aliases"] = part["name"] + mark, None
        found.append(part)
    # What is said of whole levels, or of everybody, holds for all of them as it is.
    return pd.concat(found, ignore_index=True).drop_duplicates(list(feed.key))


@contextmanager
def ten_times_home() -> Iterator[Path]:
    """A temporary home with the sample ten times over; its units are those of the sample with "00" to "09" before their
    code.
    """
    with loaded_home() as small, TemporaryDirectory() as folder, TemporaryDirectory() as place:
        paths = []
        with open_warehouse(Home(small)) as connection:
            for feed in sorted(all_feeds(), key=lambda feed: feed.order):
                names = [column.name for column in feed.columns]
                rows = connection.execute(f"SELECT d.* FROM {active_rows(feed)}").df()
                if len(rows):
                    paths.append(Path(place) / f"{feed.name}.csv")
                    written = copies(feed, rows[names].astype("object").where(rows[names].notna(), None))
                    for column in feed.columns:
                        if column.type == "month":
                            written[column.name] = pd.to_datetime(written[column.name]).dt.strftime("%Y-%m")
                    written.to_csv(paths[-1], index=False, encoding="utf-8-sig")
        report = load(Home(Path(folder)), paths)
        refused = [one.file for one in report.files if one.batch is None]
        assert not refused, refused
        yield Path(folder)
