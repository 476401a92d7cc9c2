"""The ranking: one metric of all peers, best first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from metrics.assessment.peer_funnel import has_funnel, peer_funnel
from metrics.assessment.records import records, with_discoveries
from metrics.assessment.signals import signals
from metrics.assessment.standing import standing
from metrics.engine.figures import Figures
from metrics.model.periods import window


def ranking(
    figures: Figures,
    metric: str,
    month: str,
    period: str = "month",
    level: str | None = None,
    within: str | None = None,
    lang: str = "en",
) -> pd.DataFrame:
    """One row per unit of `level` (record.Ranked), by rank; what is not ranked comes last, by name.

    shrunken: the empirical Bayes estimate among these peers (see peer_funnel), in the metric's unit; NaN where a
    metric has no base that says how sure it is.
    Without a level: that of the children of `within`, else the level just below the top.
    """
    covered = window(month, period)
    level = level or default_level(figures, within, covered.last)
    peers = figures.axes.peers(level, within, covered.last)
    found = standing(figures, covered, period, peers, [figures.axes.metric_index(metric)])
    frame = with_discoveries(
        records(
            figures,
            found,
            signals(figures, found, covered),
            np.zeros(len(peers), dtype=np.intp),
            np.arange(len(peers)),
            lang,
        )
    )
    record = figures.axes.metric(metric)
    estimates = (
        peer_funnel(figures, record, peers, covered).shrunken
        if has_funnel(figures, record)
        else np.full(len(peers), np.nan)
    )
    unknown = frame["value"].isna()
    return (
        frame.assign(shrunken=estimates, unknown=unknown)
        .sort_values(["unknown", "rank", "name", "unit"], ignore_index=True)
        .drop(columns="unknown")
    )


def default_level(figures: Figures, within: str | None = None, month: int | None = None) -> str | None:
    """The level that a ranking compares when none is named; month: see Axes.organisation_in."""
    organisation = figures.axes.organisation_in(month)
    for code in [within] if within else organisation.roots():
        children = organisation.children(code)
        if children:
            return organisation.level(children[0])
    return organisation.level(organisation.roots()[0]) if organisation.roots() else None
