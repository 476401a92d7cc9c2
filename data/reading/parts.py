"""A workbook's package under one naming: what the zip calls its parts decides nothing about what is looked at.

Names in a zip come with slashes or backslashes, in capitals or not, from the root or not, and the parts may lie
anywhere: the package's
links say which is which. A package that is not named as Excel names it is copied with those names, and only the copy is
read.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from data.reading.inflate import inflate
from data.reading.limits import MIB, PARTS_MOST, RATIO_FROM, RATIO_MOST, SHARED_TEXTS_MOST, UNPACKED_MOST
from data.reading.refusals import BURSTING, DAMAGED, PASSWORD, TOO_MANY_PARTS, UNSAFE, unreadable

ENTITY = b"<!ENTITY"
# The record at a zip's end, and how far before the end it may begin (APPNOTE.TXT 4.3.16).
END_RECORD, END_MOST = b"PK\x05\x06", 22 + 65_535
ROOT_LINKS = "_rels/.rels"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
# What a reader may take for the whole document, whatever the links say.
DOCUMENTS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
# Parts besides the sheets that are read, by what links to them.
SINGLE = {"sharedStrings": "xl/sharedStrings", "styles": "xl/styles", "sheetMetadata": "xl/metadata"}
READ_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    NotImplementedError,
)


@dataclass(frozen=True)
class Link:
    """A part that the workbook names. role: the last word of the link's type, as "worksheet"; target: as it is
    written.
    """

    id: str
    type: str
    target: str
    part: zipfile.ZipInfo

    @property
    def role(self) -> str:
        return self.type.rsplit("/", 1)[-1]

    @property
    def a_sheet(self) -> bool:
        return self.role.lower().endswith("sheet")


@dataclass(frozen=True)
class Layout:
    """Where a workbook's parts lie: the workbook, its list of links, and the parts that are read."""

    book: zipfile.ZipInfo
    list: zipfile.ZipInfo
    links: tuple[Link, ...]

    @property
    def ending(self) -> str:
        return ".bin" if self.book.filename.lower().endswith(".bin") else ".xml"


def normalised_name(name: str) -> str:
    """A part's name as names are compared: "\\XL\\.\\Workbook%2Exml" -> "xl/workbook.xml"."""
    return posixpath.normpath("/" + unquote(name).replace("\\", "/")).lstrip("/").lower()


def check_end(path: Path, shown: str) -> None:
    """Unreadable if the zip ends twice: each reader would find other parts in it."""
    with path.open("rb") as source:
        source.seek(0, 2)
        size = source.tell()
        source.seek(max(size - END_MOST, 0))
        tail = source.read()
    places = [found.start() for found in re.finditer(re.escape(END_RECORD), tail)]
    # A record says how long the comment behind it is; a zip that lies unpacked in this one does not reach the end.
    whole = [at for at in places if at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)]
    if len(whole) > 1 or (len(places) > 1 and whole != places[-1:]):
        raise unreadable(DAMAGED, shown)


def check_package(path: Path, shown: str) -> None:
    """Unreadable if the zip is protected, or would unpack to more than a spreadsheet does."""
    check_end(path, shown)
    with zipfile.ZipFile(path) as archive:
        held = archive.infolist()
    if len(held) > PARTS_MOST:
        raise unreadable(TOO_MANY_PARTS, shown, count=f"{len(held):,}", most=f"{PARTS_MOST:,}")
    if any(part.flag_bits & 1 for part in held):
        raise unreadable(PASSWORD, shown)
    if len({normalised_name(part.filename) for part in held if not part.is_dir()}) < sum(
        not part.is_dir() for part in held
    ):
        # Of two parts of one name each reader takes another.
        raise unreadable(DAMAGED, shown)
    size, packed = sum(part.file_size for part in held), path.stat().st_size
    if size > UNPACKED_MOST or (size > RATIO_FROM and size > RATIO_MOST * packed):
        raise unreadable(BURSTING, shown, size=f"{size // MIB:,}", ratio=f"{size // max(packed, 1):,}")


@contextmanager
def normalised_package(path: Path, shown: str) -> Iterator[Path]:
    """The package as Excel names it: the file itself where it is, else a copy; Unreadable if its links lead nowhere or
    two ways.

    The file's ending says what it is, so that every reader takes it for the same.
    """
    with TemporaryDirectory() as folder:
        try:
            read = _placed(path, Path(folder), shown)
        except READ_ERRORS as problem:
            raise unreadable(DAMAGED, shown) from problem
        yield read


