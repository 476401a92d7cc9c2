"""The commands of `python -m metrics` that look ahead, and back at what was done: forecast, effect."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from data.model.errors import WrongUsage
from metrics.analyses.effect import effect
from metrics.analyses.forecast import forecasts, months_ahead
from metrics.cli.arguments import json_rows, json_value, request_head
from metrics.engine.figures import Figures
from metrics.model.periods import month_number

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


def _effect(figures: Figures, words: argparse.Namespace) -> Answer:
    unit, month, _, head = request_head(figures, words)
    metric = figures.axes.metric(words.metric)
    if not figures.axes.first_month < month_number(words.since) <= month_number(month):
        raise WrongUsage(f"--since {words.since} lies outside the months from {figures.axes.months[1]} to {month}.")
    found = effect(figures, metric.code, unit, words.since, month)
    interval = [json_value(found.low), json_value(found.high)] if found.low == found.low else None
    answer = {
        "change": json_value(found.change),
        "interval": interval,
        "months": found.months,
        "verdict": found.verdict,
    }
    row = {"change": found.change, "low": found.low, "high": found.high, "months": found.months}
    table = pd.DataFrame([{"since": words.since, **row, "verdict": found.verdict}])
    return {**head, "metric": metric.code, "since": words.since, **answer}, table


COMMANDS: dict[str, Callable[[Figures, argparse.Namespace], Answer]] = {"forecast": _forecast, "effect": _effect}
