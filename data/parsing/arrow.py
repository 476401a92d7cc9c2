"""Arrow columns of a large sheet to typed values: parsing/columns.py by distinct values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.model.arrow_rows import distinct_texts
from data.model.choices import value_key
from data.model.feed import Column
from data.model.finding import Kind
from data.model.organisation import Organisation
from data.parsing.columns import ParsedColumn, cell_problem, check_range, is_missing, parse_column
from data.parsing.month_columns import has_tenths
from data.parsing.percentages import mixed_scales

# Marks for "not known" are no longer than this, spaces in them included; errors begin with "#". Other texts are never
# looked at alone.
LONGEST_MARK = 5


def lazy_cells(values: pa.ChunkedArray) -> Any:
    """The cells one at a time, as findings need them: cells[index]."""
    return _Cells(values)


class _Cells:
    def __init__(self, column: pa.ChunkedArray) -> None:
        self.column = column

    def __len__(self) -> int:
        return len(self.column)

    def __getitem__(self, index: int) -> Any:
        return self.column[int(index)].as_py()


def distinct_cells(cells: Any) -> tuple[list[Any], np.ndarray]:
    """The distinct cells of a column, a list or as cells_of gives them, and for each row which of them stands there."""
    if isinstance(cells, _Cells):
        words, which = distinct_texts(cells.column)
        return [*words.to_pylist(), None], which % (len(words) + 1)
    which, distinct = pd.factorize(pd.Series(list(cells), dtype="object"), use_na_sentinel=False)
    return list(distinct), which


def parse_arrow_column(
    values: pa.ChunkedArray,
    column: Column,
    organisation: Organisation,
    answers: Mapping[str, str] | None = None,
    of_rows: bool = False,
) -> ParsedColumn:
    """As columns.parse_column, for an Arrow column of text, numbers, timestamps or booleans.

    Texts are compact: categories, or Arrow's own.
    """
    numeric = column.is_numeric
    if (
        numeric
        and pa.types.is_floating(values.type)
        and not (column.type == "share" and (answers or _two_scales(values)))
    ):
        return check_range(pd.Series(values.to_numpy()), lazy_cells(values), column, [])
    if column.type == "time":
        ready = _times(values)
        if ready is not None:
            return ParsedColumn(pd.Series(ready))
    said = any(question.startswith(value_key(column.name, "")) for question in answers or ())
    if column.type == "text" and pa.types.is_string(values.type) and not said:
        return _texts(values)
    words, which = distinct_texts(values)
    distinct = [*words.to_pylist(), None]
    if column.type in ("month", "period") and has_tenths(distinct):
        # Which month 2025.1 is, its place among the others may say.
        return parse_column(values.to_pylist(), column, organisation, answers, of_rows)
    parsed = parse_column(distinct, column, organisation, answers, of_rows)
    if parsed.values.dtype == "object":
        # Each word once: a hundred million cells cost four bytes each, and everything that compares them compares
        # numbers.
        codes, categories = pd.factorize(parsed.values)
        spread = pd.Series(pd.Categorical.from_codes(codes[which], categories))
    else:
        spread = parsed.values.take(which).reset_index(drop=True)
    bad: list[tuple[int, Any, Kind]] = []
    for place, value, kind in parsed.bad:
        bad.extend((int(index), value, kind) for index in np.flatnonzero(which % len(distinct) == place))
    return ParsedColumn(spread, sorted(bad, key=lambda one: one[0]), parsed.notes)


def _two_scales(values: pa.ChunkedArray) -> bool:
    return mixed_scales(values.to_numpy()) is not None


def _times(values: pa.ChunkedArray) -> np.ndarray | None:
    """Timestamps as they are, or text in the one spelling 2025-11-03 09:12:33 as Arrow reads it; None if any is written
    otherwise.
    """
    if pa.types.is_timestamp(values.type):
        return values.to_numpy().astype("datetime64[s]")
    if not pa.types.is_string(values.type):
        return None
    try:
        return (
            pc.cast(pc.if_else(pc.equal(values, ""), None, values), pa.timestamp("s"))
            .to_numpy()
            .astype("datetime64[s]")
        )
    except pa.ArrowInvalid:
        return None


def _texts(values: pa.ChunkedArray) -> ParsedColumn:
    trimmed = pc.utf8_trim_whitespace(values)
    few = pc.or_(pc.less_equal(pc.utf8_length(trimmed), LONGEST_MARK), pc.starts_with(trimmed, "#"))
    short = [word for word in pc.unique(trimmed.filter(few)).to_pylist() if word is not None]
    missing = [word for word in short if is_missing(word)]
    wrong: dict[str, Kind] = {word: kind for word in short if word not in missing and (kind := cell_problem(word))}
    out = (
        pc.if_else(pc.is_in(trimmed, pa.array([*missing, *wrong], pa.string())), None, trimmed)
        if missing or wrong
        else trimmed
    )
    bad = []
    if wrong:
        places = np.flatnonzero(pc.is_in(trimmed, pa.array(list(wrong), pa.string())).to_numpy())
        bad = [(int(place), word := trimmed[int(place)].as_py(), wrong[word]) for place in places]
    return ParsedColumn(pd.Series(pd.arrays.ArrowExtensionArray(out)), bad)
