"""Values over a period: how numerators and denominators of single months become one figure."""

from __future__ import annotations

from dataclasses import dataclass
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
    """Numerators, denominators and ready-made figures of single months [month, metric, unit]; 0 for what is not known.

    By month, because numpy adds whole months much faster than the few months of each pair.
    known: there is a pair of numerator and denominator.
    numerator, denominator: the pair; `denominator` is 1 where the metric has none.
    has_reported: there is a ready-made figure.
    reported: the ready-made figure.
    pair_first: the pair is the unit's own and stands before a ready-made figure; others come from the units below.
    has_denominator: whether the metric has one [metric].
    numerator_over_time, denominator_over_time: FLOW, STOCK or LAST [metric].
    scale: what the ratio is multiplied by [metric].
    """

    known: Flags
    numerator: Array
    denominator: Array
    has_reported: Flags
    reported: Array
    pair_first: Flags
    has_denominator: Flags
    numerator_over_time: npt.NDArray[np.int8]
    denominator_over_time: npt.NDArray[np.int8]
    scale: Array

    @classmethod
    def from_arrays(
        cls,
        numerator: Array,
        denominator: Array,
        reported: Array,
        reported_first: Flags,
        has_denominator: Flags,
        numerator_over_time: npt.NDArray[np.int8],
        denominator_over_time: npt.NDArray[np.int8],
        scale: Array,
    ) -> MonthlyTerms:
        """From figures [metric, unit, month] with NaN for what is not known.

        reported_first: where a ready-made figure stands before the pair.
        """
        numerator, denominator, reported = (
            np.ascontiguousarray(np.moveaxis(part, 2, 0)) for part in (numerator, denominator, reported)
        )
        known, has_reported = ~np.isnan(numerator) & ~np.isnan(denominator), ~np.isnan(reported)
        for part, present in ((numerator, known), (denominator, known), (reported, has_reported)):
            part[~present] = 0.0
        pair_first = known & ~np.moveaxis(reported_first, 2, 0)
        return cls(
            known,
            numerator,
            denominator,
            has_reported,
            reported,
            pair_first,
            has_denominator,
            numerator_over_time,
            denominator_over_time,
            scale,
        )

    def each_month(self) -> Values:
        """Every month for itself [metric, unit, month], as `over` gives it."""
        known, has_reported, pair_first = (
            _month_last(part) for part in (self.known, self.has_reported, self.pair_first)
        )
        numerator, denominator, reported = (
            _month_last(part) for part in (self.numerator, self.denominator, self.reported)
        )
        # A ready-made figure holds where it leads, or where there is no pair.
        given = has_reported & ~pair_first
        with np.errstate(divide="ignore", invalid="ignore"):
            value = self.scale[:, None, None] * numerator / denominator
        bare = given | ~known
        return Values(
            np.where(given, reported, np.where(known & np.isfinite(value), value, np.nan)),
            np.where(bare, np.nan, numerator),
            np.where(bare | ~self.has_denominator[:, None, None], np.nan, denominator),
            given,
            np.where(given | known, 1, 0),
        )

    def over(self, first: int, last: int, rows: Indices | None = None) -> Values:
        """The figures of months first..last, of all metrics or of `rows`; all are indices.

        Outside the data nothing is known.
        """
        first, last = max(first, 0), min(last, len(self.numerator) - 1)
        some = slice(None) if rows is None else rows
        if last < first:
            return Values.unknown(len(self.scale[some]), self.numerator.shape[2])
        pick = (slice(first, last + 1), some)
        known, has_reported = self.known[pick], self.has_reported[pick]
        numerator = _over_months(self.numerator[pick], known, self.numerator_over_time[some])
        denominator = _over_months(self.denominator[pick], known, self.denominator_over_time[some])
        with np.errstate(divide="ignore", invalid="ignore"):
            value = self.scale[some, None] * numerator / denominator
        value = np.where(np.isfinite(value), value, np.nan)
        # A ready-made figure crosses months only if it is the only one and no pair of another month speaks for the
        # unit.
        alone = (has_reported.sum(axis=0) == 1) & ~self.pair_first[pick].any(axis=0)
        missing = np.where(alone, np.nan, 1.0)
        return Values(
            np.where(alone, self.reported[pick].sum(axis=0), value),
            numerator * missing,
            np.where(self.has_denominator[some, None], denominator, np.nan) * missing,
            alone,
            np.where(alone, 1, known.sum(axis=0)),
        )


def _month_last(part: np.ndarray) -> np.ndarray:
    """[month, metric, unit] -> [metric, unit, month]."""
    return np.ascontiguousarray(np.moveaxis(part, 0, 2))


def aggregate_months(values: Array, known: Flags, over_time: npt.NDArray[np.int8]) -> Array:
    """[row, unit, month] -> [row, unit] over the known months: the sum of a flow, the mean of a stock, or the last."""
    return _over_months(np.moveaxis(np.where(known, values, 0.0), 2, 0), np.moveaxis(known, 2, 0), over_time)


def _over_months(values: Array, known: Flags, over_time: npt.NDArray[np.int8]) -> Array:
    """`aggregate_months` of [month, row, unit] with 0 where nothing is known."""
    count = known.sum(axis=0)
    found = values.sum(axis=0)
    stocks = over_time == STOCK
    found[stocks] /= np.maximum(count[stocks], 1)
    lasts = np.flatnonzero(over_time == LAST)
    if len(lasts):
        newest = len(values) - 1 - np.argmax(known[::-1, lasts], axis=0)
        found[lasts] = np.take_along_axis(values[:, lasts], newest[None], axis=0)[0]
    return np.where(count > 0, found, np.nan)
