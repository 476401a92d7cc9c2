"""Units whose parent is not known, or who are their own ancestor."""

from __future__ import annotations

from collections.abc import Iterator

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet

KIND = Kind(
    "unknown_parent",
    "error",
    "The parent “{value}” is not among the units.",
    "Add the parent as a unit, or correct its code.",
)
CIRCLE = Kind("circle_of_parents", "error", "The unit is its own ancestor through “{value}”.", "Correct the parent.")


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """For the units feed only: parents that do not exist and circles of parents."""
    if staged.feed.name != "units":
        return
    frame = staged.frame
    parents = dict(zip(facts.organisation.frame["code"], facts.organisation.frame["parent"], strict=True))
    parents.update(zip(frame["code"], frame["parent"], strict=True))
    unknown = frame["parent"].notna() & ~frame["parent"].isin(list(parents))
    yield from row_findings(KIND, staged, facts, frame[unknown], "parent")
    circles = [code for code in frame["code"] if _returns(code, parents)]
    yield from row_findings(CIRCLE, staged, facts, frame[frame["code"].isin(circles)], "parent")


def _returns(code: str, parents: dict[str, str | None]) -> bool:
    above, seen = parents.get(code), set()
    while isinstance(above, str) and above not in seen:
        if above == code:
            return True
        seen.add(above)
        above = parents.get(above)
    return False
