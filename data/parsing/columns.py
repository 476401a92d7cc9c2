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

from data.core.text import folded, normal, text_of
from data.model.feed import Column, Feed
from data.model.finding import Kind
from data.model.organisation import Organisation
from data.model.sheet import CellError, Formula
from data.parsing import conventions
from data.parsing.dates import month_of, times_of
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
)
from data.parsing.numbers import is_per_cent, number_of

MISSING = frozenset(
    normal(mark)
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

YEAR = re.compile(r"((?:19|20|21)\d\d)(?:年度?)?")

# What Excel shows in place of a value; #N/A says "not known" and is missing.
ERRORS = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
)


class Unfit(Exception):
    """Control flow only: a cell that cannot be interpreted, with what kind of finding that is."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.code)
        self.kind = kind


@dataclass
class Parsed:
    """A column's typed values (dtype as StagedSheet.frame promises) and the cells that did not fit: (index, value,
    kind).

    told: what there is to say of the column as a whole, with what fills the message.
    """

    values: pd.Series
    bad: list[tuple[int, Any, Kind]] = field(default_factory=list)
    told: list[tuple[Kind, Mapping[str, Any]]] = field(default_factory=list)


def is_missing(value: Any) -> bool:
    """Whether a cell says "not known": empty, a dash, N/A, 暂无 ..."""
    if value is None:
        return True
    if isinstance(value, str):
        return normal(value) in MISSING
    return isinstance(value, float) and math.isnan(value)


def odd(value: Any) -> Kind | None:
    """What is wrong with a cell that holds no value of its own: an error or a formula that was never computed; None if
    nothing is.
    """
    if isinstance(value, Formula):
        return NO_VALUE
    return CELL_ERROR if isinstance(value, CellError) or (isinstance(value, str) and value.strip() in ERRORS) else None


def number_in(text: str) -> float:
    """The number that a text means, as data/parsing/numbers.py reads it; Unfit otherwise."""
    number = number_of(text)
    if number is None:
        raise Unfit(UNREADABLE)
    return number


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise Unfit(UNREADABLE)
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        return number_in(value)
    raise Unfit(UNREADABLE)


def _count(value: Any) -> float:
    if is_per_cent(value):
        # 96% of something is no number of things; as 96 it would be one.
        raise Unfit(NOT_WHOLE if number_of(value) is not None else UNREADABLE)
    return _number(value)


def _month(value: Any) -> Any:
    month = month_of(value)
    if month is None:
        raise Unfit(BAD_MONTH)
    return month


def _period(value: Any) -> str:
    """A year as "2025", else a month as "2025-11"."""
    year = YEAR.fullmatch(folded(text_of(value)))
    if year:
        return year[1]
    month = month_of(value)
    if month is None:
        raise Unfit(BAD_PERIOD)
    return f"{month:%Y-%m}"


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = normal(text_of(value))
    if word in YES or word in NO:
        return word in YES
    raise Unfit(BAD_FLAG)


def _choice(column: Column) -> Callable[[Any], str]:
    spellings = {
        normal(word): code
        for code, words in (column.choices or {}).items()
        for word in (code, code.replace("_", " "), *words)
    }

    def chosen(value: Any) -> str:
        text = text_of(value)
        code = spellings.get(normal(text))
        if code is None and not column.open_choices:
            raise Unfit(UNKNOWN_CHOICE)
        return code or text

    return chosen


def _unit(organisation: Organisation) -> Callable[[Any], str]:
    def unit(value: Any) -> str:
        found = organisation.find(text_of(value))
        if len(found) != 1:
            raise Unfit(AMBIGUOUS_UNIT if found else UNKNOWN_UNIT)
        return found[0]

    return unit


def _reader(column: Column, organisation: Organisation) -> Callable[[Any], Any]:
    if column.type == "choice":
        return _choice(column)
    if column.type == "unit":
        return _unit(organisation)
    return {"month": _month, "period": _period, "flag": _flag, "text": text_of, "count": _count}.get(
        column.type, _number
    )


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
) -> Parsed:
    """The typed values of `values` for `column`; missing cells are None/NaN/NaT, unfit cells too and listed in `bad`.

    answers: what an analyst said of what the cells leave open (see choices.ANSWERS), "separator", if a file's cells
        are cut by ";", and "month_named", the month that a title or a name says.
    of_rows: the column says which month a row is of.
    """
    ready, told = conventions.agreed(values, column, answers or {}, of_rows)
    parsed = _parse(ready, column, organisation)
    if ready is not values:
        parsed.bad = [(index, values[index], kind) for index, _, kind in parsed.bad]
    parsed.told = told
    if column.type not in ("count", "number", "share") and any(kind.severity == "error" for kind, _ in told):
        # Said once of the column, not of each of its cells.
        parsed.bad = [(index, value, kind) for index, value, kind in parsed.bad if not conventions.slashed(value)]
    return parsed


def _parse(values: Sequence[Any], column: Column, organisation: Organisation) -> Parsed:
    cells = pd.Series(list(values), dtype="object")
    numeric = column.type in ("count", "number", "share")
    kind = pd.api.types.infer_dtype(cells, skipna=True)
    if numeric and kind in ("floating", "integer", "mixed-integer-float"):
        return within(pd.Series(cells.astype("float64")), cells, column, [])
    if column.type == "time":
        return _times(cells, kind)
    which, distinct = pd.factorize(cells, use_na_sentinel=False)
    reader, results, unfit = _reader(column, organisation), [], {}
    for index, value in enumerate(distinct):
        result = None
        if (wrong := odd(value)) and not is_missing(value):
            unfit[index] = wrong
        elif not is_missing(value):
            try:
                result = reader(value)
            except Unfit as problem:
                unfit[index] = problem.kind
        results.append(result)
    spread = pd.Series(results, dtype=_dtype(column)).take(which).reset_index(drop=True)
    bad = (
        [(int(index), cells[index], unfit[which[index]]) for index in np.flatnonzero(np.isin(which, list(unfit)))]
        if unfit
        else []
    )
    return within(spread, cells, column, bad) if numeric else Parsed(spread, bad)


def _times(cells: pd.Series, kind: str) -> Parsed:
    if kind in ("datetime", "datetime64") or set(map(type, cells)) <= {datetime, date, type(None)}:
        return Parsed(pd.to_datetime(cells).astype("datetime64[s]"))
    missing = cells.map(is_missing).to_numpy(dtype=bool)
    found = np.full(len(cells), np.datetime64("NaT"), dtype="datetime64[s]")
    found[~missing] = times_of(cells[~missing].tolist())
    bad = [
        (int(index), cells[index], odd(cells[index]) or BAD_TIME)
        for index in np.flatnonzero(np.isnat(found) & ~missing)
    ]
    return Parsed(pd.Series(found), bad)


def of_things(parsed: Parsed, cells: Sequence[Any]) -> Parsed:
    """A count's figures that were read as any numbers, to be multiplied: a per cent among them is none, and listed."""
    there = parsed.values.notna().to_numpy()
    wrong = [int(index) for index in np.flatnonzero(there) if is_per_cent(cells[int(index)])]
    if not wrong:
        return parsed
    bad = sorted([*parsed.bad, *((index, cells[index], NOT_WHOLE) for index in wrong)], key=lambda one: one[0])
    return Parsed(parsed.values.mask(parsed.values.index.isin(wrong)), bad, parsed.told)


def within(values: pd.Series, cells: Any, column: Column, bad: list[tuple[int, Any, Kind]]) -> Parsed:
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
    return Parsed(pd.Series(numbers), sorted(bad, key=lambda one: one[0]))


REQUIRED_EMPTY = Kind("required_empty", "error", "“{column}” is empty.", "Fill in the cell, or take the row out.")


def empty_cells(feed: Feed, column: Column, cells: Sequence[Any], values: pd.Series) -> Iterator[int]:
    """The indices of the cells of a required column that are empty. `values`: what was read from them.

    A score or a part that is "-" is not known, and said so by whoever wrote the dash; an empty key or an empty cell is
    a slip.
    """
    if not column.required:
        return
    keys = {*feed.key, feed.month_column, feed.unit_column}
    for index in np.flatnonzero(values.isna().to_numpy()).tolist():
        blank = cells[index] is None or str(cells[index]).strip() == ""
        if blank or (column.name in keys and is_missing(cells[index])):
            yield int(index)
