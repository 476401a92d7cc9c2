"""A sheet's own totals against its rows; a difference is a finding at the total's cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd

from data.core.cell_refs import cell_name
from data.model.feed import Column
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.parsing.columns import ParseError, is_missing, parse_column, require_number
from data.recognition.header_text import normalise_header
from data.recognition.layout import Layout
from data.recognition.non_data_rows import TotalRow
from data.recognition.vocabulary import stock_columns
from data.staging.scaling import MONEY_COLUMN
from data.staging.total_sums import Difference, Sum, explain, shown

NOTHING_SAID: Mapping[str, str] = MappingProxyType({})
# What stands beside a unit's name where a row sums up what is below it.
PLAIN_TOTAL = re.compile(r"合计|小计|总计|总和|sub-?totals?|totals?|[(（)）:：]")

TOTAL_DIFFERS = Kind(
    "total_differs",
    "error",
    "The sheet's own total of “{column}” is {value}; its rows add up to {sum}.{explained}",
    "Look for a row that is missing, doubled or mistyped; if the total is wrong or means something else, say so "
    "(--answer totals=as_read).",
)
TOTAL_AS_READ = Kind(
    "total_differs_as_read",
    "warning",
    "The sheet's own total of “{column}” is {value}; its rows add up to {sum}.{explained}",
    "Nothing to do: the rows are right and the total is not, as the analyst said.",
)
TOTAL_DIFFERS_WITHOUT_ROWS = Kind(
    "total_differs_without_rows",
    "warning",
    "The sheet's own total of “{column}” is {value}; its rows without those left out add up to {sum}.",
    "Correct the rows that were left out and load them; if a difference remains, look for a row that is missing, "
    "doubled or mistyped.",
)
# Of a column whose header says that nobody is counted twice the whole is less than its parts.
DISTINCT = re.compile(r"去重|不重复|不重複|distinct|unique|dedup", re.IGNORECASE)
# How far, as a share of it, a sum of whole amounts of money may lie from one that was rounded at its end.
ROUNDED_MONEY = 1e-5
# More comparisons than this would take seconds: a sheet in which every other row is a total.
MAX_COMPARISONS = 50_000_000


def check_totals(
    frame: pd.DataFrame,
    totals: Sequence[TotalRow],
    layout: Layout,
    organisation: Organisation,
    powers: Mapping[int, int],
    file: str,
    sheet: str,
    answers: Mapping[str, str] = NOTHING_SAID,
) -> Iterator[Finding]:
    """Findings of totals that equal none of the sums that they may be.

    frame: the typed rows, wide columns unpivoted.
    totals: the total rows with their numbers.
    powers: column index -> power of ten by which its figures were multiplied.
    answers: "totals", see choices.ANSWERS: where the rows are right all the same the difference is a warning.
    """
    figures = dict(_figures(layout))
    if frame.empty or not figures or len(totals) * len(frame) > MAX_COMPARISONS:
        return
    kind = TOTAL_AS_READ if answers.get("totals") == "as_read" else TOTAL_DIFFERS
    stocks = stock_columns(layout.feed)
    lines = frame["row"].to_numpy()
    every = np.ones(len(frame), dtype=bool)
    choices = frame[layout.wide_rule.into].to_numpy() if layout.wide_rule else None
    words = [_word(row) for _, row in totals]
    for index, (number, row) in enumerate(totals):
        stated = _all_stated(row, figures, powers)
        if not stated:
            continue
        tried: list[tuple[list[int], dict[int, Sum]]] = []
        for mask in _parts(index, totals, words, lines, frame, layout, organisation):
            sums = {}
            for place in stated:
                held = every if choices is None or place not in layout.wide else _of_choice(choices, layout, place)
                sums[place] = Sum(frame, figures[place], mask & held, held, powers.get(place, 0))
            wrong = [
                place
                for place, one in sums.items()
                if not _agrees(one, stated[place], layout, place, stock=one.column in stocks)
            ]
            if wrong and all(one.is_mean(stated[place]) for place, one in sums.items()):
                wrong = []
            tried.append((wrong, sums))
            if not wrong:
                break
        if not tried or not tried[-1][0]:
            continue
        wrong, sums = min(tried, key=lambda one: len(one[0]))
        others = {line: _all_stated(row, figures, powers) for line, row in totals if line != number}
        explained = explain(Difference(sums, stated, others), organisation)
        for place in wrong:
            params = {"sum": shown(sums[place].total), "explained": explained}
            header, cell = layout.headers[place], cell_name(number, place)
            yield Finding(kind, file, sheet, number, header, cell, shown(stated[place]), params)


def _figures(layout: Layout) -> Iterator[tuple[int, str]]:
    """(column index, our column) of what can be added up: counts and money."""
    for name, place in layout.columns.items():
        if _adds(layout.feed.column(name)):
            yield place, name
    for place in layout.wide:
        name = layout.values.get(place, layout.wide_rule.value if layout.wide_rule else "")
        if _adds(layout.feed.column(name)):
            yield place, name


def _adds(column: Column) -> bool:
    return (column.type == "count" and column.name not in ("rank", "peers")) or (
        column.type == "number" and bool(MONEY_COLUMN.search("/".join(column.title)))
    )


def _of_choice(choices: np.ndarray, layout: Layout, place: int) -> np.ndarray:
    choice = layout.wide[place]
    if np.issubdtype(choices.dtype, np.datetime64):
        return choices == np.datetime64(choice)
    return choices == choice


def _word(row: Sequence[Any]) -> str:
    return next((normalise_header(cell) for cell in row if isinstance(cell, str) and cell.strip()), "")


def _parts(
    index: int,
    totals: Sequence[TotalRow],
    words: Sequence[str],
    lines: np.ndarray,
    frame: pd.DataFrame,
    layout: Layout,
    organisation: Organisation,
) -> Iterator[np.ndarray]:
    """Which rows a total can be the sum of, the likeliest first: those that share its month, category ...; those since
    the total before; those since the total of that name; all above; all; those below.
    """
    number = totals[index][0]
    alike = _alike(totals[index][1], frame, layout, organisation)
    before = [line for line, _ in totals[:index]]
    same = [line for (line, _), word in zip(totals[:index], words, strict=False) if word == words[index]]
    after = next((line for line, _ in totals[index + 1 :]), np.inf)
    above, everything = lines < number, np.ones(len(lines), dtype=bool)
    block = above & (lines > max(before, default=0))
    parts = [above & (lines > max(same, default=0)), above, everything, (lines > number) & (lines < after)]
    parts = [everything, block, *parts] if len(totals) == 1 else [block, *parts]
    parts = [alike & part for part in parts] if not alike.all() else parts
    for part in parts:
        if part.any():
            yield part
    for units in _of_units(words[index], frame, organisation):
        for part in parts:
            if (narrower := units & part).any():
                yield narrower


def _of_units(word: str, frame: pd.DataFrame, organisation: Organisation) -> Iterator[np.ndarray]:
    """Rows of units of which no other row holds the figures: those below the unit that the total names, those of one
    level, those that no unit of the sheet is above or below.
    """
    units = frame["key_unit"].astype("object").to_numpy()
    there = {code for code in units if code is not None and code == code and code in organisation}
    name = PLAIN_TOTAL.sub("", word).strip()
    if named := organisation.find(name) if name else []:
        yield np.isin(units, [code for one in named for code in organisation.descendants(one)])
    levels = {organisation.level(code) for code in there}
    if len(levels) < 2:
        return
    for level in sorted(map(str, levels)):
        yield np.isin(units, [code for code in there if organisation.level(code) == level])
    above = {code: set(organisation.ancestors(code)) & there for code in there}
    yield np.isin(units, [code for code in there if not above[code]])
    yield np.isin(units, [code for code in there if not any(code in one for one in above.values())])


def _alike(row: Sequence[Any], frame: pd.DataFrame, layout: Layout, organisation: Organisation) -> np.ndarray:
    """Rows that agree with what the total's row says besides its word: its month, its category."""
    found = np.ones(len(frame), dtype=bool)
    for name, place in layout.columns.items():
        column = layout.feed.column(name)
        cell = row[place] if place < len(row) else None
        if column.is_numeric or name not in layout.feed.key or is_missing(cell):
            continue
        value = parse_column([cell], column, organisation).values.iloc[0]
        agrees = (frame[name] == value).to_numpy(dtype=bool)
        if value is not None and value == value and agrees.any():
            found &= agrees
    return found


