"""Limits that measures compare with, loaded with the targets for one unit: they hold for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.core.text import normalise
from data.feeds.limits import limit_names
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet

KIND = Kind(
    "limit_of_one_unit",
    "error",
    "“{value}” is a limit by which complaints are counted, and holds for all units; here it names one, or a level.",
    "Leave unit and level empty. A limit of one level of complaint has a name of its own: {names}.",
)


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """For the targets feed only: rows of a limit that name a unit or a level of units."""
    if staged.feed.name != "targets":
        return
    frame = staged.frame
    limits = frame["metric"].map(lambda text: normalise(str(text)) in limit_names())
    rows = frame[limits & (frame["unit"].notna() | frame["level"].notna())]
    codes = [f"{limit.name}_{choice}" for _, limit, choice in limit_names().values() if choice]
    names = ", ".join(dict.fromkeys(codes))
    yield from row_findings(KIND, staged, facts, rows, "metric", [{"names": names}] * len(rows))
