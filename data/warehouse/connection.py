"""Opening the warehouse file: for the seconds of a load, by whoever holds the lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache

import duckdb
import pandas as pd

from data.core.home import Home
from data.feeds import feed_named
from data.model.errors import Damaged
from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.unit_names import split_aliases
from data.warehouse.schema import FORMAT, active_rows, schema_statements

Connection = duckdb.DuckDBPyConnection


@contextmanager
def open_warehouse(home: Home) -> Iterator[Connection]:
    """The warehouse, read-write, made if absent; Damaged if it is lost, foreign or broken, or the disk refuses."""
    if is_lost(home):
        raise Damaged(
            f"{home.warehouse} is lost, though versions were published from it. Restore a backup (python -m data "
            f"restore FILE); to begin anew, move the folder {home.snapshots.name} away too."
        )
    try:
        # A file of another database must be refused, not sent for an extension over the network.
        connection = duckdb.connect(
            str(home.warehouse), config={"pandas_analyze_sample": 0, "autoinstall_known_extensions": False}
        )
    except duckdb.Error as problem:
        raise Damaged(
            f"{home.warehouse} cannot be opened: it is not this program's database, is damaged, or is in use "
            f"({_first(problem)}). Restore a backup."
        ) from problem
    try:
        # DuckDB draws one on the standard output, where `--json` writes, when a statement takes two seconds.
        connection.execute("SET enable_progress_bar = false")
        _prepare(connection, home)
        yield connection
    except duckdb.Error as problem:
        raise Damaged(f"The database refused: {_first(problem)} Nothing was changed.") from problem
    except OSError as problem:
        raise Damaged(f"The disk refused: {problem.strerror or problem}. Nothing was changed.") from problem
    finally:
        connection.close()


def is_lost(home: Home) -> bool:
    """Whether published versions stand there without the warehouse that they were made of."""
    return not home.warehouse.exists() and any(home.snapshots.glob("[0-9]*.duckdb"))


def _first(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0]


def _prepare(connection: Connection, home: Home) -> None:
    shape = _shape(connection)
    tables = {table for table, _column in shape}
    if tables and "warehouse_format" not in tables:
        raise Damaged(
            f"{home.warehouse} is a database of another program. Move it away, or choose another folder with --home."
        )
    if tables:
        number = connection.execute("SELECT max(number) FROM warehouse_format").fetchall()[0][0]
        if number is not None and number > FORMAT:
            raise Damaged(
                f"{home.warehouse} was written by a newer version of this program (format {number}); update the "
                f"program."
            )
        if number is not None and shape >= _shape_today():
            return
    with transaction(connection):
        for statement in schema_statements(fresh=not tables):
            connection.execute(statement)
        if connection.execute("SELECT count(*) FROM warehouse_format").fetchall()[0][0] == 0:
            connection.execute("INSERT INTO warehouse_format VALUES (?)", [FORMAT])


def _shape(connection: Connection) -> frozenset[tuple[str, str]]:
    """Table and column of all that there is."""
    return frozenset(
        connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = current_database() "
            "AND NOT internal"
        ).fetchall()
    )


@cache
def _shape_today() -> frozenset[tuple[str, str]]:
    """What the statements make of nothing. A warehouse that has it all needs none of the hundreds."""
    with duckdb.connect() as connection:
        for statement in schema_statements(fresh=True):
            connection.execute(statement)
        return _shape(connection)


@contextmanager
def transaction(connection: Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):  # it may have rolled back by itself
            connection.execute("ROLLBACK")
        raise


def version_of(connection: Connection) -> int:
    """The last committed version; 0 before the first."""
    return int(connection.execute("SELECT coalesce(max(version), 0) FROM version").fetchall()[0][0])


def unit_rows(connection: Connection) -> pd.DataFrame:
    """The units that count: UNIT_COLUMNS and since, aliases as lists; of a unit that moved a row each parent."""
    columns = ", ".join(f"d.{name}" for name in (*UNIT_COLUMNS, "since"))
    frame = connection.execute(f"SELECT {columns} FROM {active_rows(feed_named('units'))} ORDER BY d.batch, d.row").df()
    for name in ("code", "name", "level", "parent", "kind"):
        frame[name] = frame[name].astype("object").where(frame[name].notna(), None)
    frame["aliases"] = pd.Series(
        [split_aliases(words) for words in frame["aliases"]], index=frame.index, dtype="object"
    )
    return frame


def organisation_of(connection: Connection) -> Organisation:
    frame = unit_rows(connection)
    return Organisation.of_rows(frame) if len(frame) else Organisation.empty()
