"""The rows below a profile's header by columns: of a small sheet lists of cells, of a large one Arrow's columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import numpy as np
import pandas as pd
import pyarrow as pa

from data.core.text import cell_text
from data.model.arrow_rows import distinct_texts, non_empty, take_rows


@dataclass(frozen=True)
class DistinctCells(Sequence[Any]):
    """A column as its distinct cells, so that each is interpreted once.

    cells: the distinct cells.
    which: per row the index of its cell.
    """

    cells: list[Any]
    which: np.ndarray

    def __len__(self) -> int:
        return len(self.which)

    def __getitem__(self, row: Any) -> Any:
        return self.cells[self.which[row]]

    def take(self, values: Sequence[Any] | np.ndarray) -> np.ndarray:
        """One value per distinct cell -> one per row."""
        return np.asarray(values)[self.which] if len(self.cells) else np.empty(0, dtype=object)

    def map(self, change: Callable[[Any], Any]) -> DistinctCells:
        """The column with each distinct cell changed; two may then read alike."""
        return DistinctCells([change(cell) for cell in self.cells], self.which)

    def select(self, rows: np.ndarray) -> DistinctCells:
        """The column at these rows, with the cells that stand there."""
        which, used = pd.factorize(self.which[rows])
        return DistinctCells([self.cells[index] for index in used.tolist()], which)

    def to_list(self) -> list[Any]:
        """The cells, one a row."""
        return [self.cells[index] for index in self.which.tolist()]

    def to_arrow(self) -> pa.ChunkedArray:
        """The column as Arrow keeps it, each distinct text once."""
        cells, alike = pd.factorize(np.asarray([*self.cells, None], dtype=object), use_na_sentinel=True)
        indices = pa.array(cells[self.which].astype("int32"), mask=cells[self.which] < 0)
        whole = pa.DictionaryArray.from_arrays(indices, pa.array(list(alike)))
        return pa.chunked_array([whole if pa.types.is_string(whole.type.value_type) else whole.dictionary_decode()])


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


def distinct_cells(cells: Sequence[Any]) -> DistinctCells:
    """The distinct cells of a list; nothing is None."""
    which, values = pd.factorize(pd.Series(cells, dtype="object"), use_na_sentinel=False)
    return DistinctCells([None if value is None or value != value else value for value in values], which)


def distinct_texts_of(column: DistinctCells) -> DistinctTexts:
    """A column's distinct texts; cells that read alike (1 and "1") count as one."""
    positions, unique = pd.factorize(np.asarray([cell_text(cell) for cell in column.cells], dtype=object))
    return DistinctTexts([str(text) for text in unique], np.asarray(positions)[column.which])


def combine(columns: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Per row the number of its combination of codes, and of each combination the first row that has it."""
    found = np.zeros(len(columns[0]) if columns else 0, dtype="int64")
    for codes in columns:
        found, _ = pd.factorize(found * (int(codes.max(initial=0)) + 1) + codes)
    _, first = np.unique(found, return_index=True)
    return found, first


class Cells(Protocol):
    """The cells of some rows of a sheet."""

    def __len__(self) -> int: ...

    def column(self, place: int) -> DistinctCells:
        """The column at the index `place`; one beyond the last is empty."""
        ...

    def arrow(self, place: int) -> pa.ChunkedArray | None:
        """The same as Arrow keeps it; None of a small sheet."""
        ...

    def rows(self, places: np.ndarray) -> list[list[Any]]:
        """The rows at these indices."""
        ...

    def filled(self) -> np.ndarray:
        """Per row how many cells hold anything."""
        ...

    def select(self, places: np.ndarray) -> Cells:
        """Only the rows at these indices."""
        ...

    def filled_down(self, place: int) -> Cells:
        """The rows with the empty cells of one column repeating the cell above."""
        ...


@dataclass(frozen=True)
class ListCells:
    """Rows as lists of cells."""

    lists: Sequence[Sequence[Any]]

    def __len__(self) -> int:
        return len(self.lists)

    def column(self, place: int) -> DistinctCells:
        return distinct_cells([row[place] if place < len(row) else None for row in self.lists])

    def arrow(self, _place: int) -> None:
        return None

    def rows(self, places: np.ndarray) -> list[list[Any]]:
        return [list(self.lists[place]) for place in places.tolist()]

    def filled(self) -> np.ndarray:
        return np.asarray([sum(cell not in (None, "") for cell in row) for row in self.lists], dtype="int64")

    def select(self, places: np.ndarray) -> ListCells:
        return ListCells([self.lists[place] for place in places.tolist()])

    def filled_down(self, place: int) -> ListCells:
        filled: list[Sequence[Any]] = []
        last: Any = None
        for row in self.lists:
            value = row[place] if place < len(row) else None
            if value in (None, ""):
                row = [*row[:place], last, *row[place + 1 :]]
            else:
                last = value
            filled.append(row)
        return ListCells(filled)


@dataclass(frozen=True)
class ArrowCells:
    """Rows of a large sheet, a column at a time: no cell becomes an object but the distinct ones of columns asked for.

    table: every row below the header.
    kept: the indices of those that are meant.
    changed: columns that are read otherwise than they stand there.
    """

    table: pa.Table
    kept: np.ndarray
    changed: Mapping[int, DistinctCells] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.kept)

    def column(self, place: int) -> DistinctCells:
        if place in self.changed:
            return self.changed[place]
        if place >= self.table.num_columns:
            return DistinctCells([None], np.zeros(len(self), dtype="int32"))
        words, which = distinct_texts(self.table.column(place))
        rows, used = pd.factorize(which[self.kept], use_na_sentinel=False)
        return DistinctCells([None if index < 0 else words[index].as_py() for index in used.tolist()], rows)

    def arrow(self, place: int) -> pa.ChunkedArray:
        if place in self.changed or place >= self.table.num_columns:
            return self.column(place).to_arrow()
        whole = len(self.kept) == len(self.table)
        return self.table.column(place) if whole else self.table.column(place).take(pa.array(self.kept))

    def rows(self, places: np.ndarray) -> list[list[Any]]:
        found = take_rows(self.table, self.kept[places])
        for place, column in self.changed.items():
            for row, cell in zip(found, column.select(places).to_list(), strict=True):
                row[place] = cell
        return found

    def filled(self) -> np.ndarray:
        count = np.zeros(len(self.table), dtype="int64")
        for column in self.table.columns:
            count += non_empty(column)
        return count[self.kept]

    def select(self, places: np.ndarray) -> ArrowCells:
        changed = {place: column.select(places) for place, column in self.changed.items()}
        return ArrowCells(self.table, self.kept[places], changed)

    def filled_down(self, place: int) -> ArrowCells:
        column = self.column(place)
        there = column.take([cell not in (None, "") for cell in column.cells]).astype(bool)
        above = np.maximum.accumulate(np.where(there, np.arange(len(column)), 0)) if len(column) else there
        return replace(self, changed={**self.changed, place: column.select(above)})
