"""Cells and rows of a sheet's XML that do not say where they stand are given their places, as readers count them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from data.core.cell_refs import column_index, column_letters

TAG = re.compile(rb"""<((?:\w+:)?)(row|c)(?=[\s/>])((?:[^>"']|"[^"]*"|'[^']*')*?)(/?)>""")
ROW = re.compile(rb"""\sr\s*=\s*["'](\d+)["']""")
CELL = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]+)(\d+)["']""")
# A blank beside the equals sign of an attribute, which no program writes.
LOOSE = (b' ="', b'= "', b" ='", b"= '")
LOOSE_EQUALS = re.compile(rb"""\s*=\s*(?=["'])""")
NO_NUMBER = re.compile(rb"""<(?:\w+:)?row(?=[\s>])(?![^>]*\sr\s*=)""")


def tightened(piece: bytes) -> bytes:
    """The piece with attributes as name="value", without blanks between."""
    return LOOSE_EQUALS.sub(b"=", piece) if any(mark in piece for mark in LOOSE) else piece


def lacks_row_numbers(piece: bytes) -> bool:
    """Whether a row does not say its number."""
    return NO_NUMBER.search(piece) is not None


def placed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, which are cut between rows, with a place in every row and cell."""
    row, column = 0, -1

    def with_place(tag: re.Match[bytes]) -> bytes:
        nonlocal row, column
        prefix, name, attributes, end = tag.groups()
        if name == b"row":
            said = ROW.search(attributes)
            row, column = int(said[1]) if said else row + 1, -1
            return tag[0] if said else b'<%srow r="%d"%s%s>' % (prefix, row, attributes, end)
        said = CELL.search(attributes)
        column = column_index(said[1]) if said else column + 1
        if said:
            return tag[0]
        return b'<%sc r="%s%d"%s%s>' % (prefix, column_letters(column).encode(), row, attributes, end)

    for piece in pieces:
        yield TAG.sub(with_place, piece)
