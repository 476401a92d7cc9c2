"""The commands of `python -m metrics` that look ahead, and back at what was done: forecast, effect."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from metrics.analyses.forecast import forecasts, months_ahead
from metrics.cli.arguments import json_rows, json_value, request_head
from metrics.engine.figures import Figures

Answer = tuple[dict[str, Any], pd.DataFrame]
MONTH_FIELDS = ("month", "expected", "low80", "high80", "low95", "high95")


def _forecast(figures: Figures, words: argparse.Namespace) -> Answer:
    unit, month, _, head = request_head(figures, words)
    metric = figures.axes.metric(words.metric)
    pair = np.array([figures.axes.metric_index(metric.code)]), np.array([figures.axes.unit_index(unit)])
    found = forecasts(figures, *pair, month)
    months = pd.DataFrame([{"month": name, **vars(values)} for name, values in months_ahead(found, 0)])
    months = months.reindex(columns=list(MONTH_FIELDS))
    year = {name: json_value(getattr(found.year_end, name)[0]) for name in ("expected", "low95", "high95")}
    year |= {"target": json_value(found.target[0]), "probability": json_value(found.probability[0])}
    return {**head, "metric": metric.code, "months": json_rows(months), "year_end": year}, _with_year(months, year)


def _with_year(months: pd.DataFrame, year: dict[str, Any]) -> pd.DataFrame:
    """The table of the months with the year as its last row."""
    row = {"month": "year", **year}
    return pd.concat([months.dropna(axis=1, how="all"), pd.DataFrame([row])], ignore_index=True)


COMMANDS: dict[str, Callable[[Figures, argparse.Namespace], Answer]] = {"forecast": _forecast}
