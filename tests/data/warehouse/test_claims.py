"""Which batch counts for which key: claims are appended, `active` follows from them, whatever is undone in whatever
order.
"""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from data.core.home import Home
from data.warehouse import claims
from data.warehouse.connection import open_warehouse

JANUARY, FEBRUARY = "2025-01-01", "2025-02-01"


def keys(*units: str, month: str = JANUARY, part: str = "") -> pd.DataFrame:
    """Claims of customers for `units` in a month."""
    rows = [("customers", part, pd.Timestamp(month), unit, "Sheet", 1, 2, 2) for unit in units]
    return pd.DataFrame(rows, columns=[*claims.KEY, "sheet", "rows", "first_row", "last_row"])


def append(connection, batch: int, held: pd.DataFrame, cleared: pd.DataFrame | None = None) -> None:
    connection.execute("INSERT INTO batch (batch, undone) VALUES (?, false)", [batch])
    claims.append_claims(connection, batch, held, pd.DataFrame() if cleared is None else cleared)


def turn(connection, batch: int, undone: bool) -> None:
    connection.execute("UPDATE batch SET undone = ? WHERE batch = ?", [undone, batch])
    claims.update_active(connection, [batch])


def active(connection) -> dict[str, int]:
    rows = connection.execute(
        "SELECT strftime(month, '%m') || ' ' || unit, batch FROM active WHERE feed = 'customers' ORDER BY ALL"
    )
    return dict(rows.fetchall())


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory):
    with open_warehouse(Home(tmp_path_factory.mktemp("claims"))) as connection:
        yield connection


@pytest.fixture
def connection(warehouse):
    for table in ("batch", "claim", "active"):
        warehouse.execute(f"DELETE FROM {table}")
    return warehouse


def test_a_later_batch_takes_the_keys_that_it_holds_and_no_others(connection) -> None:
    append(connection, 11, keys("A", "B", "A1"))
    append(connection, 12, pd.concat([keys("A"), keys("A", month=FEBRUARY)]))
    assert active(connection) == {"01 A": 12, "01 A1": 11, "01 B": 11, "02 A": 12}


def test_undo_hands_back_and_redo_takes_up(connection) -> None:
    append(connection, 11, keys("A", "B"))
    append(connection, 12, keys("A", "A1"))
    turn(connection, 12, True)
    assert active(connection) == {"01 A": 11, "01 B": 11}
    turn(connection, 12, False)
    assert active(connection) == {"01 A": 12, "01 A1": 12, "01 B": 11}


def test_undo_of_an_older_batch_leaves_the_later_one(connection) -> None:
    append(connection, 11, keys("A", "B"))
    append(connection, 12, keys("A"))
    turn(connection, 11, True)
    assert active(connection) == {"01 A": 12}
    turn(connection, 12, True)
    assert active(connection) == {}
    turn(connection, 11, False)
    assert active(connection) == {"01 A": 11, "01 B": 11}


def test_a_cleared_key_is_nobodys_until_the_clearing_batch_is_undone(connection) -> None:
    append(connection, 11, keys("A", "B"))
    append(connection, 12, keys("A"), cleared=keys("B")[list(claims.KEY)])
    assert active(connection) == {"01 A": 12}
    append(connection, 13, keys("B"))
    assert active(connection) == {"01 A": 12, "01 B": 13}
    turn(connection, 13, True)
    assert active(connection) == {"01 A": 12}
    turn(connection, 12, True)
    assert active(connection) == {"01 A": 11, "01 B": 11}


@pytest.mark.parametrize("order", list(itertools.permutations([11, 12, 13])), ids=str)
def test_the_order_of_undoing_does_not_matter(connection, order: tuple[int, ...]) -> None:
    append(connection, 11, keys("A", "B"))
    append(connection, 12, keys("B", "A1"))
    append(connection, 13, keys("A", "A1"), cleared=keys("B")[list(claims.KEY)])
    for batch in order:
        turn(connection, batch, True)
    assert active(connection) == {}
    for batch in order[:2]:
        turn(connection, batch, False)
    latest = {11: {"01 A", "01 B"}, 12: {"01 B", "01 A1"}, 13: {"01 A", "01 A1", "01 B"}}
    expected = {key: batch for batch in sorted(order[:2]) for key in latest[batch]}
    if expected.get("01 B") == 13:  # which clears it
        del expected["01 B"]
    assert active(connection) == expected


@pytest.mark.parametrize(
    ("incoming", "absent"),
    [
        (keys("A"), ["B", "A1"]),
        (keys("A", "B", "A1"), []),
        (keys("A", "A2"), ["B", "A1"]),
        (keys("B1"), ["–"]),  # another city's file: batch 12, which holds B1 and nothing else
        (keys("A2"), []),  # takes over nothing, so nothing is missing
        (keys("A", month=FEBRUARY), []),
        (keys("A", part="other"), []),
    ],
    ids=["a part", "all", "a part and new", "another file's", "new", "another month", "another part"],
)
def test_absent_are_the_keys_of_the_batches_that_are_taken_over(
    connection, incoming: pd.DataFrame, absent: list[str]
) -> None:
    append(connection, 11, keys("A", "B", "A1"))
    append(connection, 12, keys("B1"))
    found = claims.absent_keys(connection, incoming)
    assert sorted(found["unit"]) == sorted(unit for unit in absent if unit != "–")
    assert list(found["rows"]) == [1] * len(found)


def test_touched_names_the_feeds_and_months_of_claims_and_clearings(connection) -> None:
    append(connection, 11, keys("A", "B"))
    append(connection, 12, keys("A", month=FEBRUARY), cleared=keys("B")[list(claims.KEY)])
    months = claims.affected_months(connection, [12])["customers"]
    assert [pd.Timestamp(month).strftime("%Y-%m") for month in months] == ["2025-01", "2025-02"]
