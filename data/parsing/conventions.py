"""How a column writes its dates and numbers, decided from all of its cells; what they leave open is asked, not
guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from data.core.text import folded
from data.model.feed import Column
from data.model.finding import Kind
from data.parsing.clock import clocked
from data.parsing.percentages import NUMBERS_MIXED, SHARES_MIXED, fraction_beside_per_cent, hundredfold, mixed_shares

DATE_ORDER = Kind(
    "date_order_open",
    "error",
    "“{column}” holds dates such as {value}, which can be day/month or month/day; no cell of the column decides it.",
    "Say which comes first, or write the dates as 2025-11-03.",
)
DATES_MIXED = Kind(
    "dates_mixed",
    "error",
    "“{column}” holds dates in two orders: {value} begins with the day, {other} with the month.",
    "Write all dates of the column in one way, best as 2025-11-03.",
)
YEAR_OPEN = Kind(
    "date_year_open",
    "error",
    "“{column}” holds dates such as {value}, which can begin or end with the year; no cell of the column decides it.",
    "Say whether the year comes first or last, or write the dates as 2025-11-03.",
)
EXCHANGED = Kind(
    "dates_exchanged",
    "error",
    "“{column}” holds {value} as text beside real dates such as {other}, whose day and month the spreadsheet may "
    "have exchanged.",
    "Compare them with the source and say whether they were exchanged, or write all dates of the column as text such "
    "as 2025-11-03.",
)
YEAR_FIRST = Kind("dates_year_first", "note", "“{column}” is read as year-month-day, as {value} shows.")
DAY_FIRST = Kind("dates_day_first", "note", "“{column}” is read as day/month/year, as {value} shows.")
MONTH_FIRST = Kind("dates_month_first", "note", "“{column}” is read as month/day/year, as {value} shows.")
DECIMAL_COMMA = Kind("decimal_comma", "note", "“{column}” is read with a decimal comma, as {value} shows.")
COMMA_OPEN = Kind(
    "comma_open",
    "error",
    "“{column}” holds numbers such as {value}, whose comma can be the decimal mark or stand between thousands.",
    "Say which it is, or write the numbers as 1234.5.",
)
POINT_OPEN = Kind(
    "point_open",
    "error",
    "“{column}” holds whole numbers such as {value}, whose point can be the decimal mark or stand between thousands.",
    "Say which it is, or write the numbers as 1234.",
)
ID_ROUNDED = Kind(
    "id_rounded",
    "warning",
    "“{column}” holds {count} numbers of more than 15 digits (first: {value}); the spreadsheet has rounded their "
    "last digits.",
    "Format the column as text before filling it in, or export it as CSV.",
)
# 5.000: five, or five thousand where the comma is kept for decimals.
POINTED = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
# A spreadsheet keeps 15 digits of a number.
DIGITS_KEPT = 1e15

SLASHED = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)(.*)")
# What a number's marks show. comma: it can only be the decimal mark; point: it can only be that; likely: the comma
# looks like it, but a
# digit of a thousand may be left out; either: it can be both.
MARKS = re.compile(
    r"[+-]?(?:(?P<comma>\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?: \d{3})+,\d+|0,\d+)"
    r"|(?P<point>\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|0\.\d+)"
    r"|(?P<likely>\d+,(?:\d{1,2}|\d{4,}))|(?P<either>[1-9]\d{0,2},\d{3}))%?"
)
Order = Literal["day_first", "month_first", "year_first"]
Told = tuple[Kind, Mapping[str, Any]]


def slashed(cell: Any) -> re.Match[str] | None:
    """A date that begins with its day or month, by its parts; None if the cell is no such text."""
    return SLASHED.fullmatch(folded(cell)) if isinstance(cell, str) and not cell[:4].isdigit() else None


def date_order(
    cells: Iterable[Any], answer: str | None = None, year: str | None = None
) -> tuple[Order | None, Told | None]:
    """Whether 03/04/2025 begins with the day, and 25-11-03 with the year, and what to tell; (None, None) where no date
    is written so.
    answer, year: what the analyst said of the day and, apart from it, of the year (see choices.ANSWERS).

    One date that can only be read one way decides for its column; two that contradict each other, or none, are
    findings.
    """
    found = [(match, cell) for cell in cells if (match := slashed(cell))]
    if not found:
        return None, None
    if all(_may_begin_with_year(match) for match, _ in found):
        late = [cell for match, cell in found if not _has_come(match[3])]
        if late:
            return "year_first", (YEAR_FIRST, {"value": late[0]})
        if year == "first":
            return "year_first", None
        if year != "last":
            return None, (YEAR_OPEN, {"value": found[0][1]})
    days = [cell for match, cell in found if int(match[1]) > 12 >= int(match[2])]
    months = [cell for match, cell in found if int(match[2]) > 12 >= int(match[1])]
    if days and months:
        return None, (DATES_MIXED, {"value": days[0], "other": months[0]})
    if days or months:
        return (
            ("day_first", (DAY_FIRST, {"value": days[0]}))
            if days
            else ("month_first", (MONTH_FIRST, {"value": months[0]}))
        )
    if answer in ("day_first", "month_first"):
        return ("day_first" if answer == "day_first" else "month_first"), None
    alike = all(match[1] == match[2] for match, _ in found)
    return ("day_first", None) if alike else (None, (DATE_ORDER, {"value": found[0][1]}))


def _may_begin_with_year(match: re.Match[str]) -> bool:
    """Whether a date such as 25-11-03 can be of 2025: its year has come, and a month and a day follow."""
    first, second, third = match[1], int(match[2]), match[3]
    return len(first) == len(third) == 2 and _has_come(first) and 1 <= second <= 12 and 1 <= int(third) <= 31


def _has_come(year: str) -> bool:
    # Next year's dates stand in plans.
    return int(f"20{year}") <= date.today().year + 1


def exchanged(cells: Iterable[Any]) -> date | None:
    """A real date that may be 3 November read as 11 March; None if one of them shows that no day and month were
    exchanged.

    A spreadsheet that expects the other order turns a text whose day can be a month into a date, and leaves the others
    as text.
    """
    real = [cell for cell in cells if isinstance(cell, date) and cell == cell]
    doubtful = next((cell for cell in real if cell.day != cell.month), None)
    return doubtful if all(cell.day <= 12 for cell in real) else None


def dated(cell: Any, order: Order) -> Any:
    """A cell such as 03/04/2025 09:12 as 2025-04-03 09:12; any other as it is."""
    match = slashed(cell)
    if match is None:
        return cell
    if order == "year_first":
        year, month, day = match[1], match[2], match[3]
    else:
        day, month, year = (match[1], match[2], match[3]) if order == "day_first" else (match[2], match[1], match[3])
    return f"{year if len(year) == 4 else f'20{year}'}-{int(month):02d}-{int(day):02d}{match[4]}"


def marks_in(cells: Iterable[Any]) -> dict[str, str]:
    """What the cells' decimal marks and thousands show (see MARKS) -> the first cell that shows it."""
    found: dict[str, str] = {}
    for cell in cells:
        if isinstance(cell, str) and ("," in cell or "." in cell or "，" in cell):
            match = MARKS.fullmatch(text := folded(cell))
            if match and match.lastgroup and match.lastgroup not in found:
                found[match.lastgroup] = text
    return found


