"""A stream of a compound file (.xls): the file is a disk of its own, with sectors, a table of which follows which, and
a directory.

MS-CFB 2.2 (header), 2.3 (table of sectors), 2.4 (table of small sectors), 2.6 (directory).
"""

from __future__ import annotations

import struct

LAST_SECTOR = 0xFFFFFFFA
HEADER_SECTORS = 109
ENTRY = 128
ROOT = 5


def read_stream(content: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream of one of these names; ValueError if the file holds none, or its tables lead nowhere."""
    size, small = 1 << _number(content, 30, 2), 1 << _number(content, 32, 2)
    if not 512 <= size <= 4096 or small != 64:
        raise ValueError("a compound file has sectors of another size")
    table = _words(b"".join(_sector(content, size, at) for at in _table_sectors(content, size)))
    directory = b"".join(_sector(content, size, at) for at in _chain(table, _number(content, 48, 4)))
    entries = [directory[at : at + ENTRY] for at in range(0, len(directory) - ENTRY + 1, ENTRY)]
    wanted = [name.encode("utf-16-le") + b"\0\0" for name in names]
    for name in wanted:
        for entry in entries:
            if entry[: _number(entry, 64, 2)].lower() == name.lower():
                start, length = _number(entry, 116, 4), _number(entry, 120, 4)
                if length >= _number(content, 56, 4):
                    return b"".join(_sector(content, size, at) for at in _chain(table, start))[:length]
                root = next(one for one in entries if one[66] == ROOT)
                held = b"".join(_sector(content, size, at) for at in _chain(table, _number(root, 116, 4)))
                follows = b"".join(_sector(content, size, at) for at in _chain(table, _number(content, 60, 4)))
                return b"".join(held[at * small : (at + 1) * small] for at in _chain(_words(follows), start))[:length]
    raise ValueError("no such stream")


def _table_sectors(content: bytes, size: int) -> list[int]:
    """Where the table of sectors lies: the first places stand in the header, the others in sectors that name each
    other.
    """
    places = list(_words(content[76 : 76 + 4 * HEADER_SECTORS]))
    following, seen = _number(content, 68, 4), set()
    while following < LAST_SECTOR:
        if following in seen:
            raise ValueError("the table of sectors has no end")
        seen.add(following)
        *more, following = _words(_sector(content, size, following))
        places += more
    return [place for place in places if place < LAST_SECTOR]


def _chain(table: tuple[int, ...], start: int) -> list[int]:
    found: list[int] = []
    while start < LAST_SECTOR:
        if start >= len(table) or len(found) > len(table):
            raise ValueError("sectors lead nowhere")
        found.append(start)
        start = table[start]
    return found


def _sector(content: bytes, size: int, number: int) -> bytes:
    return content[(number + 1) * size : (number + 2) * size]


def _words(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _number(content: bytes, at: int, size: int) -> int:
    return int.from_bytes(content[at : at + size], "little")
