"""A program that defines measures otherwise than the one that loaded the files: the months loaded before follow, as a
version of their own.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.core.home import Home
from data.loading.commit import load
from data.loading.plan import LoadOptions
from data.snapshots.publish import needs_repair, published_version
from data.snapshots.reader import open_snapshot
from data.warehouse.connection import open_warehouse
from data.warehouse.measure_versions import outdated_feeds

CUSTOMERS = "month unit customers mid_high_end_customers"
JANUARY, FEBRUARY = ("2025-01", "A", 1000, 100), ("2025-02", "A", 1100, 120)


@pytest.fixture
def as_loaded_by(home: Home, loads) -> Callable[..., Home]:
    """as_loaded_by(*statements): a home with January, as a program with other measures would have left it; version
    2.
    """
    loads("january.csv", CUSTOMERS, JANUARY)

    def left(*statements: str) -> Home:
        with open_warehouse(home) as connection:
            for statement in statements:
                connection.execute(statement)
        return home

    return left


OLDER = "UPDATE measured SET digest = 'older' WHERE feed = 'customers'"
UNKNOWN = "DELETE FROM measured"
LACKING = "DELETE FROM cube WHERE measure = 'mid_high_end_customers'"
OTHERWISE = "UPDATE cube SET value = 7 WHERE measure = 'customers'"


@pytest.mark.parametrize(
    "statements",
    [(OLDER, LACKING), (OLDER, OTHERWISE), (UNKNOWN, LACKING, OTHERWISE)],
    ids=["a new measure", "a changed measure", "from before it was kept"],
)
def test_months_loaded_before_follow_the_measures(
    as_loaded_by: Callable[..., Home], figures, write, statements: tuple[str, ...]
) -> None:
    home = as_loaded_by(*statements)
    assert load(home, [write("february.csv", CUSTOMERS, FEBRUARY)]).version == 4
    assert figures(home, "customers") == {"2025-01 A": 1000, "2025-02 A": 1100}
    assert figures(home, "mid_high_end_customers") == {"2025-01 A": 100, "2025-02 A": 120}
    assert figures(home, "mid_high_end_customers", version=3) == {"2025-01 A": 100}
    assert len(open_snapshot(home).batches()) == 3


@pytest.mark.parametrize("statement", [OLDER, UNKNOWN])
def test_where_no_figure_differs_there_is_no_version(as_loaded_by: Callable[..., Home], write, statement: str) -> None:
    home = as_loaded_by(statement)
    assert not load(home, [write("february.csv", CUSTOMERS, FEBRUARY)], LoadOptions(dry_run=True)).committed
    assert published_version(home) == 2
    with open_warehouse(home) as connection:
        assert outdated_feeds(connection) == []
    assert not needs_repair(home)


def test_a_new_home_is_up_to_date_from_its_first_load(home: Home) -> None:
    assert published_version(home) == 1
    with open_warehouse(home) as connection:
        assert outdated_feeds(connection) == []
