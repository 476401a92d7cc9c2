"""Up to three months together, for a value whose own month rests on too small a base."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.certainty import certainty
from metrics.figures import Figures
from metrics.periods import Window
from metrics.statistics.arrays import Array, Flags, Indices

MONTHS = 3


@dataclass(frozen=True)
class Pooled:
    """Arrays [metric, peer]: value, its 95 % interval low..high, its base and the months known; NaN where one month is enough or three are not either."""

    value: Array
    low: Array
    high: Array
    base: Array
    months: Array


def pooled(figures: Figures, rows: Indices, units: Indices, little: Flags, covered: Window) -> Pooled:
    """The figures over the three months that end with `covered` (a single month), where `little` [rows, units] says that one is not enough.

    Ratio of sums, as any period; a base that is a stock (customers) does not grow by pooling, and then nothing is offered.
    """
    found = np.full((5, *little.shape), np.nan)
    wanted = np.flatnonzero(little.any(axis=1)) if covered.length == 1 else np.empty(0, dtype=np.intp)
    if len(wanted):
        wide = Window(covered.last - MONTHS + 1, covered.last)
        values = figures.over(wide).at(np.ix_(rows[wanted], units))
        sure = certainty(figures, rows[wanted], units, values, wide)
        offered = little[wanted] & ~sure.little & ~np.isnan(values.value)
        found[:, wanted] = np.where(
            offered, np.stack([values.value, sure.low, sure.high, values.denominator, values.months]), np.nan
        )
    return Pooled(*found)
