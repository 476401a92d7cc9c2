"""The forecast held against what came, briefly; `make bench` does so of every month, and of the real exports."""

from __future__ import annotations

import numpy as np

from metrics.engine.figures import Figures
from tests.benchmarks.forecasts import LEAST, MOST, NONE, brier, charted_pairs, coverage

ORIGINS = ("2023-11", "2024-07", "2025-01", "2025-05")


def test_intervals_hold_and_probabilities_beat_words(sample: Figures) -> None:
    metrics, units = charted_pairs(sample)
    chosen = np.isin(units, [sample.axes.unit_index(code) for code in sample.axes.units if not is_hall(sample, code)])
    metrics, units = metrics[chosen], units[chosen]
    origins = [sample.axes.months.index(month) for month in ORIGINS]
    covered = sum((coverage(sample, metrics, units, last) for last in origins), NONE)
    squares = np.concatenate([brier(sample, metrics, units, last) for last in origins], axis=1)
    own, words = squares.mean(axis=1)
    print(
        f"95 % intervals hold {covered.share:.1%} of {covered.judged.sum():,.0f} months; Brier {own:.4f}, {words:.4f}"
    )
    assert LEAST <= covered.share <= MOST
    assert own < words


def is_hall(figures: Figures, unit: str) -> bool:
    return figures.organisation.level(unit) == "hall"
