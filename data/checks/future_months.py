"""A month that has not come yet."""

from __future__ import annotations

from collections.abc import Iterator

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet

KIND = Kind(
    "month_in_future",
    "error",
    "The month {value} has not come yet.",
    "Correct the month; figures of a future month cannot exist.",
)


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """Rows of a month after the present one, where rows hold figures: an event may be planned."""
    if staged.feed.month_column is None or not staged.feed.measures:
        return
    late = staged.frame["key_month"] > facts.this_month
    yield from row_findings(KIND, staged, facts, staged.frame[late], staged.feed.month_column)
