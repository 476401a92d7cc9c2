"""Figures that are suspiciously far from the months before: a jump of one cell, or a whole column in another unit."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from data.core.sql import quoted
from data.core.text import raw_text
from data.feeds.labels import choice_word
from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import StagedSheet, to_arrow
from data.warehouse.connection import Connection
from data.warehouse.schema import active_rows
from locales import LANGUAGES, Text

JUMP = Kind(
    "jump",
    "warning",
    "{what}, {month}: {column} is {value}, far from the months before, which lie between {low} and {high}.",
    "Check the cell; if the figure is right, load it as it is.",
)
SUM = Kind(
    "jump_of_sum",
    "warning",
    "{what}, {month}: {column} is {value}, computed from its rows (the first is row {row}), far from the months "
    "before, which lie between {low} and {high}.",
    "Look whether one of these rows is missing, doubled or mistyped; if the figure is right, load it as it is.",
)
UNIT_SLIP = Kind(
    "unit_slip",
    "warning",
    "{count} figures of {column} in {month} are about {factor} times what they were in the months before (first: "
    "{what}, {value}).",
    "Check the column's unit, such as 万 against single ones, or per ten thousand against per million.",
)
UNIT_OF_HEADER = Kind(
    "unit_against_history",
    "error",
    "Multiplied as its header or title says, {count} figures of {column} in {month} are {factor} times what they were "
    "in the months before (first: {what}, {value}).",
    "Say whether the figures in the cells are in that unit or in single ones (--answer units=stated or units=ones).",
)
# How many months before are looked at, and how far beyond their extremes a figure may lie.
MONTHS = 12
FACTOR = 3.0
# A count that differs by less than this many standard deviations of a Poisson count is chance, however small the hall.
CHANCE = 6.0
# Powers of ten by which units are confused: per cent and fractions, thousands, ten thousands, millions, hundred
# millions.
SLIP_POWERS = (2, 3, 4, 6, 8)
# Real growth between two months stays within this factor of the power of ten: 10 ** 0.18 is 1.5.
POWER_TOLERANCE = 0.18


def detect_outliers(connection: Connection, sheet: StagedSheet, file: str, units: Organisation) -> Iterator[Finding]:
    """Warnings for cells of `sheet` that lie far from those of the same key in the twelve months before."""
    places = {column.name: place for place, column in enumerate(sheet.feed.columns)}
    found = _compared(connection, sheet)
    found = found.assign(place=found["column"].map(places)).sort_values(["row", "place"], kind="stable")
    for _, cells in found[found["power"] != 0].groupby(["column", "month", "power"], sort=True):
        first = cells.iloc[0].to_dict()
        params = {"count": len(cells), "factor": _power(int(first["power"]))}
        # What a unit in words would make of them: then the words, not the figures, are in doubt.
        doubted = sheet.scaled.get(str(first["column"])) == first["power"] and "units" not in sheet.answers
        yield _finding(UNIT_OF_HEADER if doubted else UNIT_SLIP, sheet, file, first, units, params)
    # A figure may stand in several columns, as value and as numerator: it is told once.
    jumps = found[found["power"] == 0].drop_duplicates(["key_unit", "month", "value", "low", "high"])
    for cell in jumps.to_dict("records"):
        params = {"low": _shown(cell["low"]), "high": _shown(cell["high"])}
        yield _finding(SUM if _computed(sheet, cell) else JUMP, sheet, file, cell, units, params)


def _columns(feed: Feed) -> list[str]:
    """The feed's figures; none where rows are events, or are not repeated from month to month."""
    if feed.events or feed.month_column is None or feed.month_column not in feed.key:
        return []
    return [column.name for column in feed.columns if column.is_numeric and column.name not in feed.key]


