"""Bare series: the values of many units or metrics over the months, for sparklines and lines in the background."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from metrics.figures import Figures
from metrics.periods import ending, number_of, window
from metrics.statistics.arrays import Array


def series(
    figures: Figures, metrics: Sequence[str], units: Sequence[str], month: str, period: str = "month", months: int = 13
) -> Array:
    """Values [metric, unit, month] of the `months` points to `month`, oldest first; NaN before the first month with data."""
    pick = np.ix_(
        np.array([figures.metric_index(code) for code in metrics], dtype=np.intp), figures.unit_indices(units)
    )
    last, covered = number_of(month), window(month, period)
    points = [figures.over(ending(last - back, period, covered)).value[pick] for back in range(months - 1, -1, -1)]
    return np.stack(points, axis=2)
