"""Events that stand in several exports, as a ticket handed to another city: whose they are is asked, or was said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pandas as pd
import pyarrow as pa

from data.core.sql import quoted
from data.feeds import all_feeds
from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import EventDecision, StagedFile, StagedSheet, to_arrow
from data.warehouse.connection import Connection
from data.warehouse.identities import SAID, has_rows, identity_sql
from data.warehouse.schema import active_rows

SHARED = Kind(
    "event_in_two_exports",
    "error",
    "{count} entries of “{column}” also stand in {other} (first: {value}, there {there}, here {here}).",
    "Say whether they moved here, stay there, or are others of the same number (--answer events=moved, events=stays or "
    "events=apart).",
)
MOVED = Kind(
    "events_moved_here",
    "note",
    "{count} entries of “{column}” that also stand in {other} count here from now on (first: {value}, there {there}, "
    "here {here}).",
    "Undo of this batch hands them back.",
)
STAYED = Kind(
    "events_stayed_there",
    "note",
    "{count} entries of “{column}” stay in {other} and are left out here (first: {value}, there {there}, here {here}).",
)
NUMBERED_ANEW = Kind(
    "numbers_begin_anew",
    "note",
    "{count} entries of “{column}” have numbers that {other} has on other days: they are numbered anew in each export, "
    "and all are counted.",
    "If some of them are the same, correct their numbers.",
)
ANSWERS: Mapping[str, Kind] = {"moved": MOVED, "stays": STAYED}
# Numbers that so large a share of the smaller export shares with another, not one of them on the same day, are
# numbered anew: events that move are few, and keep their day.
ANEW_SHARE, ANEW_COUNT = 0.5, 3
STORED = -1


def ask_shared_events(
    connection: Connection,
    accepted: Callable[[], Sequence[StagedFile]],
    answers: Mapping[str, str],
    units: Organisation,
) -> None:
    """Adds to the files of a step the question for each other export that holds events of theirs, or does what was
    said.

    accepted: the files that would be loaded, in the order in which they are written; one that is asked is not among
    them any more, and what it would have replaced counts again. Single cells are of the row that has their number,
    wherever it stands: they are not asked about.
    """
    for feed in (feed for feed in all_feeds() if feed.identity):
        while files := [file for file in accepted() if any(_of(feed, file)) and not file.cells_only]:
            if len(files) == 1 and sum(1 for _ in _of(feed, files[0])) == 1 and not has_rows(connection, feed):
                break
            found = _shared(connection, feed, files)
            _answer(feed, files, found, answers.get("events"), units)
            if not any(file.refused for file in files):
                break


def _of(feed: Feed, file: StagedFile) -> Iterator[StagedSheet]:
    return (sheet for sheet in file.sheets if sheet.feed is feed and len(sheet.frame))


def _shared(connection: Connection, feed: Feed, files: Sequence[StagedFile]) -> pd.DataFrame:
    """One line per row whose event an earlier export holds in another unit or month: file, sheet, row, number,
    identity, unit, month, moment, and of the row there its other_file (STORED: loaded before), other_batch, other_unit,
    other_month, other_moment, others (events of that export).
    """
    moment, number = quoted(str(feed.month_column)), quoted(feed.identity[0])
    names = list(dict.fromkeys(["row", "key_month", "key_unit", "key_part", *feed.identity, str(feed.month_column)]))
    parts = [
        sheet.frame[names].assign(file=place, sheet=order)
        for place, file in enumerate(files)
        for order, sheet in enumerate(file.sheets)
        if sheet.feed is feed and len(sheet.frame)
    ]
    connection.register("incoming", pa.concat_tables(_plain(to_arrow(part)) for part in parts))
    frame = connection.execute(
        f"""
        WITH key AS (SELECT key_part, key_month::DATE AS key_month, key_unit, max(file) AS file FROM incoming
            GROUP BY ALL),
        fresh AS (SELECT i.file, i.sheet, i.row, NULL::INTEGER AS batch, i.{number} AS number, {identity_sql(feed, "i")}
              AS identity, i.key_unit AS unit, i.key_month::DATE AS month, i.{moment}::TIMESTAMP AS moment
            FROM incoming i JOIN key k ON k.key_part = i.key_part AND k.key_month = i.key_month::DATE
              AND k.key_unit = i.key_unit AND k.file = i.file),
        stored AS (SELECT {STORED} AS file, 0 AS sheet, d.row, d.batch, d.{number} AS number, {identity_sql(feed, "d")}
              AS identity, d.key_unit AS unit, d.key_month AS month, d.{moment} AS moment FROM {active_rows(feed)}
            WHERE {identity_sql(feed, "d")} IN (SELECT identity FROM fresh) AND NOT EXISTS (FROM key k
              WHERE k.key_part = d.key_part AND k.key_month = d.key_month AND k.key_unit = d.key_unit)),
        known AS (FROM stored UNION ALL FROM fresh),
        beside AS (SELECT *, lag(struct_pack(file, sheet, batch, unit, month, moment)) OVER (PARTITION BY identity
            ORDER BY file, coalesce(batch, 0), sheet, row) AS other FROM known)
        SELECT file, sheet, row, number, identity, unit, month, moment, other.file AS other_file,
          other.sheet AS other_sheet,
          other.batch AS other_batch, other.unit AS other_unit, other.month AS other_month, other.moment AS other_moment
        FROM beside WHERE file <> {STORED} AND other IS NOT NULL AND NOT (other.file = file AND other.sheet = sheet)
          AND identity NOT IN
          (SELECT identity FROM ({SAID}) WHERE feed = '{feed.name}' AND decision = 'apart')
        ORDER BY file, sheet, row
        """
    ).df()
    connection.unregister("incoming")
    if len(frame):
        names_of = dict(connection.execute("SELECT batch, file FROM batch").fetchall())
        sizes = dict(
            connection.execute("SELECT batch, sum(rows) FROM sheet WHERE feed = ? GROUP BY ALL", [feed.name]).fetchall()
        )
        frame["other"] = [
            names_of.get(int(batch), "")
            if pd.notna(batch)
            else f"“{files[at].sheets[order].sheet}”"
            if at == here
            else files[at].name
            for here, at, order, batch in zip(
                frame["file"], frame["other_file"], frame["other_sheet"], frame["other_batch"], strict=True
            )
        ]
        frame["others"] = [
            sum(len(sheet.frame) for sheet in _of(feed, files[file])) if pd.isna(batch) else sizes.get(int(batch), 0)
            for file, batch in zip(frame["other_file"], frame["other_batch"], strict=True)
        ]
    return frame


def _plain(rows: pa.Table) -> pa.Table:
    """The rows with plain texts: the categories of several sheets have nothing in common."""
    columns = {name: rows.column(name) for name in rows.column_names}
    texts = {name for name, column in columns.items() if not (pa.types.is_primitive(column.type))}
    return pa.table({name: column.cast(pa.string()) if name in texts else column for name, column in columns.items()})


def _answer(
    feed: Feed, files: Sequence[StagedFile], found: pd.DataFrame, answer: str | None, units: Organisation
) -> None:
    """Adds what there is to say of the shared events, and does what was said of them."""
    if not len(found):
        return
    left: dict[tuple[int, int], set[int]] = {}
    for _, rows in found.groupby(["file", "sheet", "other"], sort=True):
        place, order, other = int(rows["file"].iloc[0]), int(rows["sheet"].iloc[0]), str(rows["other"].iloc[0])
        file, sheet = files[place], files[place].sheets[order]
        anew = _numbered_anew(rows, len(sheet.frame))
        kind = NUMBERED_ANEW if anew or answer == "apart" else ANSWERS.get(answer or "", SHARED)
        if not (kind is NUMBERED_ANEW and answer == "apart"):
            said = _finding(kind, feed, file.name, sheet, rows, other, units)
            # Who asks again, because another file is asked, says nothing twice.
            sheet.findings.extend([said] if said not in sheet.findings else [])
        if kind is STAYED:
            left.setdefault((place, order), set()).update(rows["row"].tolist())
        elif kind is not SHARED and not anew:
            decision = "moved" if kind is MOVED else "apart"
            file.decisions.extend(EventDecision(feed.name, str(one), decision) for one in rows["identity"])
    for (place, order), lines in left.items():
        sheet = files[place].sheets[order]
        sheet.frame = sheet.frame[~sheet.frame["row"].isin(list(lines))].reset_index(drop=True)


def _numbered_anew(rows: pd.DataFrame, events: int) -> bool:
    """Whether two exports only share their numbers."""
    days = pd.to_datetime(rows["moment"]).dt.normalize() == pd.to_datetime(rows["other_moment"]).dt.normalize()
    smaller = min(events, int(rows["others"].min()))
    return not days.any() and len(rows) >= max(ANEW_COUNT, ANEW_SHARE * smaller)


def _finding(
    kind: Kind, feed: Feed, file: str, sheet: StagedSheet, rows: pd.DataFrame, other: str, units: Organisation
) -> Finding:
    first = rows.iloc[0]
    column = feed.identity[0]
    letter = sheet.places.get(column)
    cell = f"{letter}{int(first['row'])}" if letter else None
    params = {
        "count": len(rows),
        "other": other,
        "there": _unit_month(units, first["other_unit"], first["other_month"]),
        "here": _unit_month(units, first["unit"], first["month"]),
        "column": sheet.columns.get(column) or feed.column(column).title,
    }
    return Finding(kind, file, sheet.sheet, None, sheet.columns.get(column, column), cell, str(first["number"]), params)


def _unit_month(units: Organisation, unit: object, month: object) -> str:
    return f"{units.name(str(unit))} {pd.Timestamp(month):%Y-%m}"  # type: ignore[arg-type]
