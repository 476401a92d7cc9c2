"""A month in which the unit was not open."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data.checks import CheckContext
from data.checks.locate import row_findings
from data.model.finding import Finding, Kind
from data.model.staged import StagedSheet

KIND = Kind(
    "outside_life",
    "warning",
    "{unit} was open from {opened} to {closed}, not in this month.",
    "Check the month and the unit, or its opening and closing in the units sheet.",
)


def check(staged: StagedSheet, facts: CheckContext) -> Iterator[Finding]:
    """Rows before the unit's opening month or after its closing month."""
    feed, units = staged.feed, facts.organisation.frame
    if feed.month_column is None or feed.unit_column is None or units.empty:
        return
    life = units.set_index("code")
    if life["opened"].isna().all() and life["closed"].isna().all():
        return
    opened = pd.to_datetime(staged.frame["key_unit"].map(life["opened"]))
    closed = pd.to_datetime(staged.frame["key_unit"].map(life["closed"]))
    month = staged.frame["key_month"]
    first = opened.dt.to_period("M").dt.to_timestamp()
    outside = (month < first) | (month > closed)
    rows = staged.frame[outside.fillna(False).astype(bool)]
    params = [
        {
            "unit": facts.organisation.name(unit),
            "opened": _shown(life["opened"][unit]),
            "closed": _shown(life["closed"][unit]),
        }
        for unit in rows["key_unit"]
    ]
    yield from row_findings(KIND, staged, facts, rows, feed.month_column, params)


def _shown(value: object) -> str:
    return "–" if pd.isna(value) else pd.Timestamp(value).strftime("%Y-%m")  # type: ignore[call-overload,arg-type]
