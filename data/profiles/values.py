"""Cells of a source column made ready for parsing: translated, marks for "not known" emptied, numbers read fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data.core.text import cell_text, normalise
from data.model.feed import Column
from data.model.finding import Kind
from data.model.organisation import Organisation
from data.model.profile import Profile
from data.parsing.columns import ParsedColumn, parse_column
from data.profiles.cells import DistinctCells, distinct_cells
from data.profiles.source import Source
from locales import Text

NUMBER = Column("number", "number", Text("Number", "数值", "數值"))
RejectedCell = tuple[int, Any, Kind]


def missing_marks(profile: Profile, label: str) -> frozenset[str]:
    """The texts that mean "not known" in the source column `label`."""
    return frozenset(normalise(mark) for mark in (*profile.missing, *profile.missing_in.get(label, ())))


def clean_column(column: DistinctCells, marks: frozenset[str], translations: Mapping[str, str]) -> DistinctCells:
    """`column` with translations applied and marks turned to None."""
    translated = {normalise(old): new for old, new in translations.items()}

    def clean(value: Any) -> Any:
        text = normalise(cell_text(value))
        return translated.get(text, None if text in marks or not text else value)

    return column.map(clean)


def parse_numbers(
    cells: Sequence[Any] | DistinctCells, marks: frozenset[str], answers: Mapping[str, str] | None = None
) -> ParsedColumn:
    """`cells` as floats (NaN = not known), in the spelling that the column as a whole shows."""
    column = cells if isinstance(cells, DistinctCells) else distinct_cells(cells)
    silent = [None if value is None or normalise(cell_text(value)) in marks else value for value in column.cells]
    parsed = parse_column(silent, NUMBER, Organisation.empty(), answers)
    numbers = parsed.values.to_numpy(dtype="float64", copy=True)
    for mark in marks:
        if mark.lstrip("+-").replace(".", "", 1).isdecimal():
            numbers[numbers == float(mark)] = np.nan
    bad = [
        (int(row), value, kind)
        for place, value, kind in parsed.bad
        for row in np.flatnonzero(column.which == place).tolist()
    ]
    return ParsedColumn(pd.Series(numbers[column.which]), sorted(bad, key=lambda one: one[0]), parsed.notes)


@dataclass
class NumberColumns:
    """The number columns of a source, each read once.

    profile: the profile.
    source: the rows.
    answers: what an analyst decided.
    read: source column -> its numbers and notes.
    """

    profile: Profile
    source: Source
    answers: Mapping[str, str] = field(default_factory=dict)
    read: dict[str, ParsedColumn] = field(default_factory=dict)

    def __call__(self, label: str) -> np.ndarray:
        """The column `label` as floats, NaN where not known."""
        if label not in self.read:
            marks = missing_marks(self.profile, label)
            self.read[label] = parse_numbers(self.source.column(label), marks, self.answers)
        return self.read[label].values.to_numpy()

    def total(self, part: tuple[str, ...] | float | None) -> np.ndarray:
        """A column, the sum of several (unknown if any is) or a constant; all unknown for None."""
        if isinstance(part, tuple):
            return np.sum([self(label) for label in part], axis=0)
        return np.full(len(self.source), np.nan if part is None else float(part))
