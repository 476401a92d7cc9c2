"""The course of each metric of a unit: trend, run of steps, volatility against peers, season against earlier years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from locales import text
from metrics.engine.figures import Figures
from metrics.engine.phases import CHART_MONTHS
from metrics.model.metric import Metric
from metrics.model.periods import month_number
from metrics.statistics.arrays import Indices
from metrics.statistics.mann_kendall import last_run_of_steps, mann_kendall
from metrics.statistics.seasonal import seasonal_comparison
from metrics.statistics.volatility import mean_moving_range, volatility_ratio
from metrics.wording.values import formatted_compact

FEWEST_STEPS = 3
"""Steps in one direction that are worth a sentence: two happen to every third series."""
RESTLESS = 2.0
"""Times the peers' usual moving range from which a unit is called restless."""
COLUMNS = (
    "metric",
    "unit",
    "months_known",
    "direction",
    "slope",
    "p",
    "tau",
    "line_now",
    "run",
    "volatility",
    "volatility_against_peers",
    "season_value",
    "season_mean",
    "season_low",
    "season_high",
    "season_years",
    "season_difference",
    "sentence",
)


def tendency(
    figures: Figures,
    unit: str,
    month: str,
    metrics: Sequence[str] | None = None,
    lang: str = "en",
    months: int = CHART_MONTHS,
) -> pd.DataFrame:
    """The course of each metric over the `months` single months to `month`, one row per metric (COLUMNS).

    direction: "rising", "falling" or "none" by Mann-Kendall at .05 two-sided; None below five months.
    slope: per month (Theil-Sen). line_now: the value of its line at the last month.
    run: 4 = rose four times in a row to the last known month, -4 = fell.
    volatility: mean moving range. volatility_against_peers: 2 = twice the median of the unit's level.
    season_*: the same month of earlier years (January and February together).
    """
    place = figures.axes.unit_index(unit)
    rows = (
        np.array([figures.axes.metric_index(code) for code in metrics], dtype=np.intp)
        if metrics is not None
        else np.arange(len(figures.axes.metrics), dtype=np.intp)
    )
    end = month_number(month) - figures.axes.first_month + 1
    window = slice(max(end - months, 0), max(end, 0))
    own = figures.complete_months[rows, place]
    values = own[:, window]
    known = (~np.isnan(values)).sum(axis=1)
    found = mann_kendall(values) if values.shape[1] else mann_kendall(np.full((len(rows), 1), np.nan))
    direction = np.where(found.significant, np.where(found.slope > 0, "rising", "falling"), "none").astype("object")
    # What rises or falls by construction within a year has no course; a cohort's months can be held against earlier
    # cohorts' all the same.
    steady = figures.axes.chartable[rows]
    seasonal = np.array([not figures.axes.metrics[row].quarters_of for row in rows], dtype=bool)
    direction[(found.n < 5) | ~steady] = None
    run = np.where(steady & (known > 0), last_run_of_steps(values), np.nan)
    last_known = ~np.isnan(values[:, -1]) if values.shape[1] else np.zeros(len(rows), dtype=bool)
    moved, usual = _volatility(figures, rows, place, window)
    fields: dict[str, Any] = {
        "metric": [figures.axes.metrics[row].code for row in rows],
        "unit": unit,
        "months_known": known,
        "direction": direction,
        "slope": np.where(steady, found.slope, np.nan),
        "p": np.where(steady, found.p, np.nan),
        "tau": np.where(steady, found.tau, np.nan),
        "line_now": np.where(steady, found.intercept + found.slope * max(values.shape[1] - 1, 0), np.nan),
        "run": np.where(last_known, run, np.nan),
        "volatility": np.where(steady, moved, np.nan),
        "volatility_against_peers": np.where(steady, usual, np.nan),
    }
    fields |= _season(figures, rows, place, end - 1, seasonal)
    frame = pd.DataFrame({name: fields[name] for name in COLUMNS if name != "sentence"})
    frame["direction"] = pd.Series(list(direction), dtype="object")
    frame["sentence"] = pd.Series(
        [tendency_in_words(row, figures.axes.metric(row["metric"]), lang) for row in frame.to_dict("records")],
        dtype="object",
    )
    return frame


