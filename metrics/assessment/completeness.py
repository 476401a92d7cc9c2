"""Months that a period should have, and targets of the months that are known."""

from __future__ import annotations

from typing import Any

import numpy as np

from metrics.engine.aggregation import Values
from metrics.engine.completeness import YEAR
from metrics.engine.figures import Figures
from metrics.model.periods import Window, month_name
from metrics.statistics.arrays import Array, Flags, Indices


def months_expected(figures: Figures, rows: Indices, values: Values) -> Indices:
    """How many months a figure should have [row, peer].

    Of what accumulates the most that any peer knows; of everything else those known, since it does not grow with them.
    """
    most = values.months.max(axis=1, keepdims=True, initial=0)
    return np.where(figures.axes.accumulates[rows][:, None], most, values.months)


def target_for_known_months(figures: Figures, covered: Window, rows: Indices, units: Indices) -> Array:
    """The period's targets for the months that are known [row, unit].

    Of what accumulates the share that falls to the months known, where some are and others are not.
    """
    found = figures.targets_over(covered)[np.ix_(rows, units)]
    growing = np.flatnonzero(
        figures.axes.accumulates[rows] & [not figures.axes.metrics[row].quarters_of for row in rows]
    )
    pick = np.ix_(rows[growing], units)
    known = _known(figures, covered, pick)
    if covered.length == 1 or known.all() or not known.any():
        return found
    each = np.stack([_of_month(figures, month)[pick] for month in range(covered.first, covered.last + 1)])
    # Where a month has neither a target nor a share of the year's, all months weigh alike.
    each = np.where(np.isnan(each).any(axis=0) | (each.sum(axis=0) == 0), 1.0, each)
    share = np.where(known, each, 0.0).sum(axis=0) / each.sum(axis=0)
    found[growing] *= np.where(known.any(axis=0), share, 1.0)
    return found


def _known(figures: Figures, covered: Window, pick: tuple[Any, ...]) -> Flags:
    """Which months of `covered` a sum is of [month, row, unit]; a ready-made figure is of its own."""
    months = figures.monthly_terms
    pairs, ready = (flags[(slice(None), *pick)] for flags in (months.known, months.has_reported))
    held = np.where(figures.over(covered).reported[pick], ready, pairs)
    found = np.zeros((covered.length, *held.shape[1:]), dtype=bool)
    first, last = covered.first - figures.axes.first_month, covered.last - figures.axes.first_month
    inside = np.arange(max(first, 0), min(last + 1, len(held)))
    found[inside - first] = held[inside]
    return found


def _of_month(figures: Figures, month: int) -> Array:
    """What was set for a month, else its share of the year's [metric, unit]."""
    name = month_name(month)
    own, year = (figures.targets_in(name).set_for(period) for period in (name, name[:4]))
    return np.where(np.isnan(own), year / YEAR, own)
