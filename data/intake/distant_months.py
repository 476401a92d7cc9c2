"""Months that lie far from everything that is known: after the day on which the file was saved, or more than one after
the newest figures. They are asked once for a column, with the month that a slip in the year would mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

import pandas as pd

from data.feeds import feed_named
from data.model.choices import answers_of
from data.model.feed import Feed
from data.model.finding import Finding, Kind
from data.model.staged import StagedFile, StagedSheet
from data.parsing.month_columns import TYPED

AFTER_DATA = Kind(
    "month_far_after_data",
    "error",
    "“{column}” holds {months}, but the newest figures that are loaded are of {newest}. If the year is a slip it is "
    "{nearest}.",
    "Say which it is, or correct the month.",
)
AFTER_SAVED = Kind(
    "month_after_saved",
    "error",
    "“{column}” holds {months}, but the file was saved on {saved}. If the year is a slip it is {nearest}.",
    "Say which it is, or correct the month.",
)
# Answers that leave the months as they are.
SAID = ("as_written", "typed_day_is_year")
NEAREST = "nearest_year"
Held = Mapping[str, Sequence[pd.Timestamp]]
"""Spreadsheet type -> the months of which figures count, in order."""


@dataclass(frozen=True)
class _Known:
    """How far months go without a question: months counted as year * 12 + month - 1. newest: of the figures loaded;
    reach: the last month that follows them closely enough.
    """

    newest: int | None
    reach: int | None
    saved: date | None

    def distant(self, month: int) -> Kind | None:
        """Why a month is asked for; None if it is plain."""
        if self.reach is not None and month > self.reach:
            return AFTER_DATA
        if self.saved is None or month <= _of_day(self.saved):
            return None
        # A file made from an old form keeps its day: one that lies before the figures loaded says nothing.
        return None if self.newest is not None and _of_day(self.saved) < self.newest - 1 else AFTER_SAVED

    def nearest(self, month: int) -> int:
        """The same month of the nearest year that is plain."""
        while self.distant(month):
            month -= 12
        return month


def ask_distant_months(files: Iterable[StagedFile], held: Held, answers: Mapping[str, str]) -> None:
    """Adds to each sheet the question for its distant months. held: what is loaded; all files of one step together show
    which months follow each other.
    """
    files = list(files)
    for file in files:
        for sheet in file.sheets:
            # A column is asked one thing at a time.
            if not _asked(sheet.feed) or any(finding.kind is TYPED for finding in sheet.findings):
                continue
            if _answer(sheet, file.name, answers) in SAID:
                continue
            known = _known(sheet, files, held, file.saved)
            sheet.findings.extend(_questions(sheet, file.name, known))


def take_nearest_year(file: StagedFile, held: Held, answers: Mapping[str, str]) -> None:
    """Moves distant months to the nearest plain year, where the analyst said that the year is a slip."""
    for sheet in file.sheets:
        if not _asked(sheet.feed) or not len(sheet.frame) or _answer(sheet, file.name, answers) != NEAREST:
            continue
        known = _known(sheet, [file], held, file.saved)
        moved = {
            pd.Timestamp(month): pd.Timestamp(_name(nearest))
            for month in sheet.months
            if (nearest := known.nearest(_number(month))) != _number(month)
        }
        for name in ("key_month", sheet.feed.month_column or "") if moved else ():
            months = sheet.frame[name]
            starts = months.dt.to_period("M").dt.to_timestamp()
            sheet.frame[name] = starts.map(moved).fillna(months).astype(months.dtype)


def _asked(feed: Feed) -> bool:
    """Whether rows of a spreadsheet type hold the figures of months that somebody wrote down."""
    return bool(feed.measures and feed.month_column and feed.column(feed.month_column).type == "month")


def _header(sheet: StagedSheet) -> str:
    """The header of the months, or our name of them where they stand in no column."""
    column = sheet.feed.month_column or ""
    return sheet.columns.get(column) or column


def _answer(sheet: StagedSheet, file: str, answers: Mapping[str, str]) -> str | None:
    """What was said of the sheet's months."""
    return answers_of(answers, file, _header(sheet)).get("months")


def _known(sheet: StagedSheet, files: Sequence[StagedFile], held: Held, saved: date | None) -> _Known:
    loaded = sorted({_of_day(month) for name, months in held.items() if feed_named(name).measures for month in months})
    if not loaded:
        return _Known(None, None, saved)
    newest = loaded[-1]
    own = {_of_day(month) for month in held.get(sheet.feed.name, ())}
    coming = {
        _number(month)
        for file in files
        for one in file.sheets
        if one.feed.name == sheet.feed.name
        for month in one.months
    }
    step = max(_step(own), _step(coming))
    reach = newest + step
    for month in sorted(coming):
        if newest < month <= reach:
            reach = month + step
    return _Known(newest, reach, saved)


def _step(months: Iterable[int]) -> int:
    """How many months usually lie between one and the next: 3 where a survey is of each quarter; 1 if that is not
    known.
    """
    ordered = sorted(months)
    steps = [later - earlier for earlier, later in pairwise(ordered)]
    return max(int(median(steps)), 1) if steps else 1


def _questions(sheet: StagedSheet, file: str, known: _Known) -> Iterator[Finding]:
    distant = {month: why for month in sheet.months if (why := known.distant(_number(month)))}
    if not distant:
        return
    why = next(iter(distant.values()))
    column = sheet.feed.month_column or ""
    first = sheet.frame[sheet.frame["key_month"] >= pd.Timestamp(min(distant))].iloc[0]
    letter = sheet.places.get(column)
    params = {
        "months": _span(list(distant)),
        "nearest": _span(sorted(_name(known.nearest(_number(month))) for month in distant)),
        "newest": _name(known.newest) if known.newest is not None else "–",
        "saved": f"{known.saved:%Y-%m-%d}" if known.saved else "–",
    }
    said = {**params, "column": sheet.columns.get(column) or sheet.feed.column(column).title}
    cell = f"{letter}{int(first['row'])}" if letter else None
    yield Finding(why, file, sheet.sheet, None, _header(sheet), cell, None, said)


def _span(months: Sequence[str]) -> str:
    return months[0] if len(months) == 1 else f"{months[0]} – {months[-1]}"


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _of_day(day: date) -> int:
    return day.year * 12 + day.month - 1


def _name(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
