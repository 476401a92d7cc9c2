"""The tables of a sheet: one under the other, each with its header, and what stands between header and rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from data.core.text import normalise, raw_text
from data.model.feed import NUMERIC, Feed
from data.model.organisation import Organisation
from data.model.sheet import Sheet
from data.parsing.columns import ParseError, is_missing, require_number
from data.parsing.dates import parse_month
from data.recognition.context import SheetContext
from data.recognition.feed_layouts import best_layout, is_measurable
from data.recognition.layout import Layout
from data.recognition.non_data_rows import is_signature

# How many places of a sheet are looked at for another header: each costs as much as the first.
MAX_HEADER_SEARCHES = 40
UNIT_OF_MEASURE = re.compile(
    r"[(（\[]?(?:单位[:：])?(?:十|百|千|万|亿)?(?:户|元|件|笔|个|人|人次|次|台|张|分|家|%|％|no\.|number|percent|pct)[)）\]]?"
)
COLON = re.compile("[:：]")
COUNTERS = "甲乙丙丁戊己庚辛壬癸"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Table:
    """A table of a sheet.

    layout: its header and columns.
    context: what stands above it.
    end: the index behind its last row.
    unknown: index before `end` at which a table begins that is not understood.
    above: first and last index of a table over the header that is not understood.
    """

    layout: Layout
    context: SheetContext
    end: int
    unknown: int | None = None
    above: tuple[int, int] | None = None


def find_tables(
    sheet: Sheet,
    feeds: Sequence[Feed],
    organisation: Organisation,
    file: str,
    accepted: Mapping[str, str] | None = None,
) -> list[Table]:
    """The tables of a sheet from top to bottom; only the first may lack columns."""
    rows = sheet.rows
    context = SheetContext(rows, sheet.name, file, sheet.first_row, shown=sheet.shown)
    layout = best_layout(feeds, rows, context, accepted)
    if layout is None:
        return []
    found: list[Table] = []
    if isinstance(rows, list):
        layout = _topmost(layout, feeds, rows, context, accepted, 0)
    above = _table_in(rows, 0, _top(layout), sure=True)
    if above:
        # Its titles say nothing of the table below it.
        context = replace(context, first=above[1] + 1, _known={})
        layout = best_layout(feeds, rows, context, accepted, context.first, layout.header + 1) or layout
    layout = absorb_subheader_rows(layout, rows, organisation)
    if not isinstance(rows, list):
        return [Table(layout, context, len(rows), above=above)]
    unknown: int | None = None
    tried = 0
    for index in _after_gaps(rows, layout.header + 1):
        tried += 1
        if tried > MAX_HEADER_SEARCHES:
            break
        if index <= layout.header:
            continue
        below = replace(context, first=index, _known={})
        other = best_layout(feeds, rows, below, accepted, index, index + 4)
        other = _topmost(other, feeds, rows, below, accepted, index) if other else None
        other = None if other is None or other.absent else other
        between = other is not None and _table_in(rows, index, _top(other), sure=False) is not None
        if other is not None and not between:
            found.append(Table(layout, context, index, unknown, above))
            layout, context, unknown, above = absorb_subheader_rows(other, rows, organisation), below, None, None
        elif unknown is None and (between or _is_foreign(rows[index], layout, organisation)):
            unknown = index
    return [*found, Table(layout, context, len(rows), unknown, above)]


def _top(layout: Layout) -> int:
    """The index of a header's highest row."""
    return layout.header - layout.depth + 1


def _topmost(
    layout: Layout,
    feeds: Sequence[Feed],
    rows: Sequence[Sequence[Any]],
    context: SheetContext,
    accepted: Mapping[str, str] | None,
    first: int,
) -> Layout:
    """The highest whole table from `first` on that has rows of its own: a richer one below it does not take its
    place.
    """
    while (top := _top(layout)) > first:
        other = best_layout(feeds, rows, context, accepted, first, top)
        if other is None or other.absent or not is_measurable(other) or not _holds_rows(rows, other.header + 1, top):
            break
        layout = other
    return layout


def _holds_rows(rows: Sequence[Sequence[Any]], first: int, last: int) -> bool:
    """Whether data stand in `rows[first:last]`: a number or a date beside something else; titles are texts."""
    return any(_is_data(rows[index]) for index in range(first, last))


def _is_data(row: Sequence[Any]) -> bool:
    filled = [cell for cell in row if cell is not None and cell != ""]
    return len(filled) >= 2 and any(not isinstance(cell, str) or _is_number(cell) for cell in filled)


