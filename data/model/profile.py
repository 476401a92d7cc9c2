"""The records of an import profile: how one office's layout feeds one of our spreadsheet types.

A *column* here is always a source column named by its header text: "Name", the second one of that name "Name#2", under
a merged upper header "upper / lower", or, where it has no header, by its letter "@C". "@heading" is not a column but
the text of the heading row (one filled cell) that a row stands under, as where a list is cut into blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

MISSING_MARKS = ("-", "--", "—", "–", "－", "...", "…", "N/A", "n/a", "#N/A", "NULL", "null")

HEADING = "@heading"
# A profile's patterns are tried on no more letters than this: a header, a title or a unit's name is shorter, a cell
# holds up to 32,767.
MAX_MATCHED_TEXT = 500


@dataclass(frozen=True)
class Condition:
    """A condition on a row; all parts that are given must hold.

    column: the source column.
    any_of: texts one of which matches, with * and ? as wildcards ("": an empty cell).
    none_of: texts none of which matches.
    above: the cell is a number above this.
    below: the cell is a number below this.
    """

    column: str
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()
    above: float | None = None
    below: float | None = None


@dataclass(frozen=True)
class LeaveOut:
    """A rule for rows that are not loaded.

    when: conditions that all hold for such a row.
    total: the rows sum up others, and a difference is a finding.
    """

    when: tuple[Condition, ...]
    total: bool = False


@dataclass(frozen=True)
class Header:
    """Where the header is.

    columns: labels that its lowest row must hold (default: every column the profile uses).
    rows: how many rows it has, merged ones included; the lowest holds the names.
    within: it is looked for in so many first rows.
    known: all labels when the profile was saved; a later file that adds or drops one has drifted.
    also: a column -> further names that it came to have since.
    """

    columns: tuple[str, ...] = ()
    rows: int = 1
    within: int = 60
    known: tuple[str, ...] = ()
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class MonthSource:
    """Where the month is: exactly one way.

    column: a column.
    year: a column of years, with `quarter` or `month`.
    quarter: a column of quarters; a quarter counts at its last month.
    month: a column of months' numbers.
    label: the cell beside or below this text.
    title: a pattern found above the header; its first group, or two (year, month), are the month.
    sheet: the same in the sheet's name.
    file: the same in the file's name.
    constant: "YYYY-MM".
    formats: strptime formats tried before the usual spellings.
    """

    column: str | None = None
    year: str | None = None
    quarter: str | None = None
    month: str | None = None
    label: str | None = None
    title: str | None = None
    sheet: str | None = None
    file: str | None = None
    constant: str | None = None
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnitSource:
    """Which unit a row belongs to, and whether unknown ones are created.

    columns: their texts joined by "/" are the code, name or alias.
    constant: one unit for all rows.
    rename: text -> text, applied first.
    name: the column of a new unit's name (default: the last of `columns`).
    create: unknown units are created.
    level: the level of new units.
    parent: the unit above them.
    parent_columns: columns of the unit above them.
    parent_level: the level of parents that are new too.
    title_case: "west-bengal" is read as "West Bengal".
    strip: patterns of text that is no part of a unit's name, such as footnote marks; also in parents' names.
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    rename: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None
    create: bool = False
    level: str | None = None
    parent: str | None = None
    parent_columns: tuple[str, ...] = ()
    parent_level: str | None = None
    title_case: bool = False
    strip: tuple[str, ...] = ()


@dataclass(frozen=True)
class FixedUnit:
    """A unit that the profile brings itself: the root, or groups between the root and the rows' units."""

    code: str
    name: str
    level: str
    parent: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Indicator:
    """One indicator computed from each row; the rows of a unit and month are summed.

    code: the indicator's code.
    name: its name.
    numerator: a column, a sum of columns (unknown if any is) or a constant.
    denominator: likewise; None: the indicator is a count.
    less: columns subtracted from the numerator (seen, less late ones).
    value: a column of ready-made figures instead.
    where: conditions for the numerator; where they fail it is 0, while the denominator counts.
    rows: conditions for the whole row.
    factor: multiplies the numerator (万 = 10000).
    better: "higher", "lower" or "neither".
    over_time: how it crosses months.
    scale: multiplies numerator / denominator.
    unit_label: the unit that is shown.
    """

    code: str
    name: str
    numerator: tuple[str, ...] | float | None = None
    denominator: tuple[str, ...] | float | None = None
    less: tuple[str, ...] = ()
    value: str | None = None
    where: tuple[Condition, ...] = ()
    rows: tuple[Condition, ...] = ()
    factor: float = 1.0
    better: Literal["higher", "lower", "neither"] = "higher"
    over_time: Literal["flow", "stock", "last"] = "flow"
    scale: float | None = None
    unit_label: str | None = None


