"""Where a table's columns stand in a sheet: what a feed's own spellings and a profile's header both come to, and what
all that reads the rows goes by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.core.cell_refs import column_letters
from data.model.feed import Column, Feed, WideRule
from data.recognition.context import StatedValue


@dataclass(frozen=True)
class Layout:
    """Where a feed's columns stand in a sheet.

    feed: the spreadsheet type.
    header: index into Sheet.rows of the lowest of `depth` header rows.
    headers: every header text.
    columns: our name -> column index.
    wide: column index -> the value of `wide_rule.into`, in a wide layout.
    wide_rule: how wide columns become rows.
    values: column index -> the column of ours that its cells fill.
    depth: how many rows the header has.
    repeated_headers: header that repeats a used one -> its columns.
    month: the month of the whole table, where no column holds it.
    year: the year of months across.
    declined: columns that an analyst said mean nothing.
    numbering_rows: index of a row that numbers the columns -> its text.
    qualified: columns of ours that a header names with a word that changes their meaning.
    alternatives: our name -> columns that are another word for it and are not read.
    also_read: columns that are read but are no single column of ours: parts of indicators, conditions of a profile.
    """

    feed: Feed
    header: int
    headers: tuple[str, ...]
    columns: Mapping[str, int]
    wide: Mapping[int, str] = field(default_factory=dict)
    wide_rule: WideRule | None = None
    values: Mapping[int, str] = field(default_factory=dict)
    depth: int = 1
    repeated_headers: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    month: StatedValue | None = None
    year: StatedValue | None = None
    declined: frozenset[int] = frozenset()
    numbering_rows: Mapping[int, str] = field(default_factory=dict)
    qualified: frozenset[str] = frozenset()
    alternatives: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    also_read: frozenset[int] = frozenset()

    @property
    def absent(self) -> list[Column]:
        """Required columns that are not there."""
        made = {self.wide_rule.into, *self.values.values()} if self.wide_rule else set()
        if self.month and self.feed.month_column:
            made.add(self.feed.month_column)
        return [
            column
            for column in self.feed.columns
            if column.required and column.name not in self.columns and column.name not in made
        ]

    @property
    def characteristic(self) -> bool:
        """Whether a column is there that tells this feed from others: a figure, or one that it needs beside month and
        unit. A date and a status stand in every export.
        """
        shared = {self.feed.month_column, self.feed.unit_column}
        lacking = {column.name for column in self.absent}
        return (
            bool(self.wide)
            or not lacking.isdisjoint(self.qualified)
            or any(
                column.required or column.is_numeric
                for column in self.feed.columns
                if column.name in self.columns and column.name not in shared
            )
        )

    @property
    def used(self) -> list[int]:
        """The columns that are read, from left to right."""
        return sorted({*self.columns.values(), *self.wide, *self.also_read})

    @property
    def places(self) -> dict[str, str]:
        """Our name -> the spreadsheet's letters of its column."""
        return {name: column_letters(index) for name, index in self.columns.items()}

    @property
    def ambiguous_groups(self) -> list[tuple[int, ...]]:
        """Groups of wide columns that mean the same value of the same figure: only one of each could be stored."""
        groups: dict[tuple[str, str | None], tuple[int, ...]] = {}
        for place, meant in sorted(self.wide.items()):
            key = (meant, self.values.get(place))
            groups[key] = (*groups.get(key, ()), place)
        return [places for places in groups.values() if len(places) > 1]

    @property
    def ignored(self) -> list[str]:
        """Headers that mean none of our columns."""
        used = set(self.used)
        return [text for index, text in enumerate(self.headers) if text and index not in used]
