"""Cells of a source column made ready for parsing: translated, marks for "not known" emptied, numbers read fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data.feed import Column
from data.findings import Kind
from data.organisation import Organisation, normal
from data.profile.header import cell_text
from data.profile.record import Profile
from data.profile.source import Source
from data.values import parse_column
from locales import Text

NUMBER = Column("number", "number", Text("Number", "数值", "數值"))
Bad = tuple[int, Any, Kind]


def marks_of(profile: Profile, label: str) -> frozenset[str]:
    """The texts that mean "not known" in the source column `label`."""
    return frozenset(normal(mark) for mark in (*profile.missing, *profile.missing_in.get(label, ())))


def cleaned(cells: Sequence[Any], marks: frozenset[str], translations: Mapping[str, str]) -> list[Any]:
    """`cells` with translations applied and marks turned to None."""
    translated = {normal(old): new for old, new in translations.items()}

    def clean(value: Any) -> Any:
        text = normal(cell_text(value))
        return translated.get(text, None if text in marks or not text else value)

    which, values = pd.factorize(pd.Series(cells, dtype="object"), use_na_sentinel=False)
    ready = [clean(None if value is None or value != value else value) for value in values]
    return [ready[index] for index in which]


def parse_numbers(cells: Sequence[Any], marks: frozenset[str]) -> tuple[np.ndarray, list[Bad]]:
    """`cells` as floats (NaN = not known) and those that are no numbers; plain numbers take the fast way."""
    column = pd.Series(cells, dtype="object")
    values = pd.to_numeric(column, errors="coerce").to_numpy(dtype="float64", copy=True)
    values[np.isinf(values)] = np.nan
    for mark in marks:
        if mark.lstrip("+-").replace(".", "", 1).isdecimal():
            values[values == float(mark)] = np.nan
    silent = marks | {""}
    empty = np.flatnonzero(np.isnan(values)).tolist()
    doubtful = [index for index in empty if cells[index] is not None and normal(cell_text(cells[index])) not in silent]
    if not doubtful:
        return values, []
    parsed = parse_column([cells[index] for index in doubtful], NUMBER, Organisation.empty())
    values[doubtful] = parsed.values.to_numpy(dtype="float64")
    return values, [(doubtful[index], value, kind) for index, value, kind in parsed.bad]


@dataclass
class Numbers:
    """The number columns of a source, each read once. bad: source column -> cells that are no numbers."""

    profile: Profile
    source: Source
    bad: dict[str, list[Bad]] = field(default_factory=dict)
    _read: dict[str, np.ndarray] = field(default_factory=dict)

    def __call__(self, label: str) -> np.ndarray:
        """The column `label` as floats, NaN where not known."""
        if label not in self._read:
            self._read[label], bad = parse_numbers(self.source.cells(label), marks_of(self.profile, label))
            if bad:
                self.bad[label] = bad
        return self._read[label]

    def total(self, part: tuple[str, ...] | float | None) -> np.ndarray:
        """A column, the sum of several (unknown if any is) or a constant; all unknown for None."""
        if isinstance(part, tuple):
            return np.sum([self(label) for label in part], axis=0)
        return np.full(len(self.source), np.nan if part is None else float(part))
