"""In how many months a unit met its target: what was observed, no claim about other months."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.engine.figures import Figures
from metrics.engine.phases import CHART_MONTHS
from metrics.model.periods import Window
from metrics.statistics.arrays import Array, Indices
from metrics.statistics.attainment import met


@dataclass(frozen=True)
class TargetRecord:
    """How many of the months known with a target met it [pair]; both 0 where no month had one."""

    met: Array
    judged: Array


def target_record(
    figures: Figures, metrics: Indices, units: Indices, last: Indices | int, months: int = CHART_MONTHS
) -> TargetRecord:
    """The record of the pairs (metrics[i], units[i]) over `months` months to the month `last` (one, or [pair]).

    Each month is held against its own target. Provisional months and totals that lack units are left out.
    """
    lasts = np.broadcast_to(np.asarray(last, dtype=np.intp), metrics.shape)
    count, judged = np.zeros((2, len(metrics)))
    lower = figures.axes.lower_is_better[metrics]
    directed = figures.axes.rankable[metrics]
    for column in range(max(int(lasts.min(initial=0)) - months + 1, 0), int(lasts.max(initial=-1)) + 1):
        month = figures.axes.first_month + column
        goal = figures.targets_over(Window(month, month))[metrics, units]
        reached = met(figures.complete_months[metrics, units, column], goal, lower)
        known = ~np.isnan(reached) & directed & (column <= lasts) & (column > lasts - months)
        judged += known
        count += known & (reached == 1)
    return TargetRecord(count, judged)