def _compared(connection: Connection, sheet: StagedSheet) -> pd.DataFrame:
    """One line per figure that lies outside: its key, row (the first of its rows), rows, month, column, value, low,
    high, power (of ten, 0 if none).
    """
    columns = _columns(sheet.feed)
    if not columns or not len(sheet.frame):
        return pd.DataFrame(columns=["key_unit", "row", "rows", "month", "column", "value", "low", "high", "power"])
    key = [name for name in dict.fromkeys(["key_unit", "key_part", *sheet.feed.key]) if name != sheet.feed.month_column]
    keys = ", ".join(f"{quoted(name)}::VARCHAR AS {quoted(name)}" for name in key)
    # Under a profile several rows are parts of one figure.
    figures = ", ".join(f"sum({quoted(name)}::DOUBLE) AS {quoted(name)}" for name in columns)
    partition = ", ".join(quoted(name) for name in [*key, "column"])
    connection.register("incoming", to_arrow(sheet.frame))
    found = connection.execute(
        f"""
        WITH fresh AS (SELECT min(row) AS row, count(*) AS rows, key_month::DATE AS month, {keys}, {figures}, true
            AS fresh FROM incoming WHERE key_month IS NOT NULL GROUP BY ALL),
        old AS (SELECT 0 AS row, 0 AS rows, key_month AS month, {keys}, {figures}, false AS fresh FROM (SELECT d.*
            FROM {active_rows(sheet.feed)}) o
                WHERE key_month >= (SELECT min(month) FROM fresh) - INTERVAL {MONTHS} MONTH
                    AND key_month < (SELECT max(month) FROM fresh)
                AND NOT EXISTS (FROM fresh f WHERE f.month = o.key_month AND f.key_unit = o.key_unit
                    AND f.key_part = o.key_part) GROUP BY ALL),
        long AS (UNPIVOT (FROM fresh UNION ALL BY NAME FROM old)
            ON {", ".join(quoted(name) for name in columns)} INTO NAME "column" VALUE value),
        seen AS (SELECT *, min(value) OVER before AS low, max(value) OVER before AS high, median(value) OVER before
            AS middle FROM long
                 WINDOW before AS (PARTITION BY {partition}
                     ORDER BY month RANGE BETWEEN INTERVAL {MONTHS} MONTH PRECEDING AND INTERVAL 1 MONTH PRECEDING))
        SELECT * FROM seen
        WHERE fresh AND low IS NOT NULL AND (value > {FACTOR} * high OR value < low / {FACTOR}) AND low >= 0
        """
    ).df()
    connection.unregister("incoming")
    found["power"] = [_slip(value, middle) for value, middle in zip(found["value"], found["middle"], strict=True)]
    larger = found[["value", "middle"]].max(axis=1).clip(lower=1.0)
    return found[(found["value"] - found["middle"]).abs() > CHANCE * larger.pow(0.5)]


def _slip(value: float, middle: float) -> int:
    """The power of ten that lies between a figure and the months before; 0 if there is none."""
    if value <= 0 or middle <= 0:
        return 0
    distance = math.log10(value / middle)
    return next(
        (power for size in SLIP_POWERS for power in (size, -size) if abs(distance - power) <= POWER_TOLERANCE), 0
    )


def _power(power: int) -> str:
    return f"{10**power:,}" if power > 0 else f"1/{10**-power:,}"


def _month(month: object) -> str:
    return pd.Timestamp(month).strftime("%Y-%m")  # type: ignore[arg-type]


def _shown(value: float) -> str:
    """A figure with as many decimals as say something."""
    return raw_text(round(value, 2) if abs(value) >= 1 else float(f"{value:.4g}"))


def _what(feed: Feed, cell: Mapping[Hashable, Any], units: Organisation) -> Text:
    """The unit, and what else the figure is of: its indicator, its channel."""
    others = [feed.column(name) for name in feed.key if name not in (feed.unit_column, feed.month_column)]
    held = [(column, str(cell[column.name])) for column in others if cell[column.name] not in (None, "")]
    unit = units.name(str(cell["key_unit"]))
    return Text(
        *(
            (", " if lang == "en" else "，").join([unit, *(choice_word(column, value, lang) for column, value in held)])
            for lang in LANGUAGES
        )
    )


def _computed(sheet: StagedSheet, cell: Mapping[Hashable, Any]) -> bool:
    """Whether a figure stands in no cell: several rows are added up to it, here or by a profile."""
    return cell["rows"] > 1 or (sheet.summed and cell["column"] not in sheet.places)


def _finding(
    kind: Kind,
    sheet: StagedSheet,
    file: str,
    cell: Mapping[Hashable, Any],
    units: Organisation,
    params: dict[str, object],
) -> Finding:
    row, column = int(cell["row"]), str(cell["column"])
    letter = sheet.places.get(column)
    place = f"{letter}{row}" if letter and not _computed(sheet, cell) else None
    header = sheet.columns.get(column)
    place_params = {
        "what": _what(sheet.feed, cell, units),
        "month": _month(cell["month"]),
        "column": header or sheet.feed.column(column).title,
    }
    return Finding(
        kind, file, sheet.sheet, row, header or column, place, _shown(cell["value"]), {**place_params, **params}
    )
