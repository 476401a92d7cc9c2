"""What a file is, by its content: an ending is what somebody typed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from data.reading.compressed import compression
from data.reading.limits import BINARY_MOST, MIB
from data.reading.parts import normalised_name
from data.reading.refusals import DAMAGED, PASSWORD, TOO_LARGE, unreadable

ZIP, COMPOUND = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Beginnings of what no spreadsheet program writes: PDF, PNG, JPEG, GIF, RAR, 7z, ELF, Windows programs, a mail.
FOREIGN_SIGNATURES = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x7fELF",
    b"MZ\x90",
    b"MIME-Version:",
    b"{\\rtf",
)
# How much of a text is looked at to tell markup from separated text.
BEGINNING = 8_192
MARKUP = re.compile(rb"<(?:html|table|!doctype html|body|head|tr)\b", re.IGNORECASE)
SPREADSHEETML = b"urn:schemas-microsoft-com:office:spreadsheet"
WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def detect_file_type(path: Path, shown: str) -> str | None:
    """xlsx, xlsb, xls, ods, html, spreadsheetml, text, compressed or zip; None if none of them.

    Unreadable if protected or damaged.
    """
    with path.open("rb") as source:
        start = source.read(BEGINNING)
    if start.startswith(ZIP):
        return _package(path, shown)
    if start.startswith(COMPOUND):
        return _compound(path, shown)
    if compression(start, shown):
        return "compressed"
    if start.startswith(FOREIGN_SIGNATURES):
        return None
    plain = start.removeprefix(b"\xef\xbb\xbf")
    if start[:2] in WIDE:
        plain = start[2:].decode(WIDE[start[:2]], "ignore").encode()
    plain = plain.lstrip()
    if plain.startswith(b"<"):
        if SPREADSHEETML in plain:
            return "spreadsheetml"
        if MARKUP.search(plain):
            return "html"
    # What is called a workbook, and is neither one nor text, is a damaged one.
    if (
        shown.lower().endswith((".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"))
        and b"\x00" in start
        and start[:2] not in WIDE
    ):
        raise unreadable(DAMAGED, shown)
    return "text"


def _package(path: Path, shown: str) -> str:
    """Which workbook a zip is; "zip" if it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {normalised_name(name) for name in archive.namelist()}
            first = archive.read("mimetype")[:60] if "mimetype" in archive.namelist() else b""
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, KeyError, ValueError) as problem:
        raise unreadable(DAMAGED, shown) from problem
    if "xl/workbook.xml" not in names and any(name.endswith("/workbook.bin") for name in names):
        return "xlsb"
    if b"opendocument.spreadsheet" in first:
        return "ods"
    if "[content_types].xml" in names or any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "zip"


def _compound(path: Path, shown: str) -> str:
    """An old workbook; protected ones hold their content as "EncryptedPackage"."""
    size = path.stat().st_size
    if size > BINARY_MOST:
        raise unreadable(TOO_LARGE, shown, size=f"{size // MIB:,}", most=BINARY_MOST // MIB)
    # The directory of a compound file can stand anywhere in it.
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise unreadable(PASSWORD, shown)
    if "Workbook".encode("utf-16-le") not in content and "Book".encode("utf-16-le") not in content:
        raise unreadable(DAMAGED, shown)
    return "xls"
