"""The outlook: what the rest of the year must bring to reach the year's target, and whether that can be expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from locales import text
from metrics.assessment.control_chart import control_charts
from metrics.assessment.signals import MINIMUM_MONTHS
from metrics.engine.aggregation import FLOW, LAST
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import month_name, window
from metrics.statistics.arrays import Array
from metrics.statistics.run_rate import RunRate, feasibility, required_rate, required_ratio
from metrics.wording.values import formatted_compact

BOUNDED = ("percent", "score")
FULL = 100.0
OF_A_MONTH = {
    "safe": "any usual month ({lower} to {upper}) is enough",
    "within": "that lies within the usual {lower} to {upper}",
    "beyond": "that lies outside the usual {lower} to {upper}",
}
OF_THEIR_MEAN = {
    "safe": "any usual {left} months ({lower} to {upper} on average) are enough",
    "within": "that lies within the {lower} to {upper} that {left} months usually have on average",
    "beyond": "that lies outside the {lower} to {upper} that {left} months usually have on average",
}
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
)


def outlook(
    figures: Figures, unit: str, month: str, metrics: Sequence[str] | None = None, lang: str = "en"
) -> pd.DataFrame:
    """The year to `month` against the year's target, one row per metric (COLUMNS).

    value: the year so far.
    needed: the value of every month left, in the metric's unit.
    natural: the same as a count of the numerator, a month (`per_month`) or in all.
    lower, upper: limits of the mean of the months left (of one month where the last decides), months independent.
    reach: "safe" (any usual months are enough), "within" (chance decides) or "beyond" (not without a change).
    reach is None where a part is not known, in December, and without a target of the year.
    """
    place, covered = figures.axes.unit_index(unit), window(month, "ytd")
    rows = (
        np.array([figures.axes.metric_index(code) for code in metrics], dtype=np.intp)
        if metrics is not None
        else np.arange(len(figures.axes.metrics), dtype=np.intp)
    )
    units = np.full(len(rows), place)
    so_far = figures.over(covered).at((rows, units))
    left = 11 - covered.last % 12
    target = figures.target_set(month_name(covered.last), longer=True).target[rows, place]
    # A month's target of what adds up over the year says nothing of the year.
    yearly = figures.targets_in(month).set_for(month[:4])[rows, place]
    target = np.where(figures.axes.accumulates[rows], yearly, target)
    last = covered.last - figures.axes.first_month
    lines = np.full((3, len(rows)), np.nan)
    if 0 <= last < len(figures.axes.months):
        chart = control_charts(figures, rows, units, last)
        enough = chart.points >= MINIMUM_MONTHS
        # What each month left must bring on average may differ less from the usual than a single month does.
        averaged = np.where(figures.monthly_terms.numerator_over_time[rows] == LAST, 1, max(left, 1))
        centre, half = chart.centre[:, -1], chart.half_width[:, -1] / np.sqrt(averaged)
        sides = (np.clip(side, chart.floor, chart.ceiling) for side in (centre - half, centre + half))
        lines = np.where(enough, np.stack([*sides, centre]), np.nan)
    # While a month runs, what it will bring is not known, and so what the others must is not either.
    running = figures.provisional.over(covered, np.ix_(rows, units[:1]))[:, 0] > 0
    wanted = np.where(running, np.nan, target)
    fields = _needed(figures, rows, so_far.numerator, so_far.denominator, so_far.months, left, wanted)
    better = np.array([figures.axes.metrics[row].better for row in rows])
    word = feasibility(fields["needed"], lines[0], lines[1], better)
    word = np.where((word != "") & ~fields["possible"], "beyond", word)
    word = np.where(
        (word != "")
        & _secured(
            fields["needed"],
            better,
            np.array([figures.axes.metrics[row].format in BOUNDED for row in rows], dtype=bool),
        ),
        "safe",
        word,
    )
    frame = pd.DataFrame(
        {
            "metric": [figures.axes.metrics[row].code for row in rows],
            "unit": unit,
            "target": target,
            "value": so_far.value,
            "months_known": so_far.months,
            "months_left": left,
            **fields,
            "lower": lines[0],
            "upper": lines[1],
            "centre": lines[2],
            "reach": pd.Series([name or None for name in word.tolist()], dtype="object"),
        }
    )
    frame["sentence"] = pd.Series(
        [run_rate_in_words(row, figures.axes.metric(row["metric"]), lang) for row in frame.to_dict("records")],
        dtype="object",
    )
    return frame[list(COLUMNS)]


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
    possible = ((needed >= 0) & ~(bounded & (needed > FULL))) | _secured(needed, better, bounded)
    return {"needed": needed, "natural": natural, "per_month": accumulating, "possible": possible}


def _secured(needed: Array, better: np.ndarray, bounded: np.ndarray) -> np.ndarray:
    """Where no value that there can be would miss the target any more."""
    with np.errstate(invalid="ignore"):
        return ((better == "higher") & (needed <= 0)) | ((better == "lower") & bounded & (needed >= FULL))


def _chosen(name: str, adding: RunRate, ratio: RunRate, accumulating: np.ndarray) -> Array:
    return np.where(accumulating, getattr(adding, name), getattr(ratio, name))


def run_rate_in_words(row: Mapping[Any, Any], metric: Metric, lang: str) -> str | None:
    """What the months left must bring, in words; None where it is not known."""
    # A cohort that starts anew has no usual months, but its year's target is known all the same.
    unjudged = metric.restarts and not row["reach"] and row["needed"] == row["needed"] and row["possible"]
    if not row["reach"] and not unjudged:
        return None
    values = {
        "left": int(row["months_left"]),
        "needed": formatted_compact(row["needed"], metric, lang),
        "target": formatted_compact(row["target"], metric, lang),
        "lower": formatted_compact(row["lower"], metric, lang),
        "upper": formatted_compact(row["upper"], metric, lang),
    }
    if _secured(np.array([row["needed"]]), np.array([metric.better]), np.array([metric.format in BOUNDED]))[0]:
        return text(lang, "the year's target {target} is safe whatever the months left bring", target=values["target"])
    if not row["possible"]:
        return text(lang, "the year's target {target} cannot be reached any more", target=values["target"])
    last_decides = metric.numerator is not None and row["natural"] != row["natural"]
    if last_decides:
        first = text(lang, "the year's target {target} is that of its last month", target=values["target"])
    elif values["left"] == 1:
        first = text(lang, "the year's target {target} needs {needed} in the last month", **values)
    else:
        first = text(lang, "the year's target {target} needs {needed} in each of the {left} months left", **values)
    if unjudged:
        return first
    alone = last_decides or values["left"] == 1
    said = (OF_A_MONTH if alone else OF_THEIR_MEAN)[row["reach"]]
    return first + text(lang, "; ") + text(lang, said, **{name: values[name] for name in ("lower", "upper", "left")})
