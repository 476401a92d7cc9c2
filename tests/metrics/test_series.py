"""Bare series are the trend's values."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.figures import Figures
from metrics.series import series
from metrics.trend import trend


@pytest.mark.parametrize("period", ["month", "ytd"])
def test_the_same_values_as_the_trend(sample: Figures, period: str) -> None:
    found = series(sample, ["complaints_per_10k", "hall_composite"], ["DY", "LJ"], "2025-11", period, 13)
    assert found.shape == (2, 2, 13)
    expected = trend(sample, "hall_composite", "LJ", "2025-11", period, 13)["value"]
    np.testing.assert_array_equal(found[1, 1], expected)


def test_before_the_data_nothing_is_known(small: Figures) -> None:
    assert np.isnan(series(small, ["complaints_per_10k"], ["A"], "2024-03", "month", 3)[0, 0, 0])
