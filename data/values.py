"""Cells to typed values, a column at a time: each distinct cell is interpreted once."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from data.feed import Column
from data.findings import Kind
from data.months import month_of, times_of
from data.organisation import Organisation, normal
from data.reading import CellError, Formula

MISSING = frozenset(
    normal(mark)
    for mark in ("", "-", "--", "—", "——", "–", "―", "/", "n/a", "na", "nan", "null", "none", "...", "…", "……", "暂无", "无数据", "无资料", "#n/a")
)  # fmt: skip
YES = frozenset({"是", "y", "yes", "true", "1", "有", "√", "t", "已解决", "有责"})
NO = frozenset({"否", "n", "no", "false", "0", "无", "×", "x", "f", "未解决", "无责"})
# Powers of ten, added to the exponent as text: a factor in binary would add digits (35.27 x 10,000 is 352,700.00000000006).
POWERS = {"万": 4, "亿": 8, "%": 0, "": 0, "k": 3, "m": 6}
NUMBER = re.compile(
    r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(?:e([+-]?\d+))?(万|亿|%|k|m|)(?:元|户|笔|件|人|个|次|台|分|)"
)

YEAR = re.compile(r"((?:19|20|21)\d\d)(?:年度?)?")

UNREADABLE = Kind(
    "unreadable_value",
    "error",
    "“{value}” in “{column}” is not a number.",
    "Write a plain number such as 1234.5; leave the cell empty if it is not known.",
)
NOT_WHOLE = Kind(
    "not_whole",
    "error",
    "“{value}” in “{column}” must be a whole number, 0 or more.",
    "Check the cell: a count has no decimals and no minus sign.",
)
OUT_OF_RANGE = Kind(
    "out_of_range",
    "error",
    "“{value}” in “{column}” lies outside {low} to {high}.",
    "Check the cell and the unit it is given in.",
)
BAD_MONTH = Kind(
    "unknown_month",
    "error",
    "“{value}” in “{column}” is not a month.",
    "Write the month as 2025-11, 202511, 2025年11月 or a date.",
)
BAD_PERIOD = Kind(
    "unknown_period",
    "error",
    "“{value}” in “{column}” is neither a year nor a month.",
    "Write a year as 2025, or a month as 2025-11.",
)
BAD_TIME = Kind(
    "unknown_time",
    "error",
    "“{value}” in “{column}” is not a date or time.",
    "Write it as 2025-11-03 or 2025-11-03 09:12.",
)
BAD_FLAG = Kind(
    "unknown_flag", "error", "“{value}” in “{column}” is neither yes nor no.", "Write 是 or 否 (yes or no)."
)
UNKNOWN_CHOICE = Kind("unknown_choice", "error", "“{value}” is not known in “{column}”.", "Use one of: {choices}.")
UNKNOWN_UNIT = Kind(
    "unknown_unit",
    "error",
    "“{value}” is not a unit we know.",
    "Nearest: {nearest}. Correct the name, or load the unit (or the alias) with the units sheet first.",
)
AMBIGUOUS_UNIT = Kind(
    "ambiguous_unit", "error", "“{value}” can mean several units.", "Write the code, or the path: {choices}."
)

CELL_ERROR = Kind(
    "error_cell",
    "error",
    "“{column}” shows the error {value}.",
    "Repair the formula in the spreadsheet, or write the value itself.",
)
NO_VALUE = Kind(
    "formula_without_value",
    "error",
    "“{column}” holds the formula {value}, whose value was never computed.",
    "Open the workbook in Excel, which computes it, save it, and load that.",
)
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
    """A column's typed values (dtype as StagedSheet.frame promises) and the cells that did not fit: (index, value, kind)."""

    values: pd.Series
    bad: list[tuple[int, Any, Kind]] = field(default_factory=list)


def is_missing(value: Any) -> bool:
    """Whether a cell says "not known": empty, a dash, N/A, 暂无 ..."""
    if value is None:
        return True
    if isinstance(value, str):
        return normal(value) in MISSING
    return isinstance(value, float) and math.isnan(value)


def odd(value: Any) -> Kind | None:
    """What is wrong with a cell that holds no value of its own: an error or a formula that was never computed; None if nothing is."""
    if isinstance(value, Formula):
        return NO_VALUE
    return CELL_ERROR if isinstance(value, CellError) or (isinstance(value, str) and value.strip() in ERRORS) else None


@lru_cache(maxsize=100_000)
def number_in(text: str) -> float:
    """The number that a text means: 1,234 · １２３ · 62.47% (as 62.47) · 35.27万 or 萬 (as 352700); Unfit otherwise."""
    found = NUMBER.fullmatch(normal(text).replace("−", "-"))
    if not found or not found[2]:
        raise Unfit(UNREADABLE)
    value = float(f"{found[2].replace(',', '')}e{int(found[3] or 0) + POWERS[found[4]]}")
    if math.isinf(value):
        raise Unfit(UNREADABLE)
    return -value if found[1] == "-" else value


def _number(value: Any) -> float:
    if isinstance(value, bool):
        raise Unfit(UNREADABLE)
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        return number_in(value)
    raise Unfit(UNREADABLE)


def _month(value: Any) -> Any:
    month = month_of(value)
    if month is None:
        raise Unfit(BAD_MONTH)
    return month


def _period(value: Any) -> str:
    """A year as "2025", else a month as "2025-11"."""
    year = YEAR.fullmatch(unicodedata.normalize("NFKC", text_of(value)))
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


def text_of(value: Any) -> str:
    """A cell as text, trimmed; 2019.0 as "2019", so that ids keep their digits."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


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
    return {"month": _month, "period": _period, "flag": _flag, "text": text_of}.get(column.type, _number)


def _dtype(column: Column) -> str:
    return {
        "month": "datetime64[s]",
        "time": "datetime64[s]",
        "flag": "boolean",
        "count": "float64",
        "number": "float64",
        "share": "float64",
    }.get(column.type, "object")


def parse_column(values: Sequence[Any], column: Column, organisation: Organisation) -> Parsed:
    """The typed values of `values` for `column`; missing cells are None/NaN/NaT, unfit cells too and listed in `bad`."""
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
