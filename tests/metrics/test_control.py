"""Which charts judge a month: not those of cases so rare that most months have none."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.control import control, rare
from metrics.figures import Figures
from metrics.statistics.arrays import Array

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
    assert rare(values).tolist() == [expected]


def test_a_hall_with_one_case_in_three_years_has_no_limits(sample: Figures) -> None:
    """Screening leaves no moving range: every month without a case lay below the limits 0.03 to 0.03."""
    metric = sample.metric_index("escalated_complaints")
    of = [metric] * len(sample.units)
    charts = control(sample, np.array(of), np.arange(len(sample.units)), len(sample.months) - 1)
    seldom = rare(charts.value)
    assert seldom.any()
    assert np.isnan(charts.upper[seldom]).all()
    assert not charts.point_type[seldom].any()
    assert charts.point_type[~seldom].any()
