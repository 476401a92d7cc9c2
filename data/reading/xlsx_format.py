"""Formats of a workbook's XML that change what a cell says: raised and struck-out text."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from xml.etree import ElementTree

from data.core.number_formats import BUILT_IN, display_format, shows_two_decimals
from data.reading.facts import RichText, Run, meant
from data.reading.inflate import inflate
from data.reading.limits import MIB

STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
# Styles larger than this are no person's; as a tree they would take ten times the memory.
STYLES_MOST = 16 * MIB
# A cell holds 32,767 letters.
ITEM_MOST = 8 * MIB
WORDS = (b"strike", b"vertAlign")
# Each stops at the next tag of its own name: an end that is missing costs no search to the end of the part.
ITEM = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>((?:[^<]|<(?!/?(?:\w+:)?si[\s>]))*+)</(?:\w+:)?si\s*>)")
PHONETIC = re.compile(rb"<(?:\w+:)?rPh\b(?:[^<]|<(?!/?(?:\w+:)?rPh[\s>]))*+</(?:\w+:)?rPh\s*>")
RUN = re.compile(rb"<(?:\w+:)?r(?:\s[^>]*)?>((?:[^<]|<(?!/?(?:\w+:)?r[\s>]))*+)</(?:\w+:)?r\s*>")
OWN_FORMAT = re.compile(rb"<(?:\w+:)?rPr[\s/>]")
TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*+)</(?:\w+:)?t\s*>")
BUILT_IN_IDS = tuple(b"numFmtId=%c%d%c" % (mark, number, mark) for mark in b"\"'" for number in (2, 9, 10))
STRIKE = re.compile(rb"""<(?:\w+:)?strike(?:\s+val\s*=\s*["'](?:1|true)["'])?\s*/?>""")
RAISED = re.compile(rb"""<(?:\w+:)?vertAlign\s+val\s*=\s*["'](?:super|sub)script["']""")


def rich_text(content: bytes, *, struck: bool = False) -> RichText | None:
    """What the runs of one text (the content of <si> or <is>) mean; None where no format changes it.

    struck: whether the cell is struck out, as is then a run without a format of its own.
    """
    if not struck and not any(word in content for word in WORDS):
        return None
    return meant(
        Run(_text(run), bool(STRIKE.search(run)) or (struck and not OWN_FORMAT.search(run)), bool(RAISED.search(run)))
        for run in RUN.findall(PHONETIC.sub(b"", content))
    )


def _text(run: bytes) -> str:
    return "".join(unescape(part.decode("utf-8", "replace")) for part in TEXT.findall(run))


class RichStrings(NamedTuple):
    """Number of a shared text -> what it means, of those whose format changes it. struck: in a cell that is struck out,
    of those of which a part has a format of its own; longest: bytes of the longest of all.
    """

    plain: Mapping[int, RichText]
    struck: Mapping[int, RichText]
    longest: int = 0


def rich_strings(archive: zipfile.ZipFile, *, struck: bool) -> RichStrings:
    """The shared texts whose format changes them. The part is read in any case. struck: whether some cell may be."""
    if STRINGS not in archive.namelist():
        return RichStrings({}, {})
    end, formatted = b"", False
    open_, longest = 0, 0
    words = (*WORDS, b"rPr") if struck else WORDS
    for piece in inflate(archive, STRINGS, MIB):
        formatted = formatted or any(word in end + piece for word in words)
        end = piece[-16:]
        first, *items = piece.split(b"si>")
        longest = max(longest, open_ + len(first), *map(len, items), 0)
        open_ = len(items[-1]) if items else open_ + len(first)
    plain: dict[int, RichText] = {}
    in_struck: dict[int, RichText] = {}
    for number, item in enumerate(_items(archive)) if formatted else ():
        if (text := rich_text(item)) is not None:
            plain[number] = text
        if struck and b"rPr" in item and (text := rich_text(item, struck=True)) is not None:
            in_struck[number] = text
    return RichStrings(plain, in_struck, longest)


def _items(archive: zipfile.ZipFile) -> Iterator[bytes]:
    rest = b""
    for piece in inflate(archive, STRINGS, MIB):
        rest += piece
        end = 0
        for item in ITEM.finditer(rest):
            yield item[1] or b""
            end = item.end()
        rest = rest[end:]
        if len(rest) > ITEM_MOST:
            raise ValueError("a shared text without end")


def string_sizes(archive: zipfile.ZipFile) -> list[int]:
    """Bytes of each shared text, as it stands in the package."""
    return [len(item) for item in _items(archive)]


class CellStyles(NamedTuple):
    """What numbers of cell formats do. struck: those that strike a cell out, None where they cannot be told; shown:
    number -> number format that shows a figure in another unit; decimals: those that show two decimals.
    """

    struck: frozenset[int] | None = frozenset()
    shown: Mapping[int, str] = {}
    decimals: frozenset[int] = frozenset()


def cell_styles(archive: zipfile.ZipFile) -> CellStyles:
    """The cell formats of a workbook that change what its cells say."""
    if STYLES not in archive.namelist():
        return CellStyles()
    content = b"".join(inflate(archive, STYLES, MIB)) if archive.getinfo(STYLES).file_size <= STYLES_MOST else None
    if content is None:
        for _ in inflate(archive, STYLES, MIB):
            pass
        return CellStyles(None)
    if not any(mark in content for mark in (b"strike", b"formatCode", *BUILT_IN_IDS)):
        return CellStyles()
    if b"<!ENTITY" in content:
        return CellStyles(None)
    root = ElementTree.fromstring(content)
    fonts = [any(_struck(one) for one in font) for font in _children(root, "fonts")]
    codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in _children(root, "numFmts")}
    two = {"2", *(number for number, code in codes.items() if shows_two_decimals(code))}
    codes = {
        **{str(number): code for number, code in BUILT_IN.items()},
        **{number: code for number, code in codes.items() if display_format(code)},
    }
    formats = list(enumerate(_children(root, "cellXfs")))
    return CellStyles(
        frozenset(number for number, xf in formats if (font := int(xf.get("fontId", 0))) < len(fonts) and fonts[font]),
        {number: codes[named] for number, xf in formats if (named := xf.get("numFmtId", "")) in codes},
        frozenset(number for number, xf in formats if xf.get("numFmtId", "") in two),
    )


def _struck(one: ElementTree.Element) -> bool:
    return one.tag.rpartition("}")[2] == "strike" and one.get("val", "1") in ("1", "true")


def _children(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for part in root if part.tag.rpartition("}")[2] == name for one in part]
