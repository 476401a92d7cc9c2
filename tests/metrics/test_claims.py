"""What sentences claim of targets, parents and parts, recomputed from the data over all units, metrics and months."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.analyses.briefing import briefing
from metrics.analyses.explain import doubt_in_words, explain
from metrics.assessment.standing import Standing, standing
from metrics.engine.figures import Figures
from metrics.model.periods import Window, month_number
from metrics.wording.attainment import exceeds_twice

LAST = month_number("2025-11")


@pytest.fixture(scope="module")
def months(sample: Figures) -> dict[int, Standing]:
    """The standing of all units in all metrics, by month."""
    units = np.arange(len(sample.axes.units))
    first = sample.axes.first_month
    return {
        month: standing(sample, Window(month, month), "month", units)
        for month in range(first, first + len(sample.axes.months))
    }


def test_a_target_is_said_to_be_met_just_where_the_figure_reaches_it(
    sample: Figures, months: dict[int, Standing]
) -> None:
    lower = sample.axes.lower_is_better[:, None]
    judged = 0
    for month, found in months.items():
        slack = 1e-11 * np.abs(found.target)
        gap = np.where(lower, found.target - found.value, found.value - found.target)
        known = ~np.isnan(found.met)
        assert ((gap >= -slack) == (found.met == 1))[known].all(), month
        assert (found.provisional[known] == 0).all()
        judged += int(known.sum())
    print(f"{judged:,} judged")
    assert judged > 10_000


def test_a_multiple_of_the_target_is_said_just_where_it_is_more_than_twice(
    sample: Figures, months: dict[int, Standing]
) -> None:
    lower, said = sample.axes.lower_is_better[:, None], 0
    for found in months.values():
        twice = lower & (found.target > 0) & (found.value > 2 * found.target) & ~np.isnan(found.attainment)
        for place in zip(*np.nonzero(twice | (found.attainment < 0)), strict=True):
            row = {name: float(getattr(found, name)[place]) for name in ("attainment", "target", "value")}
            assert exceeds_twice(row) == twice[place], row
        assert np.isnan(found.attainment[found.target <= 0]).all()
        said += int(twice.sum())
    print(f"{said:,} multiples")
    assert said


def test_the_average_above_is_the_figure_of_the_parent(sample: Figures, months: dict[int, Standing]) -> None:
    """The named unit's own figure of the month, on the side of it that is said."""
    told = 0
    for month, found in months.items():
        parents = sample.axes.tree_in(month).parents
        whole = sample.monthly_values.value[:, :, month - sample.axes.first_month][:, np.maximum(parents, 0)]
        known = ~np.isnan(found.gap_to_average)
        assert (parents[np.nonzero(known)[1]] >= 0).all()
        np.testing.assert_allclose(found.gap_to_average[known], (found.value - whole)[known])
        told += int(known.sum())
    print(f"{told:,} distances")
    assert told > 10_000


def test_the_briefing_names_whose_average(sample: Figures) -> None:
    for unit in ("DY", "DY01"):
        parent = sample.organisation.parent(unit)
        assert parent is not None
        lines = [line for section in briefing(sample, unit, "2025-11") for line in section.lines]
        named = [line for line in lines if f" the average of {sample.organisation.name(parent)}" in line]
        assert named, unit
        assert not any("level above" in line for line in lines)


def test_no_part_is_named_where_all_are_alike(sample: Figures) -> None:
    """A doubt is said just where chance or a caution speaks against naming a part (every third city, all metrics)."""
    alike = 0
    for unit in [unit for unit in sample.axes.units if sample.organisation.level(unit) == "city"][::3]:
        for metric in sample.axes.metrics:
            if metric.components or not metric.headline:
                continue
            found = explain(sample, metric.code, unit, "2025-11", against="last_year")
            expected = bool(found.caution) or found.p_value >= 0.05
            assert bool(doubt_in_words(found, "en")) == expected, (unit, metric.code)
            alike += bool(found.homogeneous) and not found.caution
    print(f"{alike} changes in all parts alike")
    assert alike
