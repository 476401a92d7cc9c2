"""A zip of spreadsheets: each member is a file of its own."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from data.model.errors import Unreadable
from data.reading import file_type
from data.reading.limits import MEMBERS_MOST, MIB, RATIO_FROM, RATIO_MOST, UNPACKED_MOST
from data.reading.refusals import BURSTING, DAMAGED, NESTED, NO_MEMBERS, PASSWORD, TOO_MANY_PARTS, unreadable

# Folders and files that packers add of their own accord.
JUNK = re.compile(r"(^|/)(__MACOSX|\.[^./][^/]*|~\$[^/]*|Thumbs\.db|desktop\.ini)(/|$)")
# What no file system takes in a name, and what other programs would read as something else.
UNFIT = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/]')
LONGEST_NAME = 120
UTF8_NAME = 0x800
READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def is_archive(path: Path) -> bool:
    """Whether the file is a zip that is no workbook."""
    try:
        with path.open("rb") as source:
            start = source.read(4)
        return start.startswith(file_type.ZIP) and file_type.detect_file_type(path, path.name) == "zip"
    except Exception:
        # Whatever is wrong with it is told when it is read.
        return False


def unpack(path: Path, folder: Path) -> list[Path]:
    """The members as files below `folder`, each alone in a folder so that it keeps its name; Unreadable if it is not
    safe.

    Of a member's path only the name is used: nothing is ever written elsewhere.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = _members(archive)
            _check(members, path)
            found = []
            for number, member in enumerate(members):
                target = folder / str(number) / safe_name(_name(member))
                target.parent.mkdir(parents=True)
                with archive.open(member) as source, target.open("wb") as out:
                    while part := source.read(MIB):
                        out.write(part)
                found.append(target)
            return found
    except READ_ERRORS as problem:
        raise unreadable(DAMAGED, path.name) from problem


def refusal(path: Path, shown: str) -> Unreadable:
    """Why an archive is not unpacked: what is wrong with it, else that it came out of another one."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check(_members(archive), path)
            if archive.testzip() is not None:
                return unreadable(DAMAGED, shown)
    except Unreadable as problem:
        return problem
    except READ_ERRORS:
        return unreadable(DAMAGED, shown)
    return unreadable(NESTED, shown)


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [member for member in archive.infolist() if not member.is_dir() and not JUNK.search(member.filename)]


def safe_name(name: str) -> str:
    """The last part of `name`, without what is unfit for a file: "../../etc/月报.csv" is "月报.csv"."""
    last = UNFIT.sub("_", re.split(r"[\\/]", name)[-1]).strip(" .")
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:12]}" if stem else (last[:LONGEST_NAME] or "file")


def _name(member: zipfile.ZipInfo) -> str:
    """The member's name; Windows packs Chinese names in GBK without saying so, which is then read as the characters of
    an old PC.
    """
    if member.flag_bits & UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _check(members: list[zipfile.ZipInfo], path: Path) -> None:
    size, packed = sum(member.file_size for member in members), path.stat().st_size
    if not members:
        raise unreadable(NO_MEMBERS, path.name)
    if len(members) > MEMBERS_MOST:
        raise unreadable(TOO_MANY_PARTS, path.name, count=f"{len(members):,}", most=f"{MEMBERS_MOST:,}")
    if any(member.flag_bits & 1 for member in members):
        raise unreadable(PASSWORD, path.name)
    if size > UNPACKED_MOST or (size > RATIO_FROM and size > RATIO_MOST * packed):
        raise unreadable(BURSTING, path.name, size=f"{size // MIB:,}", ratio=f"{size // max(packed, 1):,}")
