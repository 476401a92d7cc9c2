"""A sheet's own totals against its rows; a difference is a finding at the total's cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
from data.staging.scaling import MONEY_COLUMN

TOTAL_DIFFERS = Kind(
    "total_differs",
    "warning",
    "The sheet's own total of “{column}” is {value}; its rows add up to {sum}.",
    "Look for a row that is missing, doubled or mistyped.",
)
TOTAL_DIFFERS_WITHOUT_ROWS = Kind(
    "total_differs_without_rows",
    "warning",
    "The sheet's own total of “{column}” is {value}; its rows without those left out add up to {sum}.",
    "Correct the rows that were left out and load them; if a difference remains, look for a row that is missing, "
    "doubled or mistyped.",
)
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
) -> Iterator[Finding]:
    """Findings of totals that equal none of the sums that they may be.

    frame: the typed rows, wide columns unpivoted.
    totals: the total rows with their numbers.
    powers: column index -> power of ten by which its figures were multiplied.
    """
    figures = dict(_figures(layout))
    if frame.empty or not figures or len(totals) * len(frame) > MAX_COMPARISONS:
        return
    lines = frame["row"].to_numpy()
    choices = frame[layout.wide_rule.into].to_numpy() if layout.wide_rule else None
    words = [_word(row) for _, row in totals]
    for index, (number, row) in enumerate(totals):
        stated = {place: value for place in figures if (value := _stated(row, place, powers.get(place, 0))) is not None}
        if not stated:
            continue
        tried = []
        for mask in _parts(index, totals, words, lines, frame, layout, organisation):
            sums = {}
            for place in stated:
                chosen = (
                    mask if choices is None or place not in layout.wide else mask & _of_choice(choices, layout, place)
                )
                sums[place] = float(np.nansum(frame[figures[place]].to_numpy(dtype="float64")[chosen]))
            wrong = [
                place
                for place in stated
                if not np.isclose(sums[place], stated[place], rtol=1e-9, atol=_slack(place, layout, powers))
            ]
            tried.append((len(wrong), wrong, sums))
            if not wrong:
                break
        if not tried or not tried[-1][0]:
            continue
        _, wrong, sums = min(tried, key=lambda one: one[0])
        for place in wrong:
            params = {"sum": _shown(sums[place])}
            yield Finding(
                TOTAL_DIFFERS,
                file,
                sheet,
                number,
                layout.headers[place],
                cell_name(number, place),
                _shown(stated[place]),
                params,
            )


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
    for part in [alike & part for part in parts] if not alike.all() else parts:
        if part.any():
            yield part


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


def _stated(row: Sequence[Any], place: int, power: int) -> float | None:
    """The figure of a total row, which a text file gives as text; None if there is none."""
    cell = row[place] if place < len(row) else None
    if isinstance(cell, str):
        try:
            return require_number(cell) * 10.0**power
        except ParseError:
            return None
    return float(cell) * 10.0**power if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None


def _slack(place: int, layout: Layout, powers: Mapping[int, int]) -> float:
    """Half a unit of a count; rounded figures in 万 add up to within a few of their last digits."""
    name = next((name for name, column in layout.columns.items() if column == place), layout.values.get(place, ""))
    whole = name and layout.feed.column(name).type == "count"
    return 0.5 * 10.0 ** max(powers.get(place, 0) - 2, 0) if whole else 0.005 * 10.0 ** powers.get(place, 0)


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value - round(value)) < 1e-6 else f"{value:,.2f}"
