"""Which months a column's cells mean where a spreadsheet changed what was typed: "Nov-24" kept as 24 November, and
2025.10 kept as 2025.1. What the column shows decides; what it leaves open is asked once for the column.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from data.core.text import normalise_width
from data.model.finding import Kind
from data.parsing.dates import EXCEL_EPOCH, EXCEL_SERIALS

TYPED = Kind(
    "month_typed_as_day",
    "error",
    "“{column}” holds dates such as {value}, all of the same day ({day}): a month typed as {typed} becomes such a date "
    "in a spreadsheet. It is {by_year} if {day} is the year, {by_day} if it is the day.",
    "Say which it is, or write the months as 2025-11.",
)
TENTH = Kind(
    "month_tenth_open",
    "error",
    "“{column}” holds months such as {value}, which can be January or October: a number loses the 0 at its end. It is "
    "{january} as January, {october} as October; no other cell decides it.",
    "Say which it is, or write the months as 2025-10.",
)
AS_JANUARY = Kind("months_january", "note", "{value} in “{column}” is read as January, as {other} shows.")
AS_OCTOBER = Kind("months_october", "note", "{value} in “{column}” is read as October, as {other} shows.")
AS_BOTH = Kind(
    "months_in_order",
    "note",
    "{value} in “{column}” is read as January or October by its place among the other months, as {other} shows.",
)
Told = tuple[Kind, Mapping[str, Any]]

# Years that a month column may be of: a day such as 24 is not taken for a year further back.
YEARS_BACK = 20
# A year and a month with a point between, as a text or as a number.
POINTED = re.compile(r"((?:19|20|21)\d\d)\.(\d{1,2})")
WHOLE_DATE = re.compile(r"(\d{4})\s*[-/._年]\s*(\d{1,2})\s*[-/._月]\s*(\d{1,2})\s*日?(?:[ t].*)?", re.IGNORECASE)
COMPACT_DATE = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\.0)?")


def normalise_months(
    values: Sequence[Any], answers: Mapping[str, str], *, of_rows: bool, today: date | None = None
) -> tuple[Sequence[Any], list[Told]]:
    """The cells of a month column with one spelling for each month, and what to tell.

    answers: "months", see choices.ANSWERS, "month_named", the one month that a title or a name says (2025-11), and
        "month_format", a number format that shows a figure as 2025.10.
    of_rows: the column says which month a row is of; else only numbers such as 2025.1 are looked at.
    """
    named = answers.get("month_named")
    values, told = _tenths(values, answers.get("months"), named, answers.get("month_format"))
    if not of_rows:
        return values, told
    turned, more = _typed(values, answers.get("months"), named, today or date.today())
    return turned, told + more


def has_tenths(values: Iterable[Any]) -> bool:
    """Whether a cell can be January or October: then the order of the cells counts."""
    return any(one is not None and one[1] == "1" for one in map(_parts, values))


# -- 24 November -----------------------------------------------------------------------------------------------------


def day_of(value: Any) -> date | None:
    """The day that a cell means; None where it names a month only, or is no date."""
    if isinstance(value, date):
        return (value.date() if isinstance(value, datetime) else value) if value == value else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if EXCEL_SERIALS[0] <= value <= EXCEL_SERIALS[1]:
            return (EXCEL_EPOCH + timedelta(days=float(value))).date()
        value = str(int(value)) if float(value).is_integer() else ""
    text = normalise_width(str(value))
    found = WHOLE_DATE.fullmatch(text) or COMPACT_DATE.fullmatch(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _typed(
    values: Sequence[Any], answer: str | None, named: str | None, today: date
) -> tuple[Sequence[Any], list[Told]]:
    """Dates whose day may be the year that was typed, as their months."""
    days = {value: day for value in dict.fromkeys(_hashable(values)) if (day := day_of(value))}
    if not _may_be_typed(set(days.values()), today):
        return values, []
    turned = {value: date(2000 + day.day, day.month, 1) for value, day in days.items()}
    by_year, by_day = sorted(set(turned.values())), sorted({day.replace(day=1) for day in days.values()})
    if by_year == by_day:
        return values, []
    if answer == "typed_day_is_year" or (named and _span(by_year) == named):
        return [turned.get(value, value) if _is_hashable(value) else value for value in values], []
    if answer == "as_written" or (named and _span(by_day) == named):
        return values, []
    first = next(iter(days.values()))
    params = {
        "value": f"{first:%Y-%m-%d}",
        "day": ", ".join(str(number) for number in sorted({day.day for day in days.values()})),
        "typed": f"{first:%b}-{first.day:02d}",
        "by_year": _span(by_year),
        "by_day": _span(by_day),
    }
    return values, [(TYPED, params)]


def _may_be_typed(days: set[date], today: date) -> bool:
    """Whether the days can be years: of one day, or of days that follow each other as years of one unbroken run of
    months; typed within one year, so that each month stands for another one.
    """
    numbers = sorted({day.day for day in days})
    if not days or numbers == [1] or all(day.day == monthrange(day.year, day.month)[1] for day in days):
        return False
    if any(not today.year - YEARS_BACK <= 2000 + number <= today.year + 1 for number in numbers):
        return False
    months = {day.year * 12 + day.month for day in days}
    by_year = sorted({(2000 + day.day) * 12 + day.month for day in days})
    if len(by_year) != len(months):
        return False
    unbroken = by_year[-1] - by_year[0] + 1 == len(by_year)
    return len(numbers) == 1 or (len({day.year for day in days}) == 1 and unbroken and len(by_year) > len(numbers))


def _span(months: Sequence[date]) -> str:
    """Months as 2024-01 – 2024-11."""
    first, last = f"{months[0]:%Y-%m}", f"{months[-1]:%Y-%m}"
    return first if first == last else f"{first} – {last}"


# -- 2025.1 ----------------------------------------------------------------------------------------------------------


def _tenths(
    values: Sequence[Any], answer: str | None, named: str | None, shown: str | None = None
) -> tuple[Sequence[Any], list[Told]]:
    """Numbers such as 2025.1 as the month they mean; 2025.11 as a number is a month too."""
    written = {value: one for value in dict.fromkeys(_hashable(values)) if (one := _parts(value))}
    if not written:
        return values, []
    parts = [written.get(value) if _is_hashable(value) else None for value in values]
    plain = [f"{one[0]}-{int(one[1]):02d}" if one and one[1] != "1" else None for one in parts]
    settled = [
        month if month and 1 <= int(month[5:]) <= 12 else value for month, value in zip(plain, values, strict=True)
    ]
    open_ = {place: one[0] for place, one in enumerate(parts) if one and one[1] == "1"}
    if not open_:
        return settled, []
    years = sorted(set(open_.values()))
    found, told = _by_spelling(parts, open_) or _by_order(parts) or ({}, None)
    if not found and named and years == [int(named[:4])] and named[5:] in ("01", "10"):
        found = dict.fromkeys(open_, int(named[5:]))
    if not found and answer in ("january", "october"):
        found = dict.fromkeys(open_, 1 if answer == "january" else 10)
    if not found and shown:
        found, told = dict.fromkeys(open_, 10), (AS_OCTOBER, f"{years[0]}.10 ({shown})")
    for place, year in open_.items():
        settled[place] = f"{year}-{found[place]:02d}" if found else None
    if not found:
        january, october = (", ".join(f"{year}-{month}" for year in years) for month in ("01", "10"))
        return settled, [(TENTH, {"value": f"{years[0]}.1", "january": january, "october": october})]
    return settled, [(told[0], {"value": f"{years[0]}.1", "other": told[1]})] if told else []


def _by_spelling(
    parts: Sequence[tuple[int, str] | None], open_: Iterable[int]
) -> tuple[dict[int, int], tuple[Kind, str] | None] | None:
    """2025.10 beside 2025.1 shows that no 0 was lost; 2025.02 that January would be 2025.01."""
    for one in parts:
        if one and one[1] == "10":
            return dict.fromkeys(open_, 1), None
        if one and one[1].startswith("0"):
            return dict.fromkeys(open_, 10), (AS_OCTOBER, f"{one[0]}.{one[1]}")
    return None


def _by_order(parts: Sequence[tuple[int, str] | None]) -> tuple[dict[int, int], tuple[Kind, str]] | None:
    """Each 2025.1 by the months that stand next to it; None unless each is decided."""
    runs: list[tuple[tuple[int, str], list[int]]] = []
    for place, one in enumerate(parts):
        if one is None:
            continue
        if runs and runs[-1][0] == one:
            runs[-1][1].append(place)
        else:
            runs.append((one, [place]))
    found: dict[int, int] = {}
    shown = ""
    for number, ((year, month), places) in enumerate(runs):
        if month != "1":
            continue
        beside = [runs[at][0] for at in (number - 1, number + 1) if 0 <= at < len(runs)]
        known = [other * 12 + int(text) for other, text in beside if text != "1"]
        fits = [wanted for wanted in (1, 10) if any(abs(year * 12 + wanted - other) == 1 for other in known)]
        if len(fits) != 1:
            return None
        shown = shown or " – ".join(f"{other}.{text}" for other, text in beside)
        found |= dict.fromkeys(places, fits[0])
    meant = set(found.values())
    return found, (AS_BOTH if len(meant) > 1 else AS_JANUARY if meant == {1} else AS_OCTOBER, shown)


def _parts(value: Any) -> tuple[int, str] | None:
    """Year and month of a cell such as 2025.1, the month as written; None if it is not written so."""
    if isinstance(value, float) and not value.is_integer() and value == value and 1900 <= value < 2200:
        digits = f"{value:.6f}".rstrip("0").split(".")[1]
        return (int(value), digits) if len(digits) <= 2 else None
    found = POINTED.fullmatch(normalise_width(value)) if isinstance(value, str) else None
    return (int(found[1]), found[2]) if found else None


def _is_hashable(value: Any) -> bool:
    return not isinstance(value, (list, dict, set))


def _hashable(values: Iterable[Any]) -> Iterable[Any]:
    return (value for value in values if value is not None and _is_hashable(value))
