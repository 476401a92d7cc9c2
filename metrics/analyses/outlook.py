"""The outlook: what the rest of the year must bring to reach the year's target, and whether that can be expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from locales import text
from metrics.analyses.forecast import forecasts
from metrics.analyses.year_end import targets_of_the_year
from metrics.assessment.control_chart import control_charts
from metrics.assessment.signals import MINIMUM_MONTHS
from metrics.engine.aggregation import FLOW, LAST, Values
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import window
from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.run_rate import RunRate, required_rate, required_ratio
from metrics.wording.values import formatted_compact

BOUNDED = ("percent", "score")
FULL = 100.0
ON_COURSE, OFF_COURSE = 0.8, 0.2
"""Probabilities of the year's target from which on it is on course, and down to which it is not."""
COLUMNS = (
    "metric",
    "unit",
    "target",
    "value",
    "months_known",
    "months_left",
    "needed",
    "natural",
    "per_month",
    "lower",
    "upper",
    "centre",
    "possible",
    "reach",
    "sentence",
    "probability",
    "expected",
    "low95",
    "high95",
)


def outlook(
    figures: Figures, unit: str, month: str, metrics: Sequence[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """The year to `month` against the year's target, one row per metric (COLUMNS).

    value: the year so far.
    needed: the value of every month left, in the metric's unit.
    natural: the same as a count of the numerator, a month (`per_month`) or in all.
    lower, upper: limits of the mean of the months left (of one month where the last decides), months independent.
    expected, low95, high95: the forecast of the year's figure. probability: of its reaching the target.
    reach: "safe" (on course: a probability of ON_COURSE or more), "within" (open) or "beyond" (OFF_COURSE or less).
    reach is None where a part is not known, in December, and without a target of the year.
    """
    place = figures.axes.unit_index(unit)
    rows = (
        np.array([figures.axes.metric_index(code) for code in metrics], dtype=np.intp)
        if metrics is not None
        else np.arange(len(figures.axes.metrics), dtype=np.intp)
    )
    units = np.full(len(rows), place)
    rate = run_rates(figures, rows, units, month)
    ahead = forecasts(figures, rows, units, month)
    over = rate.left == 0
    probability = np.where(over, np.nan, ahead.probability)
    codes = [figures.axes.metrics[row].code for row in rows]
    frame = pd.DataFrame(
        {
            "metric": codes,
            "unit": unit,
            "target": rate.target,
            "value": rate.so_far.value,
            "months_known": rate.so_far.months,
            "months_left": rate.left,
            "needed": rate.needed,
            "natural": rate.natural,
            "per_month": rate.per_month,
            "possible": rate.possible,
            "lower": rate.lower,
            "upper": rate.upper,
            "centre": rate.centre,
            "reach": pd.Series([course_of(chance) for chance in probability], dtype="object"),
            "expected": ahead.year_end.expected,
            "low95": ahead.year_end.low95,
            "high95": ahead.year_end.high95,
            "probability": ahead.probability,
        }
    )
    frame["sentence"] = pd.Series(
        [outlook_in_words(row, figures.axes.metric(row["metric"]), lang) for row in frame.to_dict("records")],
        dtype="object",
    )
    return frame[list(COLUMNS)]


def course_of(probability: float) -> str | None:
    """The word for a probability of the year's target."""
    if probability != probability:
        return None
    return "safe" if probability >= ON_COURSE else "beyond" if probability <= OFF_COURSE else "within"


@dataclass(frozen=True)
class RunRates:
    """What the months left of a year must bring: arrays [pair] but `left`, the number of months left.

    target: the year's. so_far: the year's figures to now. needed, natural, per_month, possible: see `outlook`.
    lower, upper, centre: the usual mean of the months left by the control chart.
    """

    left: int
    target: Array
    so_far: Values
    needed: Array
    natural: Array
    per_month: Flags
    possible: Flags
    lower: Array
    upper: Array
    centre: Array


def run_rates(figures: Figures, rows: Indices, units: Indices, month: str) -> RunRates:
    """The run rates of the pairs (rows[i], units[i]); both are indices."""
    covered = window(month, "ytd")
    so_far = figures.over(covered).at((rows, units))
    left = 11 - covered.last % 12
    target = targets_of_the_year(figures, rows, units, month)
    last = covered.last - figures.axes.first_month
    lines = np.full((3, len(rows)), np.nan)
    running = np.zeros(len(rows), dtype=bool)
    if 0 <= last < len(figures.axes.months):
        chart = control_charts(figures, rows, units, last)
        enough = chart.points >= MINIMUM_MONTHS
        # What each month left must bring on average may differ less from the usual than a single month does.
        averaged = np.where(figures.monthly_terms.numerator_over_time[rows] == LAST, 1, max(left, 1))
        centre, half = chart.centre[:, -1], chart.half_width[:, -1] / np.sqrt(averaged)
        sides = (np.clip(side, chart.floor, chart.ceiling) for side in (centre - half, centre + half))
        lines = np.where(enough, np.stack([*sides, centre]), np.nan)
        year = slice(max(last - covered.last % 12, 0), last + 1)
        running = np.asarray(figures.provisional.flags[rows, units, year].any(axis=1))
    # While a month runs, what it will bring is not known, and so what the others must is not either.
    wanted = np.where(running, np.nan, target)
    fields = _needed(figures, rows, so_far.numerator, so_far.denominator, so_far.months, left, wanted)
    return RunRates(left, target, so_far, **fields, lower=lines[0], upper=lines[1], centre=lines[2])


def _needed(
    figures: Figures, rows: np.ndarray, top: Array, base: Array, months: np.ndarray, left: int, target: Array
) -> dict[str, np.ndarray]:
    """needed, natural, per_month and possible by how each metric crosses the months."""
    records = [figures.axes.metrics[row] for row in rows]
    scale = figures.axes.scales[rows]
    with_base = np.array([metric.denominator is not None for metric in records], dtype=bool)
    flows = [figures.axes.over_time(metric.numerator) if metric.numerator else LAST for metric in records]
    bases = [figures.axes.over_time(metric.denominator) if metric.denominator else FLOW for metric in records]
    plain = np.array([metric.numerator is not None and not metric.components for metric in records], dtype=bool)
    # The base of the months left is expected to be that of the months so far.
    stock = np.where(with_base, base, 1.0)
    adding = required_rate(top, stock, months, left, stock, target, scale)
    n, each = np.array(flows) == FLOW, np.array(bases) == FLOW
    sums = np.where(n, top, top * months), np.where(each, base, base * months)
    # A mean of months alone (customers): its base is the number of months.
    whole = np.where(with_base, sums[1], months.astype(float))
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = whole / months * left
    bounded = np.array([metric.format in BOUNDED for metric in records], dtype=bool)
    better = np.array([metric.better for metric in records])
    ratio = required_ratio(sums[0], whole, rest, target, scale)
    accumulating = figures.axes.accumulates[rows]
    # The last month alone is the year's figure: what is needed then is the target itself.
    at_end = np.array(flows) == LAST
    found = [_chosen(name, adding, ratio, accumulating) for name in ("needed", "natural")]
    found[0] = np.where(at_end & (left > 0) & plain & (months > 0), target, found[0])
    found[1] = np.where(at_end, np.nan, found[1])
    needed, natural = (np.where(plain & (left > 0) & (months > 0), values, np.nan) for values in found)
    possible = ((needed >= 0) & ~(bounded & (needed > FULL))) | secured(needed, better, bounded)
    return {"needed": needed, "natural": natural, "per_month": accumulating, "possible": possible}


def secured(needed: Array, better: np.ndarray, bounded: np.ndarray) -> np.ndarray:
    """Where no value that there can be would miss the target any more [pair]."""
    with np.errstate(invalid="ignore"):
        return ((better == "higher") & (needed <= 0)) | ((better == "lower") & bounded & (needed >= FULL))


def _chosen(name: str, adding: RunRate, ratio: RunRate, accumulating: np.ndarray) -> Array:
    return np.where(accumulating, getattr(adding, name), getattr(ratio, name))


SETTLED_MET, SETTLED_MISSED = "met", "missed"


def _settled(row: Mapping[Any, Any], metric: Metric) -> str | None:
    """Whether the months left can no longer change that the year's target is met, or missed."""
    needed = row["needed"]
    if secured(np.array([needed]), np.array([metric.better]), np.array([metric.format in BOUNDED]))[0]:
        return SETTLED_MET
    return SETTLED_MISSED if needed == needed and not row["possible"] else None


def outlook_in_brief(row: Mapping[Any, Any], metric: Metric, lang: str) -> str:
    """Whether the year's target is on course, in two words; "" where nothing is known."""
    if row["target"] != row["target"] or not row["months_left"]:
        return ""
    settled = _settled(row, metric)
    if settled:
        return text(lang, "year safe") if settled == SETTLED_MET else text(lang, "year out of reach")
    if not row["reach"]:
        return ""
    share = probability_in_words(row["probability"])
    if row["reach"] == "safe":
        return text(lang, "year on course, {share}", share=share)
    if row["reach"] == "beyond":
        return text(lang, "year off course, {share}", share=share)
    return text(lang, "year open, {share}", share=share)


def outlook_in_words(row: Mapping[Any, Any], metric: Metric, lang: str) -> str | None:
    """Whether the year's target is on course and what it needs, in words; None where nothing is known."""
    probability, needed = row["probability"], row["needed"]
    if row["target"] != row["target"] or not row["months_left"]:
        return None
    values = {name: formatted_compact(row[name], metric, lang) for name in ("target", "needed")}
    if settled := _settled(row, metric):
        if settled == SETTLED_MET:
            return text(
                lang, "the year's target {target} is safe whatever the months left bring", target=values["target"]
            )
        return text(lang, "the year's target {target} cannot be reached any more", target=values["target"])
    parts = [_course_in_words(row, values["target"], lang)] if row["reach"] else []
    if row["reach"] != "safe" and needed == needed:
        parts.append(_needed_in_words(row, metric, values, lang))
    if probability == probability and row["months_left"]:
        parts.append(_expected_in_words(row, metric, lang))
    return text(lang, "; ").join(parts) or None


def _course_in_words(row: Mapping[Any, Any], target: str, lang: str) -> str:
    if row["reach"] == "safe":
        return text(lang, "on course for the year's target {target}", target=target)
    if row["reach"] == "beyond":
        return text(lang, "off course for the year's target {target}", target=target)
    return text(lang, "the year's target {target} is open", target=target)


def _needed_in_words(row: Mapping[Any, Any], metric: Metric, values: dict[str, str], lang: str) -> str:
    last_decides = metric.numerator is not None and row["natural"] != row["natural"]
    if last_decides:
        return text(lang, "needs {needed} in the year's last month", needed=values["needed"])
    if row["months_left"] == 1:
        return text(lang, "needs {needed} in the month left", needed=values["needed"])
    return text(
        lang, "needs {needed} on average over the {left} months left", needed=values["needed"], left=row["months_left"]
    )


def _expected_in_words(row: Mapping[Any, Any], metric: Metric, lang: str) -> str:
    low, high, expected = (formatted_compact(row[name], metric, lang) for name in ("low95", "high95", "expected"))
    return text(
        lang,
        "{expected} expected ({low} to {high}), probability {probability}",
        expected=expected,
        low=low,
        high=high,
        probability=probability_in_words(row["probability"]),
    )


def probability_in_words(probability: float) -> str:
    """A probability in whole per cent, as 80%."""
    return f"{100 * probability:.0f}%"
