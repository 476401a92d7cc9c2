"""The part of a version that somebody may see, as a database of its own: it holds nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd

from data.core.sql import quoted
from data.core.viewer import Sight
from data.model.organisation import Organisation

ABOVE = "events_above"
"""Events of the units above, which concern all below them: their dates and titles, as of everybody."""
FIRST, LAST = pd.Timestamp("1678-01-01"), pd.Timestamp("2262-01-01")
# Rows of everybody concern everybody; those of a unit above concern all below it, and lose its name.
CONCERNS = "(r.key_unit = '*' OR r.key_unit LIKE 'level:%')"
INSIDE = """EXISTS (SELECT 1 FROM seen s WHERE s.unit = {unit} AND CASE WHEN {month} > DATE '1900-01-01'
    THEN {month} BETWEEN s.since AND s.until ELSE s.now END)"""
NUMBER = "make_date({month} // 12, {month} % 12 + 1, 1)"


def seen_copy(path: Path, organisation: Organisation, sight: Sight) -> duckdb.DuckDBPyConnection:
    """A database in memory with what `sight` allows of the snapshot at `path`; nobody may write into it.

    A table that is not named here is not seen.
    """
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "threads": 1})
    connection.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS held (READ_ONLY)")
    seen = seen_units(organisation, sight)
    above = {one for code in seen["unit"] for one in organisation.ever_above(code)} - set(seen["unit"])
    connection.register("seen_now", seen)
    connection.register("above_now", pd.DataFrame({"unit": pd.Series(sorted(above), dtype="object")}))
    connection.register("nearest", _above(organisation, sight))
    connection.execute("CREATE TABLE seen AS SELECT unit::VARCHAR AS unit, since::DATE AS since, until::DATE AS until, "
                       "now FROM seen_now")  # fmt: skip
    connection.execute("CREATE TABLE above AS SELECT unit::VARCHAR AS unit FROM above_now")
    tables = {name for (name,) in connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'held'").fetchall()}  # fmt: skip
    for name, query in _queries(tables):
        connection.execute(f"CREATE TABLE {quoted(name)} AS {query}")
    for name in ("seen_now", "above_now", "nearest"):
        connection.unregister(name)
    for name in ("seen", "above"):
        connection.execute(f"DROP TABLE {name}")
    connection.execute("DETACH held")
    connection.execute("SET enable_external_access = false")
    return connection


def seen_units(organisation: Organisation, sight: Sight) -> pd.DataFrame:
    """Which units are seen in which months: unit, since, until (days), now; a unit that moved is seen only in the
    months in which it stands below one of the scope.
    """
    starts = [FIRST, *organisation.changes]
    rows: list[tuple[str, pd.Timestamp, pd.Timestamp, bool]] = []
    for place, since in enumerate(starts):
        last = place == len(starts) - 1
        until = LAST if last else starts[place + 1] - pd.Timedelta(days=1)
        then = organisation if last else organisation.at(since if place else starts[1] - pd.Timedelta(days=1))
        rows += [(code, since, until, last) for code in units_below(then, sight)]
    return pd.DataFrame(rows, columns=["unit", "since", "until", "now"]).astype({"unit": "object", "now": "bool"})


def units_below(organisation: Organisation, sight: Sight) -> list[str]:
    """The units of the scope with all below them, in the organisation's order."""
    if sight.scope is None:
        return organisation.codes
    wanted = {one for code in sight.scope if code in organisation for one in (code, *organisation.descendants(code))}
    return [code for code in organisation.codes if code in wanted]


def _above(organisation: Organisation, sight: Sight) -> pd.DataFrame:
    """What a unit at the top of what is seen takes its targets from where it has none: root, unit (a code, or "level:"
    and a level), nearness (the least first).
    """
    rows = [
        (root, unit, 2 * place + (unit != code))
        for root in sorted(sight.scope or ())
        if root in organisation
        for place, code in enumerate(organisation.ancestors(root))
        for unit in (code, f"level:{organisation.level(code)}")
    ]
    return pd.DataFrame(rows, columns=["root", "unit", "nearness"]).astype({"root": "object", "unit": "object"})


