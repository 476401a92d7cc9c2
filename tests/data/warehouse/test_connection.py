"""Opening the warehouse: made when absent, and every file that is not ours is refused in one sentence and left as it
was.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import duckdb
import pytest

from data.core.home import Home
from data.feeds import all_feeds
from data.model.errors import Damaged
from data.warehouse.connection import open_warehouse, organisation_of, transaction, version_of
from data.warehouse.schema import FORMAT, detail_table


def foreign(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE somebody_else (x INTEGER)")


def newer(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE warehouse_format (number INTEGER)")
        connection.execute("INSERT INTO warehouse_format VALUES (?)", [FORMAT + 1])


def sqlite(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE somebody_else (x INTEGER)")


def text(path: Path) -> None:
    path.write_text("month,unit,customers\n" * 500, encoding="utf-8")


def cut_short(path: Path) -> None:
    with open_warehouse(Home(path.parent)):
        pass
    path.write_bytes(path.read_bytes()[:10_000])


def scribbled(path: Path) -> None:
    with open_warehouse(Home(path.parent)):
        pass
    kept = path.read_bytes()
    path.write_bytes(kept[:4096] + b"\xff" * (len(kept) - 4096))


def folder(path: Path) -> None:
    path.mkdir()


REFUSED = [
    (foreign, "is a database of another program. Move it away, or choose another folder with --home."),
    (newer, f"was written by a newer version of this program (format {FORMAT + 1}); update the program."),
    (sqlite, "cannot be opened"),
    (text, "cannot be opened"),
    (cut_short, "cannot be opened"),
    (scribbled, ""),
    (folder, "cannot be opened"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[make.__name__ for make, _ in REFUSED])
def test_a_file_that_is_not_ours_is_refused_in_one_sentence_and_left_alone(empty: Home, make, words: str) -> None:
    empty.path.mkdir()
    make(empty.warehouse)
    before = empty.warehouse.read_bytes() if empty.warehouse.is_file() else None
    with pytest.raises(Damaged) as told, open_warehouse(empty):
        pytest.fail("it was opened")
    message = str(told.value)
    assert words in message
    assert "\n" not in message
    assert told.value.exit_status == 1
    assert (empty.warehouse.read_bytes() if empty.warehouse.is_file() else None) == before


def test_a_missing_warehouse_is_made_with_every_table(empty: Home) -> None:
    empty.path.mkdir()
    with open_warehouse(empty) as connection:
        tables = {name for (name,) in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
        assert connection.execute("SELECT number FROM warehouse_format").fetchall() == [(FORMAT,)]
        assert version_of(connection) == 0
        assert len(organisation_of(connection)) == 0
    assert {detail_table(feed) for feed in all_feeds()} < tables
    assert {"batch", "sheet", "claim", "active", "cube", "version"} < tables


def test_opening_again_changes_nothing(empty: Home) -> None:
    empty.path.mkdir()
    with open_warehouse(empty):
        pass
    before = empty.warehouse.read_bytes()
    with open_warehouse(empty) as connection:
        assert connection.execute("SELECT count(*) FROM warehouse_format").fetchall() == [(1,)]
    assert empty.warehouse.read_bytes() == before


def test_a_column_that_a_later_program_added_appears(home: Home) -> None:
    with open_warehouse(home) as connection:
        connection.execute("ALTER TABLE detail_customers DROP COLUMN self_service_terminals")
    with open_warehouse(home) as connection:
        assert connection.execute("SELECT self_service_terminals FROM detail_customers").fetchall() == []


def test_a_transaction_is_all_or_nothing_and_tells_the_first_cause(home: Home) -> None:
    def add_a_cell(then: str) -> None:
        with transaction(connection):
            connection.execute("INSERT INTO cube (unit) VALUES ('A')")
            connection.execute(then)

    def cells() -> int:
        return connection.execute("SELECT count(*) FROM cube").fetchall()[0][0]

    with open_warehouse(home) as connection:
        with pytest.raises(duckdb.ConversionException, match="not a number"):
            add_a_cell("SELECT 'not a number'::INTEGER")
        assert cells() == 0
        add_a_cell("SELECT 1")
        assert cells() == 1


def test_the_primary_key_forbids_two_batches_of_one_key(home: Home) -> None:
    def write_twice() -> None:
        with open_warehouse(home) as connection:
            for batch in (1, 2):
                connection.execute("INSERT INTO active VALUES ('customers', '', DATE '2025-01-01', 'A', ?)", [batch])

    with pytest.raises(Damaged, match=r"^The database refused: .*[Dd]uplicate key.* Nothing was changed\.$"):
        write_twice()


def test_the_units_are_read_back(home: Home) -> None:
    with open_warehouse(home) as connection:
        organisation = organisation_of(connection)
    assert organisation.codes == ["P", "A", "B", "A1", "A2", "B1", "B2", "H1"]
    assert list(organisation.ancestors("H1")) == ["A1", "A", "P"]
