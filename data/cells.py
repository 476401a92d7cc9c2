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
