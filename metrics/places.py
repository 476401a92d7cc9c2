"""Places over time: where each peer stood in every period, for a bump chart."""

from __future__ import annotations

import pandas as pd

from metrics.figures import Figures
from metrics.periods import name_of, number_of, window
from metrics.ranking import default_level
from metrics.standing import standing

COLUMNS = ("unit", "name", "month", "value", "rank", "peers")


def places(
    figures: Figures, metric: str, month: str, period: str = "month", level: str | None = None, within: str | None = None, months: int = 12
) -> pd.DataFrame:  # fmt: skip
    """One row per peer and month (COLUMNS), oldest month first: the place that `ranking` would give there; rank is NaN where it gives none."""
    peers = figures.peers(level or default_level(figures, within), within)
    row, last = figures.metric_index(metric), number_of(month)
    codes = [figures.units[place] for place in peers]
    names = [figures.organisation.name(code) for code in codes]
    parts = []
    for number in range(max(last - months + 1, figures.first_month), last + 1):
        found = standing(figures, window(name_of(number), period), period, peers, [row])
        parts.append(
            pd.DataFrame(
                {
                    "unit": codes, "name": names, "month": name_of(number), "value": found.value[0], "rank": found.rank[0], "peers": int(found.peers[0]),
                }
            )
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
