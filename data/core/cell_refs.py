"""Naming cells as a spreadsheet does."""

from __future__ import annotations


def column_letters(index: int) -> str:
    """The spreadsheet's name of a column: 0 -> "A", 26 -> "AA"."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters, index = chr(65 + rest) + letters, index - 1
    return letters


def cell_name(row: int, index: int | None) -> str | None:
    """The cell's address, such as "C7"; None if the column is not known."""
    return None if index is None else f"{column_letters(index)}{row}"


def column_index(letters: str | bytes) -> int:
    """The index of the spreadsheet's column: "A" -> 0, "AA" -> 26."""
    index = 0
    for letter in letters.upper().encode() if isinstance(letters, str) else letters.upper():
        index = index * 26 + letter - 64
    return index - 1
