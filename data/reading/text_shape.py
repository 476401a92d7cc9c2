"""How many lines and separators a text has, counted before anything is parsed: a file of nothing but commas would take
gigabytes as cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.reading.limits import CELLS_MOST, COLUMNS_MOST, LINE_MOST, LINES_MOST, MIB
from data.reading.refusals import NOT_A_TABLE, TOO_MANY_CELLS, TOO_WIDE, unreadable

SEPARATORS = (b",", b"\t", b";", b"|")
# Cells of which most hold something have more bytes than these.
BYTES_OF_A_CELL = 2.5


@dataclass(frozen=True)
class TextShape:
    """lines: how many there are. marks: how many separators of the kind of which there are most."""

    lines: int
    marks: int


def text_shape(path: Path, shown: str) -> TextShape:
    """The shape of a text file; Unreadable if a line has more cells or letters than any that is read, or nearly all of
    it are separators.
    """
    lines = 0
    marks = [0] * len(SEPARATORS)
    rest, size = b"", path.stat().st_size
    with path.open("rb") as source:
        ends = b"\n" if b"\n" in source.read(LINE_MOST) else b"\r"
        source.seek(0)
        while piece := source.read(MIB):
            marks = [count + piece.count(mark) for count, mark in zip(marks, SEPARATORS, strict=True)]
            piece = rest + piece
            found = np.flatnonzero(np.frombuffer(piece, dtype=np.uint8) == ends[0])
            starts, stops = np.append(0, found + 1), np.append(found, len(piece))
            for line in (piece[starts[at] : stops[at]] for at in np.flatnonzero(stops - starts > COLUMNS_MOST)):
                if max(line.count(mark) for mark in SEPARATORS) >= COLUMNS_MOST:
                    most = f"{COLUMNS_MOST:,}"
                    raise unreadable(TOO_WIDE, shown, sheet=Path(shown).stem, count=f"> {most}", most=most)
                if len(line) > LINE_MOST:
                    raise unreadable(NOT_A_TABLE, shown, line=lines + 1)
            lines += len(found)
            rest = piece[starts[-1] :]
            cells = lines + max(marks)
            if cells > CELLS_MOST and size < BYTES_OF_A_CELL * cells:
                raise _too_many(shown, TextShape(lines, max(marks)))
    return TextShape(lines + bool(rest), max(marks))


def refuse_cell_by_cell(shape: TextShape, shown: str) -> None:
    """Unreadable if the text has too many cells to be kept one by one."""
    if shape.lines > LINES_MOST or shape.lines + shape.marks > CELLS_MOST:
        raise _too_many(shown, shape)


def _too_many(shown: str, shape: TextShape) -> Exception:
    most = f"{CELLS_MOST // 1_000_000}"
    return unreadable(TOO_MANY_CELLS, shown, lines=f"{shape.lines:,}", marks=f"{shape.marks:,}", most=most)
