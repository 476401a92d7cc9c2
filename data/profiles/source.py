"""The rows below a profile's header, taken out column by column when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from data.core.text import cell_text, normalise
from data.model.profile import HEADING, Condition, Profile
from data.model.sheet import Sheet
from data.profiles.header import FoundHeader


@dataclass(frozen=True)
class DistinctTexts:
    """A column as its distinct texts: conditions look at each text once.

    texts: the distinct texts.
    which: per row the index of its text.
    """

    texts: list[str]
    which: np.ndarray

    def take(self, values: Sequence[Any] | np.ndarray) -> np.ndarray:
        """One value per distinct text -> one per row."""
        return np.asarray(values)[self.which] if len(self.texts) else np.empty(0, dtype=object)


def index_texts(cells: Sequence[Any]) -> DistinctTexts:
    """The distinct texts of `cells`; cells that read alike (1 and "1") count as one text."""
    which, values = pd.factorize(pd.Series(cells, dtype="object"), use_na_sentinel=False)
    texts = [cell_text(None if value is None or value != value else value) for value in values]
    positions, unique = pd.factorize(np.asarray(texts, dtype=object))
    return DistinctTexts([str(text) for text in unique], np.asarray(positions)[which])


@dataclass(frozen=True)
class Source:
    """Rows of a sheet.

    rows: the cells.
    numbers: the spreadsheet's own row number of each.
    header: where the profile's columns are.
    headings: the heading that each stands under.
    """

    rows: Sequence[Sequence[Any]]
    numbers: np.ndarray
    header: FoundHeader
    headings: Sequence[str] = ()

    @cached_property
    def _texts(self) -> dict[str, DistinctTexts]:
        return {}

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self, label: str) -> list[Any]:
        """The cells of the column `label`, as read."""
        if label == HEADING:
            return list(self.headings)
        place = self.header.columns[label]
        return [row[place] if place < len(row) else None for row in self.rows]

    def texts(self, label: str) -> DistinctTexts:
        """The column `label` as distinct texts."""
        if label not in self._texts:
            self._texts[label] = index_texts(self.cells(label))
        return self._texts[label]

    def blank(self, label: str) -> np.ndarray:
        """Which cells of the column `label` hold nothing."""
        column = self.texts(label)
        return column.take(np.asarray([not text for text in column.texts], dtype=bool)).astype(bool)

    def joined(self, labels: Sequence[str], separator: str = "/") -> DistinctTexts:
        """Several columns as one text each, joined by `separator`."""
        if len(labels) == 1:
            return self.texts(labels[0])
        parts = [self.texts(label) for label in labels]
        return index_texts(
            [separator.join(row) for row in zip(*(part.take(part.texts) for part in parts), strict=True)]
        )

    def select(self, mask: np.ndarray) -> Source:
        """Only the rows for which `mask` is true."""
        if mask.all():
            return self
        kept = np.flatnonzero(mask).tolist()
        headings = [self.headings[index] for index in kept] if self.headings else ()
        return Source([self.rows[index] for index in kept], self.numbers[kept], self.header, headings)


def source_rows(sheet: Sheet, header: FoundHeader, profile: Profile | None = None) -> Source:
    """The rows below the header that hold anything; where the profile reads headings, rows of one text are those."""
    first = header.row + 1
    kept = [
        index for index in range(first, len(sheet.rows)) if any(value not in (None, "") for value in sheet.rows[index])
    ]
    headings: list[str] = []
    if profile and profile.reads_headings:
        heading, below = "", []
        for index in kept:
            filled = [value for value in sheet.rows[index] if value not in (None, "")]
            if len(filled) == 1 and isinstance(filled[0], str):
                heading = cell_text(filled[0])
            else:
                below.append(index)
                headings.append(heading)
        kept = below
    rows: list[Sequence[Any]] = [sheet.rows[index] for index in kept]
    for label in profile.fill_down if profile else ():
        rows = _filled_down(rows, header.columns[label])
    return Source(rows, np.asarray(kept, dtype="int64") + sheet.first_row, header, headings)


def _filled_down(rows: Sequence[Sequence[Any]], place: int) -> list[Sequence[Any]]:
    """`rows` with the empty cells of one column repeating the cell above."""
    filled: list[Sequence[Any]] = []
    last: Any = None
    for row in rows:
        value = row[place] if place < len(row) else None
        if value in (None, ""):
            row = [*row[:place], last, *row[place + 1 :]]
        else:
            last = value
        filled.append(row)
    return filled


def text_matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text in normal form matches one of `patterns`."""
    wanted = [normalise(pattern) for pattern in patterns]
    exact = frozenset(wanted)
    wild = [pattern for pattern in wanted if "*" in pattern or "?" in pattern]
    return lambda text: text in exact or any(fnmatchcase(text, pattern) for pattern in wild)


def conditions_met(conditions: Iterable[Condition], source: Source, numbers: Callable[[str], np.ndarray]) -> np.ndarray:
    """Per row whether all `conditions` hold.

    numbers: returns a column as floats, for the bounds.
    """
    found = np.ones(len(source), dtype=bool)
    for condition in conditions:
        if condition.any_of or condition.none_of:
            column = source.texts(condition.column)
            wanted, unwanted = text_matcher(condition.any_of), text_matcher(condition.none_of)
            passing = [
                (not condition.any_of or wanted(normalise(text))) and not unwanted(normalise(text))
                for text in column.texts
            ]
            found &= column.take(np.asarray(passing, dtype=bool)).astype(bool)
        if condition.above is not None or condition.below is not None:
            value = numbers(condition.column)
            with np.errstate(invalid="ignore"):
                found &= (value > (-np.inf if condition.above is None else condition.above)) & (
                    value < (np.inf if condition.below is None else condition.below)
                )
    return found
