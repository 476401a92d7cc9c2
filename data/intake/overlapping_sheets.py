"""Which sheets of a file are loaded: of several that hold the same rows only one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from data.core.text import raw_text
from data.model.finding import Finding, Kind
from data.model.staged import Candidate, StagedSheet

NOT_TAKEN = Kind(
    "sheet_not_taken",
    "warning",
    "The sheet “{other}” holds the same {count} rows as “{sheet}”; only “{sheet}” is loaded: {reason}.",
    "If the other sheet is the right one, choose it.",
)
DISAGREE = Kind(
    "sheets_disagree",
    "error",
    "The sheet “{other}” holds the rows of “{sheet}” ({count}) with other values: {values}.",
    "Choose the sheet that is right, or correct the other one.",
)
REPEATED = Kind(
    "row_in_two_sheets",
    "error",
    "The row repeats the key of row {first} of the sheet “{other}”.",
    "Take one of the two rows out, or correct its key.",
)
OTHERWISE = Kind(
    "row_otherwise_in_two_sheets",
    "error",
    "The row has the key of row {first} of the sheet “{other}”, but other values: {values}.",
    "Take the wrong one of the two rows out, or correct its key.",
)
# So many differences are shown.
SHOWN = 3


def select_sheets(found: Sequence[StagedSheet], file: str) -> tuple[list[StagedSheet], list[Candidate]]:
    """The sheets to load in their order, with findings on the others, and all candidates.

    A sheet is left out only if others hold every key of it; if a value differs, the analyst must choose.
    """
    kept: list[StagedSheet] = []
    for sheet in sorted(found, key=_rank):
        ours = [other for other in kept if other.feed is sheet.feed]
        both = {id(other): _shared(other, sheet) for other in ours}
        rivals = _holders(sheet, ours, both)
        if not rivals:
            for other in ours:
                sheet.findings.extend(_repeated(other, sheet, both[id(other)], file))
            kept.append(sheet)
        for rival in rivals:
            rival.findings.append(_overlap_finding(rival, sheet, both[id(rival)], file))
    candidates = [
        Candidate(sheet.sheet, sheet.feed.name, len(sheet.frame), any(sheet is one for one in kept)) for sheet in found
    ]
    return [sheet for sheet in found if any(sheet is one for one in kept)], candidates


def _errors(sheet: StagedSheet) -> int:
    return sum(finding.severity == "error" for finding in sheet.findings)


def _rank(sheet: StagedSheet) -> tuple[int, int, int]:
    """Best first: fewest errors, most columns understood, most rows; then the order of the file."""
    return (_errors(sheet), -len(sheet.columns), -len(sheet.frame))


def _reason(better: StagedSheet, worse: StagedSheet) -> str:
    if _errors(better) < _errors(worse):
        return f"{_errors(better)} < {_errors(worse)} ✗"
    if len(better.columns) > len(worse.columns):
        return ", ".join(header for name, header in better.columns.items() if name not in worse.columns)
    return f"{len(better.frame):,} ≥ {len(worse.frame):,}"


def _keys(sheet: StagedSheet) -> list[str]:
    return [name for name in dict.fromkeys(["key_month", "key_unit", *sheet.feed.key]) if name in sheet.frame]


def _shared(one: StagedSheet, other: StagedSheet) -> pd.DataFrame:
    """The rows of `other` whose key stands in `one`: `row`, `first` (the row there), `at` (its place among the rows
    here: one row of a
    wide sheet is several), the values here (as _other) and there.
    """
    keys = _keys(other)
    if keys != _keys(one) or not len(one.frame) or not len(other.frame):
        return pd.DataFrame()
    left = one.frame.astype(dict.fromkeys(keys, "object")).rename(columns={"row": "first"})
    right = other.frame.astype(dict.fromkeys(keys, "object")).assign(at=np.arange(len(other.frame)))
    return right.merge(left.drop_duplicates(keys), on=keys, suffixes=("_other", ""))


def _holders(sheet: StagedSheet, ours: Sequence[StagedSheet], both: Mapping[int, pd.DataFrame]) -> list[StagedSheet]:
    """The one sheet that holds every key of `sheet`, or those that do together, as the months do of a year; none if a
    key is nowhere else.
    """
    if not len(sheet.frame):
        return []
    whole = [other for other in ours if len(both[id(other)]) == len(sheet.frame)]
    parts = [other for other in ours if len(both[id(other)])]
    held = pd.concat([both[id(other)]["at"] for other in parts]) if parts else pd.Series()
    return whole[:1] or (parts if held.nunique() == len(sheet.frame) else [])


def _differences(sheet: StagedSheet, both: pd.DataFrame) -> dict[int, list[str]]:
    """Where `sheet` holds values that the other sheet does not: index into `both` -> "column: here ≠ there"."""
    found: dict[int, list[str]] = {}
    for name in (column.name for column in sheet.feed.columns if column.name not in _keys(sheet)) if len(both) else ():
        here, there = (both[key].astype("object").where(both[key].notna(), None) for key in (f"{name}_other", name))
        differs = here.notna() & (there.isna() | (here != there))
        for index in differs[differs].index:
            before = "–" if there[index] is None else raw_text(there[index])
            found.setdefault(index, []).append(f"{sheet.columns.get(name, name)} {raw_text(here[index])} ≠ {before}")
    return found


def _overlap_finding(rival: StagedSheet, sheet: StagedSheet, both: pd.DataFrame, file: str) -> Finding:
    params = {"other": sheet.sheet, "sheet": rival.sheet, "count": len(both)}
    differ = _differences(sheet, both)
    if differ:
        shown = [
            f"{sheet.sheet} {both['row'][index]}, {rival.sheet} {both['first'][index]}: {', '.join(texts)}"
            for index, texts in list(differ.items())[:SHOWN]
        ]
        values = "; ".join(shown) + (" …" if len(differ) > SHOWN else "")
        return Finding(DISAGREE, file, rival.sheet, params={**params, "values": values})
    return Finding(NOT_TAKEN, file, rival.sheet, params={**params, "reason": _reason(rival, sheet)})


def _repeated(one: StagedSheet, other: StagedSheet, both: pd.DataFrame, file: str) -> Iterator[Finding]:
    differ = _differences(other, both)
    for index, row, first in both[["row", "first"]].itertuples() if len(both) else ():
        params = {"first": int(first), "other": one.sheet}
        if index in differ:
            yield Finding(OTHERWISE, file, other.sheet, int(row), params={**params, "values": ", ".join(differ[index])})
        else:
            yield Finding(REPEATED, file, other.sheet, int(row), params=params)
