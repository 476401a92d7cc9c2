"""In how many months a unit met its target: what was observed, no claim about other months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.engine.figures import Figures
from metrics.engine.phases import CHART_MONTHS
from metrics.model.periods import Window
from metrics.statistics.arrays import Array, Indices

TOLERANCE = 1e-11
"""Of a target: a mean that equals it may fall short by its last binary digit."""


@dataclass(frozen=True)
class TargetRecord:
    """How many of the months known with a target met it [pair]; both 0 where no month had one."""

    met: Array
    judged: Array


def target_record(
    figures: Figures, metrics: Indices, units: Indices, last: int, months: int = CHART_MONTHS
) -> TargetRecord:
    """The record of the pairs (metrics[i], units[i]) over `months` months to the month `last`; all are indices.

    Each month is held against its own target. Provisional months and totals that lack units are left out.
    """
    first = max(last - months + 1, 0)
    met, judged = np.zeros((2, len(metrics)))
    lower = figures.axes.lower_is_better[metrics]
    directed = figures.axes.rankable[metrics]
    for column in range(first, last + 1):
        month = figures.axes.first_month + column
        goal = figures.targets_over(Window(month, month))[metrics, units]
        short = (figures.complete_months[metrics, units, column] - goal) * np.where(lower, 1.0, -1.0)
        known = ~np.isnan(short) & directed
        judged += known
        met += known & (short <= TOLERANCE * np.maximum(np.abs(goal), 1.0))
    return TargetRecord(met, judged)
