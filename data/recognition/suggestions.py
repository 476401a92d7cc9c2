"""Headers that nearly read like one of ours: proposed, never taken without the analyst's word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rapidfuzz import fuzz, process

from data.model.feed import Column
from data.model.organisation import Organisation
from data.model.staged import ColumnSuggestion
from data.parsing.columns import is_missing, parse_column
from data.recognition.header_text import normalise_header
from data.recognition.layout import Layout
from data.recognition.qualifiers import SIMILARITY_THRESHOLD, qualifiers_in
from data.recognition.vocabulary import spellings

SAMPLE_ROWS = 50


def suggest_columns(
    layout: Layout, rows: Sequence[Sequence[Any]], organisation: Organisation
) -> list[ColumnSuggestion]:
    """Unused headers that may mean columns that were not found, the likeliest first; each header and column once.

    The words are similar, and the cells below are what the column holds.
    """
    found: list[ColumnSuggestion] = []
    pairs = sorted(_pairs(layout), key=lambda pair: -pair[2])
    headers: set[int] = set()
    columns: set[str] = set()
    for place, column, likeness in pairs:
        if place in headers or column.name in columns or not _fits_column(column, place, rows, organisation):
            continue
        headers.add(place)
        columns.add(column.name)
        found.append(ColumnSuggestion(layout.headers[place], column.name, round(likeness)))
    return found


def _pairs(layout: Layout) -> Iterator[tuple[int, Column, float]]:
    """(column index, column of ours, likeness 0-100) of what is alike."""
    absent = {column.name: column for column in layout.feed.columns if column.name not in layout.columns}
    words = [word for word, name in spellings(layout.feed).items() if name in absent]
    known = {word for word, name in spellings(layout.feed).items() if name in layout.columns}
    used = {*layout.used, *layout.declined}
    if layout.wide:
        return
    for place, header in enumerate(layout.headers):
        text = normalise_header(header)
        if place in used or text in known or len(text) < 2:
            continue
        for word, likeness, _ in process.extract(
            text, words, scorer=fuzz.ratio, score_cutoff=SIMILARITY_THRESHOLD[text.isascii()], limit=5
        ):
            if len(word) >= 2 and qualifiers_in(text) == qualifiers_in(word):
                yield place, absent[spellings(layout.feed)[word]], likeness


def _fits_column(column: Column, place: int, rows: Sequence[Sequence[Any]], organisation: Organisation) -> bool:
    """Whether most of the first cells are what the column holds."""
    cells = [row[place] for row in rows[:SAMPLE_ROWS] if place < len(row) and not is_missing(row[place])]
    if not cells:
        return False
    bad = parse_column(cells, column, organisation).bad
    if column.type == "text":
        return not all(re.fullmatch(r"[\d.,%+\-\s]+", str(cell)) for cell in cells) or column.name.endswith(
            ("id", "ref")
        )
    return len(bad) <= len(cells) / 2
