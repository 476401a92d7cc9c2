"""Units that stand below a unit of a lower level: a city below a county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.feeds.common import LEVELS
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import StagedSheet
from locales import Text

KIND = Kind(
    "parent_of_lower_level",
    "error",
    "{unit} ({level}) stands below {parent} ({above}); elsewhere in the organisation this level does not stand below "
    "that one.",
    "Correct the parent or the level: on every way up the levels must follow the same order.",
)


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """For the units feed only: rows whose parent is of their own level or of a lower one."""
    if staged.feed.name != "units":
        return
    units = facts.organisation
    below = _counted(units)
    heights = {level: height for height, level in enumerate(units.levels())}

    def upside_down(code: str) -> bool:
        level, above = units.level(code), units.level(units.parent(code) or "")
        if not level or not above:
            return False
        if level == above:
            # Departments of departments: where most are, it is the order of that organisation.
            return 2 * below[level, level] <= len(units.at_level(level))
        usual, against = below[above, level], below[level, above]
        return usual < against or (usual == against and heights[above] > heights[level])

    # Of a wrong unit with many below it only the unit itself is told.
    found = [code for code in staged.frame["code"].dropna() if upside_down(code) and not _in_circle(units, code)]
    rows = staged.frame[staged.frame["code"].isin(found)]
    params = [
        {
            "unit": units.name(code),
            "level": _word(units.level(code)),
            "parent": units.name(units.parent(code) or ""),
            "above": _word(units.level(units.parent(code) or "")),
        }
        for code in rows["code"]
    ]
    yield from row_findings(KIND, staged, facts, rows, "parent", params)


def _counted(units: Organisation) -> Counter[tuple[str, str]]:
    """(level, other level) -> units of the other level that have one of the level above them."""
    found: Counter[tuple[str, str]] = Counter()
    for code in units.codes:
        level = units.level(code) or ""
        found.update({(units.level(above) or "", level) for above in units.ancestors(code)})
    return found


def _in_circle(units: Organisation, code: str) -> bool:
    return code in (units.parent(above) for above in (code, *units.ancestors(code)))


def _word(level: str | None) -> Text | str:
    return LEVELS.get(level or "", level or "")
