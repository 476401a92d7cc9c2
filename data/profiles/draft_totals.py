"""Which rows of a drafted table sum up the others: by their words, or because their figures do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from data.core.text import cell_text, normalise
from data.model.profile import Condition, LeaveOut, Profile
from data.profiles.doubts import Doubts, listed
from data.profiles.draft_table import DraftTable
from data.profiles.roles import MARKS
from data.profiles.source import text_matcher
from data.profiles.values import parse_numbers

TOTALS = (
    *("*合计", "*合計", "*总计", "*總計", "*小计", "*小計", "total", "grand total", "*(total)", "totals", "all"),
    *("sub-total", "subtotal", "* total", "total *", "gesamt", "insgesamt", "totale", "ensemble", "total:*"),
)
# Of fewer units one may be the sum of the others by chance.
FEWEST_UNITS = 4
# How far a whole may lie from the sum of its parts, and in what share of the cases it must be that near.
NEAR, MOST = 0.01, 0.8


def propose_totals(table: DraftTable, profile: Profile, doubts: Doubts) -> tuple[LeaveOut, ...]:
    """The rules that leave out the total rows which the sample holds."""
    is_total = text_matcher(TOTALS)
    labels = [label for label in (*profile.unit.columns, *table.having("dimension")) if label in table.names]
    rules = []
    for label in dict.fromkeys(labels):
        found = {cell_text(value) for value in table.cells(label)}
        texts = tuple(sorted(text for text in found if is_total(normalise(text))))
        if texts and len(texts) < len(found):
            rules.append(LeaveOut((Condition(label, any_of=texts),), total=True))
            doubts.add("leave_out", f"Rows whose {label} is {listed(texts)} were taken for totals.")
    if not rules and profile.unit.columns and (whole := _sum_of_others(table, profile)):
        label = profile.unit.columns[0]
        rules.append(LeaveOut((Condition(label, any_of=(whole,)),), total=True))
        doubts.add("leave_out", f"The figures of {whole} are the sum of the others: it was taken for their total.")
    return tuple(rules)


def _sum_of_others(table: DraftTable, profile: Profile) -> str | None:
    """The one unit whose figures are the sum of all others' in nearly every month; None if there is none."""
    frame = pd.DataFrame({"unit": [cell_text(cell) for cell in table.cells(profile.unit.columns[0])]})
    month = profile.month
    keys = [label for label in (month.column, month.year, month.quarter, month.month) if label in table.names]
    frame["month"] = ["/".join(row) for row in zip(*_texts(table, keys), strict=True)] if keys else ""
    for label in _added(profile, table):
        frame[label] = np.nan_to_num(parse_numbers(list(table.cells(label)), MARKS).values.to_numpy())
    figures = [name for name in frame.columns if name not in ("unit", "month")]
    if frame["unit"].nunique() < FEWEST_UNITS or not figures:
        return None
    sums = frame.groupby(["month", "unit"])[figures].sum()
    others = sums.groupby("month")[figures].transform("sum") - sums
    there = (sums > 0) & (others > 0)
    near = ((sums - others).abs() <= NEAR * sums.abs()) & there
    cases, agreeing = there.groupby("unit").sum().sum(axis=1), near.groupby("unit").sum().sum(axis=1)
    found = cases.index[(agreeing >= 2) & (agreeing >= MOST * cases)]
    return str(found[0]) if len(found) == 1 else None


def _added(profile: Profile, table: DraftTable) -> Iterator[str]:
    """The columns whose figures the profile adds up."""
    if profile.unpivot is not None:
        yield from (label for label in table.having("figure") if label not in profile.columns.values())
    for indicator in profile.indicators:
        if isinstance(indicator.numerator, tuple) and indicator.denominator is None:
            yield from indicator.numerator
    yield from (label for label in profile.columns.values() if label in table.having("figure"))


def _texts(table: DraftTable, labels: Sequence[str]) -> Iterator[list[str]]:
    return ([cell_text(cell) for cell in table.cells(label)] for label in labels)
