"""The records that describe a spreadsheet type.

One file in `data/feeds/` holds one `FEED`; the folder is the registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from locales import Text

ColumnType = Literal["text", "unit", "month", "period", "time", "count", "number", "share", "choice", "flag"]
OverTime = Literal["flow", "stock", "last"]
NUMERIC = ("count", "number", "share")


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a feed.

    type: text; unit (resolved to a unit code); month (first day); period (text, a year "2025" or a month
    "2025-11"); time (timestamp); count (whole number >= 0);
    number (any); share (per cent, 0-100); choice (one of `choices`); flag (yes/no).
    headers: further header spellings in any language or script, besides `name` and `title` (script variants are
        derived).
    choices: code -> spellings; `open_choices` keeps an unknown text as it is (a category nobody foresaw) in place of a
        finding.
    """

    name: str
    type: ColumnType
    title: Text
    required: bool = False
    headers: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] | None = None
    open_choices: bool = False
    minimum: float | None = None
    maximum: float | None = None
    note: Text | None = None
    example: str | float | None = None

    @property
    def is_numeric(self) -> bool:
        """Whether its cells are figures."""
        return self.type in NUMERIC


@dataclass(frozen=True)
class Measure:
    """An additive measure that the feed brings to the cube.

    title: what it counts, in the words of a formula; of two feeds that bring the same measure the same.
    sql: aggregate over the feed's columns, grouped by (month, unit[, segment]); NULL means not known and is not stored.
    over_time: how it crosses months. segments: each a tuple of columns; segment_kind is their names joined by "/",
    segment their values joined by "/". additive=False: a reported figure, kept for its unit only, never rolled up.
    adds_up=False: a unit's own figure need not be the sum of its parts' (each level draws its own sample).
    within: columns inside which `sql` counts what is distinct: a whole is counted from its rows, not from its units'
        figures, and its
    total is the sum over these segments. Every segment of the measure must be `within` itself.
    needs: columns without which a file says nothing of it; a whole of which a part is not known is not known either.
        For what has no base of its own, in which rows that do not know are left out.
    """

    name: str
    title: Text
    sql: str
    over_time: OverTime = "flow"
    segments: tuple[tuple[str, ...], ...] = ()
    additive: bool = True
    adds_up: bool = True
    within: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A row rule of a feed.

    code: the finding's code.
    broken: SQL over the feed's columns, true for rows that break the rule.
    column: where the finding stands.
    message: what is wrong.
    suggestion: what to do.
    severity: "error" or "warning".
    """

    code: str
    broken: str
    column: str
    message: str
    suggestion: str = ""
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True)
class Limit:
    """A number that measures of events compare with, loaded with the targets: as a "metric" of theirs.

    name: how the SQL of measures calls it, and the code by which targets name it, of all rows or, with "_" and one of
        the choices of `by`, of those.
    titles: choice of `by` ("" for all) -> what a target may call it instead.
    default: what holds where none was loaded for the month or its year.
    by: the column whose choices may have limits of their own.
    """

    name: str
    titles: Mapping[str, Text]
    default: float
    by: str


@dataclass(frozen=True)
class ReadyMade:
    """A figure that an export may bring beside what it is made of: it is not read, but held against what is.

    headers: what it is called.
    sql: what it is by the rows that one row of the sheet gave; several where it may be made of either.
    scale: 100 for a share, which may stand as per cent or as a fraction.
    """

    headers: tuple[str, ...]
    sql: tuple[str, ...]
    scale: float = 100


def share_of(part: str, whole: str, *headers: str) -> ReadyMade:
    """A share of two columns that stand beside each other."""
    return ReadyMade(headers, (f'100 * sum("{part}") / nullif(sum("{whole}"), 0)',))


@dataclass(frozen=True)
class RatingScale:
    """The scale of a survey's answers, which differs from survey to survey.

    column: the ratings, or their means.
    default: its top where nothing else is said.
    top: the column that holds it where it is another.
    converted: columns that are kept on the scale to `default`; none where measures look at `top`.
    """

    column: str
    default: float
    top: str = "scale_top"
    converted: tuple[str, ...] = ()


@dataclass(frozen=True)
class WideRule:
    """A wide layout: several columns of one choice become rows (`into` gets the choice, `value` the cell)."""

    into: str
    value: str


@dataclass(frozen=True, eq=False)
class Feed:
    """A spreadsheet type.

    key: columns that together may occur once. part: columns that split an active (feed, month, unit), so that
    files holding different surveys or indicators of one month do not push each other out.
    events: one row is one event; a unit without rows had none, as long as its branch (the unit below the root) has
        some.
    limits: what measures compare with, loaded with the targets.
    open_until: (the time that ends an event, the time at which the file was exported): of an event without an end
        the second says how long it was open.
    rated: the scale of a survey's answers.
    since_column: the month from which a row holds of its unit, in place of a month that it is of.
    ready_made: figures that exports bring beside what they are made of.
    """

    name: str
    title: Text
    grain: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    measures: tuple[Measure, ...] = ()
    rules: tuple[Rule, ...] = ()
    part: tuple[str, ...] = ()
    month_column: str | None = "month"
    unit_column: str | None = "unit"
    events: bool = False
    limits: tuple[Limit, ...] = ()
    open_until: tuple[str, str] | None = None
    rated: RatingScale | None = None
    since_column: str | None = None
    ready_made: tuple[ReadyMade, ...] = ()
    wide: tuple[WideRule, ...] = ()
    order: int = 50
    notes: Text | None = None

    @property
    def identity(self) -> tuple[str, ...]:
        """The columns that tell one event from every other, whatever its unit and month; () where rows are figures."""
        placed = {self.month_column, self.unit_column} & set(self.key)
        return () if placed or self.month_column is None or not self.measures else self.key

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
