"""Where a sheet's header is, which spreadsheet type it belongs to, and what each header means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from data.core.text import normalise
from data.model.feed import NUMERIC, Column, Feed, WideRule
from data.parsing.dates import parse_month
from data.recognition.context import SheetContext, StatedValue
from data.recognition.header_rows import SEARCHED_ROWS, HeaderCandidate, header_candidates, single_row_header
from data.recognition.header_text import normalise_header
from data.recognition.qualifiers import (
    belongs_to_other_feed,
    changes_meaning,
    mentions_time,
    names_other_period,
    qualifiers_in,
)
from data.recognition.vocabulary import all_spellings, measured_columns, spellings, stock_columns, title_spellings
from data.recognition.wide import WideColumns, find_wide_choices, find_wide_months


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
        return sorted({*self.columns.values(), *self.wide})

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

    @property
    def measurable(self) -> bool:
        """Whether the sheet holds any figure that the feed measures.

        True for feeds that count rows or measure nothing.
        """
        figures = measured_columns(self.feed)
        return bool(self.wide) or not figures or not figures.isdisjoint(self.columns)

    @property
    def title_matches(self) -> int:
        """How many columns carry their own name or title, not another spelling of it."""
        return sum(
            normalise_header(self.headers[place]) in title_spellings(self.feed, name)
            for name, place in self.columns.items()
        )

    @property
    def score(self) -> tuple[int, int, bool, int, int, int, int]:
        """A sort key, the best layout last: complete, then most columns understood, fewest ignored, fewest rows."""
        understood = len(self.columns) + len(self.wide)
        near = sum(column.name in self.qualified for column in self.absent)
        return (
            -len(self.absent),
            near,
            self.measurable,
            understood,
            -len(self.ignored),
            self.title_matches,
            -self.depth,
        )


def row_layout(feed: Feed, row: Sequence[Any], index: int, accepted: Mapping[str, str] | None = None) -> Layout:
    """The layout that `row` alone would give as the header of `feed`."""
    return layout_for(feed, single_row_header(row, index), None, accepted)


def layout_for(
    feed: Feed,
    candidate: HeaderCandidate,
    context: SheetContext | None = None,
    accepted: Mapping[str, str] | None = None,
) -> Layout:
    """The layout that `candidate` gives for `feed`.

    accepted: header -> column that an analyst said it means ("" for none).
    """
    words = spellings(feed)
    accepted_words = {
        (normalise_header(header), qualifiers_in(normalise(header))): name for header, name in (accepted or {}).items()
    }
    kinds = {column.name: column.type for column in feed.columns}
    columns: dict[str, int] = {}
    again: dict[str, list[int]] = {}
    nearly: set[str] = set()
    ranks: dict[str, int] = {}
    # Under 年度目标 a target is what is meant.
    about_it = normalise("".join(feed.title))
    others: dict[str, list[int]] = {}
    keys = {
        place: (normalise_header(label), qualifiers_in(normalise(label)))
        for place, label in enumerate(candidate.labels)
        if label
    }
    accepted_places = {place: accepted_words[key] for place, key in keys.items() if key in accepted_words}
    for place, name in accepted_places.items():
        if name in kinds:
            columns.setdefault(name, place)
    times = _Times(feed, candidate, context, words)
    by_likelihood = max((len(meant) for meant in candidate.meanings), default=0)
    for rank in range(by_likelihood):
        for place, meant in enumerate(candidate.meanings):
            if place in accepted_places or place in columns.values() or rank >= len(meant) or not meant[rank]:
                continue
            known = words.get(meant[rank])
            if known and (
                changes_meaning(candidate.full_labels[place], meant[rank] + about_it, kinds[known])
                or (kinds[known] in NUMERIC and times.other(candidate.full_labels[place], known))
                or (kinds[known] in NUMERIC and belongs_to_other_feed(feed, candidate, place, meant[rank]))
            ):
                # Last month's, a target, a share, the hotline's: at most a proposal.
                nearly.add(known)
                continue
            if known and known not in columns:
                columns[known] = place
                ranks[known] = rank
            elif known and candidate.labels[place] == candidate.labels[columns[known]]:
                again.setdefault(candidate.labels[place], [columns[known]]).append(place)
            elif known and ranks.get(known) == rank:
                others.setdefault(known, []).append(place)
                if (
                    kinds[known] in NUMERIC
                    and meant[rank] in title_spellings(feed, known)
                    and candidate.meanings[columns[known]][rank] not in title_spellings(feed, known)
                ):
                    # A figure's own title goes before other words for it.
                    columns[known], others[known][-1] = place, columns[known]
    free = {
        place: candidate.cells[place]
        for place, label in enumerate(candidate.labels)
        if label and place not in columns.values() and place not in accepted_places and place < len(candidate.cells)
    }
    spread = find_wide_choices(feed, columns, free, candidate, words) or find_wide_months(
        feed, columns, free, candidate, context, words
    )
    taken = set(columns.values())
    repeated = {label: tuple(dict.fromkeys(places)) for label, places in again.items() if places[0] in taken}
    found = Layout(
        feed,
        candidate.index,
        candidate.labels,
        columns,
        depth=candidate.depth,
        repeated_headers=repeated,
        qualified=frozenset(nearly),
        alternatives={name: tuple(places) for name, places in others.items()},
        declined=frozenset(place for place, name in accepted_places.items() if name not in kinds),
    )
    found = found if spread is None else _wide(found, spread)
    lacks = [column.name for column in found.absent]
    if context is None or lacks != [feed.month_column] or feed.column(lacks[0]).type != "month":
        return found
    return replace(found, month=context.month(candidate.index - candidate.depth + 1))


@dataclass(frozen=True)
class _Times:
    """The months that a head's rows are of, looked up once a header speaks of a time."""

    feed: Feed
    candidate: HeaderCandidate
    context: SheetContext | None
    words: Mapping[str, str]

    def other(self, label: str, name: str) -> bool:
        """Whether a header says that the figures of a column of ours are of another time than their rows."""
        month = self.feed.month_column
        if month is None or self.feed.column(month).type != "month" or not mentions_time(label):
            return False
        return names_other_period(label, self.months, name in stock_columns(self.feed))

    @property
    def months(self) -> frozenset[str]:
        places = (
            place
            for place, meant in enumerate(self.candidate.meanings)
            if any(self.words.get(word) == self.feed.month_column for word in meant)
        )
        place = next(places, None)
        if place is None:
            stated = self.context.month(self.candidate.index - self.candidate.depth + 1) if self.context else None
            return frozenset((stated.value,) if stated else ())
        cells = {row[place] for row in self.candidate.below() if place < len(row) and row[place] not in (None, "")}
        return frozenset(f"{found:%Y-%m}" for cell in cells if (found := parse_month(cell)))


