"""The files that the figures of some metrics rest on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from data.feeds import all_feeds
from metrics.model.metric import Metric
from metrics.model.periods import month_number
from pages.shared import view
from pages.shared.session.selection import Selection


def source_files(selection: Selection, metrics: Sequence[Metric]) -> pd.DataFrame:
    """The lineage of the chosen month (see Snapshot.lineage) of what `metrics` are made of.

    Of everything if there are none. Rows of the unit and those below it come first.
    """
    found = view.lineage(selection)
    if found.empty:
        return found
    if metrics:
        found = found[found["feed"].isin(_feeds(selection, metrics))]
    inside = {
        code
        for code, below in zip(
            view.figures(selection).axes.units,
            view.figures(selection).axes.subtree(selection.unit, month_number(selection.month)),
            strict=True,
        )
        if below
    }
    return found.assign(other=~found["unit"].isin(inside)).sort_values("other", kind="stable")


def _feeds(selection: Selection, metrics: Sequence[Metric]) -> set[str]:
    """The spreadsheet types that hold what `metrics`, or their components, count."""
    parts = [
        view.metrics(selection)[code]
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
    return found | (_feeds(selection, parts) if parts else set())
