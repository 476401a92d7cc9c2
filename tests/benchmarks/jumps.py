"""How many months of the samples and of the real exports the expected path calls a jump, beside the plain chart."""

from __future__ import annotations

import numpy as np

from metrics.assessment.control_chart import control_charts
from metrics.assessment.expected_paths import expected_paths
from metrics.engine.figures import Figures
from metrics.statistics.path_records import NO_MODEL
from tests.benchmarks.data_sets import data_sets
from tests.benchmarks.forecasts import charted_pairs

MOST = 0.06
ORDINARY = 2
"""Jumps of a unit in a month in which nothing was planted."""


def run() -> None:
    """Prints every data set; of the samples also how many of a city's metrics jump in one month."""
    for name, figures in data_sets():
        metrics, units = charted_pairs(figures)
        last = len(figures.axes.months) - 1
        found = expected_paths(figures, metrics, units, last)
        judged = ~np.isnan(found.value) & (found.paths.model != NO_MODEL)[:, None]
        share = (found.paths.jump[judged] != 0).mean()
        chart = control_charts(figures, metrics, units, last)
        plain = (chart.point_type[~np.isnan(chart.value)] > 1).mean()
        verdict = "met" if share <= MOST else "NOT MET"
        print(
            f"jumps, {name}: {share:.1%} of {judged.sum():,} months, against {plain:.1%} that break a rule of the "
            f"plain chart  goal {MOST:.0%} at most: {verdict}",
            flush=True,
        )
        if name == "samples":
            _by_city(figures)


def _by_city(figures: Figures) -> None:
    """Prints how many of each city's metrics jump in a month of the last two years: the usual and the largest."""
    cities = figures.axes.peers("city")
    rows = np.flatnonzero(figures.axes.chartable)
    metrics, units = (place.ravel() for place in np.meshgrid(rows, cities, indexing="ij"))
    counts = []
    for last in range(len(figures.axes.months) - 24, len(figures.axes.months)):
        found = expected_paths(figures, metrics, units, last)
        jump = found.paths.jump[np.arange(len(metrics)), found.at] != 0
        counts.append(jump.reshape(len(rows), len(cities)).sum(axis=0))
    held = np.array(counts)
    share = (held <= ORDINARY).mean()
    print(
        f"jumps, samples: of {len(rows)} metrics of a city {np.median(held):.0f} jump in the median month and "
        f"{held.max()} in the worst; {share:.1%} of {held.size} city-months have at most {ORDINARY}",
        flush=True,
    )


if __name__ == "__main__":
    run()
