"""How a column writes its dates and numbers, decided from all of its cells; what stays open is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from data.core.text import normalise_width
from data.model.feed import Column
from data.model.finding import Kind
from data.parsing.month_columns import normalise_months
from data.parsing.percentages import (
    NUMBERS_MIXED,
    SHARES_MIXED,
    fraction_beside_percentage,
    mixed_percentages,
    to_percentage,
)
from data.parsing.times import normalise_times

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
POINT_AND_THREE_DIGITS = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
# A spreadsheet keeps 15 digits of a number.
EXACT_LIMIT = 1e15

NUMERIC_DATE = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)(.*)")
# What a number's marks show. comma: it can only be the decimal mark; point: it can only be that; likely: the comma
# looks like it, but a digit of a thousand may be left out; either: it can be both.
MARKS = re.compile(
    r"[+-]?(?:(?P<comma>\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?: \d{3})+,\d+|0,\d+)"
    r"|(?P<point>\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|0\.\d+)"
    r"|(?P<likely>\d+,(?:\d{1,2}|\d{4,}))|(?P<either>[1-9]\d{0,2},\d{3}))%?"
)
DateOrder = Literal["day_first", "month_first", "year_first"]
ColumnNote = tuple[Kind, Mapping[str, Any]]


def match_numeric_date(cell: Any) -> re.Match[str] | None:
    """A date that begins with its day or month, by its parts; None if the cell is no such text."""
    return NUMERIC_DATE.fullmatch(normalise_width(cell)) if isinstance(cell, str) and not cell[:4].isdigit() else None


def date_order(
    cells: Iterable[Any], answer: str | None = None, year: str | None = None
) -> tuple[DateOrder | None, ColumnNote | None]:
    """The order of day, month and year in a column's dates, and a note; (None, None) where no date is written so.

    answer: what the analyst said of day and month (see choices.ANSWERS).
    year: what the analyst said of the year.

    One date that can only be read one way decides for its column; two that contradict each other are a finding.
    """
    found = [(match, cell) for cell in cells if (match := match_numeric_date(cell))]
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


def find_swapped_date(cells: Iterable[Any]) -> date | None:
    """A real date whose day and month may have been swapped; None if one of them shows that they were not.

    A spreadsheet that expects the other order turns a text whose day can be a month into a date.
    """
    real = [cell for cell in cells if isinstance(cell, date) and cell == cell]
    doubtful = next((cell for cell in real if cell.day != cell.month), None)
    return doubtful if all(cell.day <= 12 for cell in real) else None


def to_iso_date(cell: Any, order: DateOrder) -> Any:
    """A cell such as 03/04/2025 09:12 as 2025-04-03 09:12; any other as it is."""
    match = match_numeric_date(cell)
    if match is None:
        return cell
    if order == "year_first":
        year, month, day = match[1], match[2], match[3]
    else:
        day, month, year = (match[1], match[2], match[3]) if order == "day_first" else (match[2], match[1], match[3])
    return f"{year if len(year) == 4 else f'20{year}'}-{int(month):02d}-{int(day):02d}{match[4]}"


def number_marks(cells: Iterable[Any]) -> dict[str, str]:
    """What the cells' decimal marks and thousands show (see MARKS) -> the first cell that shows it."""
    found: dict[str, str] = {}
    for cell in cells:
        if isinstance(cell, str) and ("," in cell or "." in cell or "，" in cell):
            match = MARKS.fullmatch(text := normalise_width(cell))
            if match and match.lastgroup and match.lastgroup not in found:
                found[match.lastgroup] = text
    return found


def decimal_comma_example(marks: Mapping[str, str]) -> str | None:
    """A cell that shows that the comma is the decimal mark; None if none does, or another shows the opposite."""
    return None if "point" in marks else marks.get("comma") or marks.get("likely")


def ambiguous_comma(marks: Mapping[str, str], semicolons: bool) -> str | None:
    """Cells whose comma can be either mark, where the column does not decide it; None if there are none.

    123,45 decides nothing beside 12,345: a digit may be left out. A file whose cells are cut by semicolons can keep
    commas for decimals; both together decide.
    """
    if "either" not in marks or "comma" in marks or "point" in marks or ("likely" in marks) == semicolons:
        return None
    return " / ".join(marks[name] for name in ("either", "likely") if name in marks)


