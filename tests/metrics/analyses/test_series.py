"""Bare series are the trend's values."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.analyses.series import MINIMUM_MONTHS, moving_ranges, value_series
from metrics.analyses.trend import trend
from metrics.engine.figures import Figures


@pytest.mark.parametrize("period", ["month", "ytd"])
def test_the_same_values_as_the_trend(sample: Figures, period: str) -> None:
    found = value_series(sample, ["complaints_per_10k", "hall_composite"], ["DY", "LJ"], "2025-11", period, 13)
    assert found.shape == (2, 2, 13)
    expected = trend(sample, "hall_composite", "LJ", "2025-11", period, 13)["value"]
    np.testing.assert_array_equal(found[1, 1], expected)


def test_before_the_data_nothing_is_known(small: Figures) -> None:
    assert np.isnan(value_series(small, ["complaints_per_10k"], ["A"], "2024-03", "month", 3)[0, 0, 0])


def test_steps_are_those_of_the_series(sample: Figures) -> None:
    units = sample.organisation.at_level("city")
    found = moving_ranges(sample, "complaints_per_10k", units, "2025-11").set_index("unit")
    values = sample.monthly_values.value[sample.axes.metric_index("complaints_per_10k"), sample.axes.unit_index("DY")][
        -13:
    ]
    assert found.loc["DY", "moving_range"] == pytest.approx(np.abs(np.diff(values)).mean())
    assert found.loc["DY", "value"] == pytest.approx(values[-1])
    assert found["moving_range"].is_monotonic_decreasing


def test_order_of_units_does_not_matter(sample: Figures) -> None:
    units = sample.organisation.at_level("hall")[:40]
    one, other = (moving_ranges(sample, "two_way_evaluation", order, "2025-11") for order in (units, units[::-1]))
    assert one.equals(other)


def test_too_few_months(sample: Figures) -> None:
    assert moving_ranges(sample, "complaints_per_10k", ["DY"], "2025-11", months=MINIMUM_MONTHS - 1).empty
