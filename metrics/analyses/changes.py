"""What changed: between two scorecards of a unit, or between two versions of the data."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.analyses.ranking import default_level
from metrics.assessment.standing import standing
from metrics.engine.figures import Figures
from metrics.model.periods import window
from metrics.model.record import Record, records_of

CHANGE_TYPES = ("turned_worse", "turned_better", "turned", "missed", "met", "ended", "place", "noise")
"""The most telling first: a new signal that keeps the false discovery rate, for the worse, for the better, or without a
direction; the target newly missed, or met; a signal that ended; a change of place outside the plausible ranks, or
within them.
"""


def scorecard_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Rows of the scorecard `now` with a column `change` (one of CHANGE_TYPES), the most important first.

    Both scorecards hold record.COLUMNS. Metrics without a value in `before` are left out: a first value is no change.
    """
    earlier = {row["metric"]: row for row in records_of(before)}
    now = now.reset_index(drop=True)
    rows = now[now["value"].notna() & now["metric"].isin(before["metric"][before["value"].notna()])]
    found = [change_type(row, earlier[row["metric"]]) for row in records_of(rows)]
    rows = rows.assign(change=pd.Series(found, index=rows.index, dtype="object"))
    rows = rows[rows["change"].notna()]
    return (
        rows.assign(
            order=rows["change"].map(CHANGE_TYPES.index), size=-pd.to_numeric(rows["rank_change"]).abs().fillna(0)
        )
        .sort_values(["order", "size", "metric"])
        .drop(columns=["order", "size"])
        .reset_index(drop=True)
    )


def change_type(now: Record, before: Record) -> str | None:
    """The most important change of one metric; None if nothing changed."""
    was_signal = before["signal"] == "signal"
    if now["listed"] and (not was_signal or now["variation"] != before["variation"]):
        return {"concerning": "turned_worse", "improving": "turned_better"}.get(str(now["variation"]), "turned")
    known = pd.notna(now["met"]) and pd.notna(before["met"])
    if known and now["met"] != before["met"]:
        return "met" if now["met"] else "missed"
    if before["listed"] and now["signal"] != "signal":
        return "ended"
    if pd.notna(now["rank_change"]) and now["rank_change"] != 0:
        return "place" if now["rank_moved"] else "noise"
    return None


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


def version_changes(before: Figures | None, after: Figures, month: str, level: str | None = None) -> pd.DataFrame:
    """Values and ranks of `month` that differ between two versions, one row per metric and unit (COLUMNS).

    The largest change of rank comes first. `level` defaults to the one below the top.
    month_before: the month compared with, the last of `before` where `before` does not have `month`.
    places: places gained (positive) or lost; NaN where the unit had or has no place.
    Without `before` everything is new. Figures that `after` does not know are no change.
    """
    level = level or default_level(after)
    now = _placed(after, month, level)
    now = now[now["value"].notna()]
    earlier = (
        month if before is None or month in before.axes.months or not before.axes.months else before.axes.last_month
    )
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
    peers = figures.axes.peers(level) if level in figures.organisation.levels() else np.array([], dtype=np.intp)
    rows = [place for place, metric in enumerate(figures.axes.metrics) if metric.headline]
    if not len(peers) or not rows or not figures.axes.months:
        return pd.DataFrame(
            {
                "metric": pd.Series(dtype="object"),
                "unit": pd.Series(dtype="object"),
                "value": pd.Series(dtype=float),
                "rank": pd.Series(dtype=float),
            }
        )
    found = standing(figures, window(month, "month"), "month", peers, rows)
    codes = np.array([figures.axes.metrics[place].code for place in found.metrics], dtype="object")
    units = np.array([figures.axes.units[place] for place in found.units], dtype="object")
    shape = found.value.shape
    return pd.DataFrame(
        {
            "metric": np.repeat(codes, shape[1]),
            "unit": np.tile(units, shape[0]),
            "value": found.value.ravel(),
            "rank": np.asarray(found.rank, dtype=float).ravel(),
        }
    )
