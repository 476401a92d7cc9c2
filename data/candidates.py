"""Which sheets of a file are taken: every one that holds a table of ours, but of two that hold the same rows only one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from data.findings import Finding, Kind
from data.staged import Candidate, StagedSheet

NOT_TAKEN = Kind(
    "sheet_not_taken", "warning", "The sheet “{other}” holds the same {count} rows as “{sheet}”; only “{sheet}” is loaded: {reason}.",
    "If the other sheet is the right one, choose it.",
)  # fmt: skip
REPEATED = Kind(
    "row_in_two_sheets", "error", "The row repeats the key of row {first} of the sheet “{other}”.", "Take one of the two rows out, or correct its key.",
)  # fmt: skip
# Two sheets that share at least this part of the smaller one's keys are two versions of one table, not two parts of it.
SAME = 0.5


def taken(found: Sequence[StagedSheet], file: str) -> tuple[list[StagedSheet], list[Candidate]]:
    """The sheets to load in their order, with what is said of the others, and all candidates."""
    kept: list[StagedSheet] = []
    for sheet in sorted(found, key=_worth):
        rival = next((other for other in kept if other.feed is sheet.feed and _shared(other, sheet)[0] >= SAME), None)
        if rival is None:
            for other in kept:
                if other.feed is sheet.feed and other.profile is None:
                    sheet.findings.extend(_repeated(other, sheet, file))
            kept.append(sheet)
            continue
        params = {
            "other": sheet.sheet,
            "sheet": rival.sheet,
            "count": _shared(rival, sheet)[1],
            "reason": _reason(rival, sheet),
        }
        rival.findings.append(Finding(NOT_TAKEN, file, rival.sheet, params=params))
    candidates = [
        Candidate(sheet.sheet, sheet.feed.name, len(sheet.frame), any(sheet is one for one in kept)) for sheet in found
    ]
    return [sheet for sheet in found if any(sheet is one for one in kept)], candidates


def _errors(sheet: StagedSheet) -> int:
    return sum(finding.severity == "error" for finding in sheet.findings)


def _worth(sheet: StagedSheet) -> tuple[int, int, int]:
    """Best first: fewest errors, most columns understood, most rows; then the order of the file."""
    return (_errors(sheet), -len(sheet.columns), -len(sheet.frame))


def _reason(better: StagedSheet, worse: StagedSheet) -> str:
    if _errors(better) < _errors(worse):
        return f"{_errors(better)} < {_errors(worse)} ✗"
    if len(better.columns) > len(worse.columns):
        return ", ".join(header for name, header in better.columns.items() if name not in worse.columns)
    return f"{len(better.frame):,} ≥ {len(worse.frame):,}"


def _keys(sheet: StagedSheet) -> pd.DataFrame:
    names = [name for name in dict.fromkeys(["key_month", "key_unit", *sheet.feed.key]) if name in sheet.frame]
    return sheet.frame[names].astype("object")


def _shared(one: StagedSheet, other: StagedSheet) -> tuple[float, int]:
    """Which part of the smaller sheet's keys both hold, and how many."""
    if not len(one.frame) or not len(other.frame):
        return 0.0, 0
    left, right = _keys(one).drop_duplicates(), _keys(other).drop_duplicates()
    both = len(left.merge(right, on=list(left.columns)))
    return both / min(len(left), len(right)), both


def _repeated(one: StagedSheet, other: StagedSheet, file: str) -> Iterator[Finding]:
    if not _shared(one, other)[1]:
        return
    keys = list(_keys(one).columns)
    left = _keys(one).assign(first=one.frame["row"]).drop_duplicates(keys)
    both = _keys(other).assign(row=other.frame["row"]).merge(left, on=keys)
    for row, first in zip(both["row"], both["first"], strict=True):
        yield Finding(REPEATED, file, other.sheet, int(row), params={"first": int(first), "other": one.sheet})
