"""The records of the path model: the series that it is given, and the paths that it finds."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from metrics.statistics.arrays import Array, Codes, Flags, Indices
from metrics.statistics.season import MONTHS_OF_YEAR
from metrics.statistics.structural_change import Structure
from metrics.statistics.term_search import MOST_TERMS

NO_MODEL, PLAIN, PATH, EXACT = 0, 1, 2, 3
"""Models of a path."""


@dataclass(frozen=True)
class Series:
    """Series of months, oldest first: arrays [rows, months] unless said otherwise; NaN is not known.

    value: what is judged. count, base: the cases behind it and what they are counted over; NaN where there are none.
    scale: value = scale * count / base [rows]. share: whether a count is part of its base [rows].
    countable: rows whose value is itself a count where it is a whole number [rows].
    spread: relative standard deviations of the months. forced: months of known steps.
    months: counts of months [months]. festival: the share of Spring Festival in each [months].
    common: the season of the row's peers [rows, 13] (season.common_season).
    """

    value: Array
    count: Array
    base: Array
    scale: Array
    share: Flags
    countable: Flags
    spread: Array
    forced: Flags
    months: Indices
    festival: Array
    common: Array

    @classmethod
    def plain(cls, value: Array, months: Indices | None = None, festival: Array | None = None) -> Series:
        """Values of which nothing else is known."""
        unknown = np.full(value.shape, np.nan)
        rows = len(value)
        return cls(
            value,
            unknown,
            unknown,
            np.ones(rows),
            np.zeros(rows, dtype=bool),
            np.zeros(rows, dtype=bool),
            np.ones(value.shape),
            np.zeros(value.shape, dtype=bool),
            np.arange(value.shape[1]) if months is None else months,
            np.zeros(value.shape[1]) if festival is None else festival,
            np.zeros((rows, MONTHS_OF_YEAR + 1)),
        )

    def of(self, rows: Indices) -> Series:
        """Some of the rows."""
        return Series(
            **{
                field.name: getattr(self, field.name)
                if field.name in ("months", "festival")
                else getattr(self, field.name)[rows]
                for field in fields(self)
            }
        )


@dataclass(frozen=True)
class Paths:
    """What the model makes of each series: arrays [rows, months] unless said otherwise, in the units of the values.

    model: NO_MODEL, PLAIN, PATH or EXACT [rows].
    expected, lower, upper: NaN where nothing is said. jump: 1 above the limits, -1 below, else 0.
    seasonal: what the calendar month adds to the path. has_season: [rows].
    profile: of the twelve calendar months and of the whole of Spring Festival, in the units of the values [rows, 13].
    kind, since, origin: the terms of the structure, as columns of the months [rows, MOST_TERMS].
    effect, covariance: level and terms [rows, 1 + MOST_TERMS], [.., ..].
    deviation: the standard deviation of a month at a relative spread of 1 [rows]. freedom, rho: [rows].
    """

    model: np.ndarray
    expected: Array
    lower: Array
    upper: Array
    jump: Codes
    seasonal: Array
    has_season: Flags
    profile: Array
    kind: np.ndarray
    since: Array
    origin: Array
    effect: Array
    covariance: Array
    deviation: Array
    freedom: Array
    rho: Array

    @classmethod
    def empty(cls, rows: int, months: int) -> Paths:
        """Nothing said of any row."""

        def unknown(*more: int) -> Array:
            return np.full((rows, *more), np.nan)

        return cls(
            model=np.zeros(rows, dtype=np.int8),
            expected=unknown(months),
            lower=unknown(months),
            upper=unknown(months),
            jump=np.zeros((rows, months), dtype=np.int8),
            seasonal=np.zeros((rows, months)),
            has_season=np.zeros(rows, dtype=bool),
            profile=np.zeros((rows, MONTHS_OF_YEAR + 1)),
            kind=np.zeros((rows, MOST_TERMS), dtype=np.int8),
            since=np.zeros((rows, MOST_TERMS)),
            origin=np.zeros((rows, MOST_TERMS)),
            effect=unknown(1 + MOST_TERMS),
            covariance=unknown(1 + MOST_TERMS, 1 + MOST_TERMS),
            deviation=unknown(),
            freedom=unknown(),
            rho=np.zeros(rows),
        )

    @property
    def structure(self) -> Structure:
        """The terms of every row."""
        return Structure(self.kind, self.since, self.origin, self.rho)
