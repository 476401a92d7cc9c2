"""The record of a figure: one row of a scorecard, ranking or trend, and its columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict, cast, get_type_hints

import pandas as pd


class Record(TypedDict):
    """One row: a metric of a unit with its value, target, rank, movement and verdict; NaN or None is not known.

    A row of a frame as pandas gives it, so that reading rows builds no objects; a misspelt column is a type error.
    """

    metric: str
    family: str
    unit: str
    name: str
    value: float
    numerator: float
    denominator: float
    target: float
    attainment: float
    met: float
    gap: float
    rank: float
    peers: int
    rank_change: float
    peer_average: float
    gap_to_average: float
    next_gap: float
    next_rank: float
    next_unit: str | None
    mom: float
    yoy: float
    low: float
    high: float
    signal: str | None
    verdict: str | None
    reported: bool
    months_known: int
    rank_low: float
    rank_high: float
    rank_moved: bool
    variation: str | None
    assurance: str | None
    point_type: str | None
    chart: str | None
    centre: float
    lower: float
    upper: float
    provisional: bool
    points: int
    monthly_target: float
    phase_start: str | None
    pooled: float
    pooled_low: float
    pooled_high: float
    pooled_base: float
    to_average: float
    to_target: float
    pooled_months: float
    month_value: float
    error: float
    months_expected: int
    units_known: float
    units_expected: float
    target_default: bool
    total: bool
    provisional_until: str | None
    expected: float
    path_lower: float
    path_upper: float
    jump: str | None
    model: str | None
    course: str | None
    course_since: str | None
    per_month: float
    per_month_low: float
    per_month_high: float
    shift_since: str | None
    shift_change: float
    shift_low: float
    shift_high: float
    met_months: float
    months_judged: float
    latest_month: str | None
    p_value: float
    expected_error: float
    listed: bool


KINDS = get_type_hints(Record)
"""Every column of a record -> its type, in the order of the answers."""
COLUMNS = tuple(KINDS)


class MonthRecord(Record):
    """The record of one month of a trend, "YYYY-MM"."""

    month: str


class Ranked(Record):
    """The record of one unit of a ranking; shrunken: its value drawn towards all peers (empirical Bayes)."""

    shrunken: float


class Changed(Record):
    """The record of what changed since another period, and how (analyses.changes)."""

    change: str


class Warned(Record):
    """The record of an early warning: why it is one, and in how many months the trend crosses the target."""

    reason: str
    because: str
    months_to_target: float


def record_of(row: Mapping[str, object]) -> Record:
    """A row that holds COLUMNS, as a record."""
    return cast(Record, row)


def records_of(frame: pd.DataFrame) -> list[Record]:
    """The rows of a frame that holds COLUMNS (and maybe others), as records."""
    return cast(list[Record], frame.to_dict("records"))


def months_of(frame: pd.DataFrame) -> list[MonthRecord]:
    """The rows of a trend, as records."""
    return cast(list[MonthRecord], frame.to_dict("records"))


def ranked_of(frame: pd.DataFrame) -> list[Ranked]:
    """The rows of a ranking, as records."""
    return cast(list[Ranked], frame.to_dict("records"))


def changes_of(frame: pd.DataFrame) -> list[Changed]:
    """The rows of what changed, as records."""
    return cast(list[Changed], frame.to_dict("records"))


def warnings_of(frame: pd.DataFrame) -> list[Warned]:
    """The rows of early warnings, as records."""
    return cast(list[Warned], frame.to_dict("records"))
