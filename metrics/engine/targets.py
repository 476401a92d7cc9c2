"""Targets: which one holds for a metric, a unit and a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.core.text import normalise
from metrics.engine.recent import Recent
from metrics.engine.rollup import Tree
from metrics.model.metric import Metric
from metrics.statistics.arrays import Array, Flags

EVERYWHERE = "*"
LEVEL_PREFIX = "level:"
ABOVE_PREFIX = "above:"
"""Before the code of a unit that stands at the top of what is seen: what it takes from those above it."""
MOST = 64
"""Periods of which the targets are kept."""
FIELDS = ("target", "base", "challenge", "weight")


@dataclass(frozen=True)
class TargetSet:
    """The targets that hold [metric, unit]; NaN where nothing was set.

    base, challenge and weight score a component of a composite.
    """

    target: Array
    base: Array
    challenge: Array
    weight: Array


class Targets:
    """The targets of one version, looked up for all metrics and units at once.

    Nearest first: the unit's own, its level's, the nearest ancestor's (its own or its level's), everybody's ("*"), the
    metric's default. A total (a count, an amount) takes none from an ancestor, whose target is for all its parts
    together. At each of these a single month looks for a target of that month and then of its year; a longer period for
    the year's and then the month's.
    """

    def __init__(
        self, frame: pd.DataFrame, metrics: Sequence[Metric], units: Sequence[str], levels: Sequence[str], tree: Tree
    ) -> None:
        self._metrics = metrics
        self._shape = (len(metrics), len(units))
        self._totals = np.array([metric.total for metric in metrics], dtype=bool)
        self._tree = tree
        # A target names its metric by code or by name, in any of the three languages.
        places = {
            normalise(word): index for index, metric in enumerate(metrics) for word in (*metric.name, metric.code)
        }
        found = [places.get(normalise(str(word))) for word in frame["metric"]]
        rows = frame.assign(place=pd.Series(found, index=frame.index, dtype="float64")).dropna(subset=["place"])
        self._rows = {str(period): part.to_dict("records") for period, part in rows.groupby("period")}
        self._units = {code: index for index, code in enumerate(units)}
        self._levels = {level: np.flatnonzero(np.array(levels) == level) for level in set(levels)}
        # One for all periods of which nothing was set, as for most: nobody may write into it.
        self._nothing = np.broadcast_to(np.nan, self._shape)
        self._holding: Recent[TargetSet] = Recent(MOST)
        self._set: Recent[Array] = Recent(MOST)
        self._default: Recent[Flags] = Recent(MOST)

    def holding(self, month: str, longer: bool) -> TargetSet:
        """What holds for a period that ends with `month`; the same record for months in which the same was set."""
        periods = self._periods(month, longer)
        return self._holding.get(periods, lambda: self._of_periods(periods))

    def _periods(self, month: str, longer: bool) -> tuple[str, ...]:
        """The periods of which something was set, the first to be asked first."""
        periods = (month[:4], month) if longer else (month, month[:4])
        return tuple(period for period in periods if period in self._rows)

    def _of_periods(self, periods: tuple[str, ...]) -> TargetSet:
        found = {field: self._field(field, periods) for field in FIELDS}
        defaults = np.array(
            [np.nan if metric.default_target is None else metric.default_target for metric in self._metrics],
            dtype=float,
        )
        found["target"] = np.where(np.isnan(found["target"]), defaults[:, None], found["target"])
        return TargetSet(**found)

    def by_default(self, month: str, longer: bool) -> Flags:
        """Which of the targets that `holding` gives are the definition's, because nobody set one [metric, unit]."""
        return self._default.get((month, longer), lambda: self._by_default(month, longer))

    def _by_default(self, month: str, longer: bool) -> Flags:
        return np.asarray(
            np.isnan(self._field("target", self._periods(month, longer)))
            & ~np.isnan(self.holding(month, longer).target)
        )

    def set_for(self, period: str, field: str = "target") -> Array:
        """Only what was set for just this month or year [metric, unit]; NaN elsewhere.

        field: the target, or another of FIELDS.
        """
        return self._set.get((period, field), lambda: self._field(field, (period,)))

    def _field(self, field: str, periods: Sequence[str]) -> Array:
        found = [row for period in reversed(periods) for row in self._rows.get(period, []) if not pd.isna(row[field])]
        if not found:
            return self._nothing
        own, level, everywhere, above = (np.full(self._shape, np.nan) for _ in range(4))
        for row in found:
            value, metric = row[field], int(row["place"])
            unit, named_level = row["unit"], row["level"]
            if isinstance(unit, str) and unit in self._units:
                own[metric, self._units[unit]] = value
            elif isinstance(unit, str) and unit.startswith(ABOVE_PREFIX):
                above[metric, self._units.get(unit.removeprefix(ABOVE_PREFIX), [])] = value
            elif isinstance(unit, str) and unit.startswith(LEVEL_PREFIX):
                level[metric, self._levels.get(unit.removeprefix(LEVEL_PREFIX), [])] = value
            elif isinstance(named_level, str) and named_level:
                level[metric, self._levels.get(named_level, [])] = value
            elif not isinstance(unit, str) or unit in ("", EVERYWHERE):
                everywhere[metric] = value
        return _first_known(own, level, self._from_above(_first_known(own, level), above), everywhere)

    def _from_above(self, set_there: Array, beyond: Array) -> Array:
        """What was set for the nearest ancestor or its level, of what is no total.

        beyond: what was set for an ancestor that is not seen.
        """
        found = np.where(self._totals[:, None], np.nan, beyond)
        set_there = np.where(self._totals[:, None], np.nan, set_there)
        for units, parents in self._tree.downwards():
            nearest = set_there[:, parents]
            found[:, units] = np.where(np.isnan(nearest), found[:, parents], nearest)
        return found


def _first_known(first: Array, *others: Array) -> Array:
    found = first
    for other in others:
        found = np.where(np.isnan(found), other, found)
    return found
