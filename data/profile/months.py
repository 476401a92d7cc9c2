"""Which month each row of a profile's sheet belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd

from data.feed import Column
from data.organisation import Organisation, normal
from data.profile.header import Layout, cell_text
from data.profile.record import MonthSource
from data.profile.source import Source
from data.reading import Sheet
from data.values import parse_column
from locales import Text

MONTH = Column("month", "month", Text("Month", "月份", "月份"))


def parse_months(cells: Sequence[Any], formats: Sequence[str] = ()) -> pd.Series:
    """First days of the months written in `cells`: by `formats`, else in the usual spellings; NaT where none fits."""
    which, values = pd.factorize(pd.Series(cells, dtype="object"), use_na_sentinel=False)
    distinct_cells = [None if value is None or value != value else value for value in values]
    usual = parse_column(distinct_cells, MONTH, Organisation.empty()).values.to_numpy(dtype="datetime64[s]")
    given = [_by_format(cell_text(value), formats) for value in distinct_cells]
    months = np.asarray([month or other for month, other in zip(given, usual, strict=True)], dtype="datetime64[s]")
    return pd.Series(months[which])


def _by_format(text: str, formats: Sequence[str]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(text, form).replace(day=1)
        except ValueError:
            continue
    return None


def _above(sheet: Sheet, layout: Layout) -> Iterator[tuple[int, int, Any]]:
    for row in range(layout.header):
        for column, value in enumerate(sheet.rows[row]):
            if value not in (None, ""):
                yield row, column, value


def _beside(sheet: Sheet, layout: Layout, label: str) -> Any:
    """The first cell right of, else the one below, the cell that reads `label`; None if there is none."""
    wanted = normal(label)
    for row, column, value in _above(sheet, layout):
        if isinstance(value, str) and normal(value) == wanted:
            right = (cell for cell in sheet.rows[row][column + 1 :] if cell not in (None, ""))
            below = sheet.rows[row + 1][column : column + 1]
            return next(right, below[0] if below else None)
    return None


def _in_text(pattern: str, texts: Iterator[str] | Sequence[str]) -> str | None:
    """What the groups of `pattern` hold in the first text it is found in, joined by "-"; the whole match if it has none."""
    for text in texts:
        found = re.search(pattern, text)
        if found:
            return "-".join(group for group in found.groups() if group) or found.group()
    return None


def single_month(month: MonthSource, sheet: Sheet, layout: Layout, file: str) -> Any:
    """The one cell or text that names the month of the whole sheet; None if the profile takes it from columns or it is absent."""
    if month.constant:
        return month.constant
    if month.label:
        return _beside(sheet, layout, month.label)
    if month.title:
        return _in_text(month.title, (cell_text(value) for _, _, value in _above(sheet, layout)))
    if month.sheet:
        return _in_text(month.sheet, [sheet.name])
    return _in_text(month.file, [PurePath(file).stem]) if month.file else None


def _numbers(source: Source, label: str) -> np.ndarray:
    """The first whole number in each cell of a column (2018, "Q1", "第1季度"); NaN where there is none."""
    column = source.texts(label)
    found = [re.search(r"\d+", normal(text)) for text in column.texts]
    return column.take(np.asarray([float(match.group()) if match else np.nan for match in found])).astype(float)


def months_of(month: MonthSource, sheet: Sheet, source: Source, file: str) -> pd.Series:
    """Per row the first day of its month; NaT where the profile finds none."""
    if month.year and (month.quarter or month.month):
        years = _numbers(source, month.year)
        within = _numbers(source, month.quarter) * 3 if month.quarter else _numbers(source, month.month or "")
        fits = (years >= 1900) & (years <= 2200) & (within >= 1) & (within <= 12)
        months = np.where(fits, (years - 1970) * 12 + within - 1, 0).astype("int64").astype("datetime64[M]")
        return pd.Series(np.where(fits, months.astype("datetime64[s]"), np.datetime64("NaT")))
    if month.column:
        return parse_months(source.cells(month.column), month.formats)
    named = parse_months([single_month(month, sheet, source.layout, file)], month.formats)
    return pd.Series(np.repeat(named.to_numpy(dtype="datetime64[s]"), len(source)))