def _all_stated(row: Sequence[Any], places: Iterable[int], powers: Mapping[int, int]) -> dict[int, float]:
    """Column index -> the figure of a total row."""
    return {place: value for place in places if (value := _stated(row, place, powers.get(place, 0))) is not None}


def _stated(row: Sequence[Any], place: int, power: int) -> float | None:
    """The figure of a total row, which a text file gives as text; None if there is none."""
    cell = row[place] if place < len(row) else None
    if isinstance(cell, str):
        try:
            return require_number(cell) * 10.0**power
        except ParseError:
            return None
    return float(cell) * 10.0**power if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


def _agrees(sum_: Sum, stated: float, layout: Layout, place: int, *, stock: bool) -> bool:
    """Whether a total is what the rows add up to, as far as rounding goes; of what is of a moment the last month's sum
    or the mean of the months' is one too, and of what counts nobody twice anything from the largest part on.
    """
    slack = sum_.slack(stated)
    if layout.feed.column(sum_.column).type != "count":
        slack = max(slack, min(len(sum_.values) / 2, ROUNDED_MONEY * abs(sum_.total)))
    found = [sum_.total, *(sum_.of_months if stock else ())]
    if any(np.isclose(one, stated, rtol=1e-9, atol=slack) for one in found):
        return True
    distinct = DISTINCT.search(layout.headers[place]) is not None
    return distinct and len(sum_.values) > 0 and float(sum_.values.max()) <= stated <= sum_.total
