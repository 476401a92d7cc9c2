"""Cells to typed values, a column at a time: each distinct cell is interpreted once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from data.core.text import normalise, normalise_width, raw_text
from data.model.choices import value_key
from data.model.feed import Column, Feed
from data.model.finding import Kind
from data.model.organisation import Organisation
from data.model.sheet import CellError, Formula
from data.parsing import conventions
from data.parsing.dates import parse_month, parse_times
from data.parsing.findings import (
    AMBIGUOUS_UNIT,
    BAD_FLAG,
    BAD_MONTH,
    BAD_PERIOD,
    BAD_TIME,
    CELL_ERROR,
    NO_VALUE,
    NOT_WHOLE,
    OUT_OF_RANGE,
    UNKNOWN_CHOICE,
    UNKNOWN_UNIT,
    UNREADABLE,
    ZEROS_LOST,
)
from data.parsing.numbers import is_percentage, parse_number

MISSING_MARKS = frozenset(
    normalise(mark)
    for mark in (
        "",
        "-",
        "--",
        "—",
        "——",
        "–",
        "―",
        "/",
        "n/a",
        "na",
        "nan",
        "null",
        "none",
        "...",
        "…",
        "……",
        "暂无",
        "无数据",
        "无资料",
        "#n/a",
    )
)
YES = frozenset({"是", "y", "yes", "true", "1", "有", "√", "t", "已解决", "有责"})
NO = frozenset({"否", "n", "no", "false", "0", "无", "×", "x", "f", "未解决", "无责"})

YEAR_PATTERN = re.compile(r"((?:19|20|21)\d\d)(?:年度?)?")

# What Excel shows in place of a value; #N/A says "not known" and is missing.
EXCEL_ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
)


class ParseError(Exception):
    """Control flow only: a cell that cannot be interpreted, with what kind of finding that is."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.code)
        self.kind = kind


@dataclass
class ParsedColumn:
    """A column's typed values.

    values: with the dtype that StagedSheet.frame promises.
    bad: the cells that did not fit: (index, value, kind).
    notes: findings of the column as a whole: (kind, what fills the message).
    """

    values: pd.Series
    bad: list[tuple[int, Any, Kind]] = field(default_factory=list)
    notes: list[tuple[Kind, Mapping[str, Any]]] = field(default_factory=list)


def is_missing(value: Any) -> bool:
    """Whether a cell says "not known": empty, a dash, N/A, 暂无 ..."""
    if value is None:
        return True
    if isinstance(value, str):
        return normalise(value) in MISSING_MARKS
    return isinstance(value, float) and math.isnan(value)


def cell_problem(value: Any) -> Kind | None:
    """The kind of finding for a cell that shows an error or an uncomputed formula; None if it is neither."""
    if isinstance(value, Formula):
        return NO_VALUE
    return (
        CELL_ERROR
        if isinstance(value, CellError) or (isinstance(value, str) and value.strip() in EXCEL_ERRORS)
        else None
    )


def require_number(text: str) -> float:
    """The number that a text means; ParseError if it means none."""
    number = parse_number(text)
    if number is None:
        raise ParseError(UNREADABLE)
    return number


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise ParseError(UNREADABLE)
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        return require_number(value)
    raise ParseError(UNREADABLE)


def _count(value: Any) -> float:
    if is_percentage(value):
        # 96% of something is no number of things; as 96 it would be one.
        raise ParseError(NOT_WHOLE if parse_number(value) is not None else UNREADABLE)
    return _number(value)


def _month(value: Any) -> Any:
    month = parse_month(value)
    if month is None:
        raise ParseError(BAD_MONTH)
    return month


def _period(value: Any) -> str:
    """A year as "2025", else a month as "2025-11"."""
    year = YEAR_PATTERN.fullmatch(normalise_width(raw_text(value)))
    if year:
        return year[1]
    month = parse_month(value)
    if month is None:
        raise ParseError(BAD_PERIOD)
    return f"{month:%Y-%m}"


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = normalise(raw_text(value))
    if word in YES or word in NO:
        return word in YES
    raise ParseError(BAD_FLAG)


def _choice(column: Column, answers: Mapping[str, str]) -> Callable[[Any], str]:
    spellings = {
        normalise(word): code
        for code, words in (column.choices or {}).items()
        for word in (code, code.replace("_", " "), *words)
    }

    def chosen(value: Any) -> str:
        text = raw_text(value)
        code = spellings.get(normalise(text)) or answers.get(value_key(column.name, text))
        if code is None and not column.open_choices:
            raise ParseError(UNKNOWN_CHOICE)
        return code or text

    return chosen


def _unit(organisation: Organisation, answers: Mapping[str, str]) -> Callable[[Any], str]:
    def unit(value: Any) -> str:
        found = organisation.find(raw_text(value))
        if not found and (code := organisation.find_zeros_lost(raw_text(value))):
            if answers.get("codes") != "with_zeros":
                raise ParseError(ZEROS_LOST)
            return code
        if len(found) != 1:
            raise ParseError(AMBIGUOUS_UNIT if found else UNKNOWN_UNIT)
        return found[0]

    return unit


def _reader(column: Column, organisation: Organisation, answers: Mapping[str, str]) -> Callable[[Any], Any]:
    if column.type == "choice":
        return _choice(column, answers)
    if column.type == "text":
        return lambda value: answers.get(value_key(column.name, raw_text(value))) or raw_text(value)
    if column.type == "unit":
        return _unit(organisation, answers)
    return {"month": _month, "period": _period, "flag": _flag, "count": _count}.get(column.type, _number)