def decimal_comma(marks: Mapping[str, str]) -> str | None:
    """A cell that shows that the column's comma is the decimal mark; None if none does, or another shows the
    opposite.
    """
    return None if "point" in marks else marks.get("comma") or marks.get("likely")


def open_comma(marks: Mapping[str, str], semicolons: bool) -> str | None:
    """Cells whose comma can be either mark, where the column does not decide it; None if it does, or there are none.

    One cell such as 123,45 decides nothing beside 12,345: it can be a thousand with a digit left out. A file whose
    cells are cut by
    semicolons can keep commas free for decimals; both together decide.
    """
    if "either" not in marks or "comma" in marks or "point" in marks or ("likely" in marks) == semicolons:
        return None
    return " / ".join(marks[name] for name in ("either", "likely") if name in marks)


def open_point(cells: Iterable[Any]) -> str | None:
    """A count such as 5.000, to be read where a file's cells are cut by semicolons and no cell shows what its marks
    mean.
    """
    return next((cell for cell in cells if isinstance(cell, str) and POINTED.fullmatch(folded(cell))), None)


def pointed(cell: Any) -> Any:
    """1.234,56 as 1234.56."""
    return folded(cell).replace(".", "").replace(",", ".") if isinstance(cell, str) else cell


def rounded_ids(cells: Iterable[Any]) -> list[Any]:
    """Numbers of more digits than a spreadsheet keeps, where ids are expected."""
    return [
        cell
        for cell in cells
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= DIGITS_KEPT
    ]


