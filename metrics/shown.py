"""Figures inside a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from locales import text
from metrics.metric import Metric


def shown(value: float | None, metric: Metric) -> str:
    """The value with the metric's decimals and, of a percentage, its sign; an en dash where it is not known."""
    if value is None or value != value:
        return "–"
    return f"{value:,.{metric.decimals}f}" + ("%" if metric.format == "percent" else "")


def shown_limit(value: float | None, metric: Metric) -> str:
    """A limit as it is said: not beyond what the metric can be. The chart and the JSON keep the limit that was computed."""
    if value is None or value != value or metric.format in ("number", "amount"):
        return shown(value, metric)
    return shown(min(max(value, 0.0), 100.0 if metric.format in ("percent", "score") else np.inf), metric)


def place(row: Mapping[Any, Any], lang: str) -> str:
    """The place of a row (records.COLUMNS) that has one; of a total it is that of a size."""
    said = "place {rank} of {peers} by size" if row["total"] else "place {rank} of {peers}"
    return text(lang, said, rank=int(row["rank"]), peers=int(row["peers"]))
