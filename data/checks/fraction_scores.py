"""Scores given as fractions of one where per cent is expected."""

from __future__ import annotations

from collections.abc import Iterator

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet

KIND = Kind(
    "looks_like_fraction",
    "error",
    "All values of “{column}” lie between 0 and 1, but 0 to 100 is expected.",
    "Multiply by 100, or format the cells as numbers instead of per cent.",
    of_column=True,
)


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """A share column whose values are all at most 1: one finding at its first row, for the column as a whole."""
    for column in staged.feed.columns:
        if column.type == "share" and "shares" not in staged.answers:
            values = staged.frame[column.name].dropna()
            if len(values) and values.max() <= 1 and values.max() > 0:
                yield from row_findings(KIND, staged, facts, staged.frame.loc[values.index[:1]], column.name)