def ambiguous_point(cells: Iterable[Any]) -> str | None:
    """A count such as 5.000, which can be five or five thousand; None if there is none."""
    return next(
        (cell for cell in cells if isinstance(cell, str) and POINT_AND_THREE_DIGITS.fullmatch(normalise_width(cell))),
        None,
    )


def to_decimal_point(cell: Any) -> Any:
    """1.234,56 as 1234.56."""
    return normalise_width(cell).replace(".", "").replace(",", ".") if isinstance(cell, str) else cell


def rounded_ids(cells: Iterable[Any]) -> list[Any]:
    """Numbers of more digits than a spreadsheet keeps, where ids are expected."""
    return [
        cell
        for cell in cells
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= EXACT_LIMIT
    ]


def normalise_column(
    values: Sequence[Any], column: Column, answers: Mapping[str, str], of_rows: bool = False
) -> tuple[Sequence[Any], list[tuple[Kind, Mapping[str, Any]]]]:
    """The cells with dates and numbers in one spelling, and the notes on how they were read.

    The column as a whole decides, else the analyst's answers. of_rows: it says which month a row is of.
    """
    if column.type in ("month", "time", "period"):
        values, notes = _normalise_dates(values, answers)
        if column.type == "time":
            return values, notes
        values, more = normalise_months(values, answers, of_rows=of_rows)
        return values, notes + more
    if column.type == "text":
        long = rounded_ids(values)
        return values, [(ID_ROUNDED, {"count": len(long), "value": f"{long[0]:.0f}"})] if long else []
    if column.is_numeric:
        return _normalise_numbers(values, column, answers)
    return values, []


def _normalise_dates(values: Sequence[Any], answers: Mapping[str, str]) -> tuple[Sequence[Any], list[ColumnNote]]:
    values, notes = normalise_times(values, answers)
    order, note = date_order(values, answers.get("dates"), answers.get("years"))
    if note:
        notes.append(note)
    if note and note[0] in (DAY_FIRST, MONTH_FIRST) and (doubtful := find_swapped_date(values)):
        if answers.get("exchanged") == "yes":
            values = [
                cell.replace(month=cell.day, day=cell.month) if isinstance(cell, date) and cell == cell else cell
                for cell in values
            ]
        elif "exchanged" not in answers:
            notes.append((EXCHANGED, {"value": note[1]["value"], "other": f"{doubtful:%Y-%m-%d}"}))
    return ([to_iso_date(cell, order) for cell in values] if order else values), notes


def _normalise_numbers(
    values: Sequence[Any], column: Column, answers: Mapping[str, str]
) -> tuple[Sequence[Any], list[ColumnNote]]:
    notes: list[ColumnNote] = []
    # 1,234 as a count can only be a thousand.
    marks = number_marks(dict.fromkeys(values))
    left_open = ambiguous_comma(marks, answers.get("separator") == ";" and column.type != "count")
    if left_open and "comma" not in answers:
        notes.append((COMMA_OPEN, {"value": left_open}))
    elif left_open and answers["comma"] == "decimal":
        values = [to_decimal_point(cell) for cell in values]
    elif not left_open and (comma := decimal_comma_example(marks)):
        notes.append((DECIMAL_COMMA, {"value": comma}))
        values = [to_decimal_point(cell) for cell in values]
    elif (
        column.type == "count"
        and answers.get("separator") == ";"
        and "point" not in marks
        and (written := ambiguous_point(dict.fromkeys(values)))
    ):
        if "points" not in answers:
            notes.append((POINT_OPEN, {"value": written}))
        elif answers["points"] == "thousands":
            values = [to_decimal_point(cell) for cell in values]
    if column.type == "share" and answers.get("shares") == "fraction":
        values = [to_percentage(cell) for cell in values]
    elif column.type == "share" and "shares" not in answers and (mixed := mixed_percentages(dict.fromkeys(values))):
        notes.append((SHARES_MIXED, {"value": mixed[0], "other": f"{mixed[1]:g}"}))
    elif (
        column.type == "number"
        and answers.get("shares") != "percent"
        and (mixed := fraction_beside_percentage(dict.fromkeys(values)))
    ):
        # Figures of several indicators may stand here: which of them are fractions cannot be said of all at once.
        # Whether one and the same is written in both ways is for who knows the rows (shares.within_one).
        notes.append((NUMBERS_MIXED, {"value": mixed[0], "other": f"{mixed[1]:g}"}))
    return values, notes
