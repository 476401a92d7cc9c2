"""The trend: one metric of one unit over the months."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.figures import Figures
from metrics.periods import ending, name_of, window
from metrics.records import records
from metrics.standing import standing

MONTHS = 36


def trend(
    figures: Figures, metric: str, unit: str, month: str, period: str = "month", months: int = MONTHS
) -> pd.DataFrame:
    """One row per month to `month`, the oldest first: month, records.COLUMNS, centre, lower, upper, point_type.

    Each point is the period of that kind that ends with its month. Months before the first with data are left out.
    """
    covered = window(month, period)
    place = figures.unit_index(unit)
    peers = figures.peers(figures.organisation.level(unit))
    inside = np.flatnonzero(peers == place)
    first = max(covered.last - months + 1, figures.first_month)
    parts = []
    for last in range(first, covered.last + 1):
        found = standing(figures, ending(last, period, covered), period, peers, [figures.metric_index(metric)])
        parts.append(records(figures, found, np.array([0]), inside).assign(month=name_of(last)))
    frame = (
        pd.concat(parts, ignore_index=True)
        if parts
        else records(
            figures, found_nothing(figures, metric), np.array([], dtype=np.intp), np.array([], dtype=np.intp)
        ).assign(month=[])
    )
    return frame.assign(centre=np.nan, lower=np.nan, upper=np.nan, point_type=None)


def found_nothing(figures: Figures, metric: str):  # type: ignore[no-untyped-def]
    """A standing without units, so that an empty trend has its columns."""
    return standing(
        figures, window(figures.last_month), "month", np.array([], dtype=np.intp), [figures.metric_index(metric)]
    )