def _dtype(column: Column) -> str:
    return {
        "month": "datetime64[s]",
        "time": "datetime64[s]",
        "flag": "boolean",
        "count": "float64",
        "number": "float64",
        "share": "float64",
    }.get(column.type, "object")


def parse_column(
    values: Sequence[Any],
    column: Column,
    organisation: Organisation,
    answers: Mapping[str, str] | None = None,
    of_rows: bool = False,
) -> ParsedColumn:
    """The typed values of `values` for `column`; missing cells are None/NaN/NaT, unfit cells too and listed in `bad`.

    answers: what an analyst said of what the cells leave open (see choices.ANSWERS), "separator", if a file's cells
        are cut by ";", and "month_named", the month that a title or a name says.
    of_rows: the column says which month a row is of.
    """
    ready, notes = conventions.normalise_column(values, column, answers or {}, of_rows)
    parsed = _parse(ready, column, organisation, answers or {})
    if ready is not values:
        parsed.bad = [(index, values[index], kind) for index, _, kind in parsed.bad]
    parsed.notes = notes
    if not column.is_numeric and any(kind.severity == "error" for kind, _ in notes):
        # Said once of the column, not of each of its cells.
        parsed.bad = [
            (index, value, kind) for index, value, kind in parsed.bad if not conventions.match_numeric_date(value)
        ]
    return parsed


def _parse(
    values: Sequence[Any], column: Column, organisation: Organisation, answers: Mapping[str, str]
) -> ParsedColumn:
    cells = pd.Series(list(values), dtype="object")
    numeric = column.is_numeric
    kind = pd.api.types.infer_dtype(cells, skipna=True)
    if numeric and kind in ("floating", "integer", "mixed-integer-float"):
        return check_range(pd.Series(cells.astype("float64")), cells, column, [])
    if column.type == "time":
        return _times(cells, kind)
    which, distinct = pd.factorize(cells, use_na_sentinel=False)
    reader, results, unfit = _reader(column, organisation, answers), [], {}
    for index, value in enumerate(distinct):
        result = None
        if (wrong := cell_problem(value)) and not is_missing(value):
            unfit[index] = wrong
        elif not is_missing(value):
            try:
                result = reader(value)
            except ParseError as problem:
                unfit[index] = problem.kind
        results.append(result)
    spread = pd.Series(results, dtype=_dtype(column)).take(which).reset_index(drop=True)
    bad = (
        [(int(index), cells[index], unfit[which[index]]) for index in np.flatnonzero(np.isin(which, list(unfit)))]
        if unfit
        else []
    )
    return check_range(spread, cells, column, bad) if numeric else ParsedColumn(spread, bad)


def _times(cells: pd.Series, kind: str) -> ParsedColumn:
    if kind in ("datetime", "datetime64") or set(map(type, cells)) <= {datetime, date, type(None)}:
        return ParsedColumn(pd.to_datetime(cells).astype("datetime64[s]"))
    missing = cells.map(is_missing).to_numpy(dtype=bool)
    found = np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[s]")
    found[~missing] = parse_times(cells[~missing].tolist())
    bad = [
        (int(index), cells[index], cell_problem(cells[index]) or BAD_TIME)
        for index in np.flatnonzero(np.isnat(found) & ~missing)
    ]
    return ParsedColumn(pd.Series(found), bad)


def reject_percentages(parsed: ParsedColumn, cells: Sequence[Any]) -> ParsedColumn:
    """`parsed` with per cent among a count's figures rejected: figures read as any numbers, to be multiplied."""
    there = parsed.values.notna().to_numpy()
    wrong = [int(index) for index in np.flatnonzero(there) if is_percentage(cells[int(index)])]
    if not wrong:
        return parsed
    bad = sorted([*parsed.bad, *((index, cells[index], NOT_WHOLE) for index in wrong)], key=lambda one: one[0])
    return ParsedColumn(parsed.values.mask(parsed.values.index.isin(wrong)), bad, parsed.notes)


def check_range(values: pd.Series, cells: Any, column: Column, bad: list[tuple[int, Any, Kind]]) -> ParsedColumn:
    """Numbers checked against what the column allows; those that do not fit become NaN and are listed."""
    numbers = values.to_numpy(dtype="float64", copy=True)
    low = column.minimum if column.minimum is not None else -np.inf
    high = column.maximum if column.maximum is not None else np.inf
    with np.errstate(invalid="ignore"):
        rejected = [(np.isinf(numbers), UNREADABLE)]
        if column.type == "count":
            rejected.append(((numbers < 0) | (numbers != np.floor(numbers)), NOT_WHOLE))
        rejected.append(((numbers < low) | (numbers > high), OUT_OF_RANGE))
    for mask, kind in rejected:
        found = np.flatnonzero(mask & ~np.isnan(numbers))
        bad.extend((int(index), cells[index], kind) for index in found)
        numbers[found] = np.nan
    return ParsedColumn(pd.Series(numbers), sorted(bad, key=lambda one: one[0]))


REQUIRED_EMPTY = Kind("required_empty", "error", "“{column}” is empty.", "Fill in the cell, or take the row out.")


def empty_required_cells(feed: Feed, column: Column, cells: Sequence[Any], values: pd.Series) -> Iterator[int]:
    """The indices of the empty cells of a required column.

    values: what was read from `cells`.

    A dash in a score says that it is not known; an empty key, or an empty cell, is a slip.
    """
    if not column.required:
        return
    keys = {*feed.key, feed.month_column, feed.unit_column}
    for index in np.flatnonzero(values.isna().to_numpy()).tolist():
        blank = cells[index] is None or str(cells[index]).strip() == ""
        if blank or (column.name in keys and is_missing(cells[index])):
            yield int(index)