def _wide(layout: Layout, spread: WideColumns) -> Layout:
    # Another figure of a wide row belongs to all its columns together: repeated for each of them it would count several
    # times.
    kinds = {column.name: column.type for column in layout.feed.columns}
    shared = {
        name: place
        for name, place in layout.columns.items()
        if kinds[name] not in NUMERIC and place not in spread.choices
    }
    return replace(
        layout,
        columns=shared,
        wide=spread.choices,
        wide_rule=spread.rule,
        values=spread.columns_filled,
        year=spread.year,
    )


def best_layout(
    feeds: Sequence[Feed],
    rows: Sequence[Sequence[Any]],
    context: SheetContext | None = None,
    accepted: Mapping[str, str] | None = None,
    first: int = 0,
    last: int = SEARCHED_ROWS,
) -> Layout | None:
    """The feed and header that fit a sheet best; among incomplete ones the one that lacks least."""
    return _best_candidate(feeds, list(header_candidates(rows, first, last)), context, accepted)


def _best_candidate(
    feeds: Sequence[Feed],
    found: Sequence[HeaderCandidate],
    context: SheetContext | None,
    accepted: Mapping[str, str] | None,
) -> Layout | None:
    candidates: list[tuple[HeaderCandidate, Layout]] = []
    accepted_words = {normalise_header(header) for header in accepted or {}}
    for feed in feeds:
        ours = all_spellings(feed) | accepted_words
        for candidate in found:
            # Most rows are data, and may hold two dates: looked at closely are those in which two cells are words of
            # the feed, or months beside one.
            words = sum(1 for meant in candidate.meanings if not ours.isdisjoint(meant))
            if words < 2 and candidate.months < (2 if words else 3):
                continue
            layout = layout_for(feed, candidate, context, accepted)
            if len(layout.columns) + len(layout.wide) >= 2:
                candidates.append((candidate, layout))
    ending = {
        (layout.feed, layout.header, layout.depth)
        for _, layout in candidates
        if all(column.name in layout.qualified for column in layout.absent)
    }
    whole = [
        layout
        for candidate, layout in candidates
        if (layout.feed, layout.header + 1, layout.depth + 1) not in ending or not candidate.continues_below
    ]
    return max(whole, key=lambda layout: layout.score, default=None)
