"""Ranks as tables: of every peer over time (for a bump chart), and of units by metric."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.analyses.ranking import default_level
from metrics.assessment.standing import standing
from metrics.engine.figures import Figures
from metrics.model.periods import month_name, month_number, window

COLUMNS = ("unit", "name", "month", "value", "rank", "peers")


def rank_history(
    figures: Figures,
    metric: str,
    month: str,
    period: str = "month",
    level: str | None = None,
    within: str | None = None,
    months: int = 12,
) -> pd.DataFrame:
    """The rank of every peer in each of the last `months` months, oldest month first (COLUMNS).

    As `ranking` would give it; NaN where it gives none.
    """
    row, last = figures.axes.metric_index(metric), month_number(month)
    level = level or default_level(figures, within, last)
    parts = []
    for number in range(max(last - months + 1, figures.axes.first_month), last + 1):
        peers = figures.axes.peers(level, within, number)
        codes = [figures.axes.units[place] for place in peers]
        names = [figures.organisation.name(code) for code in codes]
        found = standing(figures, window(month_name(number), period), period, peers, [row])
        parts.append(
            pd.DataFrame(
                {
                    "unit": codes,
                    "name": names,
                    "month": month_name(number),
                    "value": found.value[0],
                    "rank": found.rank[0],
                    "peers": int(found.peers[0]),
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))


def rank_matrix(figures: Figures, unit_codes: Sequence[str], month: str, period: str = "month") -> pd.DataFrame:
    """unit, metric, value, rank, peers: one row per unit and metric; ranks are among `unit_codes`."""
    units = figures.axes.unit_indices(unit_codes)
    found = standing(figures, window(month, period), period, units)
    shape = found.value.shape
    rows, columns = (index.ravel() for index in np.indices(shape))
    codes = np.array([metric.code for metric in figures.axes.metrics], dtype="object")
    return pd.DataFrame(
        {
            "unit": np.array(unit_codes, dtype="object")[columns],
            "metric": codes[rows],
            "value": found.value.ravel(),
            "rank": found.rank.ravel(),
            "peers": found.peers[rows],
        }
    )
