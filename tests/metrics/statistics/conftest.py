"""Properties over arrays are slower on a busy machine; how long one example takes says nothing about the statistics."""

from __future__ import annotations

import numpy as np
from hypothesis import settings

from metrics.statistics.laney import LaneyResult

settings.register_profile("statistics", deadline=None)
settings.load_profile("statistics")


def outside(chart: LaneyResult) -> np.ndarray:
    """1 above the upper limit of a p or u chart, -1 below the lower one, else 0."""
    return (chart.value > chart.upper + 1e-12).astype(int) - (chart.value < chart.lower - 1e-12).astype(int)
