"""How sure a value is: its interval, its standard error, and whether its base is too small to say anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.engine.aggregation import FLOW, LAST, Values
from metrics.engine.figures import Figures
from metrics.engine.rollup import roll_up
from metrics.model.metric import Interval, Metric
from metrics.model.periods import Window
from metrics.statistics.arrays import Array, Flags, Indices
from metrics.statistics.intervals import count_interval, mean_interval, normal_quantile, rate_interval, wilson_interval
from metrics.statistics.laney import D2
from metrics.statistics.volatility import mean_moving_range

CONFIDENCE_LEVEL = 0.95
PROCESS_MONTHS = 36
MINIMUM_MONTHS_FOR_ERROR = 6
MINIMUM_PARTS = 5
"""A ratio of totals needs at least this many parts before their spread says anything."""
MINIMUM_COVERAGE = 0.9
"""Part of a mean's responses that a standard deviation must come from.

If the tenth without one varies twice as much (in variance) as the rest, the interval is 5 % too narrow; a few new
halls, the only ones with single answers, say nothing of a province.
"""


@dataclass(frozen=True)
class Uncertainty:
    """The uncertainty of values: arrays [metric, peer].

    low, high: the 95 % interval. error: the standard error.
    below_minimum_base: the base is below the metric's minimum.
    """

    low: Array
    high: Array
    error: Array
    below_minimum_base: Flags


def interval_type(figures: Figures, metric: Metric) -> Interval:
    """The type of interval that suits a metric, by what it counts.

    A census (terminals, customers at a month) and a composite have no interval.
    """
    if metric.interval:
        return metric.interval
    if metric.spread:
        return "mean"
    if metric.numerator is None or metric.components:
        return "none"
    flow = figures.axes.over_time(metric.numerator) == FLOW
    if metric.format == "percent" and metric.denominator:
        return "proportion"
    if metric.format == "count" and flow and metric.denominator is None:
        return "count"
    if metric.format in ("rate", "number") and flow and metric.denominator:
        return "rate"
    return "none"


def uncertainty(figures: Figures, rows: Indices, units: Indices, found: Values, covered: Window) -> Uncertainty:
    """The intervals of the values [rows, units] (places on the figures' axes) over `covered`.

    NaN where a metric has none, or its parts are not known.
    """
    low, high = np.full((2, *found.value.shape), np.nan)
    error = np.full(found.value.shape, np.nan)
    z = normal_quantile(CONFIDENCE_LEVEL)
    for place, row in enumerate(rows):
        metric = figures.axes.metrics[row]
        kind = interval_type(figures, metric)
        top, base = found.numerator[place], found.denominator[place]
        with np.errstate(divide="ignore", invalid="ignore"):
            if kind == "proportion":
                low[place], high[place] = (metric.scale * side for side in wilson_interval(top, base, CONFIDENCE_LEVEL))
            elif kind == "rate":
                low[place], high[place] = rate_interval(top, base, metric.scale, CONFIDENCE_LEVEL)
            elif kind == "count":
                low[place], high[place] = (metric.scale * side for side in count_interval(top, CONFIDENCE_LEVEL))
            elif kind == "mean":
                spread = standard_deviation(figures, metric, covered)[units]
                low[place], high[place] = mean_interval(found.value[place], spread, base, CONFIDENCE_LEVEL)
            elif kind == "ratio_of_totals":
                error[place] = _of_parts(figures, covered, row)[units]
                low[place], high[place] = found.value[place] - z * error[place], found.value[place] + z * error[place]
    low, high = (np.where(np.isnan(found.value), np.nan, side) for side in (low, high))
    error = np.where(np.isnan(error), (high - low) / (2 * z), error)
    return Uncertainty(low, high, error, below_minimum_base(figures, rows, found))


def below_minimum_base(figures: Figures, rows: Indices, values: Values) -> Flags:
    """Which of the values [rows, unit] rest on a base below their metric's minimum.

    A ready-made figure has no base to judge.
    """
    minimum = np.array([figures.axes.metrics[row].minimum_base for row in rows], dtype=float)
    return np.asarray((values.denominator < minimum[:, None]) & ~values.reported)


def standard_error(figures: Figures, sure: Uncertainty, covered: Window, rows: Indices, units: Indices) -> Array:
    """The standard error by which values are compared [rows, unit].

    The larger of the sampling error and the months' own variation; of a census the latter alone.
    """
    return np.asarray(np.fmax(sure.error, process_error(figures, covered, rows, units)))


def process_error(figures: Figures, covered: Window, rows: Indices, units: Indices) -> Array:
    """The standard error of a period's value from how the months vary [rows, unit].

    Mean moving range / 1.128 / root of the months known. What accumulates over the months has it times their number; a
    figure of the last month has that of a month, whatever the period. Shocks are screened as on the chart, unless they
    are all that ever moved. NaN where fewer than 6 months are known, and where the steps between months are no chance
    (Axes.chartable).
    """
    end = max(covered.last - figures.axes.first_month + 1, 0)
    pick = np.ix_(rows, units)
    values = figures.complete_months[:, :, max(end - PROCESS_MONTHS, 0) : end][pick]
    flat = values.reshape(values.shape[0] * values.shape[1], values.shape[2])
    enough = (~np.isnan(flat)).sum(axis=1) >= MINIMUM_MONTHS_FOR_ERROR
    enough &= np.repeat(figures.axes.chartable[rows], values.shape[1])
    usual = mean_moving_range(flat, screen=True)
    usual = np.where(usual > 0, usual, mean_moving_range(flat))
    sigma = np.where(enough, usual / D2, np.nan).reshape(values.shape[:2])
    single = figures.monthly_terms.numerator_over_time[rows] == LAST
    known = np.where(single[:, None], 1, np.maximum(figures.over(covered).months[pick], 1))
    return np.asarray(sigma * np.where(figures.axes.accumulates[rows][:, None], np.sqrt(known), 1 / np.sqrt(known)))


def standard_deviation(figures: Figures, metric: Metric, covered: Window) -> Array:
    """The standard deviation of all scores of the months [unit].

    From sums of squares, points and responses, which add up over units. NaN where the responses with a known spread are
    not those of the mean, nearly all of them (MINIMUM_COVERAGE) and no others.
    """
    terms = [figures.terms[term] for term in metric.spread]
    first = max(covered.first - figures.axes.first_month, 0)
    chosen = figures.own_values[terms][:, :, first : max(covered.last - figures.axes.first_month + 1, 0)]
    if not chosen.size:
        return np.full(len(figures.axes.units), np.nan)
    rolled = roll_up(chosen, figures.axes.hierarchy, first)
    known = ~np.isnan(rolled).any(axis=0)
    squares, points, responses = np.where(known, np.nan_to_num(rolled), 0.0).sum(axis=2)
    base = figures.over(covered).denominator[figures.axes.metric_index(metric.code)]
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (squares - points**2 / responses) / (responses - 1)
        theirs = np.minimum(responses / base, base / responses) >= MINIMUM_COVERAGE
    return np.sqrt(np.where(theirs & (responses > 1) & (variance >= 0), variance, np.nan))


def _of_parts(figures: Figures, covered: Window, row: int) -> Array:
    """The standard error of a ratio of totals [unit], from how its children's ratios spread around it.

    Source: Cochran 1977, 6.3.
    """
    error = np.full(len(figures.axes.units), np.nan)
    values = figures.over(covered)
    top, base = values.numerator[row], values.denominator[row]
    scale = figures.axes.metrics[row].scale
    for children, starts, above in figures.axes.tree_in(covered.last).steps:
        y, x = top[children], base[children]
        known = ~(np.isnan(y) | np.isnan(x))
        y, x = np.where(known, y, 0.0), np.where(known, x, 0.0)
        sizes = np.diff(np.append(starts, len(children)))
        total_y, total_x, count = (np.add.reduceat(part, starts) for part in (y, x, known.astype(float)))
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = total_y / total_x
            residual = np.where(known, (y - np.repeat(ratio, sizes) * x) ** 2, 0.0)
            error[above] = np.where(
                count >= MINIMUM_PARTS,
                scale * np.sqrt(count / (count - 1) * np.add.reduceat(residual, starts)) / total_x,
                np.nan,
            )
    return error


POOLED_MONTHS = 3


@dataclass(frozen=True)
class PooledInterval:
    """Figures of POOLED_MONTHS months together: arrays [metric, peer].

    value, its 95 % interval low..high, its base and the months known. NaN where one month is enough, or three are not
    either.
    """

    value: Array
    low: Array
    high: Array
    base: Array
    months: Array


def pooled_interval(
    figures: Figures, rows: Indices, units: Indices, too_small: Flags, covered: Window
) -> PooledInterval:
    """The figures over the three months that end with `covered` (a single month), where that one is `too_small`.

    too_small: [rows, units]. Ratio of sums, as any period; a base that is a stock (customers) does not grow by
    pooling, and then nothing is offered.
    """
    found = np.full((5, *too_small.shape), np.nan)
    wanted = np.flatnonzero(too_small.any(axis=1)) if covered.length == 1 else np.empty(0, dtype=np.intp)
    if len(wanted):
        wide = Window(covered.last - POOLED_MONTHS + 1, covered.last)
        values = figures.over(wide).at(np.ix_(rows[wanted], units))
        sure = uncertainty(figures, rows[wanted], units, values, wide)
        offered = too_small[wanted] & ~sure.below_minimum_base & ~np.isnan(values.value)
        found[:, wanted] = np.where(
            offered, np.stack([values.value, sure.low, sure.high, values.denominator, values.months]), np.nan
        )
    return PooledInterval(*found)
