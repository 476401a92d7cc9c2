"""What the statistics share: names of array types, and rows with holes. NaN means not known."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]
Codes = npt.NDArray[np.int8]
Words = npt.NDArray[np.str_]
Numbers = npt.ArrayLike

TIE = 1e-12


def broadcast_floats(*values: Numbers) -> tuple[Array, ...]:
    """The values as arrays of floats of one common shape."""
    return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values)))


def rounding_tolerance(values: Array) -> Array:
    """Per row of [rows, n] the difference that is rounding noise: 1e-12 of the row's largest size. Shape [rows, 1]."""
    return np.asarray(TIE * np.max(np.abs(np.where(np.isnan(values), 0.0, values)), axis=1, initial=0.0, keepdims=True))


def known_first(values: Array) -> tuple[Array, Indices]:
    """The known values of each row of [rows, n] moved to its left, in their order, and where each came from."""
    order = np.argsort(np.isnan(values), axis=1, kind="stable")
    return np.take_along_axis(values, order, axis=1), order


def row_mean(values: Array) -> Array:
    """Mean of the known values of each row of [rows, n]; NaN where none is known. Shape [rows]."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1))


def row_median(values: Array) -> Array:
    """Median of the known values of each row of [rows, n]; NaN where none is known. Shape [rows]."""
    if not values.shape[1]:
        return np.full(len(values), np.nan)
    ordered = np.sort(values, axis=1)
    count = (~np.isnan(values)).sum(axis=1)
    low = np.take_along_axis(ordered, np.maximum(count - 1, 0)[:, None] // 2, axis=1)[:, 0]
    high = np.take_along_axis(ordered, np.minimum(count // 2, values.shape[1] - 1)[:, None], axis=1)[:, 0]
    return np.where(count > 0, (low + high) / 2, np.nan)


Record = TypeVar("Record", bound="DataclassInstance")


def take_rows(record: Record, rows: Indices | Flags) -> Record:
    """Some rows of a record of arrays whose first axis is its rows, records inside it included."""

    def taken(part: Any) -> Any:
        return take_rows(part, rows) if is_dataclass(part) and not isinstance(part, type) else part[rows]

    return replace(record, **{field.name: taken(getattr(record, field.name)) for field in fields(record)})


def put_rows(record: Record, rows: Indices, others: Record) -> None:
    """Writes the rows of `others` into the places `rows` of a record of arrays, records inside it included."""
    for field in fields(record):
        part, again = getattr(record, field.name), getattr(others, field.name)
        if is_dataclass(part) and not isinstance(part, type):
            put_rows(part, rows, again)
        else:
            part[rows] = again
