"""Where the month of a drafted table seems to be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Any

from data.core.text import cell_text
from data.model.profile import MonthSource
from data.parsing.dates import MONTH_NAMES
from data.profiles.doubts import Doubts, listed
from data.profiles.draft_table import DraftTable

MONTH_PLACEHOLDER = "YYYY-MM"
"""In place of a month that nothing tells: no month, so that such a profile loads nothing until somebody fills it in."""
MONTH_NUMBERS = r"((?:19|20)\d{2})\s*(?:年|[-/._ ])?\s*(0?[1-9]|1[0-2])(?!\d)"
NAMES = "|".join((*map(str.title, MONTH_NAMES), *(name[:3].title() for name in MONTH_NAMES)))
MONTH_YEAR = rf"(?:{NAMES})[-_ ]+(?:19|20)\d{{2}}"
NAMED_FORMATS = ("%B %Y", "%B-%Y", "%B_%Y")
SHORT_FORMATS = ("%b %Y", "%b-%Y", "%b_%Y")
YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
NO_YEAR = (
    "The headers name months without a year; it was taken from the title or the file's name. Correct it next year."
)


def propose_month(table: DraftTable, file: str, doubts: Doubts) -> tuple[MonthSource, frozenset[str]]:
    """Where the month seems to be, and the labels that it takes.

    A constant to be filled in where nothing looks like one.
    """
    years, quarters, months = table.having("year"), table.having("quarter"), table.having("month")
    dates = [label for label in table.having("date") if table.role(label).filled > 0.5]
    apart = frozenset((*table.having("date", "year", "quarter", "month"),))
    if dates:
        # A column that says so by its header goes before one that only looks like it; the fullest first.
        dates.sort(key=lambda label: (not table.role(label).sure, -round(table.role(label).filled, 1)))
        if len(dates) > 1:
            doubts.add("month", f"There are other dates: {listed(dates[1:])}. Check which one figures count by.")
        return MonthSource(column=dates[0]), apart
    if years and (quarters or months):
        month = None if quarters else months[0]
        return MonthSource(year=years[0], quarter=quarters[0] if quarters else None, month=month), apart
    found = next((source for row in table.sheet.rows[: table.header] if (source := month_above(row))), None)
    found = found or _month_in_name(table.sheet.name, PurePath(file).stem)
    if found:
        doubts.add("month", "No column holds the month: it is looked for where this file has it.")
        return found, apart
    if years:
        doubts.add("month", "Only a year is known; its figures stand in January.")
        return MonthSource(column=years[0], formats=("%Y",)), apart
    year = next(iter(years_around(table, file)), None)
    if year:
        doubts.add("month", f"Only the year {year} is named around the table; its figures stand in December.")
        return MonthSource(constant=f"{year}-12"), apart
    doubts.add("month", "Nothing in the file tells the month: write it in, as in 2025-11.")
    return MonthSource(constant=MONTH_PLACEHOLDER), apart


def years_around(table: DraftTable, file: str) -> Iterator[str]:
    """The years that titles above the table, the sheet's and the file's name hold."""
    for row in table.sheet.rows[: table.header + 1 - table.depth]:
        for cell in row:
            yield from YEAR.findall(cell_text(cell))
    for name in (table.sheet.name, PurePath(file).name.replace("_", " ")):
        yield from YEAR.findall(name)


def year_around(table: DraftTable, file: str) -> str | None:
    """The one year that stands around the table; None if there is none, or more than one."""
    found = {*years_around(table, file)}
    return found.pop() if len(found) == 1 else None


def month_above(row: Sequence[Any]) -> MonthSource | None:
    """The month in a row above the header: the cell beside a label, or part of a title."""
    texts = [cell_text(value) for value in row if cell_text(value)]
    for place, text in enumerate(texts):
        by_name, by_number = re.search(f"({MONTH_YEAR})", text), re.search(MONTH_NUMBERS, text)
        if not by_name and not by_number:
            continue
        formats = _formats(by_name[1]) if by_name else ()
        if place and texts[place - 1].endswith((":", "：")):
            return MonthSource(label=texts[place - 1], formats=formats)
        return MonthSource(title=f"({MONTH_YEAR})" if by_name else MONTH_NUMBERS, formats=formats)
    return None


def _formats(written: str) -> tuple[str, ...]:
    whole = written.split()[0].split("-")[0].split("_")[0].casefold() in MONTH_NAMES
    return NAMED_FORMATS if whole else SHORT_FORMATS


def _month_in_name(sheet: str, file: str) -> MonthSource | None:
    """The month in the sheet's or the file's name."""
    for pattern in (MONTH_NUMBERS, f"({MONTH_YEAR})"):
        for way, name in (("sheet", sheet), ("file", file)):
            if found := re.search(pattern, name):
                formats = () if pattern == MONTH_NUMBERS else _formats(found[1])
                return MonthSource(**{way: pattern}, formats=formats)  # type: ignore[arg-type]
    return None
