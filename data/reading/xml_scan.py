"""A quick look at a megabyte of a sheet's XML: whole arrays of bytes are compared, ten times as fast as searching for
rare words.
"""

from __future__ import annotations

import numpy as np

# Behind the last byte, so that the neighbours of each byte can be looked at.
MARGIN = b"\0" * 64
# No spreadsheet has more rows.
ROWS_MOST = 1_048_576


class XmlScan:
    """What a piece of XML may hold. `prefix` is how its tags begin, as b"x:" where the namespace has a prefix."""

    def __init__(self, piece: bytes, prefix: bytes) -> None:
        self.piece = piece
        self.prefix = prefix
        self.bytes = np.frombuffer(piece + MARGIN, dtype=np.uint8)
        self.size = len(piece)
        # Where a tag's name begins, counted from its "<".
        self.name = 1 + len(prefix)
        self.tags = self._at(0) == ord("<")
        for offset, letter in enumerate(prefix, 1):
            self.tags &= self._at(offset) == letter
        self.cells = self._cells()

    def _at(self, offset: int) -> np.ndarray:
        return self.bytes[offset : self.size + offset]

    def _cells(self) -> np.ndarray:
        """Where the tags of cells begin."""
        at = np.flatnonzero(self.tags & (self._at(self.name) == ord("c")))
        after = self.bytes[at + self.name + 1]
        return at[(after <= ord(" ")) | (after == ord(">"))]

    def holds(self, word: bytes) -> bool:
        """Whether `word` is there; its last two bytes, which should be rare, are looked for first."""
        last = len(word) - 1
        found = (self._at(last) == word[last]) & (self._at(last - 1) == word[last - 1])
        if not found.any():
            return False
        for offset, letter in enumerate(word[:-2]):
            found &= self._at(offset) == letter
        return bool(found.any())

    def holds_formula(self) -> bool:
        return bool((self.tags & (self._at(self.name) == ord("f"))).any())

    def rows(self) -> int:
        """How many rows begin here (and rich texts, of which there are few)."""
        return int(np.count_nonzero(self.tags & (self._at(self.name) == ord("r"))))

    def placeless(self) -> bool:
        """Whether a cell does not begin with its place, as in <c r="B7"."""
        at = self.cells + self.name
        given = (self.bytes[at + 2] == ord("r")) & (self.bytes[at + 3] == ord("="))
        return not bool(given.all())

    def prefixed_otherwise(self) -> bool:
        """Whether there may be cells whose tags begin otherwise than the sheet's: readers mind no namespaces."""
        if b":c" not in self.piece:
            return False
        at = np.flatnonzero((self._at(0) == ord(":")) & (self._at(1) == ord("c")))
        after = self.bytes[at + 2]
        return int(np.count_nonzero((after <= ord(" ")) | (after == ord(">")))) > (
            len(self.cells) if self.prefix else 0
        )

    def far(self) -> bool:
        """Whether a cell beyond column Z holds anything, or one lies below ROWS_MOST: else no sheet has more than
        CELLS_MOST cells.
        """
        at = self.cells + self.name
        long = at
        for place in range(12, 5, -1):
            long = long[self._digit(long + place)]
        row = sum(
            ((self.bytes[long + 12 - n] - np.int64(ord("0"))) * 10**n for n in range(7)), np.zeros(len(long), np.int64)
        )
        if (row > ROWS_MOST).any() or self._digit(long + 13).any():
            return True
        at = at[(self.bytes[at + 5] >= ord("A")) & (self.bytes[at + 6] >= ord("A"))]
        if not len(at):
            return False
        # A tag that ends in "/>", or is closed at once, holds nothing.
        ends = np.append(np.flatnonzero(self._at(0) == ord(">")), self.size)
        end = ends[np.searchsorted(ends, at)]
        closed = (self.bytes[end + 1] == ord("<")) & (self.bytes[end + 2] == ord("/"))
        return bool(((self.bytes[end - 1] != ord("/")) & ~closed).any())

    def _digit(self, at: np.ndarray) -> np.ndarray:
        return (self.bytes[at] >= ord("0")) & (self.bytes[at] <= ord("9"))
