"""Which charts judge a month: not those of cases so rare that most months have none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from metrics.assessment.control_chart import control_charts, is_rare, value_bounds
from metrics.definitions import all_metrics
from metrics.engine.figures import Figures
from metrics.model.metric import Metric
from metrics.statistics.arrays import Array
from metrics.statistics.xmr import xmr

NAN = np.nan


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([0, 0, 0, 1, 0, 0, 0], True),
        ([0, 0, NAN, NAN, 9, 0], True),
        ([0, 0, 0, 0, 0, 0, 0], False),  # constant: nothing to judge, nothing judged wrongly
        ([1, 0, 2, 0, 1, 1, 0], False),
        ([-1, 0, 0, 0, 1, 0, 0], False),  # zero is in the middle
        ([NAN, NAN], False),
    ],
)
def test_rare(months: list[float], expected: bool) -> None:
    values: Array = np.array([months], dtype=float)
    assert is_rare(values).tolist() == [expected]


def test_a_hall_with_one_case_in_three_years_has_no_limits(sample: Figures) -> None:
    """Screening leaves no moving range: every month without a case lay below the limits 0.03 to 0.03."""
    metric = sample.axes.metric_index("escalated_complaints")
    of = [metric] * len(sample.axes.units)
    charts = control_charts(sample, np.array(of), np.arange(len(sample.axes.units)), len(sample.axes.months) - 1)
    seldom = is_rare(charts.value)
    assert seldom.any()
    assert np.isnan(charts.upper[seldom]).all()
    assert not charts.point_type[seldom].any()
    assert charts.point_type[~seldom].any()


METRICS = {metric.code: metric for metric in all_metrics()}
READY_MADE = replace(METRICS["callback"], format="number", numerator=None, denominator=None)


@pytest.mark.parametrize(
    ("metric", "months", "expected"),
    [
        (METRICS["complaints_per_10k"], [1.2, NAN], (0, np.inf)),
        (METRICS["escalated_complaints"], [3, 0], (0, np.inf)),
        (METRICS["repeat_share"], [12, 100], (0, 100)),
        (METRICS["repeat_share"], [98, 104], (0, np.inf)),  # a share of a plan
        (METRICS["callback"], [80, NAN], (0, 100)),
        (METRICS["self_service_amount_share"], [-3, 40], (-np.inf, 100)),
        (READY_MADE, [1, 2], (-np.inf, np.inf)),  # a net promoter score, say
    ],
)
def test_what_a_figure_can_be(metric: Metric, months: list[float], expected: tuple[float, float]) -> None:
    floor, ceiling = value_bounds([metric], np.array([months], dtype=float))
    assert (floor[0], ceiling[0]) == expected


def test_limits_are_cut_at_the_possible_and_the_rules_do_not_see_it(sample: Figures) -> None:
    """Negative reports in the media: 0 to 4 a month; the rules go by the distance that was computed."""
    metric, unit = sample.axes.metric_index("媒体负面报道"), sample.axes.unit_index("DY")
    charts = control_charts(sample, np.array([metric]), np.array([unit]), len(sample.axes.months) - 1)
    assert (charts.lower[0] == 0).all()
    assert (charts.centre - charts.half_width < -0.5).all()
    assert charts.upper == pytest.approx(charts.centre + charts.half_width)
    plain = xmr(charts.value)
    assert (charts.point_type == plain.point_type).all()
    assert (plain.lower < 0).all()


def test_no_reported_limit_is_impossible(sample: Figures) -> None:
    of, units = (part.ravel() for part in np.indices((len(sample.axes.metrics), len(sample.axes.units))))
    charts = control_charts(sample, of, units, len(sample.axes.months) - 1)
    floor, ceiling = value_bounds([sample.axes.metrics[place] for place in of], charts.value)
    assert np.isfinite(floor).all()
    assert not (charts.lower < floor[:, None]).any()
    assert not (charts.upper > ceiling[:, None]).any()
