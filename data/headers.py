"""Where a sheet's header is, which spreadsheet type it belongs to, and what each header means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from data.feed import Column, Feed, Wide
from data.organisation import normal
from data.profile.header import header_labels
from data.surroundings import Surroundings, Told
from data.wide import Spread, choice_spellings, choices_across, month_in_header, months_across

SEARCHED_ROWS = 40
DEEPEST = 3
NUMERIC = ("count", "number", "share")
BRACKETED = re.compile(r"[（(【\[][^（()）】\]]*[)）】\]]")
NOISE = re.compile(r"[\s_*:：\-/.、,，]")
# Under a merged upper header these add nothing to it.
GENERIC = frozenset(normal(word) for word in ("", "全量", "总数", "总量", "合计", "数量", "本月", "本期", "当月", "当期", "数值", "total", "count", "number", "no.", "no", "value"))  # fmt: skip


@lru_cache(maxsize=100_000)
def plain(header: Any) -> str:
    """A header for comparing: script, width and case folded, without brackets, units in brackets, stars and separators."""
    text = normal(str(header)) if header is not None else ""
    return NOISE.sub("", BRACKETED.sub("", text)) or NOISE.sub("", text)


@cache
def spellings(feed: Feed) -> Mapping[str, str]:
    """Plain header -> column name, for every spelling of every column; the first column to claim a spelling keeps it."""
    found: dict[str, str] = {}
    for words in (lambda column: (column.name, *column.title), lambda column: column.headers):
        for column in feed.columns:
            for word in words(column):
                found.setdefault(plain(word), column.name)
    return found


@cache
def _measured(feed: Feed) -> frozenset[str]:
    """The columns of figures that the feed's measures are made from."""
    words = {word for measure in feed.measures for word in re.findall(r"\w+", measure.sql)}
    return frozenset(column.name for column in feed.columns if column.type in NUMERIC and column.name in words)


@dataclass(frozen=True)
class Head:
    """Rows that may be a header. index: of the lowest; labels: what to show of each column; meant: per column the plain texts that
    may say what it is, the likeliest first; uppers: the plain text above each column's lowest; cells: the lowest row; months: how many of
    them are months."""

    index: int
    depth: int
    labels: tuple[str, ...]
    meant: tuple[tuple[str, ...], ...]
    uppers: tuple[str, ...]
    cells: tuple[Any, ...]
    months: int = 0


@dataclass(frozen=True)
class Layout:
    """Where a feed's columns stand in a sheet. header: index into Sheet.rows of the lowest of `depth` header rows; columns: our name ->
    column index; wide: column index -> what `wide_rule.into` is in a wide layout; values: column index -> the column its cells fill;
    headers: every header text; again: headers that repeat one that is used -> their columns; month: that of the whole table, where no
    column holds it; declined: columns that an analyst said mean nothing; numbered: indices of the
    rows that number the columns, and what they hold."""

    feed: Feed
    header: int
    headers: tuple[str, ...]
    columns: Mapping[str, int]
    wide: Mapping[int, str] = field(default_factory=dict)
    wide_rule: Wide | None = None
    values: Mapping[int, str] = field(default_factory=dict)
    depth: int = 1
    again: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    month: Told | None = None
    declined: frozenset[int] = frozenset()
    numbered: Mapping[int, str] = field(default_factory=dict)

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
    def used(self) -> list[int]:
        """The columns that are read, from left to right."""
        return sorted({*self.columns.values(), *self.wide})

    @property
    def doubled(self) -> list[tuple[int, ...]]:
        """Columns across that mean the same choice (or month) of the same figure: of each group only one could be stored."""
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
        """Whether any figure is there of those that the feed measures; true for feeds that count rows, or measure nothing."""
        figures = _measured(self.feed)
        return bool(self.wide) or not figures or not figures.isdisjoint(self.columns)

    @property
    def proper(self) -> int:
        """How many columns carry their own name or title, not another spelling of it."""
        return sum(
            plain(self.headers[place]) in map(plain, (name, *self.feed.column(name).title))
            for name, place in self.columns.items()
        )

    @property
    def score(self) -> tuple[int, bool, int, int, int, int]:
        """For choosing: complete ones first, those that give a figure, then most columns understood, fewest headers ignored, most proper
        names, fewest header rows."""
        understood = len(self.columns) + len(self.wide)
        return (-len(self.absent), self.measurable, understood, -len(self.ignored), self.proper, -self.depth)


def heads(rows: Sequence[Sequence[Any]], first: int = 0, last: int = SEARCHED_ROWS) -> Iterator[Head]:
    """Every row of `rows[first:last]` that may be the lowest of a header, with one to three rows."""
    for index in range(first, min(last, len(rows))):
        filled = [cell for cell in rows[index] if cell not in (None, "")]
        if sum(isinstance(cell, str) and bool(cell.strip()) for cell in filled) >= 2 or _months(filled) >= 2:
            yield head_of(rows[index], index)
        for depth in range(2, DEEPEST + 1):
            top = index - depth + 1
            if top < first or not filled or not _is_upper(rows[top]):
                break
            yield _stacked(rows, index, depth)


def _months(cells: Sequence[Any]) -> int:
    return sum(month_in_header(cell, 2000) is not None for cell in cells)


