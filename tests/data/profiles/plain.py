"""A profile written out by hand, and what it makes of a sheet."""

from __future__ import annotations

import pandas as pd

from data.model.organisation import UNIT_COLUMNS, Organisation
from data.model.profile import FixedUnit, Indicator, MonthSource, UnitSource
from data.model.sheet import Sheet
from data.model.staged import StagedSheet
from data.profiles import Profile, apply_profile

UNITS = UnitSource(columns=("Code",), create=True, level="trust", parent="ALL")
ROOT = (FixedUnit("ALL", "All trusts", "country"),)
WITHIN = Indicator("within", "Within", numerator=("In time",), denominator=("Seen",))
PLAIN = Profile("plain", "indicators", MonthSource(constant="2025-11"), UNITS, units=ROOT, indicators=(WITHIN,))
HEADER = ["Code", "Name", "Seen", "In time"]


def organisation(*rows: tuple) -> Organisation:
    """Units from (code, name, level, parent)."""
    return Organisation(pd.DataFrame([(*row, None, None, pd.NaT, pd.NaT) for row in rows], columns=list(UNIT_COLUMNS)))


def applied(
    profile: Profile,
    rows: list[list],
    stored: Organisation | None = None,
    first_row: int = 1,
    file: str = "f.xlsx",
    name: str = "S",
) -> list[StagedSheet]:
    return apply_profile(profile, Sheet(name, rows, first_row), file, stored or Organisation.empty())


def cells(staged: StagedSheet, *columns: str) -> list[tuple]:
    """The rows of a staged sheet as tuples, None for missing."""
    frame = staged.frame[list(columns)].astype("object")
    return [
        tuple(None if value is None or value != value else value for value in row)
        for row in frame.itertuples(index=False)
    ]


def codes(staged: StagedSheet) -> list[str]:
    return [finding.code for finding in staged.findings]
