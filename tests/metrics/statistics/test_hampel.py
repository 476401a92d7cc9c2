"""Hampel's filter: which months stand alone."""

from __future__ import annotations

import numpy as np
import pytest

from metrics.statistics.hampel import hampel_outliers

CALM = [5.0, 6, 5, 7, 6, 5, 6, 7, 5, 6, 6, 5]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (CALM, []),
        ([*CALM[:6], 40.0, *CALM[6:]], [6]),
        ([*CALM, 40.0], [12]),
        ([*CALM, 40.0, 41.0], [12, 13]),
        ([*CALM, 40.0, 41.0, 40.0], []),
        ([7.0] * 11 + [8.0], [11]),
        ([7.0] * 12, []),
        ([1.0, 1, 9, 1], []),
        ([*CALM[:6], np.nan, np.nan, 40.0, *CALM[6:]], [8]),
    ],
)
def test_single_months(values: list[float], expected: list[int]) -> None:
    assert np.flatnonzero(hampel_outliers(np.array([values]))[0]).tolist() == expected
