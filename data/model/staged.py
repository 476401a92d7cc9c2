"""What was understood of a file, before anything is written: the hand-over from reading to storing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from data.model.feed import Feed
from data.model.finding import Finding, has_errors

if TYPE_CHECKING:
    from data.model.profile import Profile

NO_MONTH = pd.Timestamp("1900-01-01")
KEYS = ("row", "key_month", "key_unit", "key_part")


@dataclass(frozen=True)
class ColumnSuggestion:
    """A header that may mean a column of ours, for the analyst to accept.

    header: the header.
    column: the column of ours.
    similarity: 0-100.
    """

    header: str
    column: str
    similarity: int


@dataclass(frozen=True)
class GroupQuestion:
    """A column across of which it is open what it holds, or a value of rows that is not known, for the analyst to say.

    header: its header, or the value.
    column: the column of ours whose choices stand across, or in the rows.
    choices: those that it may be, the likeliest first; `Choices(accepted={header: "column:choice"})` takes one, ""
        leaves a column out.
    in_rows: whether it is a value.
    """

    header: str
    column: str
    choices: tuple[str, ...]
    in_rows: bool = False


@dataclass(frozen=True)
class Candidate:
    """A sheet that holds a table of ours, and whether its rows are taken."""

    sheet: str
    feed: str
    rows: int
    taken: bool


@dataclass(frozen=True)
class EventDecision:
    """What an analyst said of an event that stands in several exports.

    feed: its spreadsheet type. identity: what tells it from others, as warehouse.identities writes it.
    decision: "moved" (only the newest export's row counts) or "apart" (these are different events).
    """

    feed: str
    identity: str
    decision: str


@dataclass
class StagedSheet:
    """One sheet's rows, typed.

    frame: one row per detail row, with `row` (int64, the spreadsheet's row number), `key_month` (datetime64, first day;
    NO_MONTH for units and targets), `key_unit` (unit code; for targets without a unit "level:<level>" or "*"),
    `key_part`
    (the values of feed.part joined by "/", else "") and then the feed's columns by name: text/unit/choice as str
    objects with
    None for missing, in a large sheet as categories or Arrow strings; month/time datetime64; count/number/share float64
    (NaN missing); flag nullable boolean.
    columns: our column -> source header.
    places: our column -> the spreadsheet's column letters.
    ignored: headers not used.
    proposals: headers that may mean a column that was not found; `Choices(accepted={header: column})` takes them.
    group_questions: columns across, and values of rows, that are not known.
    across: choice of a column across -> its header; across_into: the column of ours that holds the choice.
    answers: what an analyst said of what its columns leave open ("dates", "shares").
    adopts: the profile as it would be if it took over
    the layout of this sheet, where that has changed.
    scaled: column of ours -> power of ten by which its figures were multiplied, as a header or a title says.
    summed: its rows are parts of figures, as a profile says: a key may stand there twice.
    totals: what the sheet's own totals say of its rows, to be asked again where rows are left out.
    provisional: a month that is not over (its first day) -> the day to which its figures go.
    """

    sheet: str
    feed: Feed
    frame: pd.DataFrame
    findings: list[Finding] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    header_row: int | None = None
    profile: str | None = None
    proposals: list[ColumnSuggestion] = field(default_factory=list)
    group_questions: list[GroupQuestion] = field(default_factory=list)
    across: Mapping[str, str] = field(default_factory=dict)
    across_into: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    adopted_profile: Profile | None = None
    scaled: Mapping[str, int] = field(default_factory=dict)
    summed: bool = False
    totals: Callable[[pd.DataFrame], Iterable[Finding]] | None = None
    provisional: Mapping[pd.Timestamp, date] = field(default_factory=dict)

    @property
    def months(self) -> list[str]:
        """Months held, as YYYY-MM, sorted; empty for units and targets."""
        if not len(self.frame):
            return []
        found = self.frame["key_month"].dropna().drop_duplicates()
        return sorted(found[found != NO_MONTH].dt.strftime("%Y-%m"))

    @property
    def units(self) -> list[str]:
        """Unit codes held, sorted."""
        return sorted(self.frame["key_unit"].dropna().unique()) if len(self.frame) else []


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """A staged frame for the database, which reads Arrow's columns several times as fast as a frame's objects."""
    texts = {name: pa.string() for name, kind in frame.dtypes.items() if kind == "object"}
    return pa.table(
        {str(name): pa.array(frame[name], type=texts.get(name), from_pandas=True) for name in frame.columns}
    )


@dataclass
class StagedFile:
    """A whole file as understood.

    `findings` are those of the file itself (unreadable, no table found). candidates: every sheet with a table;
    `Choices(sheets=(...))` takes others. saved: the day on which the file says that it was saved. decisions: what was
    said of events that other exports hold too. cells_only: it holds single cells of rows that count already; what else
    stands under their keys stays.
    """

    path: Path
    name: str
    sha256: str
    sheets: list[StagedSheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    saved: date | None = None
    decisions: list[EventDecision] = field(default_factory=list)
    cells_only: bool = False
    # What claims.claims_of counted, and of which frames.
    counted: tuple[tuple[pd.DataFrame, ...], pd.DataFrame] | None = None

    @property
    def all_findings(self) -> list[Finding]:
        return [*self.findings, *(finding for sheet in self.sheets for finding in sheet.findings)]

    @property
    def rows(self) -> int:
        """Rows of figures; the units that came along with them are not counted, unless there is nothing else."""
        figures = [sheet for sheet in self.sheets if sheet.feed.name != "units"]
        return sum(len(sheet.frame) for sheet in figures or self.sheets)

    @property
    def refused(self) -> bool:
        """True if any error-level finding: then nothing of this file is committed."""
        return has_errors(self.all_findings)