def _placed(path: Path, folder: Path, shown: str) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = _parts(archive)
        layout = _layout(archive, parts, shown)
        size = sum(link.part.file_size for link in layout.links if link.role == "sharedStrings")
        if size > SHARED_TEXTS_MOST:
            raise unreadable(BURSTING, shown, size=f"{size // MIB:,}", ratio=f"{size // max(path.stat().st_size, 1):,}")
        endings = (".xlsb",) if layout.ending == ".bin" else (".xlsx", ".xlsm")
        if _as_excel(layout, parts) and path.name.lower().endswith(endings):
            return path
        copy = folder / f"book{endings[0]}"
        _copy(archive, layout, copy)
        return copy


def sheet_parts(archive: zipfile.ZipFile, shown: str) -> list[str]:
    """Names of all parts of `archive`, which is normalised, that are linked as sheets, listed by the workbook or
    not.
    """
    return sorted({link.part.filename for link in _layout(archive, _parts(archive), shown).links if link.a_sheet})


def parse_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo | str, shown: str) -> ElementTree.Element:
    """A part as XML; Unreadable if it declares entities."""
    content = archive.read(part)
    if ENTITY in content or b"\0" in content:
        raise unreadable(UNSAFE if ENTITY in content else DAMAGED, shown)
    return ElementTree.fromstring(content)


def _parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    return {normalised_name(part.filename): part for part in archive.infolist() if not part.is_dir()}


def _layout(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], shown: str) -> Layout:
    books = [
        one.get("Target", "")
        for one in parse_part(archive, parts[ROOT_LINKS], shown).iter()
        if one.get("Type", "").endswith("/officeDocument")
    ]
    if len(books) != 1:
        raise zipfile.BadZipFile(f"{len(books)} workbooks are linked")
    book = normalised_name(books[0])
    folder, name = posixpath.split(book)
    listed = parts[posixpath.join(folder, "_rels", f"{name}.rels")]
    links = [
        Link(one.get("Id", ""), one.get("Type", ""), one.get("Target", ""), part)
        for one in parse_part(archive, listed, shown).iter()
        if one.get("TargetMode") != "External" and (part := _target(parts, folder, one.get("Target", "")))
    ]
    used = tuple(link for link in links if link.a_sheet or link.role in SINGLE)
    singles = [link.role for link in used if link.role in SINGLE]
    if len({link.id for link in used}) < len(used) or len(set(singles)) < len(singles):
        raise zipfile.BadZipFile("two links share an id or a role")
    return Layout(parts[book], listed, used)


def _target(parts: dict[str, zipfile.ZipInfo], folder: str, target: str) -> zipfile.ZipInfo | None:
    """From the workbook's folder, or from the root as some writers mean it."""
    if not target:
        return None
    return parts.get(normalised_name(posixpath.join(f"/{folder}", target.replace("\\", "/")))) or parts.get(
        normalised_name(target)
    )


def _as_excel(layout: Layout, parts: dict[str, zipfile.ZipInfo]) -> bool:
    """Whether each part has the name and each link the form that every reader knows."""
    book = f"xl/workbook{layout.ending}"
    if layout.book.filename != book or layout.list.filename != f"xl/_rels/workbook{layout.ending}.rels":
        return False
    return (
        parts[ROOT_LINKS].filename == ROOT_LINKS
        and len(DOCUMENTS & parts.keys()) == 1
        and all(
            link.target in (link.part.filename.removeprefix("xl/"), f"/{link.part.filename}")
            and (
                link.part.filename == SINGLE[link.role] + layout.ending
                if link.role in SINGLE
                else link.part.filename.startswith(f"xl/{link.role}s/")
            )
            for link in layout.links
        )
    )


def _copy(archive: zipfile.ZipFile, layout: Layout, path: Path) -> None:
    """Writes the parts that are read, each under its usual name."""
    names = {
        link.id: SINGLE[link.role] + layout.ending
        if link.role in SINGLE
        else f"xl/{link.role}s/sheet{n}{layout.ending}"
        for n, link in enumerate(layout.links, 1)
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        copy.writestr(ROOT_LINKS, _links([("rId1", OFFICE_DOCUMENT, f"/xl/workbook{layout.ending}")]))
        copy.writestr(
            f"xl/_rels/workbook{layout.ending}.rels",
            _links([(link.id, link.type, names[link.id].removeprefix("xl/")) for link in layout.links]),
        )
        for part, name in [
            (layout.book, f"xl/workbook{layout.ending}"),
            *((link.part, names[link.id]) for link in layout.links),
        ]:
            with copy.open(name, "w", force_zip64=True) as out:
                for piece in inflate(archive, part.filename, MIB):
                    out.write(piece)


def _links(links: list[tuple[str, str, str]]) -> str:
    written = "".join(
        f"<Relationship Id={quoteattr(id)} Type={quoteattr(type)} Target={quoteattr(target)}/>"
        for id, type, target in links
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{written}</Relationships>'
