"""Ranks that would move: two versions side by side, metric by metric."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.figures import Figures
from metrics.periods import window
from metrics.ranking import default_level
from metrics.standing import standing

COLUMNS = (
    "metric",
    "unit",
    "name",
    "month",
    "month_before",
    "value_before",
    "value_after",
    "rank_before",
    "rank_after",
    "places",
)


def moves(before: Figures | None, after: Figures, month: str, level: str | None = None) -> pd.DataFrame:
    """One row per metric and unit of `level` (default: below the top) whose value or place in `month` differs (COLUMNS), largest move first.

    A month that `before` does not have is compared with its last one (month_before). places: places gained (positive) or lost; NaN where
    the unit had or has no place. Without `before` everything is new; figures that `after` does not know are no change.
    """
    level = level or default_level(after)
    now = _placed(after, month, level)
    now = now[now["value"].notna()]
    earlier = month if before is None or month in before.months or not before.months else before.last_month
    then = _placed(before, earlier, level) if before is not None else now.iloc[:0]
    found = now.merge(then, on=["metric", "unit"], how="left", suffixes=("_after", "_before"))
    close = np.isclose(found["value_after"], found["value_before"], rtol=1e-9, atol=0, equal_nan=True)
    same_rank = (found["rank_after"] == found["rank_before"]) | (
        found["rank_after"].isna() & found["rank_before"].isna()
    )
    found = found[~(close & same_rank)].copy()
    found["name"] = [after.organisation.name(code) for code in found["unit"]]
    found["places"] = found["rank_before"] - found["rank_after"]
    order = found["places"].abs().fillna(0)
    found = found.assign(month=month, month_before=earlier, order=-order).sort_values(
        ["order", "metric", "rank_after"], kind="stable"
    )
    return found.reindex(columns=list(COLUMNS)).reset_index(drop=True)


def _placed(figures: Figures, month: str, level: str | None) -> pd.DataFrame:
    """metric, unit, value and rank of every headline metric and peer."""
    peers = figures.peers(level) if level in figures.organisation.levels() else np.array([], dtype=np.intp)
    rows = [place for place, metric in enumerate(figures.metrics) if metric.headline]
    if not len(peers) or not rows or not figures.months:
        return pd.DataFrame({"metric": pd.Series(dtype="object"), "unit": pd.Series(dtype="object"), "value": pd.Series(dtype=float), "rank": pd.Series(dtype=float)})  # fmt: skip
    found = standing(figures, window(month, "month"), "month", peers, rows)
    codes = np.array([figures.metrics[place].code for place in found.metrics], dtype="object")
    units = np.array([figures.units[place] for place in found.units], dtype="object")
    shape = found.value.shape
    return pd.DataFrame(
        {
            "metric": np.repeat(codes, shape[1]), "unit": np.tile(units, shape[0]), "value": found.value.ravel(), "rank": np.asarray(found.rank, dtype=float).ravel(),
        }
    )  # fmt: skip
