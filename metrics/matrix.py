"""The matrix: all metrics of many units, for heat maps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.figures import Figures
from metrics.periods import window
from metrics.standing import standing


def matrix(figures: Figures, unit_codes: Sequence[str], month: str, period: str = "month") -> pd.DataFrame:
    """unit, metric, value, rank, peers: one row per unit and metric; ranks are among `unit_codes`."""
    units = figures.unit_indices(unit_codes)
    found = standing(figures, window(month, period), period, units)
    shape = found.value.shape
    rows, columns = (index.ravel() for index in np.indices(shape))
    codes = np.array([metric.code for metric in figures.metrics], dtype="object")
    return pd.DataFrame(
        {
            "unit": np.array(unit_codes, dtype="object")[columns], "metric": codes[rows], "value": found.value.ravel(), "rank": found.rank.ravel(),
            "peers": found.peers[rows],
        }
    )  # fmt: skip
