"""Rows of separated text whose quotation marks do not pair: a mark that stands alone would swallow the lines behind it.

A quoted text may hold line ends. Where the lines that it would hold are rows of the table themselves, the mark is left
out.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

# How many lines inside a quoted text are looked at, and what share of them being rows makes the mark a stray one.
LOOKED_AT, ROWS_FROM = 200, 0.5
# So many marks without a partner, and the rest of the file is read without quoting.
STRAYS_MOST = 200
# With more the file is no table; and a quoted text of more lines is none.
BROKEN_MOST = 20_000
LINES_OF_A_ROW = 10_000
MARKS_TRIED = 8
LINES = 2_000
NUMBER_LIKE = re.compile(r"\s*[-+]?\d[\d\s.,:/%TZ年月日-]*\s*")


@dataclass
class Quotes:
    """What was found about quotation marks. strays: lines of marks without a partner; unclear: lines of rows of which
    it cannot be told where they end.
    """

    strays: list[int] = field(default_factory=list)
    unclear: list[int] = field(default_factory=list)


def rows_of(lines: list[str], delimiter: str, quotes: Quotes) -> Iterator[list[str]]:
    """The rows of a text in lines (with their ends); csv.Error where a cell is longer than any that is read."""
    shape = _Shape(lines, delimiter)
    fed = _Fed(lines)
    at = 0
    while at < len(lines) and len(quotes.strays) + len(quotes.unclear) < STRAYS_MOST:
        begin = at
        reader = csv.reader(fed.since(begin), delimiter=delimiter)
        while at < len(lines):
            fed.count = 0
            try:
                row = next(reader)
                taken = begin + reader.line_num - at
            except csv.Error:
                # The text behind a mark is longer than any cell.
                row, taken = None, len(lines) - at
            if row is not None and taken == 1 and '"' not in lines[at]:
                at += 1
                yield row
                continue
            if row is None or shape.swallows(lines, at, taken):
                alone = shape.alone(lines[at])
                (quotes.unclear if alone is None else quotes.strays).append(at + 1)
                yield _without_lone_marks(alone) if alone else _plain(lines[at], delimiter)
                at += 1
                break
            if taken == 1 and len(row) != shape.width and shape.is_row(lines[at]):
                quotes.strays.append(at + 1)
                row = _without_lone_marks(shape.alone(lines[at]) or row)
            elif quotes.strays and taken == 1 and (plain := _without_lone_marks(row)) != row:
                # The end of a text whose beginning stands alone above.
                quotes.strays.append(at + 1)
                row = plain
            at += taken
            yield row
    for number, line in enumerate(lines[at:], at + 1):
        alone = shape.alone(line) if '"' in line else None
        if alone is not None:
            quotes.strays.append(number)
        if len(quotes.strays) + len(quotes.unclear) > BROKEN_MOST:
            raise csv.Error("quotation marks that do not pair all over the file")
        yield _without_lone_marks(alone) if alone else _plain(line, delimiter)


@dataclass
class _Fed:
    """Lines for a reader of rows, of which one row takes only so many. count: those that it took."""

    lines: list[str]
    count: int = 0

    def since(self, begin: int) -> Iterator[str]:
        for line in islice(self.lines, begin, None):
            self.count += 1
            if self.count > LINES_OF_A_ROW:
                raise csv.Error("a row of more lines than any has")
            yield line


def _without_lone_marks(row: list[str]) -> list[str]:
    """The row without marks that open or close a text by themselves; behind a digit it is one of inches."""
    return [
        cell.strip('"') if cell.count('"') == 1 and (cell[0] == '"' or re.search(r'[^\d\s]"$', cell)) else cell
        for cell in row
    ]


def _plain(line: str, delimiter: str) -> list[str]:
    return line.rstrip("\r\n").split(delimiter)


class _Shape:
    """How the rows of a text look: how many cells most have, and which of them hold numbers or dates."""

    def __init__(self, lines: list[str], delimiter: str) -> None:
        self.delimiter = delimiter
        plain = [_plain(line, delimiter) for line in islice(lines, LINES)]
        try:
            quoted = list(csv.reader(islice(lines, LINES), delimiter=delimiter))
        except csv.Error:
            quoted = []
        rows = max(quoted, plain, key=lambda one: _most(one)[0])
        self.width = _most(rows)[1]
        usual = [row for row in rows if len(row) == self.width]
        self.numbers = [
            place
            for place in range(self.width)
            if sum(NUMBER_LIKE.fullmatch(row[place]) is not None for row in usual) * 2 > len(usual)
        ]

    def alone(self, line: str) -> list[str] | None:
        """The line as a row of its own, with a mark that has no partner as a letter; None if it is none."""
        if self.width < 2:
            return None
        if line.count('"') % 2 == 0:
            row = next(csv.reader([line], delimiter=self.delimiter), [])
            if len(row) == self.width:
                return row
        row = _plain(line, self.delimiter)
        if len(row) == self.width:
            return row
        places = [found.start() for found in re.finditer('"', line)][:MARKS_TRIED]
        for place in places if line.count('"') % 2 else ():
            # The others pair; the one left over is put back where it stood.
            marked = line[:place] + "\x00" + line[place + 1 :]
            row = next(csv.reader([marked], delimiter=self.delimiter), [])
            if len(row) == self.width:
                return [cell.replace("\x00", '"') for cell in row]
        return None

    def swallows(self, lines: list[str], at: int, taken: int) -> bool:
        """Whether the row that begins at a line holds others, or the rest of the file, inside a quoted text."""
        if at + taken == len(lines):
            last = [*lines[at:], "end"]
            if not last[-2].endswith("\n"):
                last[-2] += "\n"
            if len(list(csv.reader(last, delimiter=self.delimiter))) == 1:
                return True
        looked = [line for line in islice(lines, at + 1, min(at + taken, at + 1 + LOOKED_AT)) if line.strip()]
        return bool(looked) and sum(map(self.is_row, looked)) >= ROWS_FROM * len(looked)

    def is_row(self, line: str) -> bool:
        """Whether the line alone is a row of the table: as many cells, and numbers where most rows have them."""
        row = self.alone(line)
        if row is None:
            return False
        if not self.numbers:
            return self.width > 2
        return all(not row[place].strip() or NUMBER_LIKE.fullmatch(row[place].strip('"')) for place in self.numbers)


def _most(rows: list[list[str]]) -> tuple[int, int]:
    """How many rows have the most frequent number of cells, and that number."""
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(((count, width) for width, count in widths.items()), default=(0, 0))