def _is_upper(row: Sequence[Any]) -> bool:
    """Whether a row can stand above the names of a header: texts, and not only a title at its beginning."""
    texts = [place for place, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
    return bool(texts) and texts != [texts[0]] * (texts[0] == 0)


def head_of(row: Sequence[Any], index: int) -> Head:
    """One row as a header."""
    labels = tuple("" if cell is None else " ".join(str(cell).split()) for cell in row)
    return Head(
        index, 1, labels, tuple((plain(label),) for label in labels), ("",) * len(labels), tuple(row), _months(row)
    )


def _stacked(rows: Sequence[Sequence[Any]], index: int, depth: int) -> Head:
    """Several rows as a header, merged cells filled."""
    labels = header_labels(rows, index, depth)
    parts = [label.split(" / ") if label else [] for label in labels]
    lowest = [rows[index][place] if place < len(rows[index]) else None for place in range(len(labels))]
    meant, uppers, shown = [], [], []
    for place, stack in enumerate(parts):
        named = lowest[place] not in (None, "")
        *above, last = stack or [""]
        upper = above[-1] if above else ""
        words: list[str] = (
            ["".join(stack), "".join(reversed(stack)), last] if named else ["".join(stack), last, *reversed(above)]
        )
        if normal(last) in GENERIC and named:
            words.append(upper)
        meant.append(tuple(dict.fromkeys(plain(word) for word in words if word)))
        uppers.append(plain(upper) if named else "")
        shown.append(" / ".join(stack[-2:]))
    return Head(index, depth, tuple(shown), tuple(meant), tuple(uppers), tuple(lowest), _months(lowest))


def layout_of(feed: Feed, row: Sequence[Any], index: int, accepted: Mapping[str, str] | None = None) -> Layout:
    """The layout that `row` alone would give as the header of `feed`."""
    return layout_under(feed, head_of(row, index), None, accepted)


def layout_under(
    feed: Feed, head: Head, about: Surroundings | None = None, accepted: Mapping[str, str] | None = None
) -> Layout:
    """The layout that `head` gives for `feed`. accepted: header -> column that an analyst said it means ("" for none)."""
    words = spellings(feed)
    said = {plain(header): name for header, name in (accepted or {}).items()}
    names = {column.name for column in feed.columns}
    columns: dict[str, int] = {}
    again: dict[str, list[int]] = {}
    told = {place: said[plain(label)] for place, label in enumerate(head.labels) if label and plain(label) in said}
    for place, name in told.items():
        if name in names:
            columns.setdefault(name, place)
    by_likelihood = max((len(meant) for meant in head.meant), default=0)
    for rank in range(by_likelihood):
        for place, meant in enumerate(head.meant):
            if place in told or place in columns.values() or rank >= len(meant) or not meant[rank]:
                continue
            known = words.get(meant[rank])
            if known and known not in columns:
                columns[known] = place
            elif known and head.labels[place] == head.labels[columns[known]]:
                again.setdefault(head.labels[place], [columns[known]]).append(place)
    free = {place: head.cells[place] for place, label in enumerate(head.labels) if label and place not in columns.values() and place not in told and place < len(head.cells)}  # fmt: skip
    uppers = {place: words.get(head.uppers[place]) for place in free}
    spread = choices_across(feed, columns, free, uppers, plain) or months_across(
        feed, columns, free, uppers, head.index, about, words
    )
    repeated = {label: tuple(dict.fromkeys(places)) for label, places in again.items()}
    found = Layout(
        feed,
        head.index,
        head.labels,
        columns,
        depth=head.depth,
        again=repeated,
        declined=frozenset(place for place, name in told.items() if name not in names),
    )
    found = found if spread is None else _wide(found, spread)
    lacks = [column.name for column in found.absent]
    if about is None or lacks != [feed.month_column] or feed.column(lacks[0]).type != "month":
        return found
    return replace(found, month=about.month(head.index - head.depth + 1))


def _wide(layout: Layout, spread: Spread) -> Layout:
    # Another figure of a wide row belongs to all its columns together: repeated for each of them it would count several times.
    kinds = {column.name: column.type for column in layout.feed.columns}
    shared = {
        name: place
        for name, place in layout.columns.items()
        if kinds[name] not in NUMERIC and place not in spread.into_of
    }
    return replace(layout, columns=shared, wide=spread.into_of, wide_rule=spread.rule, values=spread.value_of)


def find_layout(
    feed: Feed,
    rows: Sequence[Sequence[Any]],
    about: Surroundings | None = None,
    accepted: Mapping[str, str] | None = None,
) -> Layout | None:
    """The rows that read most like the feed's header among the first rows; None if no row names two of its columns."""
    return _best([feed], list(heads(rows)), about, accepted)


def choose(
    feeds: Sequence[Feed], rows: Sequence[Sequence[Any]], about: Surroundings | None = None, accepted: Mapping[str, str] | None = None,
    first: int = 0, last: int = SEARCHED_ROWS,
) -> Layout | None:  # fmt: skip
    """The feed and header that fit a sheet best; among incomplete ones the one that lacks least."""
    return _best(feeds, list(heads(rows, first, last)), about, accepted)


def _best(
    feeds: Sequence[Feed], found: Sequence[Head], about: Surroundings | None, accepted: Mapping[str, str] | None
) -> Layout | None:
    best: Layout | None = None
    said = {plain(header) for header in accepted or {}}
    for feed in feeds:
        ours = _words_of(feed) | said
        for head in found:
            # Most rows are data, and may hold two dates: looked at closely are those in which two cells are words of the feed, or months beside one.
            words = sum(1 for meant in head.meant if not ours.isdisjoint(meant))
            if words < 2 and head.months < (2 if words else 3):
                continue
            layout = layout_under(feed, head, about, accepted)
            if len(layout.columns) + len(layout.wide) >= 2 and (best is None or layout.score > best.score):
                best = layout
    return best


@cache
def _words_of(feed: Feed) -> frozenset[str]:
    """Every plain header that means a column of the feed, or a choice that may stand across."""
    across = (choice_spellings(feed.column(rule.into), plain) for rule in feed.wide)
    return frozenset(spellings(feed)).union(*across)
