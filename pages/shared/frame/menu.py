"""The menu follows the data: a family's page shows where the family has figures."""

from __future__ import annotations

from data.core.home import Home
from data.model.errors import ServiceQualityError
from metrics.engine.packs import has_data
from metrics.model.metric import Metric
from pages.shared import view
from pages.shared.cache.results import families_of, latest_version
from pages.shared.session.selection import Selection

FAMILIES_WITH_PAGE = ("complaints", "satisfaction", "self_service", "retention")
"""Families with a page of their own; the page of all others is called FAMILY."""
FAMILY = "family"


def pages_with_data(families: frozenset[str]) -> frozenset[str]:
    """Which of the families' pages have something to show; without any family, those of the default pack."""
    if not families:
        return frozenset(FAMILIES_WITH_PAGE)
    return families & frozenset(FAMILIES_WITH_PAGE) | (
        {FAMILY} if families - frozenset(FAMILIES_WITH_PAGE) else frozenset()
    )


def family_pages(home: Home) -> frozenset[str]:
    """The families' pages that the menu shows; a hidden one still answers to its address."""
    try:
        version = latest_version(home)
        families = families_of(home, version) if version is not None else frozenset()
    except ServiceQualityError:
        families = frozenset()
    return pages_with_data(families)


def family_metrics(selection: Selection, family: str) -> list[Metric]:
    """The family's metrics that have data in this version, in the catalogue's order."""
    held = view.snapshot(selection).held_measures()
    return [
        metric
        for metric in view.metrics(selection).values()
        if metric.family == family and (has_data(metric, held) or metric.components or metric.quarters_of)
    ]
