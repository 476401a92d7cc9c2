"""Texts that a package holds once and many cells show: what they would take when each cell has its own."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable

from data.reading.inflate import inflate
from data.reading.limits import MIB, TEXT_MOST
from data.reading.refusals import TOO_MUCH_TEXT, unreadable
from data.reading.xlsx_format import string_sizes

SHARED = (b't="s"', b"t='s'")
REFERENCE = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v(?:\s[^>]*)?>\s*(\d{1,9})\s*<""")
# As long a text may stand in every cell of a package of an allowed size.
SHORT = 250


def refuse_repeated(archive: zipfile.ZipFile, sheets: Iterable[str], longest: int, shown: str) -> None:
    """Unreadable if the cells of the sheets (parts of the package) show more text than is read.

    longest: bytes of the longest shared text; only where it could be too much is each cell looked at.
    """
    parts = list(sheets)
    cells = (
        sum(piece.count(mark) for part in parts for piece in inflate(archive, part, MIB) for mark in SHARED)
        if longest > SHORT
        else 0
    )
    if cells * longest <= TEXT_MOST:
        return
    sizes = string_sizes(archive)
    size = 0
    for part in parts:
        rest = b""
        for piece in inflate(archive, part, MIB):
            whole, end, rest = (rest[-MIB:] + piece).rpartition(b"</")
            size += sum(sizes[int(text)] for text in REFERENCE.findall(whole + end) if int(text) < len(sizes))
            if size > TEXT_MOST:
                raise too_much_text(shown)


def too_much_text(shown: str) -> Exception:
    """The refusal of a file whose cells show more text than is read."""
    return unreadable(TOO_MUCH_TEXT, shown, most=TEXT_MOST // MIB)
