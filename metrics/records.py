"""Standings as rows: the columns that scorecard, ranking and trend share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.figures import Figures
from metrics.rollup import Indices
from metrics.standing import Standing

COLUMNS = (
    "metric", "family", "unit", "name", "value", "numerator", "denominator", "target", "attainment", "gap", "rank", "peers", "rank_change", "peer_average",
    "gap_to_average", "next_gap", "next_rank", "next_unit", "mom", "yoy", "low", "high", "signal", "verdict", "reported", "months_known",
)  # fmt: skip
PLAIN = (
    "value", "numerator", "denominator", "target", "attainment", "gap", "rank", "rank_change", "peer_average", "gap_to_average", "next_gap", "next_rank",
    "mom", "yoy", "reported", "months_known",
)  # fmt: skip


def records(figures: Figures, found: Standing, rows: Indices, columns: Indices) -> pd.DataFrame:
    """One row per pair of places (`rows` on the metric axis of `found`, `columns` on its peer axis); COLUMNS."""
    metrics = [figures.metrics[place] for place in found.metrics[rows]]
    codes = [figures.units[place] for place in found.units[columns]]
    names = np.array([figures.units[place] for place in found.units] + [""], dtype="object")
    frame = pd.DataFrame({name: getattr(found, name)[rows, columns] for name in PLAIN})
    frame["metric"] = pd.Series([metric.code for metric in metrics], dtype="object")
    frame["family"] = pd.Series([metric.family for metric in metrics], dtype="object")
    frame["unit"] = pd.Series(codes, dtype="object")
    frame["name"] = pd.Series([figures.organisation.name(code) for code in codes], dtype="object")
    frame["peers"] = found.peers[rows]
    nearest = names[found.next_peer[rows, columns]]
    frame["next_unit"] = pd.Series([code or None for code in nearest], dtype="object")
    frame["low"] = np.nan
    frame["high"] = np.nan
    frame["signal"] = pd.Series([None] * len(frame), dtype="object")
    frame["verdict"] = pd.Series([None] * len(frame), dtype="object")
    return frame[list(COLUMNS)]
