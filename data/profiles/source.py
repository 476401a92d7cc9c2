"""The rows below a profile's header, taken out column by column when they are needed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

import numpy as np
import pyarrow as pa

from data.core.text import cell_text, normalise
from data.model.arrow_rows import ArrowRows
from data.model.profile import HEADING, Condition, Profile
from data.model.sheet import Sheet
from data.profiles.cells import (
    ArrowCells,
    Cells,
    DistinctCells,
    DistinctTexts,
    ListCells,
    combine,
    distinct_cells,
    distinct_texts_of,
)
from data.profiles.header import FoundHeader


@dataclass(frozen=True)
class Source:
    """Rows of a sheet.

    body: the cells.
    numbers: the spreadsheet's own row number of each.
    header: where the profile's columns are.
    headings: the heading that each stands under.
    """

    body: Cells
    numbers: np.ndarray
    header: FoundHeader
    headings: DistinctCells | None = None

    @cached_property
    def _columns(self) -> dict[str, DistinctCells]:
        return {}

    @cached_property
    def _texts(self) -> dict[str, DistinctTexts]:
        return {}

    def __len__(self) -> int:
        return len(self.body)

    def column(self, label: str) -> DistinctCells:
        """The cells of the column `label`, as read."""
        if label == HEADING:
            return self.headings or distinct_cells([])
        if label not in self._columns:
            self._columns[label] = self.body.column(self.header.columns[label])
        return self._columns[label]

    def arrow(self, label: str) -> pa.ChunkedArray | None:
        """The same as Arrow keeps it; None of a small sheet."""
        return None if label == HEADING else self.body.arrow(self.header.columns[label])

    def texts(self, label: str) -> DistinctTexts:
        """The column `label` as distinct texts."""
        if label not in self._texts:
            self._texts[label] = distinct_texts_of(self.column(label))
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
        which, first = combine([part.which for part in parts])
        texts = [separator.join(part.texts[part.which[row]] for part in parts) for row in first.tolist()]
        return distinct_texts_of(DistinctCells(texts, which))

    def select(self, mask: np.ndarray) -> Source:
        """Only the rows for which `mask` is true."""
        if mask.all():
            return self
        kept = np.flatnonzero(mask)
        headings = self.headings.select(kept) if self.headings is not None else None
        return Source(self.body.select(kept), self.numbers[kept], self.header, headings)


def source_rows(sheet: Sheet, header: FoundHeader, profile: Profile | None = None) -> Source:
    """The rows below the header that hold anything; where the profile reads headings, rows of one text are those."""
    first = header.row + 1
    large = sheet.rows.below(first) if isinstance(sheet.rows, ArrowRows) else None
    body: Cells = ListCells(sheet.rows[first:]) if large is None else ArrowCells(large, np.arange(len(large)))
    filled = body.filled()
    kept, headings = np.flatnonzero(filled), None
    if profile and profile.reads_headings:
        kept, headings = _under_headings(body, filled)
    body = body if len(kept) == len(body) else body.select(kept)
    for label in profile.fill_down if profile else ():
        body = body.filled_down(header.columns[label])
    return Source(body, kept + first + sheet.first_row, header, headings)


def _under_headings(body: Cells, filled: np.ndarray) -> tuple[np.ndarray, DistinctCells]:
    """The indices of the rows that hold something and are no heading, and the heading that each stands under."""
    single = np.flatnonzero(filled == 1)
    texts = [next(cell for cell in row if cell not in (None, "")) for row in body.rows(single)]
    found = [(int(row), cell_text(text)) for row, text in zip(single, texts, strict=True) if isinstance(text, str)]
    rows = np.asarray([row for row, _ in found], dtype="int64")
    kept = np.setdiff1d(np.flatnonzero(filled), rows)
    above = DistinctCells(["", *(text for _, text in found)], np.searchsorted(rows, np.arange(len(body))))
    return kept, above.select(kept)


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
