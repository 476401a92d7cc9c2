"""Composite scores: weighted components, each linear between a base and a challenge value; and the quarters passed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from metrics.engine.aggregation import Values
from metrics.engine.targets import TargetSet
from metrics.model.metric import Component, Metric
from metrics.model.periods import Window
from metrics.statistics.arrays import Array, Indices


def component_score(value: Array, base: Array | float, challenge: Array | float, cap: float = 1.0) -> Array:
    """The score of a component: 0 at or below `base`, 1 at `challenge`, linear between and on to `cap`.

    A challenge below the base means lower is better.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (np.asarray(value) - base) / (np.asarray(challenge) - base)
    return np.clip(share, 0.0, cap)


def component_points(component: Component, value: Array, goals: TargetSet, metric: int) -> tuple[Array, Array]:
    """(points, weight) of one component per unit.

    Base, challenge and weight loaded with the targets stand before the definition's.
    """

    def set_or(loaded: Array, defined: float) -> Array:
        return np.where(np.isnan(loaded[metric]), defined, loaded[metric])

    weight = set_or(goals.weight, component.weight)
    score = component_score(value, set_or(goals.base, component.base), set_or(goals.challenge, component.challenge))
    return weight * score, weight


def composite(metric: Metric, parts: Values, goals: TargetSet, rows: Indices) -> tuple[Array, Indices]:
    """(score 0..100, months known) per unit, from its components' figures [component, unit].

    rows: the indices of the components in `goals`.
    """
    scored = [
        component_points(component, parts.value[place], goals, int(row))
        for place, (component, row) in enumerate(zip(metric.components, rows, strict=True))
    ]
    points, weights = (np.sum(column, axis=0) for column in zip(*scored, strict=True))
    return 100 * points / weights, parts.months.min(axis=0)


def with_composites(metrics: Sequence[Metric], values: Values, goals: TargetSet) -> Values:
    """`values` with every composite filled in; known only where all components are."""
    places = {metric.code: index for index, metric in enumerate(metrics)}
    value, months = values.value.copy(), values.months.copy()
    for index, metric in enumerate(metrics):
        if metric.components:
            rows = np.array([places[part.metric] for part in metric.components], dtype=np.intp)
            value[index], months[index] = composite(metric, values.at((rows,)), goals, rows)
    return replace(values, value=value, months=months)


def quarters_passed(
    metrics: Sequence[Metric], values: Values, covered: Window, score: Callable[[int, Window], tuple[Array, Indices]]
) -> Values:
    """`values` with the quarters of the year so far (to the last month covered) in which the pass mark was reached.

    The denominator is the number of quarters in which the score is known; `score` gives the value and the months known
    of a metric's place.
    """
    counted = [(index, metric) for index, metric in enumerate(metrics) if metric.quarters_of]
    if not counted:
        return values
    places = {metric.code: index for index, metric in enumerate(metrics)}
    value, top, base, months = (
        values.value.copy(),
        values.numerator.copy(),
        values.denominator.copy(),
        values.months.copy(),
    )
    january = covered.last - covered.last % 12
    quarters = [Window(first, min(first + 2, covered.last)) for first in range(january, covered.last + 1, 3)]
    for index, metric in counted:
        found = [score(places[metric.quarters_of], quarter) for quarter in quarters]
        scores = np.stack([of_quarter for of_quarter, _ in found])
        known = (~np.isnan(scores)).sum(axis=0)
        passed = np.where(known > 0, (scores >= metric.pass_mark).sum(axis=0), np.nan)
        value[index], top[index] = passed, passed
        base[index] = np.where(known > 0, known, np.nan)
        months[index] = np.sum([known_months for _, known_months in found], axis=0)
    return replace(values, value=value, numerator=top, denominator=base, months=months)