def agreed(
    values: Sequence[Any], column: Column, answers: Mapping[str, str]
) -> tuple[Sequence[Any], list[tuple[Kind, Mapping[str, Any]]]]:
    """The cells with dates and numbers in one spelling, as the column as a whole shows it or the analyst said, and what
    to tell.
    """
    if column.type in ("month", "time", "period"):
        return _agreed_dates(values, answers)
    if column.type == "text":
        long = rounded_ids(values)
        return values, [(ID_ROUNDED, {"count": len(long), "value": f"{long[0]:.0f}"})] if long else []
    if column.type in ("count", "number", "share"):
        return _agreed_numbers(values, column, answers)
    return values, []


def _agreed_dates(values: Sequence[Any], answers: Mapping[str, str]) -> tuple[Sequence[Any], list[Told]]:
    values, told = clocked(values, answers)
    order, say = date_order(values, answers.get("dates"), answers.get("years"))
    if say:
        told.append(say)
    if say and say[0] in (DAY_FIRST, MONTH_FIRST) and (doubtful := exchanged(values)):
        if answers.get("exchanged") == "yes":
            values = [
                cell.replace(month=cell.day, day=cell.month) if isinstance(cell, date) and cell == cell else cell
                for cell in values
            ]
        elif "exchanged" not in answers:
            told.append((EXCHANGED, {"value": say[1]["value"], "other": f"{doubtful:%Y-%m-%d}"}))
    return ([dated(cell, order) for cell in values] if order else values), told


def _agreed_numbers(
    values: Sequence[Any], column: Column, answers: Mapping[str, str]
) -> tuple[Sequence[Any], list[Told]]:
    told: list[Told] = []
    # 1,234 as a count can only be a thousand.
    marks = marks_in(dict.fromkeys(values))
    left_open = open_comma(marks, answers.get("separator") == ";" and column.type != "count")
    if left_open and "comma" not in answers:
        told.append((COMMA_OPEN, {"value": left_open}))
    elif left_open and answers["comma"] == "decimal":
        values = [pointed(cell) for cell in values]
    elif not left_open and (comma := decimal_comma(marks)):
        told.append((DECIMAL_COMMA, {"value": comma}))
        values = [pointed(cell) for cell in values]
    elif (
        column.type == "count"
        and answers.get("separator") == ";"
        and "point" not in marks
        and (written := open_point(dict.fromkeys(values)))
    ):
        if "points" not in answers:
            told.append((POINT_OPEN, {"value": written}))
        elif answers["points"] == "thousands":
            values = [pointed(cell) for cell in values]
    if column.type == "share" and answers.get("shares") == "fraction":
        values = [hundredfold(cell) for cell in values]
    elif column.type == "share" and "shares" not in answers and (mixed := mixed_shares(dict.fromkeys(values))):
        told.append((SHARES_MIXED, {"value": mixed[0], "other": f"{mixed[1]:g}"}))
    elif (
        column.type == "number"
        and answers.get("shares") != "percent"
        and (mixed := fraction_beside_per_cent(dict.fromkeys(values)))
    ):
        # Figures of several indicators may stand here: which of them are fractions cannot be said of all at
        # once. Whether one and the
        # same is written in both ways is for who knows the rows (shares.within_one).
        told.append((NUMBERS_MIXED, {"value": mixed[0], "other": f"{mixed[1]:g}"}))
    return values, told