def _queries(tables: set[str]) -> Iterator[tuple[str, str]]:
    """Each table that is seen, and the SQL of what is seen of it."""
    ever = "(SELECT unit FROM seen)"
    yield (
        "unit",
        (
            f"SELECT code, name, level, CASE WHEN parent IN {ever} THEN parent END AS parent, kind, aliases, opened, "
            f"closed FROM held.unit WHERE code IN {ever}"
        ),
    )
    if "unit_parent" in tables:
        yield (
            "unit_parent",
            (
                f"SELECT code, since, CASE WHEN parent IN {ever} THEN parent END AS parent FROM held.unit_parent "
                f"WHERE code IN {ever}"
            ),
        )
    yield "measure", "FROM held.measure"
    yield "indicator", "FROM held.indicator"
    yield (
        "cube",
        f"SELECT r.* FROM held.cube r WHERE {INSIDE.format(unit='r.unit', month=NUMBER.format(month='r.month'))}",
    )
    if "provisional" in tables:
        yield (
            "provisional",
            (
                f"SELECT r.* FROM held.provisional r WHERE "
                f"{INSIDE.format(unit='r.unit', month=NUMBER.format(month='r.month'))}"
            ),
        )
    yield (
        "target",
        (
            f"SELECT r.* FROM held.target r WHERE r.unit IN {ever} OR {CONCERNS.replace('key_unit', 'unit')} UNION ALL "
            "SELECT r.metric, r.period, 'above:' || a.root, NULL, arg_min(r.target, a.nearness), "
            "arg_min(r.base, a.nearness), arg_min(r.challenge, a.nearness), arg_min(r.weight, a.nearness) "
            "FROM held.target r JOIN nearest a ON r.unit = a.unit "
            "GROUP BY ALL"
        ),
    )
    inside = INSIDE.format(unit="r.unit", month="r.month")
    yield "lineage", f"SELECT r.* FROM held.lineage r WHERE {inside}"
    for name in ("targets", "units", "events", "notes", "actions"):
        if f"rows_{name}" in tables:
            yield f"rows_{name}", _rows(name, ever)
    if "rows_events" in tables:
        yield (
            ABOVE,
            ("SELECT r.* REPLACE (NULL AS unit) FROM held.rows_events r WHERE r.unit IN (SELECT unit FROM above)"),
        )
    yield from _history(tables)


def _rows(name: str, ever: str) -> str:
    """SQL of the rows of a table that are seen."""
    own = INSIDE.format(unit="r.key_unit", month="r.key_month")
    if name == "units":
        return (
            f"SELECT r.* REPLACE (CASE WHEN r.parent IN {ever} THEN r.parent END AS parent) FROM held.rows_units r "
            f"WHERE r.code IN {ever}"
        )
    return f"SELECT r.* FROM held.rows_{name} r WHERE {own} OR {CONCERNS}"


def _history(tables: set[str]) -> Iterator[tuple[str, str]]:
    """What is seen of the batches: those with rows of a unit that is seen, counted by these; what was found in a file
    that holds others too quotes their cells.
    """
    seen = "(SELECT batch FROM lineage)"
    yield (
        "version",
        (
            "SELECT version, made_at, who, action, (SELECT coalesce(list(DISTINCT l.batch ORDER BY l.batch), []) "
            "FROM lineage l "
            "WHERE list_contains(v.batches, l.batch)) AS batches FROM held.version v"
        ),
    )
    yield (
        "batch",
        (
            "SELECT b.* REPLACE (CASE WHEN (SELECT count(*) FROM held.lineage h WHERE h.batch = b.batch) = "
            "(SELECT count(*) FROM lineage l WHERE l.batch = b.batch) THEN b.findings ELSE '[]' END AS findings) "
            f"FROM held.batch b WHERE b.batch IN {seen}"
        ),
    )
    yield (
        "sheet",
        (
            "SELECT s.* REPLACE (l.rows AS rows) FROM held.sheet s JOIN (SELECT batch, sheet, feed, sum(rows)::BIGINT "
            "AS rows "
            "FROM lineage GROUP BY ALL) l USING (batch, sheet, feed)"
        ),
    )
    yield (
        "batch_months",
        (
            "SELECT batch, strftime(min(month) FILTER (month > DATE '1900-01-01'), '%Y-%m') AS first_month, "
            "strftime(max(month) FILTER (month > DATE '1900-01-01'), '%Y-%m') AS last_month FROM lineage GROUP BY batch"
        ),
    )
    for name in ("superseded", "correction"):
        if name in tables:
            yield name, f"SELECT * FROM held.{name} WHERE batch IN {seen}"
