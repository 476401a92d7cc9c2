"""Months and times in the spellings that offices use."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data.core.text import FOOTNOTE_MARKS, normalise_width

EXCEL_EPOCH = datetime(1899, 12, 30)
# Excel serials of 1960-01-01 and 2119-01-13: a whole number between them is a date, not a count. Below them 20251 is a
# month written without its nought, or one of a longer number: as a serial it would be June 1955.
EXCEL_SERIALS = (21_916, 80_000)
YEAR_RANGE = (1900, 2200)
MONTH_NAMES = {
    name: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
MONTH_PREFIXES = tuple(name[:3] for name in MONTH_NAMES)
# A month's English name in a pattern, whole or shortened, in lower case.
MONTH_NAME = f"(?:{'|'.join((*MONTH_NAMES, 'sept', *MONTH_PREFIXES))})"
# A time of day may follow a whole date; any other text behind it ("2025-11 to 2025-12") is not a month.
NUMERIC_MONTH = re.compile(
    r"(\d{4})\s*[-/._年]?\s*(\d{1,2})\s*(?:月份?|)(?:\s*[-/._]?\s*(\d{1,2})\s*(?:日|)(?:[ t]+\d{1,2}[:时].*)?)?"
)
MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
NAMED_MONTH = re.compile(r"(?:\d{1,2}[-/\s]+)?([a-z]{3,9})\.?[-/\s,']*(\d{4}|\d{2})")
TIME_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%d",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y%m%d",
    "%Y%m%d%H%M%S",
    "%Y-%m-%d %H时%M分%S秒",
    "%Y-%m-%d %H时%M分",
    "%Y-%m",
    "%d-%b-%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d-%b-%Y %H:%M",
    "%b-%y",
    "%b %Y",
    "%B %Y",
)
# How long a text is that consists of digits only: strptime also takes months and days of one digit, and would guess.
DIGIT_COUNTS = {"%Y%m%d": 8, "%Y%m%d%H%M%S": 14}


def parse_month(value: Any) -> datetime | None:
    """The first day of the month that a cell means; None if it means none."""
    if isinstance(value, datetime):
        return datetime(value.year, value.month, 1)
    if isinstance(value, date):
        return datetime(value.year, value.month, 1)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _month_of_number(float(value))
    return _month_of_text(normalise_width(str(value)).lower())


def _month(year: int, month: int) -> datetime | None:
    return datetime(year, month, 1) if YEAR_RANGE[0] <= year <= YEAR_RANGE[1] and 1 <= month <= 12 else None


def _month_of_number(value: float) -> datetime | None:
    if not value.is_integer() and not EXCEL_SERIALS[0] <= value <= EXCEL_SERIALS[1]:
        return None
    if EXCEL_SERIALS[0] <= value <= EXCEL_SERIALS[1]:
        moment = EXCEL_EPOCH + timedelta(days=value)
        return datetime(moment.year, moment.month, 1)
    number = int(value)
    if 190_001 <= number <= 220_012:
        return _month(number // 100, number % 100)
    if 19_000_101 <= number <= 22_001_231:
        return _month(number // 10_000, number // 100 % 100)
    return None


def _month_of_text(text: str) -> datetime | None:
    if re.fullmatch(r"\d{5,8}(\.0)?", text):
        return _month_of_number(float(text))
    found = NUMERIC_MONTH.fullmatch(text)
    if found:
        return _month(int(found[1]), int(found[2])) if 1 <= int(found[3] or 1) <= 31 else None
    found = MONTH_YEAR.fullmatch(text)
    if found:
        return _month(int(found[2]), int(found[1]))
    found = NAMED_MONTH.fullmatch(text)
    if found is None:
        return None
    # "sept" is the beginning of "september": any beginning of three letters or more is a month's name.
    number = next((number for name, number in MONTH_NAMES.items() if name.startswith(found[1])), None)
    year = int(found[2])
    return _month(year if year > 99 else 2000 + year, number) if number else None


def parse_times(values: Sequence[Any]) -> np.ndarray:
    """Timestamps (datetime64[s]) that the cells mean, NaT where they mean none; vectorised over the texts."""
    out = np.full(len(values), np.datetime64("NaT"), dtype="datetime64[s]")
    texts: list[int] = []
    for index, value in enumerate(values):
        if isinstance(value, datetime):
            out[index] = np.datetime64(value.replace(tzinfo=None), "s")
        elif isinstance(value, date):
            out[index] = np.datetime64(value, "s")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            if EXCEL_SERIALS[0] <= value <= EXCEL_SERIALS[1]:
                out[index] = np.datetime64(EXCEL_EPOCH + timedelta(seconds=round(float(value) * 86_400)), "s")
            elif float(value).is_integer():
                texts.append(index)
        else:
            texts.append(index)
    if not texts:
        return out
    written = pd.Series(
        [str(int(v)) if isinstance(v := values[index], float) else str(v) for index in texts], dtype="str"
    )
    written = (
        written.mask(written.str.contains(FOOTNOTE_MARKS))
        .str.normalize("NFKC")
        .str.strip()
        .str.replace("[年月/](?=\\d)|(?<!:\\d\\d)[.](?=\\d)", "-", regex=True)
        .str.replace("[月日]", " ", regex=True)
    )
    written = written.str.replace(r"\s+", " ", regex=True).str.strip()
    # pandas reads "202511" by %Y%m%d as the first of January.
    written = written.str.replace(r"^(\d{4})(\d{2})$", r"\1-\2", regex=True)
    found = pd.Series(pd.NaT, index=written.index, dtype="datetime64[s]")
    for form in TIME_FORMATS:
        open_ = found.isna() & (DIGIT_COUNTS[form] == written.str.len() if form in DIGIT_COUNTS else True)
        if not open_.any():
            continue
        found[open_] = pd.to_datetime(written[open_], format=form, errors="coerce").astype("datetime64[s]")
    out[texts] = found.to_numpy(dtype="datetime64[s]")
    return out
