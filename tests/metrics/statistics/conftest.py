"""What tests of several statistics ask."""

from __future__ import annotations

import numpy as np

from metrics.statistics.laney import LaneyResult


def outside(chart: LaneyResult) -> np.ndarray:
    """1 above the upper limit of a p or u chart, -1 below the lower one, else 0."""
    return (chart.value > chart.upper + 1e-12).astype(int) - (chart.value < chart.lower - 1e-12).astype(int)
