"""The files that the figures of some metrics rest on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.feeds import all_feeds
from metrics.model.metric import Metric
from pages.shared.view import View


def sources(view: View, metrics: Sequence[Metric]) -> pd.DataFrame:
    """The lineage of the chosen month (see Snapshot.lineage) of all that `metrics` are made of, of everything if there
    are none; rows of the unit and
    those below it first.
    """
    found = view.lineage()
    if found.empty:
        return found
    if metrics:
        found = found[found["feed"].isin(_feeds(view, metrics))]
    inside = {code for code, below in zip(view.figures.units, view.figures.subtree(view.unit), strict=True) if below}
    return found.assign(other=~found["unit"].isin(inside)).sort_values("other", kind="stable")


def _feeds(view: View, metrics: Sequence[Metric]) -> set[str]:
    """The spreadsheet types that hold what `metrics`, or their components, count."""
    parts = [
        view.metrics[code]
        for metric in metrics
        for code in (metric.quarters_of, *(part.metric for part in metric.components))
        if code
    ]
    terms = {
        term.measure
        for metric in (*metrics, *parts)
        for term in (metric.numerator, metric.denominator, metric.reported)
        if term
    }
    found = {feed.name for feed in all_feeds() if any(measure.name in terms for measure in feed.measures)}
    return found | (_feeds(view, parts) if parts else set())
