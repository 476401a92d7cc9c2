"""Headers of several rows, merged cells included, as one label for each column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SEPARATOR = " / "


def cell_text(value: Any) -> str:
    """A cell as header or unit text: trimmed, 2019.0 as "2019", nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _filled(row: Sequence[Any], width: int, above: Sequence[str] | None) -> list[str]:
    """An upper header row with merged cells filled to the right, up to where the row above it starts a new block."""
    texts: list[str] = []
    for index in range(width):
        text = cell_text(row[index]) if index < len(row) else ""
        same_block = above is None or (index > 0 and above[index] == above[index - 1])
        texts.append(text or (texts[-1] if texts and same_block else ""))
    return texts


def header_labels(rows: Sequence[Sequence[Any]], lowest: int, count: int) -> list[str]:
    """The full labels of a header of `count` rows whose lowest is `lowest`: the texts from above, joined by " / "."""
    width = max(len(rows[index]) for index in range(max(0, lowest - count + 1), lowest + 1))
    uppers: list[list[str]] = []
    for index in range(max(0, lowest - count + 1), lowest):
        uppers.append(_filled(rows[index], width, uppers[-1] if uppers else None))
    names = [cell_text(rows[lowest][index]) if index < len(rows[lowest]) else "" for index in range(width)]
    stacks = [[*(upper[index] for upper in uppers), names[index]] for index in range(width)]
    return [SEPARATOR.join(dict.fromkeys(part for part in stack if part)) for stack in stacks]
