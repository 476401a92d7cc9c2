"""Signal or noise for every pair of a standing: control chart, plausible ranks, capability for the target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.assessment.control_chart import ControlCharts, control_charts
from metrics.assessment.standing import Standing
from metrics.assessment.uncertainty import PooledInterval, Uncertainty, pooled_interval, standard_error, uncertainty
from metrics.engine.figures import Figures
from metrics.engine.phases import Phases
from metrics.model.periods import Window
from metrics.statistics.arrays import Array, Codes, Flags, Indices
from metrics.statistics.rank_range import rank_range
from metrics.statistics.xmr import COMMON, assurance, variation

MINIMUM_MONTHS = 6
"""Below this many known months a control chart says nothing, not even provisionally."""
SIGNAL, NOISE, TOO_LITTLE_DATA = "signal", "noise", "too_little_data"


@dataclass(frozen=True)
class Signals:
    """What the months say of each figure of a standing: arrays [metric, peer].

    signal: "", SIGNAL, NOISE or TOO_LITTLE_DATA.
    variation, assurance: words of metrics.statistics.xmr; assurance is of the limits so far, also beside a signal.
    centre, lower, upper, month_value: those of the chosen month.
    error: the standard error by which ranks and differences are judged.
    rank_moved: a change of rank outside the plausible ranks.
    phase: the index of the month in which the chart began anew, -1 where it did not.
    """

    uncertainty: Uncertainty
    signal: np.ndarray
    variation: np.ndarray
    assurance: np.ndarray
    point_type: Codes
    centre: Array
    lower: Array
    upper: Array
    provisional: Flags
    points: Indices
    chart: np.ndarray
    rank_low: Array
    rank_high: Array
    rank_moved: Flags
    monthly_target: Array
    phase: Indices
    pooled_interval: PooledInterval
    month_value: Array
    error: Array


def signals(
    figures: Figures, found: Standing, covered: Window, columns: Indices | None = None, phases: Phases | None = None
) -> Signals:
    """The signals of the standing `found`.

    columns: indices on its peer axis; only those peers are charted, the others stay unjudged.
    phases: replaces those of the loaded events.
    """
    shape = found.value.shape
    sure = uncertainty(figures, found.metrics, found.units, found.values, covered)
    peers = np.arange(shape[1]) if columns is None else columns
    last = covered.last - figures.axes.first_month
    wanted = np.zeros(shape, dtype=bool)
    wanted[:, peers] = True
    rows, places = np.nonzero(wanted)
    if len(figures.axes.months) and 0 <= last < len(figures.axes.months):
        charts = control_charts(figures, found.metrics[rows], found.units[places], last, phases=phases)
    else:
        charts = None
    lines = _last_month(charts, rows, places, shape)
    better = np.array([figures.axes.metrics[row].better for row in found.metrics])[:, None]
    charted = figures.axes.chartable[found.metrics][:, None]
    judged = (lines["points"] >= MINIMUM_MONTHS) & (lines["point_type"] > 0) & charted
    # A month that is not over is shown, not judged.
    known = ~np.isnan(found.value) & (found.provisional == 0)
    judged &= found.provisional == 0
    signal = np.full(shape, "", dtype="object")
    signal[known & wanted] = TOO_LITTLE_DATA
    enough = judged & known & ~sure.below_minimum_base
    signal[enough] = np.where(lines["point_type"][enough] > COMMON, SIGNAL, NOISE)
    signal[known & wanted & ((lines["points"] == 0) | ~charted)] = ""
    kind = np.where(judged, variation(lines["point_type"], better), "")
    wished = _monthly_target(figures, found, covered)
    goal = assurance(wished, lines["lower"], lines["upper"], better)
    goal = np.where(judged, goal, "")
    error = standard_error(figures, sure, covered, found.metrics, found.units)
    low, high = _ranks(figures, found, sure, error)
    earlier = found.rank + found.rank_change
    moved = (found.rank_change != 0) & ~((earlier >= low) & (earlier <= high)) & ~np.isnan(found.rank_change)
    return Signals(
        sure,
        signal,
        kind,
        goal,
        lines["point_type"],
        lines["centre"],
        lines["lower"],
        lines["upper"],
        lines["provisional"],
        lines["points"],
        lines["chart"],
        low,
        high,
        moved,
        wished,
        lines["phase"],
        pooled_interval(figures, found.metrics, found.units, sure.below_minimum_base & wanted & known, covered),
        lines["value"],
        error,
    )


def _last_month(
    charts: ControlCharts | None, rows: Indices, places: Indices, shape: tuple[int, ...]
) -> dict[str, np.ndarray]:
    """What each chart says of the chosen month, spread over [metric, peer]."""
    found: dict[str, np.ndarray] = {
        "value": np.full(shape, np.nan),
        "centre": np.full(shape, np.nan),
        "lower": np.full(shape, np.nan),
        "upper": np.full(shape, np.nan),
        "point_type": np.zeros(shape, dtype=np.int8),
        "provisional": np.ones(shape, dtype=bool),
        "phase": np.full(shape, -1),
        "points": np.zeros(shape, dtype=int),
        "chart": np.full(shape, "", dtype="object"),
    }
    if charts is not None and charts.value.shape[1]:
        for name in ("value", "centre", "lower", "upper", "point_type", "provisional"):
            found[name][rows, places] = getattr(charts, name)[:, -1]
        began = charts.phase[:, -1]
        found["phase"][rows, places] = np.where(began > 0, charts.first + began, -1)
        found["points"][rows, places] = charts.points
        found["chart"][rows, places] = charts.chart
    return found


def _monthly_target(figures: Figures, found: Standing, covered: Window) -> Array:
    """The target of the last month alone, whatever the period of the value beside it.

    It is what the process of the months is held against.
    """
    return figures.targets_over(Window(covered.last, covered.last))[np.ix_(found.metrics, found.units)]


def _ranks(figures: Figures, found: Standing, sure: Uncertainty, error: Array) -> tuple[Array, Array]:
    """Plausible ranks from the standard errors."""
    lower = figures.axes.lower_is_better[found.metrics]
    # What holds no place has no range of places, and narrows nobody's.
    plausible = rank_range(np.where(np.isnan(found.rank), np.nan, found.value), error, lower)
    return plausible.low, plausible.high
