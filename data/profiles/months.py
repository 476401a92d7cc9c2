"""Which month each row of a profile's sheet belongs to, and the moment in it where a column holds one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from data.core.number_formats import TWO_DECIMALS
from data.core.text import cell_text, normalise
from data.model.choices import answers_of
from data.model.feed import Column
from data.model.organisation import Organisation
from data.model.profile import MAX_MATCHED_TEXT, MonthSource
from data.model.sheet import Sheet
from data.parsing.columns import parse_column
from data.parsing.conventions import ColumnNote
from data.parsing.month_columns import has_tenths
from data.profiles.cells import DistinctCells, distinct_cells
from data.profiles.header import FoundHeader
from data.profiles.source import Source
from locales import Text

MONTH = Column("month", "month", Text("Month", "月份", "月份"))


@dataclass(frozen=True)
class Dates:
    """Per row when it is of.

    moments: the time that its date means, NaT where it means none.
    notes: findings of the column as a whole.
    exact: whether moments are times, and not each the first of its month.
    """

    moments: pd.Series
    notes: Sequence[ColumnNote] = ()
    exact: bool = False

    @property
    def months(self) -> pd.Series:
        """Per row the first day of the month."""
        return pd.Series(self.moments.to_numpy(dtype="datetime64[M]").astype("datetime64[s]"))


def parse_dates(
    cells: Sequence[Any] | DistinctCells,
    formats: Sequence[str] = (),
    column: Column = MONTH,
    answers: Mapping[str, str] | None = None,
    of_rows: bool = False,
) -> Dates:
    """The dates written in `cells`: by `formats`, else in the usual spellings of `column`, a time or a month.

    of_rows: the cells say which month each row is of.
    """
    found = cells if isinstance(cells, DistinctCells) else distinct_cells(cells)
    which, distinct = found.which, found.cells
    if column.type == "month" and has_tenths(distinct):
        # Which month 2025.1 is, its place among the others may say.
        which, distinct = np.arange(len(found)), found.to_list()
    given = [_by_format(cell_text(value), formats) for value in distinct]
    rest = [None if form else value for value, form in zip(distinct, given, strict=True)]
    parsed = parse_column(rest, column, Organisation.empty(), answers, of_rows)
    usual = parsed.values.to_numpy(dtype="datetime64[s]")
    moments = np.asarray([form or spelled for form, spelled in zip(given, usual, strict=True)], dtype="datetime64[s]")
    return Dates(pd.Series(moments[which]), parsed.notes, column.type == "time")


def _by_format(text: str, formats: Sequence[str]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return None


def _above(sheet: Sheet, header: FoundHeader) -> Iterator[tuple[int, int, Any]]:
    for row in range(header.row):
        for column, value in enumerate(sheet.rows[row]):
            if value not in (None, ""):
                yield row, column, value


def _beside(sheet: Sheet, header: FoundHeader, label: str) -> Any:
    """The first cell right of, else the one below, the cell that reads `label`; None if there is none."""
    wanted = normalise(label)
    for row, column, value in _above(sheet, header):
        if isinstance(value, str) and normalise(value) == wanted:
            right = (cell for cell in sheet.rows[row][column + 1 :] if cell not in (None, ""))
            below = sheet.rows[row + 1][column : column + 1]
            return next(right, below[0] if below else None)
    return None


def _in_text(pattern: str, texts: Iterator[str] | Sequence[str]) -> str | None:
    """What the groups of `pattern` hold in the first text it is found in, joined by "-"; the whole match if it has
    none.
    """
    for text in texts:
        found = re.search(pattern, text[:MAX_MATCHED_TEXT])
        if found:
            return "-".join(group for group in found.groups() if group) or found.group()
    return None


def sheet_month(month: MonthSource, sheet: Sheet, header: FoundHeader, file: str) -> Any:
    """The one cell or text that names the month of the whole sheet; None if there is none."""
    if month.constant:
        return month.constant
    if month.label:
        return _beside(sheet, header, month.label)
    if month.title:
        return _in_text(month.title, (cell_text(value) for _, _, value in _above(sheet, header)))
    if month.sheet:
        return _in_text(month.sheet, [sheet.name])
    return _in_text(month.file, [PurePath(file).stem]) if month.file else None


def _numbers(source: Source, label: str) -> np.ndarray:
    """The first whole number in each cell of a column (2018, "Q1", "第1季度"); NaN where there is none."""
    column = source.texts(label)
    found = [re.search(r"\d+", normalise(text)) for text in column.texts]
    return column.take(np.asarray([float(match.group()) if match else np.nan for match in found])).astype(float)


def row_months(month: MonthSource, sheet: Sheet, source: Source, file: str) -> pd.Series:
    """Per row the first day of its month; NaT where the profile finds none."""
    return row_dates(month, sheet, source, file).months


def row_dates(
    month: MonthSource,
    sheet: Sheet,
    source: Source,
    file: str,
    column: Column = MONTH,
    answers: Mapping[str, str] | None = None,
) -> Dates:
    """Per row when it is of.

    column: ours that holds it; a time is kept as it stands in a column.
    """
    if month.year and (month.quarter or month.month):
        years = _numbers(source, month.year)
        within = _numbers(source, month.quarter) * 3 if month.quarter else _numbers(source, month.month or "")
        fits = (years >= 1900) & (years <= 2200) & (within >= 1) & (within <= 12)
        months = np.where(fits, (years - 1970) * 12 + within - 1, 0).astype("int64").astype("datetime64[M]")
        return Dates(pd.Series(np.where(fits, months.astype("datetime64[s]"), np.datetime64("NaT"))))
    if month.column:
        said = dict(answers_of(answers or {}, file, month.column))
        if TWO_DECIMALS in sheet.shown.get(source.header.columns.get(month.column, -1), ()):
            said["month_format"] = TWO_DECIMALS
        return parse_dates(source.column(month.column), month.formats, column, said, of_rows=True)
    named = parse_dates([sheet_month(month, sheet, source.header, file)], month.formats, answers=answers)
    return Dates(pd.Series(np.repeat(named.moments.to_numpy(dtype="datetime64[s]"), len(source))), named.notes)
