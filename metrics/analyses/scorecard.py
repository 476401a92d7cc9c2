"""The scorecard: every metric of one unit, with target, rank, movement and distances."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.assessment.records import records, with_discoveries
from metrics.assessment.signals import signals
from metrics.assessment.standing import standing
from metrics.engine.figures import Figures
from metrics.model.periods import window


def scorecard(
    figures: Figures,
    unit: str,
    month: str,
    period: str = "month",
    level: str | None = None,
    within: str | None = None,
    metrics: Sequence[str] | None = None,
    lang: str = "en",
) -> pd.DataFrame:
    """One row per metric (record.COLUMNS).

    Peers are all units of the unit's level (or of `level`), only those below `within` if given.

    A unit that is not among its peers has no rank.
    """
    place = figures.axes.unit_index(unit)
    covered = window(month, period)
    peers = figures.axes.peers(level or figures.organisation.level(unit), within, covered.last)
    inside = np.flatnonzero(peers == place)
    if not len(inside):
        peers, inside = np.append(peers, place), np.array([len(peers)])
    rows = None if metrics is None else [figures.axes.metric_index(code) for code in metrics]
    found = standing(figures, covered, period, peers, rows)
    judged = signals(figures, found, covered, inside)
    count = len(found.metrics)
    return with_discoveries(records(figures, found, judged, np.arange(count), np.full(count, inside[0]), lang))
