"""The order of a league table: by the values as measured, or by estimates drawn towards the average."""

from __future__ import annotations

import pandas as pd

from metrics.model.metric import Metric
from pages.shared.session import url_state
from pages.shared.session.selection import Selection

MEASURED, ESTIMATED = "measured", "estimated"


def choose_order(selection: Selection, rows: pd.DataFrame, metric: Metric) -> str:
    """The order chosen; a choice only where a base says how sure a value is."""
    if metric.better == "neither" or rows["shrunken"].isna().all():
        return MEASURED
    names = {MEASURED: selection.say("Values as measured"), ESTIMATED: selection.say("Estimates")}
    return url_state.choose(
        selection.say("Order"), "order", list(names), shown=names.__getitem__, buttons=True, optional=True
    )


def in_order(rows: pd.DataFrame, metric: Metric, order: str) -> pd.DataFrame:
    """The rows of a ranking, of `ESTIMATED` the best estimate first; those without a place stay last."""
    if order != ESTIMATED:
        return rows
    sign = 1 if metric.better == "lower" else -1
    return (
        rows.assign(placed=rows["rank"].isna(), size=sign * rows["shrunken"])
        .sort_values(["placed", "size"], ignore_index=True, kind="stable")
        .drop(columns=["placed", "size"])
    )
