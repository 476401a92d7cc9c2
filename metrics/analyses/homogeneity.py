"""Whether the parts of a change moved alike: then none of them is its cause."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.analyses.segments import segment_months
from metrics.assessment.uncertainty import (
    MINIMUM_MONTHS_FOR_ERROR,
    PROCESS_MONTHS,
    interval_type,
    standard_error,
    uncertainty,
)
from metrics.engine.aggregation import LAST
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.model.periods import Window
from metrics.statistics.arrays import Array, Indices
from metrics.statistics.heterogeneity import homogeneity
from metrics.statistics.intervals import normal_quantile, wilson_interval
from metrics.statistics.laney import D2
from metrics.statistics.volatility import mean_moving_range

LEVEL = 0.05
"""Parts are held to differ where chance alone makes them look so in less than this share of cases."""
DEGREES_OF_A_RANGE = 0.62
"""Of a mean moving range, for each step between months (Wheeler 1995)."""
CONTINUITY = 0.5
"""Added to counts before their logarithm, so that none is not infinitely far from one."""


@dataclass(frozen=True)
class _Side:
    """The parts at one time [part]: how large (a logarithm where changes are relative), its error, and of how many
    degrees that is.
    """

    level: Array
    error: Array
    degrees: Array


def judged_metric(figures: Figures, metric: Metric) -> Metric:
    """The metric by which a change is judged: of a count its rate, where there is one, else itself.

    Complaints rise with the customers; complaints per 10,000 customers say whether that is all.
    """
    if not metric.total:
        return metric
    rates = (
        other
        for other in figures.axes.metrics
        if other.numerator == metric.numerator and other.denominator is not None and other.format == "rate"
    )
    return next(rates, metric)


def units_alike(figures: Figures, metric: Metric, codes: list[str], earlier: Window | None, now: Window) -> float:
    """The p-value of one common change of units from `earlier` to `now`; without `earlier`, of one common level.

    NaN where it cannot be said. Counts and rates change by the same factor, all others by the same points.
    """
    judged = judged_metric(figures, metric)
    places = figures.axes.unit_indices(codes)
    after = _of_units(figures, judged, places, now)
    return _p(after) if earlier is None else _p(after, _of_units(figures, judged, places, earlier))


def segments_alike(
    figures: Figures,
    metric: Metric,
    parts: pd.DataFrame,
    sides: tuple[tuple[str, Window], tuple[str, Window]],
    kind: str,
) -> float:
    """The p-value of one common change of the segments of `kind`; see `units_alike`.

    parts: key, n0, d0 (of the first of the `sides`: unit and months), n1, d1 (of the second).
    """
    found = [
        _of_segments(figures, metric, parts, str(place), unit, covered, kind)
        for place, (unit, covered) in enumerate(sides)
    ]
    return _p(found[1], found[0])


def _p(now: _Side, before: _Side | None = None) -> float:
    if before is None:
        change, error, degrees = now.level, now.error, now.degrees
    else:
        change, error = now.level - before.level, np.hypot(now.error, before.error)
        degrees = np.minimum(now.degrees, before.degrees)
    return float(homogeneity(change[None, :], error[None, :], degrees[None, :])[1][0])


def _of_units(figures: Figures, metric: Metric, places: Indices, covered: Window) -> _Side:
    rows = np.array([figures.axes.metric_index(metric.code)])
    found = figures.over(covered).at(np.ix_(rows, places))
    sure = uncertainty(figures, rows, places, found, covered)
    error = standard_error(figures, sure, covered, rows, places)[0]
    end = max(covered.last - figures.axes.first_month + 1, 0)
    months = figures.complete_months[rows[0], :, max(end - PROCESS_MONTHS, 0) : end][places]
    # The larger error is that of the months wherever it is not that of the sample.
    sampled = error <= sure.error[0]
    degrees = np.where(sampled, np.inf, DEGREES_OF_A_RANGE * ((~np.isnan(months)).sum(axis=1) - 1))
    base = found.denominator[0] if metric.denominator else np.ones(len(places))
    counted = interval_type(figures, metric) in ("rate", "count")
    return _side(metric, found.value[0], error, degrees, (found.numerator[0], base) if counted else None)


def _of_segments(
    figures: Figures, metric: Metric, parts: pd.DataFrame, place: str, unit: str, covered: Window, kind: str
) -> _Side:
    top = parts[f"n{place}"].to_numpy(dtype=float)
    base = parts[f"d{place}"].to_numpy(dtype=float) if metric.denominator else np.ones(len(top))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = top / base
    usual, known = _months_of_segments(figures, metric, parts["key"], unit, covered, kind)
    counted = interval_type(figures, metric)
    if counted == "proportion":
        low, high = wilson_interval(top, base)
        sampling = (high - low) / (2 * normal_quantile(0.95))
    elif counted in ("rate", "count"):
        sampling = value / np.sqrt(np.maximum(top, CONTINUITY))
    else:
        sampling = np.full(len(top), np.nan)
    error = np.fmax(sampling, usual)
    degrees = np.where(error <= sampling, np.inf, DEGREES_OF_A_RANGE * (known - 1))
    return _side(metric, value, error, degrees, (top, base) if counted in ("rate", "count") else None)


def _months_of_segments(
    figures: Figures, metric: Metric, names: pd.Series, unit: str, covered: Window, kind: str
) -> tuple[Array, Array]:
    """(the error of each segment's value over `covered` by how its months vary, the months known) [segment]."""
    row, end = figures.axes.metric_index(metric.code), max(covered.last - figures.axes.first_month + 1, 0)
    span = slice(max(end - PROCESS_MONTHS, 0), end)
    if metric.numerator is None:
        return np.full(len(names), np.nan), np.zeros(len(names))
    top = _by_name(figures, metric.numerator.measure, kind, unit, names)[:, span]
    if metric.denominator is None:
        value = top
    elif kind in figures.snapshot.segment_kinds(metric.denominator.measure):
        value = _divided(top, _by_name(figures, metric.denominator.measure, kind, unit, names)[:, span])
    else:
        whole = figures.monthly_values.denominator[row, figures.axes.unit_index(unit), span]
        value = _divided(top, np.broadcast_to(whole, top.shape))
    known = (~np.isnan(value)).sum(axis=1)
    sigma = np.where(known >= MINIMUM_MONTHS_FOR_ERROR, mean_moving_range(value, screen=True) / D2, np.nan)
    months = 1 if figures.axes.over_time(metric.numerator) == LAST else covered.length
    return sigma * (np.sqrt(months) if figures.axes.accumulates[row] else 1 / np.sqrt(months)), known


def _by_name(figures: Figures, measure: str, kind: str, unit: str, names: pd.Series) -> Array:
    """The months of these segments [segment, month]; NaN for one that there is not."""
    known, months = segment_months(figures, measure, kind, unit)
    places = {name: place for place, name in enumerate(known)}
    unknown = np.full(months.shape[1], np.nan)
    return np.array([months[places[name]] if name in places else unknown for name in names]).reshape(
        len(names), months.shape[1]
    )


def _divided(top: Array, base: Array) -> Array:
    return top / np.where(base > 0, base, np.nan)


def _side(metric: Metric, value: Array, error: Array, degrees: Array, cases: tuple[Array, Array] | None) -> _Side:
    """cases: the numerators and bases of a value that counts cases."""
    if cases is None and not metric.total:
        return _Side(value, error, degrees)
    positive = np.where(value > 0, value, np.nan)
    relative = error / positive
    if cases is None:
        return _Side(np.log(positive), relative, degrees)
    counts, base = cases[0] + CONTINUITY, np.where(cases[1] > 0, cases[1], np.nan)
    sampling = 1 / np.sqrt(counts)
    widened = relative > sampling
    return _Side(np.log(counts / base), np.where(widened, relative, sampling), np.where(widened, degrees, np.inf))
