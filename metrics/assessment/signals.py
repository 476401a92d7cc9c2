"""Signal or noise for every pair of a standing: control chart, plausible ranks, capability for the target."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.assessment.control_chart import ControlCharts, control_charts
from metrics.assessment.expected_paths import expected_paths
from metrics.assessment.judgement import FALLING, FRESH_MONTHS, RISING, judgement
from metrics.assessment.standing import Standing
from metrics.assessment.target_record import target_record
from metrics.assessment.uncertainty import PooledInterval, Uncertainty, pooled_interval, standard_error, uncertainty
from metrics.engine.figures import Figures
from metrics.engine.phases import Phases
from metrics.model.periods import Window
from metrics.statistics.arrays import Array, Codes, Flags, Indices
from metrics.statistics.path_records import NO_MODEL
from metrics.statistics.rank_range import rank_range
from metrics.statistics.xmr import assurance

MINIMUM_MONTHS = 6
"""Below this many known months a control chart says nothing, not even provisionally."""
SIGNAL, NOISE, TOO_LITTLE_DATA = "signal", "noise", "too_little_data"


@dataclass(frozen=True)
class Signals:
    """What the months say of each figure of a standing: arrays [metric, peer].

    signal: "", SIGNAL (a jump, a fresh shift or a real course), NOISE or TOO_LITTLE_DATA.
    variation: "improving", "concerning", "neither_high" or "neither_low" of a signal, "common" of noise.
    assurance: a word of metrics.statistics.xmr, of the limits of the path.
    expected, path_lower, path_upper: what the path expects of the chosen month.
    jump, model, course, per_month, shift_change...: see judgement.py; months are indices on the axis, -1 none.
    met_months, months_judged: how many of the months before and the chosen one met their targets.
    latest: the index of the latest month known, -1 none.
    p_value: how often chance alone shows as much.
    centre, lower, upper, point_type, provisional, points, chart, phase: of the plain control chart.
    month_value: the value of the chosen month.
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
    expected: Array
    expected_error: Array
    path_lower: Array
    path_upper: Array
    jump: np.ndarray
    model: np.ndarray
    course: np.ndarray
    course_since: Indices
    per_month: Array
    per_month_low: Array
    per_month_high: Array
    shift_since: Indices
    shift_change: Array
    shift_low: Array
    shift_high: Array
    met_months: Array
    months_judged: Array
    latest: Indices
    p_value: Array


PathParts = dict[str, np.ndarray]
"""Field of `Signals` -> what the path says of the judged month of pairs [pair]."""


def signals(
    figures: Figures,
    found: Standing,
    covered: Window,
    columns: Indices | None = None,
    phases: Phases | None = None,
    parts: PathParts | None = None,
) -> Signals:
    """The signals of the standing `found`.

    columns: indices on its peer axis; only those peers are judged, the others stay unjudged.
    phases: replaces those of the loaded events.
    parts: what `path_parts` says of the judged pairs, where that is at hand.
    """
    shape = found.value.shape
    sure = uncertainty(figures, found.metrics, found.units, found.values, covered)
    peers = np.arange(shape[1]) if columns is None else columns
    last = covered.last - figures.axes.first_month
    wanted = np.zeros(shape, dtype=bool)
    wanted[:, peers] = True
    rows, places = np.nonzero(wanted)
    inside = len(figures.axes.months) and 0 <= last < len(figures.axes.months)
    pairs = (figures, found.metrics[rows], found.units[places], last)
    charts = control_charts(*pairs, phases=phases) if inside else None
    lines = _last_month(charts, rows, places, shape)
    path = _no_path(shape)
    if inside:
        for name, part in (path_parts(*pairs, phases) if parts is None else parts).items():
            path[name][rows, places] = part
    better = np.array([figures.axes.metrics[row].better for row in found.metrics])[:, None]
    charted = figures.axes.chartable[found.metrics][:, None]
    # A month that is not over is shown, not judged.
    known = ~np.isnan(found.value) & (found.provisional == 0)
    judged = (path["state"] != NO_MODEL) & charted & ~np.isnan(path["month"]) & (found.provisional == 0)
    turned = np.where(judged, _direction(path, last), 0)
    signal = np.full(shape, "", dtype="object")
    signal[known & wanted] = TOO_LITTLE_DATA
    enough = judged & known & ~sure.below_minimum_base
    signal[enough] = np.where(turned[enough] != 0, SIGNAL, NOISE)
    signal[known & wanted & ((path["latest"] < 0) | ~charted)] = ""
    wished = _monthly_target(figures, found, covered)
    goal = np.where(judged, assurance(wished, path["path_lower"], path["path_upper"], better), "")
    error = standard_error(figures, sure, covered, found.metrics, found.units)
    low, high = _ranks(figures, found, sure, error)
    earlier = found.rank + found.rank_change
    moved = (found.rank_change != 0) & ~((earlier >= low) & (earlier <= high)) & ~np.isnan(found.rank_change)
    return Signals(
        uncertainty=sure,
        signal=signal,
        variation=np.where(judged, _variation(turned, better), ""),
        assurance=goal,
        point_type=lines["point_type"],
        centre=lines["centre"],
        lower=lines["lower"],
        upper=lines["upper"],
        provisional=lines["provisional"],
        points=lines["points"],
        chart=lines["chart"],
        rank_low=low,
        rank_high=high,
        rank_moved=moved,
        monthly_target=wished,
        phase=lines["phase"],
        pooled_interval=pooled_interval(
            figures, found.metrics, found.units, sure.below_minimum_base & wanted & known, covered
        ),
        month_value=lines["value"],
        error=error,
        **{name: path[name] for name in PATH_FIELDS},
    )


