"""Codes of units that differ only in how they are written: A1 and a1.

Only the exact code finds each: a third way to write it is ambiguous.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.core.text import normalise
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet

KIND = Kind(
    "codes_alike",
    "warning",
    "The code “{value}” differs from “{other}” only in case, width, spaces or script.",
    "If it is the same unit, write its code as before, else its figures are split; if it is another, a code of its "
    "own is safer.",
)


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """For the units feed only: a code that is another's but for how it is written.

    Where both are stored already, each is found by its exact code, and the table can be saved.
    """
    if staged.feed.name != "units":
        return
    codes = staged.frame["code"].dropna()
    first: dict[str, str] = {}
    for code in (*sorted(facts.units), *codes):
        first.setdefault(normalise(code), code)
    other = codes.map(lambda code: first[normalise(code)])
    alike = codes[(other != codes) & ~codes.isin(facts.units)].index
    yield from row_findings(
        KIND, staged, facts, staged.frame.loc[alike], "code", [{"other": other[row]} for row in alike]
    )
