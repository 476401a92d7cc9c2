"""Findings of a table's header: columns that are absent, nearly there, there twice, or not ours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from data.core.cell_refs import cell_name, column_letters
from data.core.text import raw_text
from data.model.finding import Finding, Kind
from data.model.organisation import Organisation
from data.model.staged import StagedSheet
from data.parsing.columns import parse_column
from data.recognition.context import StatedValue
from data.recognition.layout import Layout

REQUIRED_MISSING = Kind(
    "required_column_missing",
    "error",
    "The sheet has no column for “{column}”, which {feed} needs.",
    "Add the column; its header can be: {spellings}.",
)
PROPOSED = Kind(
    "mapping_needed", "error", "No column is called “{column}”, which {feed} needs; “{header}” may be it.",
    "Accept the mapping, or rename the header.",
)  # fmt: skip
MAY_BE = Kind(
    "mapping_proposed",
    "note",
    "“{header}” is not used; it may be “{column}”.",
    "Accept the mapping, or leave it as it is.",
)
REPEATED = Kind(
    "header_repeated",
    "warning",
    "The header “{column}” stands in several columns ({cells}); column {taken} is read.",
    "If another of them is meant, rename or delete the others.",
)
SEVERAL = Kind(
    "columns_differ",
    "warning",
    "{cells} ({headers}) may all be “{column}”, but hold different values: row {at} {values}; “{taken}” is read.",
    "If another of them is meant, rename or delete the others.",
)
SEVERAL_NEEDED = Kind(
    "needed_columns_differ",
    "error",
    "{cells} ({headers}) may all be “{column}”, but hold different values: row {at} {values}; which of them is meant "
    "is not said.",
    "Rename or delete those that are not meant, and load the file again.",
)
YEAR_FROM_NAME = Kind(
    "year_from_name", "warning", "The months across name no year; {year} was taken from “{text}”.",
    "If that is not their year, write it into the headers: 2025年11月.",
)  # fmt: skip
YEAR_FROM_TITLE = Kind(
    "year_from_title", "note", "The months across name no year; {year} was taken from “{text}”.",
    "If that is not their year, write it into the headers: 2025年11月.",
)  # fmt: skip
CONTRADICTED = Kind(
    "titles_contradict", "warning", "“{text}” says {taken}, which was taken; but “{other}” says {said}.",
    "Correct the one that is wrong, and load the file again.",
)  # fmt: skip
ACROSS_TWICE = Kind(
    "columns_mean_the_same", "error", "{cells} ({headers}) all mean “{value}”: only one of them could be loaded.",
    "Add them up in one column, or rename or delete those that are not meant.",
)  # fmt: skip
MONTH_FROM_TITLE = Kind(
    "month_from_title",
    "warning",
    "No column holds the month; {month} was taken from “{text}”.",
    "If that is not the month of the figures, correct it there, or add a month column.",
)
SEVERAL_MONTHS = Kind(
    "month_of_a_span",
    "error",
    "No column holds the month, and “{text}” names several: which month each figure is of is not known.",
    "Add a month column with the figures of each month, or export one month at a time.",
)
NUMBERED = Kind(
    "column_numbers_left_out", "note", "Row {row} numbers the columns ({value}); it was left out.",
    "If it is a row of data, write out the name of its unit.",
)  # fmt: skip
IGNORED = Kind(
    "columns_ignored", "note", "Not used: {headers}.", "Nothing to do, unless one of them should have been understood."
)


def header_findings(
    staged: StagedSheet, layout: Layout, file: str, first_row: int = 1, span: StatedValue | None = None
) -> Iterator[Finding]:
    """The findings of a header, at its row. first_row: the number of the sheet's first row; span: a title of several
    months.
    """
    row, sheet = staged.header_row, staged.sheet
    for label, places in layout.repeated_headers.items():
        cells = ", ".join(f"{column_letters(place)}{row}" for place in places)
        yield Finding(REPEATED, file, sheet, row, label, params={"cells": cells, "taken": column_letters(places[0])})
    if layout.month:
        params = {"month": layout.month.value, "text": layout.month.text}
        yield Finding(MONTH_FROM_TITLE, file, sheet, cell=layout.month.cell, params=params)
    if layout.year:
        params = {"year": layout.year.value, "text": layout.year.text}
        # A title is nearer to the table than a name: it needs only telling.
        kind = YEAR_FROM_TITLE if layout.year.place == "cell" else YEAR_FROM_NAME
        yield Finding(kind, file, sheet, row, cell=layout.year.cell, params=params)
    for stated in (layout.month, layout.year):
        if stated and stated.contradiction:
            other, contradicting = stated.contradiction
            params = {"text": stated.text, "taken": stated.value, "other": other, "said": contradicting}
            yield Finding(CONTRADICTED, file, sheet, cell=stated.cell, params=params)
    for places in layout.ambiguous_groups:
        named = [f"{column_letters(place)}{row}" for place in places]
        params = {"cells": ", ".join(named), "headers": ", ".join(layout.headers[place] for place in places)}
        yield Finding(
            ACROSS_TWICE, file, sheet, row, layout.headers[places[0]], named[0], layout.wide[places[0]], params
        )
    for index, words in layout.numbering_rows.items():
        yield Finding(NUMBERED, file, sheet, index + first_row, value=words)
    absent = {column.name: column for column in layout.absent}
    for proposal in staged.proposals:
        place = layout.headers.index(proposal.header)
        column = layout.feed.column(proposal.column)
        params = {"header": proposal.header, "feed": layout.feed.title}
        kind = PROPOSED if absent.pop(proposal.column, None) else MAY_BE
        yield Finding(kind, file, sheet, row, column.title.zh_Hans, cell_name(row or 0, place), proposal.header, params)
    if span and absent.pop(layout.feed.month_column or "", None):
        yield Finding(SEVERAL_MONTHS, file, sheet, cell=span.cell, params={"text": span.text})
    for column in absent.values():
        words = ", ".join(dict.fromkeys((*column.title, *column.headers[:4])))
        params = {"feed": layout.feed.title, "spellings": words}
        yield Finding(REQUIRED_MISSING, file, sheet, row, column.title.zh_Hans, params=params)
    if layout.ignored:
        yield Finding(IGNORED, file, sheet, row, params={"headers": ", ".join(layout.ignored)})


def alternative_column_findings(
    layout: Layout, rows: Sequence[Sequence[Any]], organisation: Organisation, file: str, sheet: str, row: int
) -> Iterator[Finding]:
    """Findings of columns that are other words for one that is read, where their cells differ.

    rows: the first ones below the header.
    row: the header's number.
    """
    for name, others in layout.alternatives.items():
        taken, column = layout.columns.get(name), layout.feed.column(name)
        if taken is None:
            continue
        places = (taken, *others)
        cells = [[line[place] if place < len(line) else None for line in rows] for place in places]
        read = [parse_column(column_cells, column, organisation).values for column_cells in cells]
        values = [one.astype("object").where(one.notna(), None) for one in read]
        differs = [(values[0].notna() & one.notna() & (one != values[0])).to_numpy(dtype=bool) for one in values[1:]]
        at = next((int(found.argmax()) for found in differs if found.any()), None)
        if at is None:
            continue
        params = {
            "cells": ", ".join(f"{column_letters(place)}{row}" for place in places),
            "headers": ", ".join(layout.headers[place] for place in places),
            "at": row + 1 + at,
            "values": " ≠ ".join(raw_text(one[at]) for one in cells),
            "taken": layout.headers[taken],
        }
        # Of a figure that is needed the leftmost would be a guess.
        kind = SEVERAL_NEEDED if column.required and column.is_numeric else SEVERAL
        yield Finding(kind, file, sheet, row, column.title.zh_Hans, cell_name(row, taken), params=params)
