"""The year's figure from the months so far and those to come, as figures.over would make it of both together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from metrics.engine.aggregation import LAST, STOCK
from metrics.engine.figures import Figures
from metrics.model.periods import Window
from metrics.statistics.arrays import Array, Flags, Indices


@dataclass(frozen=True)
class YearSoFar:
    """The months of a year that are known: arrays [pair].

    numerator, denominator: their sums. months: how many. value: the figure of all of them.
    numerator_over_time, denominator_over_time: FLOW, STOCK or LAST. with_base: whether there is a denominator.
    ready: whether the year's figure follows from its months: no composite, no figure that came ready-made,
    and no last month over the sum of others.
    """

    numerator: Array
    denominator: Array
    months: Indices
    value: Array
    numerator_over_time: np.ndarray
    denominator_over_time: np.ndarray
    with_base: Flags
    scale: Array
    ready: Flags

    def combination(self, base: Array, due: Flags) -> tuple[Array, Array]:
        """(start [pair], weight [pair, ahead]): the year's figure is `start` and the coming months by their weights.

        base: the bases that are expected [pair, ahead]. due: months that will have a figure.
        """
        base = np.where(due, np.where(self.with_base[:, None], base, 1.0), 0.0)
        count = self.months + due.sum(axis=1)
        at_end = self.numerator_over_time == LAST
        last = np.zeros(due.shape, dtype=bool)
        if due.shape[1]:
            last[np.arange(len(due)), due.shape[1] - 1 - due[:, ::-1].argmax(axis=1)] = True
        with np.errstate(divide="ignore", invalid="ignore"):
            numerator = np.where(self.numerator_over_time == STOCK, 1.0 / count, 1.0)
            whole = self.denominator + base.sum(axis=1)
            whole = np.where(self.denominator_over_time == STOCK, whole / count, whole)
            whole = np.where(self.with_base, whole, 1.0)
            start = self.scale * self.numerator * numerator / whole
            weight = numerator[:, None] * base / whole[:, None]
        start = np.where(at_end, np.where(due.any(axis=1), 0.0, self.value), start)
        weight = np.where(at_end[:, None], last * 1.0, weight)
        return np.where(self.ready, start, np.nan), np.where(due, weight, 0.0)


def year_so_far(figures: Figures, metrics: Indices, units: Indices, last: int, end: int) -> YearSoFar:
    """The months of the year of `end` up to `last` (counts of months) of the pairs (metrics[i], units[i])."""
    terms, axes = figures.monthly_terms, figures.axes
    first = end - 11 - axes.first_month
    span = slice(max(first, 0), max(last + 1 - axes.first_month, 0))
    known = terms.known[span, metrics, units]
    top, base = (np.where(known, part[span, metrics, units], 0.0) for part in (terms.numerator, terms.denominator))
    records = [axes.metrics[place] for place in metrics]
    ready = np.array([metric.numerator is not None and not metric.components for metric in records], dtype=bool)
    alone = (terms.has_reported & ~terms.pair_first)[span, metrics, units].any(axis=0)
    over_time = terms.numerator_over_time[metrics], terms.denominator_over_time[metrics]
    with_base = terms.has_denominator[metrics]
    ready &= ~with_base | ((over_time[0] == LAST) == (over_time[1] == LAST))
    whole = figures.over(Window(end - 11, last)) if last >= end - 11 else None
    return YearSoFar(
        top.sum(axis=0),
        base.sum(axis=0),
        known.sum(axis=0),
        np.full(len(metrics), np.nan) if whole is None else whole.value[metrics, units],
        *over_time,
        with_base,
        terms.scale[metrics],
        ready & ~(alone & ~known.any(axis=0)),
    )


def targets_of_the_year(figures: Figures, metrics: Indices, units: Indices, month: str) -> Array:
    """The targets [pair] of the year of `month`; what adds up over the year takes no month's."""
    target = figures.target_set(month, longer=True).target[metrics, units]
    yearly = figures.targets_in(month).set_for(month[:4])[metrics, units]
    return np.where(figures.axes.accumulates[metrics], yearly, target)
