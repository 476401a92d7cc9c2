"""Coverage: every spreadsheet type, month and branch as loaded, partial, missing, late or restated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from data.feeds import feed_named
from data.model.organisation import Organisation

State = Literal["loaded", "restated", "partial", "late", "missing"]
# From best to worst; what holds several parts, or stands for several branches, is as good as the worst of them.
STATES: tuple[State, ...] = get_args(State)
COLUMNS = ("feed", "branch", "month", "state", "units", "expected", "absent")
# A unit is waited for if it was there each of the last three times; what nobody sent for longer than that has ended.
REGULAR = 3


def coverage_states(held: pd.DataFrame, organisation: Organisation) -> pd.DataFrame:
    """COLUMNS, one row per feed, branch and month in which something is there or was expected.

    held: feed, part, month ("YYYY-MM"), unit, restated.

    branch: the unit below the root, or the root.
    expected: how many units are there or expected.
    absent: codes of the expected ones that are not there.
    state: partial: some are absent; missing: none is there, though later months are; late: none is there yet, though
        other types reach the month.
    """
    if held.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    branches = _branches_by_month(organisation)
    of_month = {month: branches(month) for month in held["month"].unique()}
    branch = [of_month[month].get(unit) for month, unit in zip(held["month"], held["unit"], strict=True)]
    frame = held.assign(number=_numbers(held["month"]), branch=pd.Series(branch, index=held.index, dtype="object"))
    last = int(frame["number"].max())
    closed = {
        str(code): int(_numbers(pd.Series([f"{date:%Y-%m}"]))[0])
        for code, date in zip(organisation.frame["code"], organisation.frame["closed"], strict=True)
        if pd.notna(date)
    }
    found: dict[tuple[str, str, int], list[tuple[State, int, list[str]]]] = {}
    for (feed, _part), part in frame.groupby(["feed", "part"], sort=False):
        due = _due(sorted(part["number"].unique()), last)
        events = feed_named(str(feed)).events
        for name, rows in part.groupby("branch", sort=False):

            def belongs(unit: str, number: int, branch: object = name) -> bool:
                return branches(_month(number)).get(unit) == branch

            for number, state, units, absent in _of_branch(rows, due, closed, events, belongs):
                found.setdefault((str(feed), str(name), number), []).append((state, units, absent))
    rows_ = [(feed, branch, _month(number), *_together(parts)) for (feed, branch, number), parts in found.items()]
    return pd.DataFrame(rows_, columns=list(COLUMNS)).sort_values(["feed", "branch", "month"], ignore_index=True)


def worst_state(found: Sequence[str]) -> State:
    """The worst of some states."""
    return max((state for state in STATES if state in found), key=STATES.index)


def _branches(organisation: Organisation) -> Mapping[str, str]:
    """Unit -> the unit next below the root that it belongs to; the root, and what is unknown, to itself."""
    found = {}
    for code in organisation.codes:
        line = [code, *organisation.ancestors(code)]
        found[code] = line[-2] if len(line) > 1 else code
    return found


def _branches_by_month(organisation: Organisation) -> Callable[[str], Mapping[str, str]]:
    """Month -> what `_branches` says of it."""
    known: dict[int, Mapping[str, str]] = {}

    def branches(month: str) -> Mapping[str, str]:
        then = organisation.at(month)
        return known.setdefault(id(then), known.get(id(then)) or _branches(then))

    return branches


def _numbers(months: pd.Series) -> np.ndarray:
    return (months.str[:4].astype(int) * 12 + months.str[5:7].astype(int) - 1).to_numpy()


def _month(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def _due(numbers: list[int], last: int) -> list[int]:
    """The months in which the part comes: at its usual distance, from its first month to the last of all types, and all
    it came in.
    """
    gaps = Counter(np.diff(numbers).tolist())
    step = min(gap for gap, count in gaps.items() if count == max(gaps.values())) if gaps else 1
    return sorted({*numbers, *range(numbers[-1], numbers[0], -step), *range(numbers[-1], last + 1, step)})


def _of_branch(
    rows: pd.DataFrame, due: list[int], closed: Mapping[str, int], events: bool, belongs: Callable[[str, int], bool]
) -> Iterator[tuple[int, State, int, list[str]]]:
    """(month, state, units there, units absent) of one part in one branch, from its first month on."""
    there: dict[int, set[str]] = {}
    for number, unit in zip(rows["number"].tolist(), rows["unit"].tolist(), strict=True):
        there.setdefault(number, set()).add(unit)
    restated = set(rows.loc[rows["restated"].astype(bool), "number"].tolist())
    first, final = min(there), max(there)
    before: list[set[str]] = []
    waited = 0
    for number in (one for one in due if one >= first):
        now = there.get(number, set())
        regular = set.intersection(*before[-REGULAR:]) if len(before) >= REGULAR else set()
        absent = sorted(unit for unit in regular - now if closed.get(unit, number) >= number and belongs(unit, number))
        if now:
            # Of events a unit may simply have had none.
            gone = [] if events else absent
            yield number, "partial" if gone else "restated" if number in restated else "loaded", len(now), gone
            before.append(now)
        elif number < final:
            yield number, "missing", 0, absent
        elif before and waited < REGULAR:
            waited += 1
            yield number, "late", 0, absent


def _together(parts: list[tuple[State, int, list[str]]]) -> tuple[State, int, int, list[str]]:
    """Several parts of a month as one: a month of which only some parts came is partial."""
    found = [state for state, _, _ in parts]
    units, absent = sum(count for _, count, _ in parts), [code for _, _, codes in parts for code in codes]
    state = worst_state(found)
    if state in ("late", "missing") and units:
        state = "partial"
    return state, units, units + len(absent), list(dict.fromkeys(absent))