def _volatility(figures: Figures, rows: Indices, place: int, window: slice) -> tuple[np.ndarray, np.ndarray]:
    """(mean moving range, ratio to the peers' median) of the unit."""
    peers = figures.axes.peers(figures.organisation.level(figures.axes.units[place]))
    if place not in peers:
        peers = np.append(peers, place)
    values = figures.complete_months[np.ix_(rows, peers)][:, :, window]
    moved = mean_moving_range(values.reshape(values.shape[0] * values.shape[1], values.shape[2])).reshape(
        values.shape[:2]
    )
    own = int(np.flatnonzero(peers == place)[0])
    return moved[:, own], volatility_ratio(moved)[:, own]


def _season(figures: Figures, rows: Indices, place: int, last: int, steady: np.ndarray) -> dict[str, np.ndarray]:
    names = ("season_value", "season_mean", "season_low", "season_high", "season_years", "season_difference")
    if not 0 <= last < len(figures.axes.months):
        return {name: np.full(len(rows), np.nan) for name in names}
    own = figures.complete_months[rows, place, : last + 1]
    base = figures.monthly_values.denominator[rows, place, : last + 1]
    # What came ready-made has no base: its January and February weigh alike.
    weights = np.where(np.isnan(base).all(axis=1, keepdims=True), 1.0, base)
    found = seasonal_comparison(own, figures.axes.first_month + np.arange(last + 1), weights)
    parts = (found.value, found.earlier_mean, found.earlier_low, found.earlier_high, found.years, found.difference)
    return {name: np.where(steady, part[:, -1], np.nan) for name, part in zip(names, parts, strict=True)}


def tendency_in_words(row: Mapping[Any, Any], metric: Metric, lang: str) -> str | None:
    """The course of one metric in words; None where nothing is known."""
    if not row["months_known"]:
        return None
    clauses = []
    slope = f"{abs(row['slope']):,.{metric.decimals + 1}f}" if row["slope"] == row["slope"] else ""
    count = int(row["months_known"])
    if row["direction"] == "rising":
        clauses.append(text(lang, "rising over {months} months, by {slope} a month", months=count, slope=slope))
    elif row["direction"] == "falling":
        clauses.append(text(lang, "falling over {months} months, by {slope} a month", months=count, slope=slope))
    elif row["direction"] == "none":
        clauses.append(text(lang, "no trend over {months} months", months=count))
    if row["run"] >= FEWEST_STEPS:
        clauses.append(text(lang, "risen {steps} months in a row", steps=int(row["run"])))
    elif row["run"] <= -FEWEST_STEPS:
        clauses.append(text(lang, "fallen {steps} months in a row", steps=int(-row["run"])))
    if row["volatility_against_peers"] >= RESTLESS:
        clauses.append(
            text(lang, "moves {times} times as much as its peers", times=f"{row['volatility_against_peers']:.1f}")
        )
    clauses.append(_season_words(row, metric, lang))
    return text(lang, "; ").join(clause for clause in clauses if clause) or None


def _season_words(row: Mapping[Any, Any], metric: Metric, lang: str) -> str:
    """Only what no earlier year has seen is worth a word."""
    if not row["season_years"] > 0 or not (
        row["season_value"] > row["season_high"] or row["season_value"] < row["season_low"]
    ):
        return ""
    higher, years = row["season_value"] > row["season_high"], int(row["season_years"])
    low, high = formatted_compact(row["season_low"], metric, lang), formatted_compact(row["season_high"], metric, lang)
    if years == 1:
        said = (
            "higher than in the same season of the year before ({low})"
            if higher
            else "lower than in the same season of the year before ({low})"
        )
        return text(lang, said, low=low)
    if higher:
        return text(
            lang,
            "higher than in the same season of {years} earlier years ({low} to {high})",
            years=years,
            low=low,
            high=high,
        )
    return text(
        lang,
        "lower than in the same season of {years} earlier years ({low} to {high})",
        years=years,
        low=low,
        high=high,
    )
