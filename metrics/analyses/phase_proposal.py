"""Where a series would begin a new phase: the month from which a shift has lasted."""

from __future__ import annotations

import numpy as np

from metrics.engine.figures import Figures
from metrics.engine.phases import CHART_MONTHS, Phases
from metrics.model.periods import month_name, month_number
from metrics.statistics.mann_kendall import mann_kendall
from metrics.statistics.xmr import last_run_on_one_side

SUSTAINED = 9
"""Months on one side of the centre before a new phase is proposed: two more than the rule that calls them a shift."""


def proposed_phase(
    figures: Figures, metric: str, unit: str, month: str, phases: Phases | None = None, months: int = CHART_MONTHS
) -> str | None:
    """The month from which a new phase is proposed: where a shift began that has lasted to `month`; else None.

    A shift of nine months or more on one side of the last phase's centre, with no trend before or in it: limits do
    not
    help where values drift. A proposal only: whoever knows the cause decides.
    Source: NHS England, Making Data Count, on recalculating limits.
    """
    row, place = figures.axes.metric_index(metric), figures.axes.unit_index(unit)
    end = month_number(month) - figures.axes.first_month + 1
    first = max(end - months, 0)
    if not 0 < end <= len(figures.axes.months):
        return None
    flags = (phases or figures.phases).flags(figures.axes, np.array([row]), np.array([place]), first, end)[0]
    begun = int(np.flatnonzero(flags)[-1]) if flags.any() else 0
    values = figures.complete_months[row, place, first + begun : end][None, :]
    length, start = (int(found[0]) for found in last_run_on_one_side(values))
    if length < SUSTAINED or start == 0:
        return None
    before, since = mann_kendall(values[:, :start]), mann_kendall(values[:, start:])
    if before.significant[0] or since.significant[0]:
        return None
    return month_name(figures.axes.first_month + first + begun + start)