def _direction(path: dict[str, np.ndarray], last: int) -> np.ndarray:
    """1 up, -1 down, 0 nothing: the jump of the month speaks first, then a fresh shift, then the course."""
    course = np.where(path["course"] == RISING, 1, np.where(path["course"] == FALLING, -1, 0))
    fresh = (path["shift_since"] >= 0) & (last - path["shift_since"] < FRESH_MONTHS)
    shift = np.where(fresh, np.sign(np.nan_to_num(path["shift_change"])), 0).astype(int)
    jump = np.where(path["jump"] == "high", 1, np.where(path["jump"] == "low", -1, 0))
    return np.where(jump != 0, jump, np.where(shift != 0, shift, course))


def _variation(turned: np.ndarray, better: np.ndarray) -> np.ndarray:
    """The word for a direction, by which direction is better."""
    good = np.where(better == "higher", turned > 0, turned < 0)
    sided = np.where(good, "improving", "concerning")
    plain = np.where(turned > 0, "neither_high", "neither_low")
    return np.where(turned == 0, "common", np.where(better == "neither", plain, sided))


PATH_FIELDS = (
    "expected",
    "expected_error",
    "path_lower",
    "path_upper",
    "jump",
    "model",
    "course",
    "course_since",
    "per_month",
    "per_month_low",
    "per_month_high",
    "shift_since",
    "shift_change",
    "shift_low",
    "shift_high",
    "met_months",
    "months_judged",
    "latest",
    "p_value",
)


def path_parts(
    figures: Figures, metrics: Indices, units: Indices, last: Indices | int, phases: Phases | None = None
) -> PathParts:
    """What the paths of the pairs (metrics[i], units[i]) say of the month `last` (one, or [pair]; an index)."""
    found = expected_paths(figures, metrics, units, last, phases)
    judged = judgement(found)
    targets = target_record(figures, metrics, units, last)
    known = ~np.isnan(found.value)
    columns = np.arange(found.value.shape[1])
    parts = {
        "state": judged.model,
        "month": found.value[np.arange(len(metrics)), found.at],
        "expected": judged.expected,
        "path_lower": judged.lower,
        "path_upper": judged.upper,
        "jump": np.array(["low", "", "high"], dtype="object")[judged.jump + 1],
        "model": judged.models,
        "course": judged.course,
        "latest": np.where(known.any(axis=1), np.where(known, columns, -1).max(axis=1) + found.first, -1),
        "p_value": judged.p_value(last),
        "met_months": targets.met,
        "months_judged": targets.judged,
    }
    return parts | {name: getattr(judged, name) for name in PATH_FIELDS if name not in parts}


def _no_path(shape: tuple[int, ...]) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {name: np.full(shape, np.nan) for name in (*PATH_FIELDS, "month")}
    found |= {name: np.full(shape, "", dtype="object") for name in ("jump", "model", "course")}
    found |= {name: np.full(shape, -1) for name in ("course_since", "shift_since", "latest")}
    return found | {"state": np.zeros(shape, dtype=np.int8)}


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
