"""What changed between two scorecards of a unit: verdicts that turned, targets newly met or missed, places outside chance; and what is noise."""

from __future__ import annotations

import pandas as pd

from metrics.attainment import met

KINDS = ("turned_worse", "turned_better", "turned", "missed", "met", "ended", "place", "noise")
"""The most telling first: a new signal for the worse, for the better, or without a direction; the target newly missed, or met; a signal that
ended; a change of place outside the plausible ranks; a change of place within them."""


def since(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Rows of the scorecard `now` with a column `change` (one of KINDS), the most telling first. Both hold metrics.records.COLUMNS.

    Metrics that `before` does not know are left out: a first value is no change.
    """
    earlier = before.set_index("metric")
    now = now.reset_index(drop=True)
    rows = now[now["value"].notna() & now["metric"].isin(earlier.index[earlier["value"].notna()])]
    found = [kind_of(row, earlier.loc[row["metric"]]) for row in rows.to_dict("records")]
    rows = rows.assign(change=pd.Series(found, index=rows.index, dtype="object"))
    rows = rows[rows["change"].notna()]
    return (
        rows.assign(order=rows["change"].map(KINDS.index), size=-pd.to_numeric(rows["rank_change"]).abs().fillna(0))
        .sort_values(["order", "size", "metric"])
        .drop(columns=["order", "size"])
        .reset_index(drop=True)
    )


def kind_of(now: dict, before: pd.Series) -> str | None:
    """The most telling change of one metric; None if nothing changed."""
    is_signal, was_signal = now["signal"] == "signal", before["signal"] == "signal"
    if is_signal and (not was_signal or now["variation"] != before["variation"]):
        return {"concerning": "turned_worse", "improving": "turned_better"}.get(str(now["variation"]), "turned")
    known = pd.notna(now["attainment"]) and pd.notna(before["attainment"])
    if known and met(now["attainment"]) != met(before["attainment"]):
        return "met" if met(now["attainment"]) else "missed"
    if was_signal and not is_signal:
        return "ended"
    if pd.notna(now["rank_change"]) and now["rank_change"] != 0:
        return "place" if now["rank_moved"] else "noise"
    return None
