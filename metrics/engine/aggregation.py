"""Values over a period: how numerators and denominators of single months become one figure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from metrics.statistics.arrays import Array, Flags, Indices

FLOW, STOCK, LAST = 0, 1, 2
OVER_TIME = {"flow": FLOW, "stock": STOCK, "last": LAST}


@dataclass(frozen=True)
class Values:
    """Figures [metric, unit] of one period.

    `denominator` is NaN for metrics without one; `months` counts the months known.
    """

    value: Array
    numerator: Array
    denominator: Array
    reported: Flags
    months: Indices

    @classmethod
    def unknown(cls, metrics: int, units: int) -> Values:
        """Nothing known."""
        shape = (metrics, units)
        nothing = np.full(shape, np.nan)
        return cls(nothing, nothing, nothing, np.zeros(shape, dtype=bool), np.zeros(shape, dtype=np.intp))

    def at(self, pick: tuple[Any, ...]) -> Values:
        """The figures at some places, as numpy picks them."""
        return Values(
            self.value[pick], self.numerator[pick], self.denominator[pick], self.reported[pick], self.months[pick]
        )


@dataclass(frozen=True)
class MonthlyTerms:
    """Numerators, denominators and ready-made figures of single months [metric, unit, month].

    numerator, denominator: pairs that belong together; `denominator` is 1 where the metric has none.
    has_denominator: whether the metric has one [metric].
    reported: ready-made figures.
    reported_first: ready-made figures that stand before the pair, because the pair comes from the units below.
    numerator_over_time, denominator_over_time: FLOW, STOCK or LAST [metric].
    """

    numerator: Array
    denominator: Array
    reported: Array
    reported_first: Flags
    has_denominator: Flags
    numerator_over_time: npt.NDArray[np.int8]
    denominator_over_time: npt.NDArray[np.int8]
    scale: Array

    def each_month(self) -> Values:
        """Every month for itself [metric, unit, month], as `over` gives it."""
        known = ~np.isnan(self.numerator) & ~np.isnan(self.denominator)
        # A ready-made figure holds where it leads, or where there is no pair.
        given = ~np.isnan(self.reported) & (self.reported_first | ~known)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = self.scale[:, None, None] * self.numerator / self.denominator
        bare = given | ~known
        return Values(
            np.where(given, self.reported, np.where(np.isfinite(value), value, np.nan)),
            np.where(bare, np.nan, self.numerator),
            np.where(bare | ~self.has_denominator[:, None, None], np.nan, self.denominator),
            given,
            np.where(given | known, 1, 0),
        )

    def over(self, first: int, last: int, rows: Indices | None = None) -> Values:
        """The figures of months first..last, of all metrics or of `rows`; all are indices.

        Outside the data nothing is known.
        """
        first, last = max(first, 0), min(last, self.numerator.shape[2] - 1)
        some = slice(None) if rows is None else rows
        if last < first:
            return Values.unknown(len(self.scale[some]), self.numerator.shape[1])
        months = self._month_first.at((slice(first, last + 1), some))
        numerator = _over_months(months.numerator, months.known, self.numerator_over_time[some])
        denominator = _over_months(months.denominator, months.known, self.denominator_over_time[some])
        with np.errstate(divide="ignore", invalid="ignore"):
            value = self.scale[some, None] * numerator / denominator
        value = np.where(np.isfinite(value), value, np.nan)
        # A ready-made figure crosses months only if it is the only one and no pair of another month speaks
        # for the unit.
        alone = (months.given.sum(axis=0) == 1) & ~months.spoken.any(axis=0)
        missing = np.where(alone, np.nan, 1.0)
        return Values(
            np.where(alone, months.reported.sum(axis=0), value),
            numerator * missing,
            np.where(self.has_denominator[some, None], denominator, np.nan) * missing,
            alone,
            np.where(alone, 1, months.known.sum(axis=0)),
        )

    @cached_property
    def _month_first(self) -> _MonthFirst:
        top, base, ready = (
            np.ascontiguousarray(np.moveaxis(part, 2, 0)) for part in (self.numerator, self.denominator, self.reported)
        )
        known, given = ~np.isnan(top) & ~np.isnan(base), ~np.isnan(ready)
        spoken = known & ~np.moveaxis(self.reported_first, 2, 0)
        return _MonthFirst(
            known, np.where(known, top, 0.0), np.where(known, base, 0.0), given, np.where(given, ready, 0.0), spoken
        )


@dataclass(frozen=True)
class _MonthFirst:
    """Months as [month, metric, unit] with 0 for what is not known.

    numpy adds whole months much faster than the few months of each pair.
    known: there is a pair; given: there is a ready-made figure; spoken: the pair speaks for the unit itself.
    """

    known: Flags
    numerator: Array
    denominator: Array
    given: Flags
    reported: Array
    spoken: Flags

    def at(self, pick: tuple[Any, ...]) -> _MonthFirst:
        return _MonthFirst(
            self.known[pick],
            self.numerator[pick],
            self.denominator[pick],
            self.given[pick],
            self.reported[pick],
            self.spoken[pick],
        )


def aggregate_months(values: Array, known: Flags, over_time: npt.NDArray[np.int8]) -> Array:
    """[row, unit, month] -> [row, unit] over the known months: the sum of a flow, the mean of a stock, or the last."""
    return _over_months(np.moveaxis(np.where(known, values, 0.0), 2, 0), np.moveaxis(known, 2, 0), over_time)


def _over_months(values: Array, known: Flags, over_time: npt.NDArray[np.int8]) -> Array:
    """`crossed` of [month, row, unit] with 0 where nothing is known."""
    count = known.sum(axis=0)
    found = values.sum(axis=0)
    stocks = over_time == STOCK
    found[stocks] /= np.maximum(count[stocks], 1)
    lasts = np.flatnonzero(over_time == LAST)
    if len(lasts):
        newest = len(values) - 1 - np.argmax(known[::-1, lasts], axis=0)
        found[lasts] = np.take_along_axis(values[:, lasts], newest[None], axis=0)[0]
    return np.where(count > 0, found, np.nan)