@dataclass(frozen=True)
class Unpivot:
    """Wide columns that become rows.

    into: our column that gets the text of each source column; it may be the month.
    value: our column that gets the cell.
    columns: source column -> text.
    pattern: instead of `columns`, every header in which it is found.
    text: filled by the pattern's groups: "(\\d{4})年" with "{0}-12" takes next year's column too.
    """

    into: str
    value: str
    columns: Mapping[str, str] = field(default_factory=dict)
    pattern: str | None = None
    text: str = "{0}"


@dataclass(frozen=True)
class Profile:
    """One import profile: it belongs to the data, not to the code.

    name: its name.
    feed: the spreadsheet type that it feeds.
    month: where the month is.
    unit: which unit a row belongs to.
    description: a sentence for people.
    source: where the export comes from.
    sheets: patterns of sheet names (none: any sheet whose header fits).
    header: where the header is.
    columns: our column -> source column.
    constants: our column -> fixed value.
    values: our column -> source text -> value.
    scale: our column -> factor.
    missing: texts that mean "not known".
    missing_in: source column -> further ones.
    leave_out: rows that are not loaded.
    unpivot: wide columns that become rows.
    indicators: indicators computed from each row.
    units: units that the profile brings itself.
    fill_down: columns whose empty cells repeat the cell above (merged cells).
    sum_rows: the rows of an indicator, unit and month become one, with the first one's row number.
    """

    name: str
    feed: str
    month: MonthSource = MonthSource()
    unit: UnitSource = UnitSource()
    description: str = ""
    source: str = ""
    sheets: tuple[str, ...] = ()
    header: Header = Header()
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str | float] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    scale: Mapping[str, float] = field(default_factory=dict)
    missing: tuple[str, ...] = MISSING_MARKS
    missing_in: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    leave_out: tuple[LeaveOut, ...] = ()
    unpivot: Unpivot | None = None
    indicators: tuple[Indicator, ...] = ()
    units: tuple[FixedUnit, ...] = ()
    fill_down: tuple[str, ...] = ()
    sum_rows: bool = False

    def _mentioned(self) -> Iterator[str | None]:
        yield from (self.month.column, self.month.year, self.month.quarter, self.month.month, self.unit.name)
        yield from (*self.unit.columns, *self.unit.parent_columns, *self.columns.values())
        yield from self.unpivot.columns if self.unpivot else ()
        yield from self.fill_down
        conditions = [condition for rule in self.leave_out for condition in rule.when]
        for indicator in self.indicators:
            conditions += [*indicator.where, *indicator.rows]
            for part in (indicator.numerator, indicator.denominator, indicator.less):
                yield from part if isinstance(part, tuple) else ()
            yield indicator.value
        yield from (condition.column for condition in conditions)

    @property
    def used_columns(self) -> tuple[str, ...]:
        """Every source column that the profile reads by name, each once."""
        return tuple(dict.fromkeys(column for column in self._mentioned() if column and column != HEADING))

    @property
    def figure_columns(self) -> tuple[str, ...]:
        """The source columns of which a row must fill at least one to say anything; none where a row is an event."""
        if any(isinstance(indicator.numerator, float | int) for indicator in self.indicators):
            return ()  # the row itself is counted
        parts: list[str] = list(self.unpivot.columns) if self.unpivot else []
        for indicator in self.indicators:
            for part in (indicator.numerator, indicator.denominator, (indicator.value,) if indicator.value else None):
                parts += part if isinstance(part, tuple) else ()
        return tuple(dict.fromkeys(parts))

    @property
    def only_maps_columns(self) -> bool:
        """Whether it only maps columns and names total rows, as a feed's own layout does."""
        names = Profile(
            self.name,
            self.feed,
            MonthSource(column=self.month.column),
            UnitSource(columns=self.unit.columns),
            self.description,
            self.source,
            self.sheets,
            replace(self.header, also={}),
            self.columns,
            leave_out=tuple(rule for rule in self.leave_out if rule.total),
        )
        return self == names and bool(self.month.column) and len(self.unit.columns) == 1

    @property
    def reads_headings(self) -> bool:
        """Whether rows stand under heading rows that mean something."""
        return HEADING in self._mentioned()
