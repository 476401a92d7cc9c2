"""A large sheet by columns: a million rows cost no Python object a cell, and columns are interpreted as wholes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Rows kept as cells, in which the header is looked for; more than any module looks through.
HEAD_ROWS = 64
BLOCK_ROWS = 50_000


class ArrowRows(Sequence[list[Any]]):
    """A sheet's rows, which behave as a list: the first ones as cells, those below as Arrow columns."""

    def __init__(self, head: list[list[Any]], body: pa.Table) -> None:
        self.head, self.body = head, body

    def __len__(self) -> int:
        return len(self.head) + len(self.body)

    @overload
    def __getitem__(self, index: int) -> list[Any]: ...
    @overload
    def __getitem__(self, index: slice) -> list[list[Any]]: ...
    def __getitem__(self, index: int | slice) -> list[Any] | list[list[Any]]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if stop <= len(self.head):
                return self.head[index]
            if step == 1:
                below = self.body.slice(max(start - len(self.head), 0), max(stop - max(start, len(self.head)), 0))
                return [*self.head[start : len(self.head)], *_rows(below)]
            return [self[place] for place in range(start, stop, step)]
        index = index + len(self) if index < 0 else index
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self.head[index] if index < len(self.head) else _rows(self.body.slice(index - len(self.head), 1))[0]

    def __iter__(self) -> Iterator[list[Any]]:
        yield from self.head
        for start in range(0, len(self.body), BLOCK_ROWS):
            yield from _rows(self.body.slice(start, BLOCK_ROWS))

    def below(self, first: int) -> pa.Table | None:
        """The rows from index `first` of the head on; None if the head's cells are not of their columns' types."""
        width = self.body.num_columns
        rest = [[*row, *[None] * (width - len(row))] for row in self.head[first:]]
        if any(cell not in ("", None) for row in rest for cell in row[width:]):
            return None
        try:
            arrays = [
                pa.array([_cell(row[place], field.type) for row in rest], type=field.type)
                for place, field in enumerate(self.body.schema)
            ]
        except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError, ValueError):
            return None
        return pa.concat_tables([pa.table(arrays, schema=self.body.schema), self.body]).unify_dictionaries()


def _cell(cell: Any, type_: pa.DataType) -> Any:
    if cell is None or cell == "":
        return None
    if pa.types.is_floating(type_) and (isinstance(cell, bool) or not isinstance(cell, (int, float))):
        raise TypeError(cell)
    if (pa.types.is_string(type_) or pa.types.is_dictionary(type_)) and type(cell) is not str:
        raise TypeError(cell)
    return cell


def _rows(table: pa.Table) -> list[list[Any]]:
    columns = [column.to_pylist() for column in table.columns]
    return [list(row) for row in zip(*columns, strict=True)] if columns else []


def take_rows(table: pa.Table, indices: np.ndarray) -> list[list[Any]]:
    """The rows at `indices`, as cells."""
    return _rows(table.take(pa.array(indices)))


def is_text(column: pa.ChunkedArray) -> bool:
    """Whether the column is one of texts, kept as they stand or each word once."""
    return pa.types.is_string(column.type) or pa.types.is_dictionary(column.type)


def distinct_texts(column: pa.ChunkedArray) -> tuple[pa.Array, np.ndarray]:
    """The column's distinct texts, and for each row which of them it is (-1: none)."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.chunk(0) if whole.num_chunks else pa.array([], column.type)
    if not pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_encode()
    return whole.dictionary, whole.indices.fill_null(-1).to_numpy()


def match_texts(column: pa.ChunkedArray, holds: Callable[[pa.Array], pa.Array]) -> np.ndarray:
    """Per row whether `holds` is true of its text; each distinct text is asked once. No text: False."""
    if pa.types.is_dictionary(column.type):
        words, which = distinct_texts(column)
        matched = pc.fill_null(holds(words), False).to_numpy(zero_copy_only=False)
        return np.append(matched, False)[which]
    return np.asarray(pc.fill_null(holds(column), False))


def non_empty(column: pa.ChunkedArray) -> np.ndarray:
    """Per row whether the cell holds anything."""
    if is_text(column):
        return match_texts(column, lambda words: pc.not_equal(words, ""))
    return np.asarray(pc.is_valid(column))
