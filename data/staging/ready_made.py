"""Figures that a sheet brings ready-made beside what they are made of, and its title's: held against what is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data.core.cell_refs import cell_name
from data.core.text import normalise, raw_text
from data.model.feed import Feed, ReadyMade
from data.model.finding import Finding, Kind
from data.parsing.columns import is_missing
from data.parsing.magnitudes import COUNT_NOUNS, MONEY_NOUNS, POWERS_OF_TEN, counting_nouns
from data.parsing.numbers import is_percentage
from data.recognition.context import SheetContext
from data.recognition.groups import Cells
from data.recognition.header_rows import SEPARATOR
from data.recognition.header_text import normalise_header
from data.recognition.layout import Layout
from data.recognition.vocabulary import choice_spellings
from data.staging.across_check import MOST_TOLD, last_decimal, number, shown
from data.staging.scaling import MONEY_COLUMN

DIFFERS = Kind(
    "ready_made_differs",
    "error",
    "“{column}” says {value}; by the columns that are read it is {computed}.{left_out}",
    "Look for a column that is left out or a figure that is mistyped; if the ready-made figure is wrong or means "
    "something else, say so (--answer totals=as_read).",
)
TITLE_DIFFERS = Kind(
    "title_total_differs",
    "error",
    "The title says “{words}”; the rows that are read add up to {sums}.",
    "Look for rows or columns that are left out or doubled; if the title is wrong or means something else, say so "
    "(--answer totals=as_read).",
)
# How far, in per cent, a share of figures in 万 may lie from that of the whole ones.
ROUGH = 0.5
SHARE = re.compile(r"(?:占比|比重|比例|份额|share|percentage|%)$")
POWER, NOUN = "|".join(POWERS_OF_TEN), "|".join((*MONEY_NOUNS, *COUNT_NOUNS))
TITLE_TOTAL = re.compile(
    r"(?:合计|总计|共计|总量|总数|总额|总和|(?<![a-z])total)(?:为|是|[:：])?\s*(-?\d[\d,]*(?:\.\d+)?)"
    rf"\s*({POWER})?({NOUN})?(?=\s*(?:[)）,，。;；\]】]|$))"
)


def check_ready_made(
    frame: pd.DataFrame,
    layout: Layout,
    cells: Cells,
    numbers: Sequence[int],
    unknown: Sequence[str] = (),
    scaled: bool = False,
) -> Iterator[Finding]:
    """Findings, without file and sheet, of ready-made figures that are not what the columns beside them give.

    frame: the typed rows, columns across unpivoted. cells: column index -> its cells; numbers: those of the rows.
    unknown: headers of columns that may be left out. scaled: whether figures were given in 万 or the like, and so
    rounded before.
    """
    rough = ROUGH if scaled else 0.0
    for place, header in enumerate(layout.headers):
        known = _ready_made(layout, place, header) if header and place not in layout.used else None
        if known is None or not len(frame):
            continue
        held = cells(place)
        stated = np.array([number(cell) for cell in held])
        if np.isnan(stated).all():
            continue
        tried = [
            (computed, agrees_with(held, stated, computed, known, rough))
            for computed in _computed(frame, known, numbers)
        ]
        if not tried or any(agrees.all() for _, agrees in tried):
            continue
        computed, agrees = max(tried, key=lambda one: int(one[1].sum()))
        left_out = f" → {', '.join(f'“{one}”' for one in unknown)}" if unknown else ""
        for at in np.flatnonzero(~agrees)[:MOST_TOLD]:
            params = {"computed": f"{computed[at]:.2f}", "left_out": left_out}
            row = numbers[at]
            yield Finding(DIFFERS, "", "", row, header, cell_name(row, place), raw_text(held[at]), params)


def _ready_made(layout: Layout, place: int, header: str) -> ReadyMade | None:
    """What a column that is not read says ready-made of those that are; None if it says nothing of them."""
    feed, rule = layout.feed, layout.wide_rule
    words = {normalise_header(header), normalise_header(header.rsplit(SEPARATOR, 1)[-1])}
    found = next((one for one in feed.ready_made if words & set(map(normalise_header, one.headers))), None)
    if found is not None or rule is None or rule.into == feed.month_column:
        return found if found is not None and _has_columns(feed, layout, found) else None
    # The share of one of the columns across.
    choices = choice_spellings(feed.column(rule.into))
    for word in words:
        choice = choices.get(SHARE.sub("", word)) if SHARE.search(word) else None
        if choice in layout.wide.values() and feed.column(rule.value).type == "count":
            figures = dict.fromkeys(layout.values.values())
            part = f"{rule.into} = '{choice}'"
            return ReadyMade((), tuple(f"100 * sum({one}) FILTER ({part}) / nullif(sum({one}), 0)" for one in figures))
    return None


def _has_columns(feed: Feed, layout: Layout, known: ReadyMade) -> bool:
    """Whether every column that the figure is made of is read."""
    there = {*layout.columns, *layout.values.values(), *({layout.wide_rule.into} if layout.wide_rule else ())}
    return any(_needed(feed, sql) <= there for sql in known.sql)


def _needed(feed: Feed, sql: str) -> set[str]:
    return {column.name for column in feed.columns} & set(re.findall(r"\w+", sql))


def _computed(frame: pd.DataFrame, known: ReadyMade, numbers: Sequence[int]) -> list[np.ndarray]:
    """Per row of the sheet what the figure is, once for each way in which it may be made."""
    found = []
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.register("typed", frame[[name for name in frame if name == "row" or _plain(frame[name])]])
        for sql in known.sql:
            if not set(re.findall(r"\w+", sql)) & set(frame.columns) or _lacks(frame, sql):
                continue
            # Only the feed's own columns and formulas reach SQL: nothing of it is user text.
            values = connection.execute(f'SELECT "row", ({sql})::DOUBLE AS value FROM typed GROUP BY "row"').df()
            found.append(values.set_index("row")["value"].reindex(list(numbers)).to_numpy(dtype="float64"))
    return found


def _plain(values: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(values) or values.dtype == "object" or isinstance(values.dtype, pd.StringDtype)


def _lacks(frame: pd.DataFrame, sql: str) -> bool:
    """Whether a figure of the formula is not in the frame."""
    named = set(re.findall(r"sum\(\"?(\w+)", sql))
    return not named <= set(frame.columns)


def agrees_with(
    cells: Sequence[Any], stated: np.ndarray, computed: np.ndarray, known: ReadyMade, rough: float
) -> np.ndarray:
    """Per row whether the figure is what was computed, as far as rounding goes; where one is not known it is."""
    texts = [cell for cell in cells if isinstance(cell, str) and not is_missing(cell)]
    decimals = max((len(text.strip().rstrip("%％").partition(".")[2]) for text in texts), default=0)
    unit = 10.0**-decimals if texts else last_decimal(stated)
    said = np.array([isinstance(cell, str) and is_percentage(cell) for cell in cells], dtype=bool)
    same = np.abs(stated - computed) <= max(unit / 2, rough) + 1e-6
    # A fraction of one is written to the per cent at least.
    whole = min(unit, 1 / known.scale) * known.scale
    fraction = ~said & (np.abs(stated * known.scale - computed) <= max(whole / 2, rough) + 1e-6)
    return np.isnan(stated) | np.isnan(computed) | same | fraction


def check_title(frame: pd.DataFrame, layout: Layout, context: SheetContext) -> Iterator[Finding]:
    """A finding, without file and sheet, of a total in a title that no figure of the rows adds up to."""
    sums = dict(_sums(frame, layout))
    for words, cell in context.titles_with_cells(layout.header - layout.depth + 1):
        found = TITLE_TOTAL.search(words.casefold()) or TITLE_TOTAL.search(normalise(words))
        if not found or not sums:
            continue
        text, power, noun = found.groups()
        factor = 10.0 ** POWERS_OF_TEN.get(power or "", 0)
        stated = float(text.replace(",", "")) * factor
        slack = 10.0 ** -len(text.partition(".")[2]) * factor * (0.5 if factor > 1 or "." in text else 1e-6) + 1e-6
        meant = {name: value for name, value in sums.items() if not noun or _counts(layout.feed, name, noun)}
        if meant and not any(abs(value - stated) <= slack for value in meant.values()):
            params = {"words": found[0], "sums": ", ".join(shown(value) for value in dict.fromkeys(meant.values()))}
            yield Finding(TITLE_DIFFERS, "", "", None, None, cell, found[0], params)


def _sums(frame: pd.DataFrame, layout: Layout) -> Iterator[tuple[str, float]]:
    """Name and sum of each column that can be added up."""
    for column in layout.feed.columns:
        money = column.type == "number" and bool(MONEY_COLUMN.search("/".join(column.title)))
        if (column.type == "count" or money) and column.name in frame and frame[column.name].notna().any():
            yield column.name, float(frame[column.name].sum())


def _counts(feed: Feed, name: str, noun: str) -> bool:
    """Whether what a column holds is counted by `noun`."""
    column = feed.column(name)
    if column.type == "number":
        return noun in MONEY_NOUNS
    return noun in (counting_nouns("/".join((*column.title, *column.headers))) or COUNT_NOUNS)
