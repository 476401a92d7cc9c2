"""What an OpenDocument sheet asks of the machine: one cell can say that it is repeated a billion times."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from data.reading.limits import CELLS_MOST
from data.reading.refusals import DAMAGED, TOO_FAR, UNSAFE, unreadable

TOKEN = re.compile(
    rb"<table:(table-row|table-cell|covered-table-cell|table(?!-))\b([^>]*)>|</table:table-row>", re.DOTALL
)
REPEATED = re.compile(rb"""number-(?:columns|rows)-repeated=["'](\d+)["']""")
NAME = re.compile(rb"""table:name=["']([^"']*)["']""")
VALUED = (b"value-type", b"office:value", b"calcext:value-type")


def check(path: Path, shown: str) -> None:
    """Unreadable if a sheet's filled cells, repeated as they say, lie too far apart; or if entities are declared."""
    try:
        with zipfile.ZipFile(path) as archive:
            content = archive.read("content.xml")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError) as problem:
        raise unreadable(DAMAGED, shown) from problem
    if b"<!ENTITY" in content:
        raise unreadable(UNSAFE, shown)
    name, bottom, wide, row, row_times, column, filled = "", 0, 0, 0, 1, 0, False
    for token in TOKEN.finditer(content):
        tag, attributes = token.groups()
        found = REPEATED.search(attributes or b"")
        times = int(found[1]) if found else 1
        if tag == b"table":
            said = NAME.search(attributes)
            name, bottom, wide, row = said[1].decode("utf-8", "replace") if said else "", 0, 0, 0
        elif tag == b"table-row":
            row_times, column, filled = times, 0, False
        elif tag is None:
            row += row_times
            bottom = row if filled else bottom
        else:
            column += times
            if any(mark in attributes for mark in VALUED):
                filled, wide = True, max(wide, column)
        if wide * max(bottom, row + row_times if filled else 0) > CELLS_MOST:
            count, limit = wide * (row + row_times) // 1_000_000, CELLS_MOST // 1_000_000
            raise unreadable(TOO_FAR, shown, sheet=name, cell=f"R{row + 1}C{column}", count=f"{count:,}", most=limit)
