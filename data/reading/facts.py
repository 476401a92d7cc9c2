"""What a spreadsheet says of its cells besides their values, in the same words for every kind of file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from data.model.sheet import CellError, Formula, Sheet, Span
from data.reading.limits import NOTED_MOST

Place = tuple[int, int]
# What is written raised behind "10" or a unit of length is a power, elsewhere a footnote.
POWER_BEFORE = re.compile(r"(?:(?:^|[^\d.,])10|[a-zA-Z]?m|米)\s*$")
RAISED_DIGITS = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
POWER = re.compile(r"-?[2-9]|-1|1\d")


class Run(NamedTuple):
    """A part of a cell's text in one format. raised: superscript, or subscript behind a number."""

    text: str
    struck: bool = False
    raised: bool = False


class RichText(NamedTuple):
    """A cell's text as it is meant, and what was left out of it: footnote marks and struck-out words."""

    text: str
    left_out: str


def meant(runs: Iterable[Run]) -> RichText | None:
    """The text of formatted runs; None where nothing is left out, or everything is struck out."""
    kept: list[str] = []
    left_out: list[str] = []
    changed = False
    for run in runs:
        if not run.struck and not run.raised:
            kept.append(run.text)
            continue
        changed = True
        mark = run.text.strip()
        if not run.struck and POWER.fullmatch(mark) and POWER_BEFORE.search("".join(kept[-2:])[-8:]):
            kept.append(mark.translate(RAISED_DIGITS))
        else:
            left_out.append(run.text)
    text = "".join(kept).strip() if changed else ""
    return RichText(text, " ".join("".join(left_out).split())) if text else None


@dataclass
class SheetFacts:
    """What a sheet says besides its values. Places are (row, column), both from 0; hidden_rows are row numbers.

    part: its name in a package; rows: how many it has; hidden: the sheet as a whole; cells: what stands at a place
    instead of the value that the reader gives; left_out: text that was left out of a cell; struck: cells that are
    struck out as a whole; shown: column -> number format that changes what its cells show -> how many cells; unseen:
    whether some of this cannot be seen in the file.
    """

    part: str = ""
    rows: int = 0
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: tuple[tuple[int, int, int, int], ...] = ()
    cells: dict[Place, Formula | CellError | str] = field(default_factory=dict)
    left_out: dict[Place, str] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    shown: dict[int, Counter[str]] = field(default_factory=dict)
    unseen: bool = False

    @property
    def is_worksheet(self) -> bool:
        """Whether it is a sheet of cells, no chart or dialog."""
        return self.part.lower().startswith("xl/worksheets/")

    def note_text(self, place: Place, text: RichText | None) -> None:
        """Keeps what a formatted text means."""
        if text is None or len(self.left_out) >= NOTED_MOST:
            return
        self.cells[place] = text.text
        if text.left_out:
            self.left_out[place] = text.left_out

    def note_struck(self, place: Place) -> None:
        """Keeps that a cell is struck out; of a sheet full of them the first."""
        if len(self.struck) < NOTED_MOST:
            self.struck.add(place)

    def note_shown(self, column: int, code: str) -> None:
        """Counts a cell whose number format shows it in another unit."""
        self.shown.setdefault(column, Counter())[code] += 1

    def sheet(self, name: str, rows: Sequence[list[Any]], merged: Iterable[Span]) -> Sheet:
        """The sheet of these rows, with what is known of them."""
        return Sheet(
            name,
            rows,
            1,
            self.hidden,
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            tuple(merged),
            left_out=self.left_out,
            # Of a text with formats of its own, the part that stands counts.
            struck=frozenset(self.struck - self.left_out.keys()),
            shown=self.shown,
            unseen=self.unseen,
        )

    def moved_down(self, rows: int) -> None:
        """Moves what is known by so many rows, which were put above."""
        self.hidden_rows = {row + rows for row in self.hidden_rows}
        self.left_out = {(row + rows, column): text for (row, column), text in self.left_out.items()}
        self.struck = {(row + rows, column) for row, column in self.struck}

    def put_into(self, rows: list[list[Any]]) -> list[list[Any]]:
        """`rows` with what stands instead of their values."""
        for (row, column), what in self.cells.items():
            rows.extend([] for _ in range(row + 1 - len(rows)))
            rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
            rows[row][column] = what
        return rows
