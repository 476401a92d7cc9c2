"""Which month of a file is not over: a title, a name or a note says so, or its events end well before the month does.

Such a month is loaded as provisional until that day: shown and marked, not judged.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePath
from statistics import median
from typing import Any

import pandas as pd

from data.model.finding import Finding, Kind
from data.model.sheet import Sheet, Workbook
from data.model.staged import StagedFile, StagedSheet
from data.recognition.context import TITLE_CELLS, TITLE_ROWS
from data.recognition.unfinished_month import not_over, to_date

SAID = Kind(
    "month_not_over",
    "warning",
    "The figures of {month} are provisional until {day}, as “{words}” says: they are marked, not judged and not "
    "compared with whole months.",
    "Nothing to do: the next load of the month ends it.",
)
ENDS_EARLY = Kind(
    "events_end_early",
    "warning",
    "The last row of {month} is of {day}, well before the month ends: its figures are provisional until then. They are "
    "marked, not judged and not compared with whole months.",
    "If the month is over, look whether rows are missing. The next load of the month ends it.",
)
NO_DAY = Kind(
    "month_to_date_without_day",
    "warning",
    "“{words}” says that {month} may not be over, but not to which day its figures go; it is taken for a whole month.",
    "Write the day into the title, as in “to 15 November”, if the month is not over.",
)
# Rows under a table in which a note may say to which day it goes.
NOTE_ROWS = 5
# Days without an event at a month's end that say nothing: a weekend and a holiday.
QUIET_DAYS = 5
# How unlikely it must be that as many events left the rest of their month empty by chance.
CHANCE = 0.001


def mark_unfinished(file: StagedFile, book: Workbook, today: date) -> None:
    """Notes in each sheet up to which day its newest month goes, if that is not over, and tells it."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for staged in file.sheets:
        months = staged.months
        if not months or not staged.feed.measures:
            continue
        month = pd.Timestamp(months[-1])
        texts = list(_texts(sheets.get(staged.sheet), staged, file.name))
        if said := not_over(texts, month.date()):
            _mark(staged, file.name, SAID, month, said[0], words=said[1])
        elif staged.feed.events and (last := _last_event(staged, file.saved, today)):
            _mark(staged, file.name, ENDS_EARLY, month, last)
        elif words := to_date(texts):
            _mark_to_date(staged, file, month, words, today)


def _mark(staged: StagedSheet, file: str, kind: Kind, month: pd.Timestamp, day: date, **said: str) -> None:
    staged.provisional = {month: day}
    params = {"month": f"{month:%Y-%m}", "day": f"{day:%Y-%m-%d}", **said}
    staged.findings.append(Finding(kind, file, staged.sheet, params=params))


def _mark_to_date(staged: StagedSheet, file: StagedFile, month: pd.Timestamp, words: str, today: date) -> None:
    """A month to date goes to the day on which the file was saved, or is loaded; one that was over by then is whole."""
    known = file.saved or (today if _within(today, month) else None)
    if known is None:
        params = {"month": f"{month:%Y-%m}", "words": words}
        staged.findings.append(Finding(NO_DAY, file.name, staged.sheet, params=params))
    elif _within(known, month) and known.day < month.days_in_month:
        _mark(staged, file.name, SAID, month, known, words=words)


def _within(day: date, month: pd.Timestamp) -> bool:
    return (day.year, day.month) == (month.year, month.month)


def _texts(sheet: Sheet | None, staged: StagedSheet, file: str) -> Iterator[str]:
    """The titles over a table, the notes under it, the sheet's and the file's name."""
    if sheet is not None:
        header = (staged.header_row or 1) - sheet.first_row
        count = len(sheet.rows)
        for index in (*range(max(header - TITLE_ROWS, 0), header), *range(max(count - NOTE_ROWS, header + 1), count)):
            cells = [cell for cell in sheet.rows[index] if cell not in (None, "")]
            if 0 < len(cells) <= TITLE_CELLS and any(isinstance(cell, str) for cell in cells):
                yield " ".join(_text(cell) for cell in cells)
    yield staged.sheet
    yield PurePath(file).stem.replace("_", " ")


def _text(cell: Any) -> str:
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else str(cell)


def _last_event(staged: StagedSheet, saved: date | None, today: date) -> date | None:
    """The day of the last event, if the month it is in was not over by then; None if it was, or may have been."""
    times = staged.frame[staged.feed.month_column].dropna() if staged.feed.month_column in staged.frame else None
    if times is None or not len(times):
        return None
    last = times.max().date()
    end = monthrange(last.year, last.month)[1]
    if last.day == end:
        return None
    # Saved, or loaded, before the month was over: it cannot be whole.
    if any(day is not None and last <= day < last.replace(day=end) for day in (saved, today)):
        return last
    gap = end - last.day
    newest = int(((times.dt.year == last.year) & (times.dt.month == last.month)).sum())
    if gap < QUIET_DAYS or newest * math.log(last.day / end) > math.log(CHANCE):
        return None
    earlier = _gaps(times[times < pd.Timestamp(last.year, last.month, 1)])
    # A survey that ends in the middle of every month is over when it ends.
    return None if earlier and median(earlier) * 2 >= gap else last


def _gaps(times: pd.Series) -> Sequence[int]:
    """Of each month the days between its last event and its end."""
    lasts = times.groupby(times.dt.to_period("M")).max()
    return [int(last.days_in_month - last.day) for last in lasts]
