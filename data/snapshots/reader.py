"""Reading a published version. Pages, metrics and reports read nothing else."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakValueDictionary

import duckdb
import pandas as pd
from cachetools import LRUCache

from data.core.home import Home
from data.core.viewer import EVERYTHING, Sight
from data.feeds import all_feeds, feed_named
from data.model.errors import Damaged, NoData, WrongUsage
from data.model.organisation import Organisation
from data.model.parent_history import ParentSince
from data.snapshots.publish import published_version, repair_if_needed, snapshot_path
from data.snapshots.sight import ABOVE, seen_copy
from data.snapshots.writer import EDITABLE

Term = tuple[str, str, Sequence[str]]
# Who reads one version after another opens each once; who needs several at a time holds them.
MOST_OPEN = 1
# The same path may hold another file later: after a restore, or a new database in the same folder.
File = tuple[str, int, int]
Opened = tuple[File, Sight]
_lately: LRUCache[Opened, Snapshot] = LRUCache(MOST_OPEN)
# Also those that only a reader still holds: DuckDB would answer from them, whatever stands at their path by then.
_living: WeakValueDictionary[Opened, Snapshot] = WeakValueDictionary()
_guard = Lock()


def current_version(home: Home) -> int | None:
    """The newest published version; None if nothing was loaded."""
    return published_version(home)


def snapshot_file(home: Home, version: int) -> File | None:
    """Which file holds `version`, for keys of caches: a file put in its place is another. None if it is not kept."""
    path = snapshot_path(home, version)
    try:
        about = path.stat()
    except OSError:
        return None
    return str(path), about.st_ino, about.st_mtime_ns


def open_snapshot(home: Home, version: int | None = None) -> Snapshot:
    """The snapshot of `version` (the newest if None), kept open.

    NoData if nothing was loaded, WrongUsage if that version is not kept.
    """
    repair_if_needed(home)
    newest = published_version(home)
    if newest is None:
        raise NoData(
            f"Nothing has been loaded into {home.path} yet. Load the units and an export first: python -m data load "
            f"FILE..."
        )
    number = newest if version is None else version
    path = snapshot_path(home, number)
    with _guard:
        file = snapshot_file(home, number)
        if file is None:
            raise WrongUsage(
                f"Version {number} is not kept (the newest is {newest}). Leave the version out to see the newest."
            )
        key = (file, home.viewer.sight)
        if key in _living:
            _lately[key] = _living[key]
            return _lately[key]
        for other, outdated in list(_living.items()):
            if other[0][0] == file[0] and other[0] != file:
                outdated.close()
                _living.pop(other, None)
                _lately.pop(other, None)
        _living[key] = _lately[key] = opened = open_snapshot_file(path, number, home.viewer.sight)
        return opened


def coverage(home: Home, version: int | None = None) -> pd.DataFrame:
    """Which feed with figures holds which month: feed, month ("YYYY-MM"), units, rows, batches."""
    return open_snapshot(home, version)._frame(
        "SELECT feed, strftime(month, '%Y-%m') AS month, count(DISTINCT unit) AS units, sum(rows)::BIGINT AS rows, "
        "count(DISTINCT batch) AS batches "
        "FROM lineage WHERE month > DATE '1900-01-01' AND feed IN (SELECT unnest(?)) GROUP BY feed, month ORDER BY "
        "feed, month",
        _with_figures(),
    )


def _with_figures() -> list[str]:
    return [feed.name for feed in all_feeds() if feed.measures]


def held_units(home: Home, version: int | None = None) -> pd.DataFrame:
    """Which unit holds what of the feeds with figures: feed, part, month ("YYYY-MM"), unit, restated."""
    snapshot = open_snapshot(home, version)
    known = snapshot._frame("SELECT 1 FROM duckdb_columns() WHERE table_name = 'lineage' AND column_name = 'restated'")
    restated = "restated" if len(known) else "false"
    return snapshot._frame(
        f"SELECT feed, part, strftime(month, '%Y-%m') AS month, unit, {restated} AS restated FROM lineage "
        "WHERE month > DATE '1900-01-01' AND feed IN (SELECT unnest(?)) ORDER BY feed, part, month, unit",
        _with_figures(),
    )


def open_snapshot_file(path: Path, version: int, sight: Sight = EVERYTHING) -> Snapshot:
    """What `sight` allows of a snapshot, of which the caller closes what it opened."""
    try:
        whole = Snapshot(duckdb.connect(str(path), read_only=True), version)
        if sight.scope is None:
            return whole
        try:
            return Snapshot(seen_copy(path, whole.organisation, sight), version)
        finally:
            whole.close()
    except duckdb.Error as problem:
        raise Damaged(
            f"The snapshot {path.name} is damaged. Delete it and load anything, or restore a backup."
        ) from problem


class Snapshot:
    """One version. Every method may be called from any thread; nothing is ever changed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, version: int) -> None:
        self._connection = connection
        self.version = version

    def close(self) -> None:
        """Lets the file go; for snapshots of `read_snapshot` only."""
        self._connection.close()

    def _frame(self, query: str, *values: Any) -> pd.DataFrame:
        return self._connection.cursor().execute(query, list(values)).df()

    @cached_property
    def organisation(self) -> Organisation:
        """The units of this version."""
        frame = self._frame("SELECT * FROM unit")
        for name in ("code", "name", "level", "parent", "kind"):
            frame[name] = frame[name].astype("object").where(frame[name].notna(), None)
        return Organisation(frame, self._parents()) if len(frame) else Organisation.empty()

    def _parents(self) -> Iterator[ParentSince]:
        """The parents of units that moved; none in versions from before that was kept."""
        if self._cursor_rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'unit_parent'"):
            for code, since, parent in self._cursor_rows("SELECT code, since, parent FROM unit_parent"):
                yield ParentSince(code, pd.Timestamp(since), parent)

    @cached_property
    def _months(self) -> list[str]:
        found = self._connection.cursor().execute("SELECT DISTINCT month FROM cube ORDER BY month").fetchall()
        return [f"{month // 12:04d}-{month % 12 + 1:02d}" for (month,) in found]

    def months(self) -> list[str]:
        """Months with any figure, as YYYY-MM, in order."""
        return list(self._months)

    def last_month(self) -> str | None:
        """The last month with a figure that is not provisional (YYYY-MM), else the last with any, else None."""
        names = reversed(self._months if len(self._provisional) else [])
        last = self._months[-1] if self._months else None
        return next((name for name in names if self._unfinished(name)[1]), last)

    def _unfinished(self, name: str) -> tuple[str | None, bool]:
        """Of a month (YYYY-MM): the first day to which provisional figures of it go, and whether it has others."""
        month = int(name[:4]) * 12 + int(name[5:]) - 1
        some = self._provisional[self._provisional["month"] == month]
        if some.empty:
            return None, True
        known = set(self._cursor_rows("SELECT measure, unit FROM cube WHERE month = ? AND segment_kind = ''", month))
        until = pd.Timestamp(some["until"].min()).strftime("%Y-%m-%d")
        return until, bool(known - set(zip(some["measure"], some["unit"], strict=True)))

    def _cursor_rows(self, query: str, *values: Any) -> list[tuple]:
        return self._connection.cursor().execute(query, list(values)).fetchall()

    def measures(self) -> pd.DataFrame:
        """measure, feed, over_time, additive."""
        return self._frame("SELECT * FROM measure")

    @cached_property
    def _kinds(self) -> Mapping[str, tuple[str, ...]]:
        """Measure -> the ways in which it is split, "" for its total, of all that have any value."""
        found = self._connection.cursor().execute("SELECT DISTINCT measure, segment_kind FROM cube ORDER BY ALL")
        kinds: dict[str, tuple[str, ...]] = {}
        for measure, kind in found.fetchall():
            kinds[measure] = (*kinds.get(measure, ()), kind)
        return kinds

    def held_measures(self) -> frozenset[str]:
        """The measures that have any value in this version."""
        return frozenset(self._kinds)

    def cells(self, terms: Sequence[Term]) -> pd.DataFrame:
        """Units' own rows of each term (measure, segment kind, segments; no segments = the total), summed over its
        segments.

        Columns term (its place in `terms`), month (year * 12 + month - 1), unit (categories in the organisation's
        order), value.
        """
        wanted = [
            (place, measure, kind, segment, len(segments) > 1)
            for place, (measure, kind, segments) in enumerate(terms)
            for segment in (segments or ("",))
        ]
        codes = self.organisation.codes
        cursor = self._connection.cursor()
        cursor.register("wanted", pd.DataFrame(wanted, columns=["term", "measure", "kind", "segment", "several"]))
        cursor.register("axis", pd.DataFrame({"unit": pd.Series(codes, dtype="object"), "place": range(len(codes))}))
        # Only terms of several segments are grouped, and units travel as numbers: either doubles the time over a
        # million cells.
        source = """FROM cube c JOIN wanted w ON c.measure = w.measure AND c.segment_kind = w.kind
            AND c.segment = w.segment
                    JOIN axis a ON a.unit = c.unit"""
        parts = (
            [cursor.execute(f"SELECT w.term, c.month, a.place, c.value {source} WHERE NOT w.several").df()]
            if wanted
            else []
        )
        if any(several for *_, several in wanted):
            summed = f"SELECT w.term, c.month, a.place, sum(c.value) AS value {source} WHERE w.several GROUP BY ALL"
            parts.append(cursor.execute(summed).df())
        cursor.unregister("wanted")
        cursor.unregister("axis")
        if not parts:
            return pd.DataFrame({"term": [], "month": [], "unit": [], "value": []})
        found = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
        units = pd.Categorical.from_codes(found["place"].to_numpy(), categories=pd.Index(codes))
        return found.assign(unit=units)[["term", "month", "unit", "value"]]

    @cached_property
    def _provisional(self) -> pd.DataFrame:
        known = self._connection.cursor().execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'provisional'")
        if known.fetchone() is None:  # a version from before months could be provisional
            return pd.DataFrame({"measure": [], "month": [], "unit": [], "until": []})
        return self._frame("SELECT measure, month, unit, until FROM provisional ORDER BY ALL")

    def provisional(self) -> pd.DataFrame:
        """Units' own figures of months that are not over: measure, month (year * 12 + month - 1), unit, until (the day
        to which they go).
        """
        return self._provisional.copy()

    def segments(self, measure: str, kind: str) -> pd.DataFrame:
        """All segments of one measure: month, unit, segment, value."""
        return self._frame(
            "SELECT month, unit, segment, value FROM cube WHERE measure = ? AND segment_kind = ?", measure, kind
        )

    def segment_kinds(self, measure: str) -> list[str]:
        """The ways in which a measure is split here."""
        return [kind for kind in self._kinds.get(measure, ()) if kind]

    def targets(self) -> pd.DataFrame:
        """metric, period, unit (code, "level:..." or "*"), level, target, base, challenge, weight."""
        return self._frame("SELECT * FROM target")

    def table(self, feed: str) -> pd.DataFrame:
        """The rows that count of a feed in EDITABLE, with its columns by name; empty in versions from before that
        feed.
        """
        if feed not in EDITABLE:
            raise WrongUsage(f"{feed} is not kept as a table; there are: {', '.join(EDITABLE)}.")
        return self.keyed(feed)[[column.name for column in feed_named(feed).columns]]

    def keyed(self, feed: str) -> pd.DataFrame:
        """The same rows with their row in the file and the keys by which they count: row, key_month, key_unit,
        key_part, columns by name.
        """
        columns = ["row", "key_month", "key_unit", "key_part", *(column.name for column in feed_named(feed).columns)]
        known = self._connection.cursor().execute(
            "SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [f"rows_{feed}"]
        )
        if known.fetchone() is None:
            return pd.DataFrame({name: pd.Series(dtype="object") for name in columns})
        return self._frame(f"SELECT * FROM rows_{feed_named(feed).name}").reindex(columns=columns)

    @cached_property
    def people(self) -> Sequence[Mapping[Hashable, Any]]:
        """The rows of the table of people, who may sign in."""
        return self.table("people").to_dict("records")

    def events(self) -> pd.DataFrame:
        """month (YYYY-MM), unit (None: everybody), metric (None: all), label, kind, new_phase, remark; empty where none
        were entered.
        """
        own = self.table("events")
        if self._cursor_rows("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", ABOVE):
            own = pd.concat([own, self._frame(f"SELECT * FROM {ABOVE}")[list(own.columns)]], ignore_index=True)
        found = own.rename(columns={"title": "label"})
        found["month"] = _months(found["month"])
        return found[["month", "unit", "metric", "label", "kind", "new_phase", "remark"]]

    def notes(self) -> pd.DataFrame:
        """month (YYYY-MM), unit, metric (None: all), note, author, written_at."""
        found = self.table("notes")
        return found.assign(month=_months(found["month"]))

    def actions(self) -> pd.DataFrame:
        """month (YYYY-MM), unit, metric (None: all), action, owner, due, state (open, done, dropped), closed (YYYY-MM
        or None), result.
        """
        found = self.table("actions")
        return found.assign(
            month=_months(found["month"]),
            closed=_months(found["closed"]),
            state=found["state"].where(found["state"].notna(), "open"),
        )

    def indicators(self) -> pd.DataFrame:
        """code, name, better, scale, over_time, unit_label, kind (ratio, count or reported)."""
        return self._frame("SELECT * FROM indicator")

    def lineage(self, feed: str | None = None, month: str | None = None, unit: str | None = None) -> pd.DataFrame:
        """Which file, sheet and rows each key rests on: feed, part, month, unit, batch, file, sheet, rows, first_row,
        last_row.
        """
        conditions, values = [], []
        for column, value in (("feed", feed), ("strftime(month, '%Y-%m')", month), ("unit", unit)):
            if value is not None:
                conditions.append(f"{column} = ?")
                values.append(value)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return self._frame(
            f"SELECT feed, part, strftime(month, '%Y-%m') AS month, unit, batch, file, sheet, rows, first_row, "
            f"last_row FROM lineage {where}",
            *values,
        )

    def superseded(self, feed: str) -> pd.DataFrame:
        """Rows of `feed` that do not count, because a later export has the event: batch, sheet, row."""
        known = self._cursor_rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'superseded'")
        if not known:
            return pd.DataFrame({"batch": [], "sheet": [], "row": []})
        return self._frame("SELECT batch, sheet, row FROM superseded WHERE feed = ?", feed)

    def batches(self) -> pd.DataFrame:
        """The history: batch, file, feeds, rows, months, profile, loaded_at, loaded_by, undone, version, findings,
        sha256, corrects; oldest first.

        rows: of figures; units that came along with them are not counted.
        profile: the profiles by which its sheets were read, or None.
        corrects: of single cells the batches in whose rows they stand ("2, 5"); None of whole months.
        """
        # A version from before single cells could be loaded has none.
        correction = (
            "correction"
            if self._cursor_rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'correction'")
            else "(SELECT NULL::INTEGER AS batch, NULL::INTEGER[] AS bases)"
        )
        found = self._frame(
            f"""SELECT b.batch, b.file, s.feeds, coalesce(s.rows, 0)::BIGINT AS rows,
                 CASE WHEN m.first_month IS NULL THEN '' WHEN m.first_month = m.last_month THEN m.first_month
                     ELSE m.first_month || ' – ' || m.last_month END AS months,
                 s.profiles AS profile, b.loaded_at, b.loaded_by, b.undone, b.version, b.findings, b.sha256,
                 array_to_string(c.bases, ', ') AS corrects
               FROM batch b LEFT JOIN {correction} c USING (batch) LEFT JOIN (SELECT batch,
                   string_agg(DISTINCT feed, ', ' ORDER BY feed) AS feeds,
                   string_agg(DISTINCT profile, ', ' ORDER BY profile) AS profiles,
                   coalesce(sum(rows) FILTER (feed <> 'units'), sum(rows)) AS rows FROM sheet GROUP BY batch) s
                   USING (batch)
               LEFT JOIN batch_months m USING (batch) ORDER BY b.batch"""
        )
        texts = ("profile", "corrects")
        return found.assign(**{name: found[name].astype("object").where(found[name].notna(), None) for name in texts})

    def changes_since(self, version: int) -> pd.DataFrame:
        """What made each version after `version`: version, action, who, and of each batch batch, file, months."""
        frame = self._frame(
            "SELECT version, action, who, unnest(batches) AS batch FROM version WHERE version > ? ORDER BY ALL", version
        )
        return frame.merge(self.batches()[["batch", "file", "months"]], on="batch", how="left")

    def file_hashes(self) -> frozenset[str]:
        """The sha256 of the files of the batches that count."""
        found = self._frame("SELECT DISTINCT sha256 FROM batch WHERE NOT undone AND sha256 IS NOT NULL")
        return frozenset(found["sha256"].astype(str))

    def freshness(self) -> dict[str, Any]:
        """version, published_at, last_month, loaded_at, loaded_by, file: of the newest batch that counts;
        provisional_until: the day to which figures of the last month go where it is not over, else None; whole: whether
        some of its figures are of the whole month all the same.
        """
        frame = self._frame("SELECT version, made_at FROM version ORDER BY version DESC LIMIT 1")
        newest = self._frame(
            "SELECT file, loaded_at, loaded_by FROM batch WHERE NOT undone ORDER BY batch DESC LIMIT 1"
        )
        batch = newest.to_dict("records")[0] if len(newest) else {}
        last = self._months[-1] if self._months else None
        until, whole = self._unfinished(last) if last else (None, True)
        return {
            "version": self.version,
            "published_at": frame["made_at"].iloc[0] if len(frame) else None,
            "last_month": last,
            "provisional_until": until,
            "whole": whole,
            **{name: batch.get(name) for name in ("file", "loaded_at", "loaded_by")},
        }


def _months(dates: pd.Series) -> pd.Series:
    """Months as YYYY-MM."""
    return pd.to_datetime(dates).dt.strftime("%Y-%m").astype("object")
