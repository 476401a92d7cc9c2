"""How a column writes its dates and numbers, decided from all of its cells; what they leave open is asked, not guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from data.feed import Column
from data.findings import Kind

DATE_ORDER = Kind(
    "date_order_open", "error", "“{column}” holds dates such as {value}, which can be day/month or month/day; no cell of the column decides it.",
    "Say which comes first, or write the dates as 2025-11-03.",
)  # fmt: skip
DATES_MIXED = Kind(
    "dates_mixed", "error", "“{column}” holds dates in two orders: {value} begins with the day, {other} with the month.",
    "Write all dates of the column in one way, best as 2025-11-03.",
)  # fmt: skip
DAY_FIRST = Kind("dates_day_first", "note", "“{column}” is read as day/month/year, as {value} shows.")
MONTH_FIRST = Kind("dates_month_first", "note", "“{column}” is read as month/day/year, as {value} shows.")
DECIMAL_COMMA = Kind("decimal_comma", "note", "“{column}” is read with a decimal comma, as {value} shows.")
SHARES_MIXED = Kind(
    "shares_mixed", "error", "“{column}” holds per cent such as {value} beside fractions such as {other}.",
    "Say that the fractions are to be multiplied by 100, or write all cells in one way.",
)  # fmt: skip
ID_ROUNDED = Kind(
    "id_rounded", "warning", "“{column}” holds {count} numbers of more than 15 digits (first: {value}); the spreadsheet has rounded their last digits.",
    "Format the column as text before filling it in, or export it as CSV.",
)  # fmt: skip
# A spreadsheet keeps 15 digits of a number.
DIGITS_KEPT = 1e15

SLASHED = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)(.*)")
COMMA = re.compile(r"[+-]?(?:\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}|0,\d+)%?")
POINT = re.compile(r"[+-]?(?:\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}|0\.\d+)%?")

Order = Literal["day_first", "month_first"]
Told = tuple[Kind, Mapping[str, Any]]


def folded(cell: str) -> str:
    """A cell's text in plain width, trimmed."""
    return unicodedata.normalize("NFKC", cell).strip()


def slashed(cell: Any) -> re.Match[str] | None:
    """A date that begins with its day or month, by its parts; None if the cell is no such text."""
    return SLASHED.fullmatch(folded(cell)) if isinstance(cell, str) and not cell[:4].isdigit() else None


def date_order(cells: Iterable[Any], answer: str | None = None) -> tuple[Order | None, Told | None]:
    """Whether 03/04/2025 begins with the day, and what to tell; (None, None) where no date is written so.

    One date that can only be read one way decides for its column; two that contradict each other, or none, are findings.
    """
    found = [(match, cell) for cell in cells if (match := slashed(cell))]
    if not found:
        return None, None
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


def dated(cell: Any, order: Order) -> Any:
    """A cell such as 03/04/2025 09:12 as 2025-04-03 09:12; any other as it is."""
    match = slashed(cell)
    if match is None:
        return cell
    day, month = (match[1], match[2]) if order == "day_first" else (match[2], match[1])
    year = match[3] if len(match[3]) == 4 else f"20{match[3]}"
    return f"{year}-{int(month):02d}-{int(day):02d}{match[4]}"


def decimal_comma(cells: Iterable[Any]) -> str | None:
    """A cell that shows that the column's comma is the decimal mark; None if none does, or another shows the opposite."""
    texts = [folded(cell) for cell in cells if isinstance(cell, str) and ("," in cell or "." in cell or "，" in cell)]
    comma = next((text for text in texts if COMMA.fullmatch(text)), None)
    return None if comma is None or any(POINT.fullmatch(text) for text in texts) else comma


def pointed(cell: Any) -> Any:
    """1.234,56 as 1234.56."""
    return folded(cell).replace(".", "").replace(",", ".") if isinstance(cell, str) else cell


def mixed_shares(cells: Sequence[Any]) -> tuple[str, float] | None:
    """A per cent text and a number of at most 1 that stand in one column without larger numbers; None if they do not."""
    numbers = [
        cell
        for cell in cells
        if isinstance(cell, float | int) and not isinstance(cell, bool) and cell == cell and cell != 0
    ]
    text = next((cell for cell in cells if isinstance(cell, str) and folded(cell).endswith("%")), None)
    return (text, float(numbers[0])) if text and numbers and all(abs(number) <= 1 for number in numbers) else None


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
    """The cells with dates and numbers in one spelling, as the column as a whole shows it or the analyst said, and what to tell."""
    told: list[tuple[Kind, Mapping[str, Any]]] = []
    if column.type in ("month", "time", "period"):
        order, say = date_order(values, answers.get("dates"))
        told += [say] if say else []
        return ([dated(cell, order) for cell in values] if order else values), told
    if column.type == "text":
        long = rounded_ids(values)
        return values, [(ID_ROUNDED, {"count": len(long), "value": f"{long[0]:.0f}"})] if long else []
    if column.type in ("count", "number", "share"):
        comma = decimal_comma(values)
        if comma:
            told.append((DECIMAL_COMMA, {"value": comma}))
            values = [pointed(cell) for cell in values]
    if column.type == "share":
        mixed = mixed_shares(values)
        if answers.get("shares") == "fraction":
            values = [
                cell * 100 if isinstance(cell, float | int) and not isinstance(cell, bool) else cell for cell in values
            ]
        elif mixed:
            told.append((SHARES_MIXED, {"value": mixed[0], "other": f"{mixed[1]:g}"}))
    return values, told
