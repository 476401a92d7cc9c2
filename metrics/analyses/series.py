"""Bare series: the values of many units or metrics over the months, for sparklines and lines in the background."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.engine.figures import Figures
from metrics.model.periods import month_number, window, window_ending
from metrics.statistics.arrays import Array
from metrics.statistics.volatility import mean_moving_range


def value_series(
    figures: Figures, metrics: Sequence[str], units: Sequence[str], month: str, period: str = "month", months: int = 13
) -> Array:
    """Values [metric, unit, month] of the `months` points to `month`, oldest first.

    NaN before the first month with data.
    """
    pick = np.ix_(
        np.array([figures.axes.metric_index(code) for code in metrics], dtype=np.intp), figures.axes.unit_indices(units)
    )
    last, covered = month_number(month), window(month, period)
    points = [
        figures.over(window_ending(last - back, period, covered)).value[pick] for back in range(months - 1, -1, -1)
    ]
    return np.stack(points, axis=2)


MINIMUM_MONTHS = 6
"""Months known below which a mean moving range says little (a third of them may be one odd month)."""


COLUMNS = ("unit", "name", "value", "moving_range", "months_known")


def moving_ranges(figures: Figures, metric: str, units: Sequence[str], month: str, months: int = 13) -> pd.DataFrame:
    """The mean moving range of each unit over the last `months` months, the largest first (COLUMNS).

    Units with fewer than MINIMUM_MONTHS known months are left out.
    value: that of `month`, NaN if not known.
    moving_range: mean size of the step from month to month, in the metric's unit, 0 or more.
    """
    places, last = figures.axes.unit_indices(units), month_number(month) - figures.axes.first_month
    pick = figures.axes.metric_index(metric), places, slice(max(last - months + 1, 0), last + 1)
    values = np.where(figures.provisional.flags[pick], np.nan, figures.monthly_values.value[pick])
    if not values.size:
        return pd.DataFrame(columns=list(COLUMNS))
    found = pd.DataFrame(
        {
            "unit": list(units),
            "name": [figures.organisation.name(unit) for unit in units],
            "value": values[:, -1],
            "moving_range": mean_moving_range(values),
            "months_known": (~np.isnan(values)).sum(axis=1),
        }
    )
    found = found[(found["months_known"] >= MINIMUM_MONTHS) & found["moving_range"].notna()]
    return found.sort_values(["moving_range", "unit"], ascending=[False, True], ignore_index=True)
