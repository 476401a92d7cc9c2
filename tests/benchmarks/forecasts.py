"""The forecast held against what came: of every month of the samples and of the real exports.

Coverage: how many of the next one to six months lie within their 95 % interval. Brier: the mean squared distance of the
probability of the year's target from what happened, beside that of the words of before (safe, within, beyond).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.analyses.forecast import forecasts, meets, months_to_come
from metrics.analyses.outlook import BOUNDED, run_rates, secured
from metrics.engine.figures import Figures
from metrics.model.periods import Window, month_name
from metrics.statistics.arrays import Array, Indices, Words
from metrics.statistics.path_model import FEWEST_MONTHS
from metrics.statistics.run_rate import feasibility
from tests.benchmarks.data_sets import data_sets

AHEAD = 6
LEAST, MOST = 0.92, 0.98
OF_WORDS = {"safe": 0.95, "within": 0.5, "beyond": 0.05}


@dataclass(frozen=True)
class Covered:
    """Months that came, and those of them within their interval, by how far ahead [AHEAD]."""

    inside: Array
    judged: Array

    @property
    def share(self) -> float:
        """The share of all of them within."""
        return float(self.inside.sum() / self.judged.sum())

    def __add__(self, other: Covered) -> Covered:
        return Covered(self.inside + other.inside, self.judged + other.judged)


NONE = Covered(np.zeros(AHEAD), np.zeros(AHEAD))


def charted_pairs(figures: Figures) -> tuple[Indices, Indices]:
    """(metrics, units) that have a value in some month."""
    metrics, units = np.nonzero((~np.isnan(figures.complete_months)).any(axis=2))
    return metrics, units


def coverage(figures: Figures, metrics: Indices, units: Indices, last: int) -> Covered:
    """How the forecasts from the end of the month `last` (an index) fared."""
    coming = np.arange(last + 1, min(last + 1 + AHEAD, len(figures.axes.months)))
    found = months_to_come(figures, metrics, units, last, coming + figures.axes.first_month)
    low, high = (found.months.quantile(level) for level in (0.025, 0.975))
    came = figures.complete_months[metrics, units][:, coming]
    judged = ~np.isnan(came + low)
    slack = 1e-9 * np.abs(came)
    inside = judged & (came >= low - slack) & (came <= high + slack)
    counted = np.zeros((2, AHEAD))
    counted[:, : len(coming)] = inside.sum(axis=0), judged.sum(axis=0)
    return Covered(*counted)


def usual_reach(figures: Figures, rows: Indices, units: Indices, month: str) -> Words:
    """What the outlook said of the pairs before it had a forecast: whether usual months by the plain chart are enough.

    "safe", "within", "beyond", or "" where it said nothing.
    """
    rate = run_rates(figures, rows, units, month)
    better = np.array([figures.axes.metrics[row].better for row in rows])
    bounded = np.array([figures.axes.metrics[row].format in BOUNDED for row in rows], dtype=bool)
    word = feasibility(rate.needed, rate.lower, rate.upper, better)
    word = np.where((word != "") & ~rate.possible, "beyond", word)
    return np.where((word != "") & secured(rate.needed, better, bounded), "safe", word)


def brier(figures: Figures, metrics: Indices, units: Indices, last: int) -> Array:
    """[2, n]: squared distances of the forecast's probability, and of the words', from whether the target was met."""
    number = last + figures.axes.first_month
    end = number + 11 - number % 12
    nothing = np.zeros((2, 0))
    if end == number or end >= figures.axes.first_month + len(figures.axes.months):
        return nothing
    month = month_name(number)
    found = forecasts(figures, metrics, units, month)
    words = usual_reach(figures, metrics, units, month)
    value = figures.over(Window(end - 11, end)).value[metrics, units]
    better = np.array([figures.axes.metrics[place].better for place in metrics])
    said = np.array([OF_WORDS.get(str(word), np.nan) for word in words])
    known = ~np.isnan(value + found.probability + said)
    met = meets(value, found.target, better)[known] * 1.0
    return np.stack([(found.probability[known] - met) ** 2, (said[known] - met) ** 2])


def backtest(figures: Figures, metrics: Indices, units: Indices, origins: range) -> tuple[Covered, Array]:
    """(coverage, squared distances) of the forecasts from each of the months `origins` (indices)."""
    covered = sum((coverage(figures, metrics, units, last) for last in origins), NONE)
    return covered, np.concatenate([brier(figures, metrics, units, last) for last in origins], axis=1)


def printed(name: str, figures: Figures) -> None:
    """Prints one data set's coverage and scores."""
    metrics, units = charted_pairs(figures)
    months = len(figures.axes.months)
    covered, squares = backtest(figures, metrics, units, range(FEWEST_MONTHS - 1, months - 1))
    by_month = ", ".join(f"{share:.1%}" for share in covered.inside / np.maximum(covered.judged, 1))
    verdict = "met" if LEAST <= covered.share <= MOST else "NOT MET"
    print(
        f"forecasts, {name}: 95 % intervals hold {covered.share:.1%} of {covered.judged.sum():,.0f} months 1 to "
        f"{AHEAD} ahead ({by_month})  goal 92 to 98 %: {verdict}",
        flush=True,
    )
    if squares.size:
        own, words = squares.mean(axis=1)
        verdict = "met" if own < words else "NOT MET"
        print(
            f"forecasts, {name}: Brier score of the year's target {own:.4f} against {words:.4f} of safe, within and "
            f"beyond, {squares.shape[1]:,} forecasts  goal less: {verdict}",
            flush=True,
        )


def run() -> None:
    """Prints every data set, the real ones where they are."""
    for name, figures in data_sets():
        printed(name, figures)
