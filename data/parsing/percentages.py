"""Per cent and fractions of one in the same column: 96.5% beside 0.965."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from data.model.finding import Kind
from data.parsing.numbers import is_percentage, parse_number

SHARES_MIXED = Kind(
    "shares_mixed", "error", "“{column}” holds per cent such as {value} beside fractions such as {other}.",
    "Say that the fractions are to be multiplied by 100, or write all cells in one way.",
)  # fmt: skip
NUMBERS_MIXED = Kind(
    "numbers_mixed",
    "error",
    "“{column}” holds per cent such as {value} beside numbers such as {other}, which can be fractions of one.",
    "Write the figures of an indicator in one way, or say that the numbers are meant as they stand.",
)
# From here on a number cannot be a fraction of one: it would be a thousand per cent.
FRACTION_LIMIT = 10
# How far a fraction, taken as per cent, may lie outside the column's other scores and still be one of them.
RATIO_TOLERANCE = 1.25


def plain_number(cell: Any) -> float | None:
    """The number in a cell that does not say per cent, be it a number or its text; None if there is none."""
    if isinstance(cell, str):
        return None if is_percentage(cell) else parse_number(cell)
    return float(cell) if isinstance(cell, float | int) and not isinstance(cell, bool) and cell == cell else None


def mixed_percentages(cells: Iterable[Any]) -> tuple[str, float] | None:
    """A per cent and a fraction of one that stand in one column, as texts or numbers; None if they do not."""
    stated = [cell for cell in cells if is_percentage(cell)]
    numbers = np.array([number for cell in cells if (number := plain_number(cell))], dtype="float64")
    if stated and len(numbers) and (np.abs(numbers) <= 1).all():
        return stated[0], float(numbers[0])
    of_hundred = np.array([number for cell in stated if (number := parse_number(cell)) is not None], dtype="float64")
    found = mixed_scales(numbers, of_hundred)
    return (f"{found[0]:g}", found[1]) if found else None


def mixed_scales(numbers: np.ndarray, of_hundred: Sequence[float] | np.ndarray = ()) -> tuple[float, float] | None:
    """A number above one and a fraction that would be like it as per cent; None if there is no such pair.

    of_hundred: numbers known to be per cent. 0.5 beside 100 may be half a per cent; 0.93 beside 95.5 is hardly one.
    """
    large = np.concatenate([numbers[numbers > 1], np.asarray(of_hundred, dtype="float64")])
    small = numbers[(numbers > 0) & (numbers <= 1)]
    if not len(large) or not len(small):
        return None
    near = small[(small * 100 >= large.min() / RATIO_TOLERANCE) & (small * 100 <= large.max() * RATIO_TOLERANCE)]
    return (float(large[0]), float(near[0])) if len(near) else None


def fraction_beside_percentage(cells: Iterable[Any]) -> tuple[str, float] | None:
    """A per cent text and a number that can be a fraction, in a column of any numbers."""
    stated = next((cell for cell in cells if is_percentage(cell)), None)
    small = (
        next((number for cell in cells if (number := plain_number(cell)) and abs(number) <= 1), None)
        if stated
        else None
    )
    return (stated, small) if stated and small else None


def to_percentage(cell: Any) -> Any:
    """A fraction of one as per cent, 0.57 as 57 and not as 56.99999999999999; anything else as it is."""
    number = plain_number(cell)
    if number is None or not abs(number) < FRACTION_LIMIT:
        return cell
    return float(Decimal(repr(number)).scaleb(2))


def mixed_within_group(cells: Sequence[Any], which: np.ndarray, things: pd.DataFrame) -> tuple[str, float] | None:
    """A per cent and a fraction in the rows of one thing, such as an indicator; None if each is written in one way.

    cells: the distinct cells.
    which: per row the index of its cell.
    things: per row what it is of.
    """
    numbers = [plain_number(cell) for cell in cells]
    small = np.array([bool(number) and abs(number or 0) <= 1 for number in numbers])[which]
    stated = np.array([is_percentage(cell) for cell in cells], dtype=bool)[which]
    thing = things.groupby(list(things.columns), dropna=False, observed=True).ngroup().to_numpy()
    both = np.intersect1d(thing[stated], thing[small])
    if not len(both):
        return None
    here = thing == both[0]
    return cells[which[np.flatnonzero(here & stated)[0]]], numbers[which[np.flatnonzero(here & small)[0]]] or 0.0