def _table_in(rows: Sequence[Sequence[Any]], first: int, last: int, sure: bool) -> tuple[int, int] | None:
    """The first and last index of a table in `rows[first:last]`: words, and below them words with numbers.

    The head of a form reads like one (填报人 张三, 页数 3): a `sure` table has three columns, or two rows and a gap behind
    them.
    """
    begun: int | None = None
    data: list[int] = []
    for index in range(first, last):
        filled = [cell for cell in rows[index] if cell is not None and cell != ""]
        words = [cell for cell in filled if isinstance(cell, str) and not _is_number(cell)]
        if any(COLON.search(word) for word in words):
            continue
        if begun is not None and words and any(_is_figure(cell) for cell in filled):
            data.append(index)
        elif len(words) == len(filled) >= 2 and not data:
            begun = index
    if begun is None or not data:
        return None
    wide = sum(cell is not None and cell != "" for cell in rows[begun]) > 2
    return (begun, data[-1]) if wide or not sure or (len(data) > 1 and data[-1] + 1 < last) else None


def _is_figure(cell: Any) -> bool:
    return _is_number(cell) if isinstance(cell, str) else isinstance(cell, (int, float)) and not isinstance(cell, bool)


def absorb_subheader_rows(layout: Layout, rows: Sequence[Sequence[Any]], organisation: Organisation) -> Layout:
    """`layout` with the rows of units and of column numbers below its header taken to the header."""
    for index in range(layout.header + 1, min(layout.header + 3, len(rows))):
        row = rows[index]
        texts = {place: text for place, cell in enumerate(row) if cell is not None and (text := raw_text(cell))}
        if not texts:
            break
        if all(UNIT_OF_MEASURE.fullmatch(text) for text in texts.values()):
            headers = tuple(
                f"{header}（{texts[place].strip('()（）')}）" if place in texts else header
                for place, header in enumerate(layout.headers)
            )
            layout = replace(layout, header=index, headers=headers, depth=layout.depth + index - layout.header)
        elif _numbers_the_columns(texts, layout, organisation):
            numbering = {**layout.numbering_rows, index: " · ".join(texts.values())}
            layout = replace(layout, header=index, depth=layout.depth + index - layout.header, numbering_rows=numbering)
        else:
            break
    return layout


def _numbers_the_columns(texts: Mapping[int, str], layout: Layout, organisation: Organisation) -> bool:
    """Whether a row numbers every column of the header; a row with the code of a unit is of that unit."""
    named = {place for place, header in enumerate(layout.headers) if header}
    unit = layout.columns.get(layout.feed.unit_column or "")
    known = unit is not None and bool(organisation.find(texts.get(unit, "")))
    return named <= set(texts) and _counts(list(texts.values())) and not known


def _counts(texts: Sequence[str]) -> bool:
    """Whether the cells number the columns from the first on: 甲 乙 1 2 3, (1) (2) (3), A B C.

    A 5 is a unit and its figure.
    """
    bare = [text.strip("()（）[]【】") for text in texts]
    words = [text for text in bare if not text.isdecimal()]
    numbers = [int(text) for text in bare if text.isdecimal()]
    lettered = any("".join(words).upper() == letters[: len(words)] for letters in (COUNTERS, ALPHABET))
    one_each = all(len(word) == 1 for word in words)
    return (
        len(bare) >= 2
        and lettered
        and one_each
        and numbers == list(range(1, len(numbers) + 1))
        and bare[: len(words)] == words
    )


def _after_gaps(rows: Sequence[Sequence[Any]], first: int) -> list[int]:
    """Indices of rows that may begin another table: behind a blank row or a lone text, and of two texts or more, or a
    lone title.
    """
    found: list[int] = []
    gap = False
    for index in range(first, len(rows)):
        filled = [cell for cell in rows[index] if cell is not None and cell != ""]
        if not filled:
            gap = True
            continue
        lone = len(filled) == 1 and isinstance(filled[0], str)
        if (gap or lone) and all(isinstance(cell, str) for cell in filled):
            found.append(index)
        gap = lone and gap
    return found


def _is_foreign(row: Sequence[Any], layout: Layout, organisation: Organisation) -> bool:
    """Whether a row behind a gap reads as the header of something else: words where figures stand, no month, no
    unit.
    """
    kinds = {place: layout.feed.column(name).type for name, place in layout.columns.items()}
    kinds |= dict.fromkeys(layout.wide, "number")
    texts = {
        place: row[place]
        for place in kinds
        if place < len(row) and isinstance(row[place], str) and not is_missing(row[place])
    }
    figures = [text for place, text in texts.items() if kinds[place] in NUMERIC]
    if is_signature(row):
        return False
    if not figures or len(texts) < 2 or any(_is_number(text) for text in figures):
        return False
    known = [
        place
        for place, text in texts.items()
        if (kinds[place] == "unit" and organisation.find(text))
        or (kinds[place] in ("month", "time") and parse_month(text))
    ]
    return not known


def _is_number(text: str) -> bool:
    try:
        require_number(normalise(text))
    except ParseError:
        return False
    return True
