"""A channel or function that is not known, where figures depend on which it is: kept under its own name, and said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.model.feed import Column, Feed
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet

KIND = Kind(
    "choice_not_known",
    "warning",
    "“{value}” is none of the known values of “{column}”; it is kept as it is written, and counts as no self-service "
    "channel or other kind that figures ask for.",
    "If it is one of these, write it so: {known}.",
)
MOST = 20


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """One finding for each text that is no choice of a column by which measures choose rows, at its first row."""
    for column in staged.feed.columns:
        if not column.open_choices or not _decides(staged.feed, column):
            continue
        rows = staged.frame.drop_duplicates(column.name)
        rows = rows[rows[column.name].notna() & ~rows[column.name].isin(list(column.choices or {}))].head(MOST)
        known = ", ".join(column.choices or {})
        yield from row_findings(KIND, staged, facts, rows, column.name, [{"known": known}] * len(rows))


def _decides(feed: Feed, column: Column) -> bool:
    """Whether a measure counts some choices of a column and not others."""
    return any(re.search(rf"\b{column.name}\b\s*(?:IN|=|<>)", measure.sql) for measure in feed.measures)
