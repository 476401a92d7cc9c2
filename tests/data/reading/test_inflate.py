"""A part of a zip is unpacked to what zipfile's own reader gives, or refused as it refuses."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reading.inflate import inflate

TEXT = b"<row><c r='A1'><v>1</v></c></row>" * 50_000


def packed(path: Path, content: bytes, how: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("before.xml", b"something else")
        archive.writestr("sheet.xml", content)
    return path


def read(path: Path, size: int = 1 << 16) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return list(inflate(archive, "sheet.xml", size))


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
@pytest.mark.parametrize("content", [b"", b"x", TEXT])
def test_the_same_bytes_as_zipfile_in_pieces(tmp_path: Path, content: bytes, how: int) -> None:
    pieces = read(packed(tmp_path / "a.zip", content, how))
    assert b"".join(pieces) == content
    assert all(0 < len(piece) <= 1 << 16 for piece in pieces)


@given(content=st.binary(max_size=3_000), size=st.integers(1, 500))
def test_any_bytes_in_pieces_of_any_size(tmp_path_factory: pytest.TempPathFactory, content: bytes, size: int) -> None:
    pieces = read(packed(tmp_path_factory.getbasetemp() / "any.zip", content), size)
    assert b"".join(pieces) == content
    assert all(0 < len(piece) <= size for piece in pieces)


@pytest.mark.parametrize("wrong", ["size", "check", "cut", "elsewhere"])
def test_what_is_not_as_the_zip_says_is_refused(tmp_path: Path, wrong: str) -> None:
    path = packed(tmp_path / "a.zip", TEXT)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("sheet.xml")
        if wrong == "size":
            info.file_size = 1_000
        elif wrong == "check":
            info.CRC ^= 1
        elif wrong == "cut":
            info.compress_size //= 2
        else:
            info.header_offset += 1
        with pytest.raises(zipfile.BadZipFile):
            list(inflate(archive, "sheet.xml", 1 << 16))


def test_a_part_that_is_not_there(tmp_path: Path) -> None:
    with zipfile.ZipFile(packed(tmp_path / "a.zip", TEXT)) as archive, pytest.raises(KeyError):
        list(inflate(archive, "other.xml", 100))
