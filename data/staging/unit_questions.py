"""Whether figures are in the unit that a header or a title names, by their number formats and their size.

What is shown in 万 by a number format alone is whole in the cell; what cannot be told is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from data.core.number_formats import DisplayFormat, display_format
from data.core.text import raw_text
from data.model.feed import Column
from data.model.finding import Kind
from data.parsing.magnitudes import parse_scale
from data.recognition.context import StatedValue

UNIT_AND_FORMAT = Kind(
    "unit_and_format_differ",
    "error",
    "“{unit}” is said of “{column}”, whose cells hold {value} and show it as “{format}”: it is open in which unit they "
    "are.",
    "Say whether the figures in the cells are in that unit or in single ones, or correct the unit.",
)
UNIT_TOO_LARGE = Kind(
    "unit_beyond_likelihood",
    "error",
    "“{unit}” is said of “{column}”, but all its figures are whole, such as {value}: in that unit it would be "
    "{scaled}.",
    "Say whether the figures in the cells are in that unit or in single ones, or correct the unit.",
)
SHOWN_OTHERWISE = Kind(
    "unit_only_shown",
    "note",
    "“{unit}” is said of “{column}”, and its number format shows {value} in that unit: the cells hold whole figures, "
    "which were read as they stand.",
)
PER_CENT_SHOWN = Kind(
    "percent_only_shown",
    "note",
    "The cells of “{column}” hold fractions such as {value} and show them as per cent: they were multiplied by 100.",
)
# So many whole customers, or whole figures of anything else, are beyond what one unit of a branch has.
MOST_OF_A_STOCK, MOST = 1e7, 1e8
QUESTIONS = (UNIT_AND_FORMAT.code, UNIT_TOO_LARGE.code)


@dataclass(frozen=True)
class Unit:
    """In which unit a column's figures are.

    scale: the power of ten by which they are multiplied, and where it is stated; None: they are read as they stand.
    told: what there is to say of it.
    """

    scale: StatedValue | None = None
    told: tuple[Kind, Mapping[str, Any]] | None = None

    @property
    def multiplies(self) -> bool:
        """Whether figures were multiplied as words beside them say, and nothing of it is open."""
        asked = self.told is not None and self.told[0].severity == "error"
        return self.scale is not None and self.scale.value > 0 and self.scale.place != "format" and not asked


def settle_unit(
    column: Column,
    stated: StatedValue | None,
    shown: Mapping[str, int],
    values: np.ndarray,
    answer: str | None,
    stock: bool,
) -> Unit:
    """The unit of figures, from what is stated and what the number formats of their cells do.

    shown: number format -> how many cells have it. values: the figures as they stand. stock: whether they are of a
    moment.
    """
    known = values[~np.isnan(values)]
    if answer == "ones" or not len(known):
        return Unit(None if answer == "ones" else stated)
    formats = {code: one for code in shown if (one := display_format(code))}
    if column.type == "share":
        return _as_per_cent(stated, formats, shown, known)
    power = stated.value if stated else 0
    value = raw_text(_typical(known))
    if answer == "stated":
        return Unit(stated)
    counted = {code: one for code, one in formats.items() if one.power > 0 or _power(one)}
    if counted:
        code, form = next(iter(counted.items()))
        said = {"unit": stated.text if stated else form.unit, "value": value, "format": code}
        powers = {(one.power, _power(one)) for one in counted.values()}
        whole = len(powers) == 1 and sum(shown[code] for code in counted) >= len(known)
        own = _power(form)
        if whole and own is not None and power in (0, own):
            # The format itself names the unit of what it shows.
            given = StatedValue(own - form.power, form.unit, None, "format")
            return Unit(given if given.value else None, (SHOWN_OTHERWISE, said) if form.power else None)
        if whole and own is None and power in (0, form.power):
            return Unit(None, (SHOWN_OTHERWISE, said) if power else None)
        if power or own is not None:
            return Unit(stated, (UNIT_AND_FORMAT, said))
    if column.type == "number" and formats and all(one.power == -2 for one in formats.values()) and not stated:
        return _as_per_cent(stated, formats, shown, known)
    most = MOST_OF_A_STOCK if stock else MOST
    whole = column.type == "count" and bool((known == np.floor(known)).all())
    if stated and power >= 3 and whole and np.median(known) * 10.0**power >= most:
        scaled = f"{_typical(known) * 10.0**power:,.0f}"
        return Unit(stated, (UNIT_TOO_LARGE, {"unit": stated.text, "value": value, "scaled": scaled}))
    return Unit(stated)


def _as_per_cent(
    stated: StatedValue | None, formats: Mapping[str, DisplayFormat], shown: Mapping[str, int], known: np.ndarray
) -> Unit:
    """Fractions that are shown as per cent, if all are; what lies beyond one would be shown as many hundred."""
    every = bool(formats) and all(one.power == -2 for one in formats.values()) and sum(shown.values()) >= len(known)
    if not every or stated or np.abs(known).max() > 1:
        return Unit(stated)
    given = StatedValue(2, next(iter(formats)), None, "format")
    return Unit(given, (PER_CENT_SHOWN, {"value": raw_text(_typical(known))}))


def _power(form: DisplayFormat) -> int | None:
    """The power of ten that the words of a number format mean; None if they mean none."""
    scale = parse_scale(form.unit) if form.unit else None
    powers = set(scale.powers.values()) if scale else set()
    return powers.pop() if len(powers) == 1 else None


def _typical(known: np.ndarray) -> float:
    """One of the figures, as near to their middle as any."""
    return float(known[np.argsort(np.abs(known - np.median(known)), kind="stable")[0]])
