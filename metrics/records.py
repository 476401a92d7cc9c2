"""Standings as rows: the columns that scorecard, ranking and trend share."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.figures import Figures
from metrics.rollup import Indices
from metrics.signals import Signals
from metrics.standing import Standing
from metrics.statistics.xmr import POINT_TYPES
from metrics.verdicts import sentence

COLUMNS = (
    "metric", "family", "unit", "name", "value", "numerator", "denominator", "target", "attainment", "gap", "rank", "peers", "rank_change", "peer_average",
    "gap_to_average", "next_gap", "next_rank", "next_unit", "mom", "yoy", "low", "high", "signal", "verdict", "reported", "months_known",
    "rank_low", "rank_high", "rank_moved", "variation", "assurance", "point_type", "chart", "centre", "lower", "upper", "provisional", "points", "monthly_target",
)  # fmt: skip
PLAIN = (
    "value", "numerator", "denominator", "target", "attainment", "gap", "rank", "rank_change", "peer_average", "gap_to_average", "next_gap", "next_rank",
    "mom", "yoy", "reported", "months_known",
)  # fmt: skip


JUDGED = (
    "variation", "assurance", "chart", "centre", "lower", "upper", "provisional", "points", "rank_low", "rank_high", "monthly_target",
)  # fmt: skip


def records(
    figures: Figures, found: Standing, judged: Signals, rows: Indices, columns: Indices, lang: str = "en"
) -> pd.DataFrame:
    """One row per pair of places (`rows` on the metric axis of `found`, `columns` on its peer axis); COLUMNS.

    centre, lower, upper and point_type are those of the last single month; `verdict` is written in `lang`.
    """
    metrics = [figures.metrics[place] for place in found.metrics[rows]]
    codes = [figures.units[place] for place in found.units[columns]]
    names = np.array([figures.units[place] for place in found.units] + [""], dtype="object")
    frame = pd.DataFrame({name: getattr(found, name)[rows, columns] for name in PLAIN})
    for name in JUDGED:
        fields = getattr(judged, name)[rows, columns]
        frame[name] = _texts(fields) if fields.dtype.kind in "OU" else fields
    frame["rank_moved"] = judged.moved[rows, columns]
    frame["low"], frame["high"] = judged.certainty.low[rows, columns], judged.certainty.high[rows, columns]
    frame["metric"] = pd.Series([metric.code for metric in metrics], dtype="object")
    frame["family"] = pd.Series([metric.family for metric in metrics], dtype="object")
    frame["unit"] = pd.Series(codes, dtype="object")
    frame["name"] = pd.Series([figures.organisation.name(code) for code in codes], dtype="object")
    frame["peers"] = found.peers[rows]
    frame["next_unit"] = _texts(names[found.next_peer[rows, columns]])
    frame["signal"] = _texts(judged.signal[rows, columns])
    frame["point_type"] = _texts(np.array(POINT_TYPES, dtype="object")[judged.point_type[rows, columns]])
    sentences = [
        sentence({str(name): field for name, field in row.items()}, metric, lang)
        for row, metric in zip(frame.to_dict("records"), metrics, strict=True)
    ]
    frame["verdict"] = pd.Series(sentences, dtype="object")
    return frame[list(COLUMNS)]


def _texts(values: np.ndarray) -> pd.Series:
    """Texts with None in place of an empty one."""
    return pd.Series([value or None for value in values], dtype="object")
