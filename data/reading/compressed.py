"""A text packed by gzip, bzip2, xz or Zstandard, unpacked to a file within the limits."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import zstandard

from data.core.progress import Progress, sub_progress
from data.reading.limits import MIB, RATIO_FROM, RATIO_MOST, UNPACKED_MOST, WINDOW_MOST
from data.reading.refusals import BURSTING, UNPACKING, unreadable

# How each begins.
SIGNATURES = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
ENDINGS = {".gz": "gzip", ".bz2": "bzip2", ".xz": "xz", ".zst": "zstd"}
# What unpacks to 8 MB at most: four bytes can stand for 128 KB.
ZSTD_PIECE = 256
READ_ERRORS = (OSError, EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, ValueError, MemoryError)


def compression(start: bytes, shown: str) -> str | None:
    """How a file is packed that begins so, or else is called so; None if it is not."""
    by_content = next((name for mark, name in SIGNATURES.items() if start.startswith(mark)), None)
    return by_content or next((name for end, name in ENDINGS.items() if shown.lower().endswith(end)), None)


def decompress(path: Path, target: Path, shown: str, progress: Progress | None = None) -> None:
    """Writes the unpacked file to `target`; Unreadable if it is damaged or would be larger than any that is read.

    progress: hears how much of the packed file is done.
    """
    packed, size = path.stat().st_size, 0
    with path.open("rb") as source, target.open("wb") as out:
        kind = compression(source.read(8), shown)
        source.seek(0)
        told = sub_progress(progress, 0.0, 1.0)
        try:
            for piece in _pieces(source, kind):
                size += len(piece)
                if size > UNPACKED_MOST or (size > RATIO_FROM and size > RATIO_MOST * packed):
                    raise unreadable(BURSTING, shown, size=f"{size // MIB:,}", ratio=f"{size // max(packed, 1):,}")
                out.write(piece)
                told(source.tell() / max(packed, 1), "")
        except READ_ERRORS as problem:
            raise unreadable(UNPACKING, shown) from problem


def _pieces(source: BinaryIO, kind: str | None) -> Iterator[bytes]:
    match kind:
        case "bzip2":
            opened: BinaryIO = bz2.open(source, "rb")  # type: ignore[assignment]  # noqa: SIM115
        case "xz":
            yield from _xz(source)
            return
        case "zstd":
            yield from _zstd(source)
            return
        case _:
            opened = gzip.open(source, "rb")  # type: ignore[assignment]  # noqa: SIM115
    with opened:
        while piece := opened.read(MIB):
            yield piece


def _xz(source: BinaryIO) -> Iterator[bytes]:
    """lzma.open itself sets no limit to the memory."""
    rest = b""
    while rest or (rest := source.read(MIB)):
        unpacker = lzma.LZMADecompressor(memlimit=WINDOW_MOST)
        while not unpacker.eof:
            if unpacker.needs_input and not rest and not (rest := source.read(MIB)):
                raise EOFError("the file ends too early")
            yield unpacker.decompress(rest, MIB)
            rest = b""
        rest = unpacker.unused_data.lstrip(b"\x00")


def _zstd(source: BinaryIO) -> Iterator[bytes]:
    """zstandard's own reader takes a file that ends too early for whole."""
    opener = zstandard.ZstdDecompressor(max_window_size=WINDOW_MOST)
    unpacker = opener.decompressobj()
    while piece := source.read(ZSTD_PIECE):
        while piece:
            if unpacker.eof:
                unpacker = opener.decompressobj()
            yield unpacker.decompress(piece)
            piece = unpacker.unused_data if unpacker.eof else b""
    if not unpacker.eof:
        raise EOFError("the file ends too early")
