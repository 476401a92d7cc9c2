"""A workbook means the same however its zip spells the names of its parts, and wherever they lie: cells, errors, what
is hidden.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from data.model.errors import Unreadable
from data.model.sheet import CellError, Formula, Sheet
from data.reading import columnar as large
from data.reading import read_file
from data.reading import workbook as workbooks

Parts = dict[str, bytes]
TEXTS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>unit</t></si></sst>'
TEXTS_LINK = (
    b'<Relationship Id="rIdT" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
    b'Target="sharedStrings.xml"/>'
)
LINKS = "xl/_rels/workbook.xml.rels"


def spelled(rename: Callable[[str], str]) -> Callable[[Parts], Parts]:
    return lambda parts: {rename(name): content for name, content in parts.items()}


def linked(change: Callable[[str], str]) -> Callable[[Parts], Parts]:
    """The link to the sheet written otherwise; it is "/xl/worksheets/sheet1.xml"."""
    target = "/xl/worksheets/sheet1.xml"
    return lambda parts: {**parts, LINKS: parts[LINKS].replace(target.encode(), change(target).encode())}


def moved(old: str, new: str, target: str) -> Callable[[Parts], Parts]:
    """The part `old` at `new`, linked as `target` by the workbook or the package."""

    def move(parts: Parts) -> Parts:
        shorter = old.removeprefix("xl/")
        changed = {
            name: re.sub(
                rb'Target="(?:/?xl/)?%s"' % re.escape(shorter.encode()), b'Target="%s"' % target.encode(), content
            )
            for name, content in parts.items()
            if name.endswith(".rels")
        }
        return {new if name == old else name: content for name, content in {**parts, **changed}.items()}

    return move


SAME: dict[str, Callable[[Parts], Parts]] = {
    "backslashes": spelled(lambda name: name.replace("/", "\\")),
    "one backslash": spelled(lambda name: name.replace("xl/", "xl\\", 1)),
    "from the root": spelled(lambda name: f"/{name}"),
    "from here": spelled(lambda name: f"./{name}"),
    "two slashes": spelled(lambda name: name.replace("/", "//")),
    "capitals": spelled(str.upper),
    "some capitals": spelled(lambda name: name.replace("xl/worksheets/sheet", "XL/Worksheets/Sheet")),
    "percent in the name": spelled(lambda name: name.replace("sheet1", "sheet%31")),
    "percent in the link": linked(lambda target: target.replace("sheet1", "sheet%31")),
    "link from the workbook": linked(lambda target: target.removeprefix("/xl/")),
    "link from here": linked(lambda target: target.replace("/xl/", "./")),
    "link from above": linked(lambda target: target.replace("/xl/", "../xl/")),
    "link from the root without slash": linked(lambda target: target.removeprefix("/")),
    "link with backslashes": linked(lambda target: target.replace("/", "\\")),
    "link in capitals": linked(str.upper),
    "sheet elsewhere": moved("xl/worksheets/sheet1.xml", "data/cells.xml", "/data/cells.xml"),
    "texts elsewhere": moved("xl/sharedStrings.xml", "words.xml", "../words.xml"),
    "styles elsewhere": moved("xl/styles.xml", "xl/look/a.xml", "look/a.xml"),
    "another folder": lambda parts: {
        name.replace("xl/", "book/"): content.replace(b'"/xl/', b'"/book/').replace(b'"xl/', b'"book/')
        for name, content in parts.items()
    },
    "another workbook's name": lambda parts: moved("xl/workbook.xml", "xl/book2.xml", "xl/book2.xml")(
        {name.replace("workbook.xml.rels", "book2.xml.rels"): content for name, content in parts.items()}
    ),
    "no types": lambda parts: {name: content for name, content in parts.items() if "Content_Types" not in name},
}
NOT_FOLLOWED: dict[str, Callable[[Parts], Parts]] = {
    "links lead to two workbooks": lambda parts: {
        **parts,
        "_rels/.rels": re.sub(rb"(<Relationship [^>]*officeDocument\"[^>]*>)", rb"\1\1", parts["_rels/.rels"]),
    },
    "two links of one id": lambda parts: {
        **parts,
        LINKS: re.sub(rb"(<Relationship [^>]*/worksheet\"[^>]*>)", rb"\1\1", parts[LINKS]),
    },
    "two sheets of one name": lambda parts: {**parts, "XL/worksheets/sheet1.xml": parts["xl/worksheets/sheet1.xml"]},
    "no links": lambda parts: {name: content for name, content in parts.items() if name != LINKS},
    "no sheet": lambda parts: {name: content for name, content in parts.items() if "sheet1" not in name},
}


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    book = openpyxl.Workbook()
    for row in (["month", "unit", "calls"], ["2025-11", "A", 7], ["2025-11", "B", "#REF!"], ["2025-11", "C", "=1+1"]):
        book.active.append(row)
    book.active["C2"].number_format = "yyyy-mm-dd"
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    sheet, inline = "xl/worksheets/sheet1.xml", b't="inlineStr"><is><t>unit</t></is>'
    assert inline in found[sheet]
    found[sheet] = found[sheet].replace(inline, b't="s"><v>0</v>')
    found["xl/sharedStrings.xml"] = TEXTS
    found[LINKS] = found[LINKS].replace(b"</Relationships>", TEXTS_LINK + b"</Relationships>")
    packed(tmp_path / "plain.xlsx", found)
    return found


def packed(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            # A ZipInfo keeps backslashes on every system.
            archive.writestr(zipfile.ZipInfo(name), content)
    return path


def seen(sheet: Sheet) -> list[object]:
    return [sheet.name, [list(row) for row in sheet.rows], sheet.hidden_rows, sheet.hidden_columns]


@pytest.mark.parametrize("name", SAME)
def test_the_same_under_other_names(name: str, parts: Parts, tmp_path: Path) -> None:
    (plain,) = read_file(tmp_path / "plain.xlsx").sheets
    assert plain.rows[0] == ["month", "unit", "calls"]
    assert (type(plain.rows[2][2]), type(plain.rows[3][2]), plain.hidden_rows) == (CellError, Formula, {2})
    changed = SAME[name](dict(parts))
    assert changed != parts
    (sheet,) = read_file(packed(tmp_path / "other.xlsx", changed)).sheets
    assert seen(sheet) == seen(plain)


@pytest.mark.parametrize("name", ["backslashes", "sheet elsewhere", "another folder"])
def test_a_large_sheet_under_other_names(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = openpyxl.Workbook()
    for n in range(300):
        book.active.append([f"T{n}", f"w{n % 7}"])
    book.save(tmp_path / "plain.xlsx")
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    (plain,) = read_file(tmp_path / "plain.xlsx").sheets
    monkeypatch.setattr(workbooks, "ROWS_FROM", 1)
    monkeypatch.setattr(large, "ROWS_FROM", 1)
    (sheet,) = read_file(packed(tmp_path / "other.xlsx", SAME[name](parts))).sheets
    assert seen(sheet) == seen(plain)


@pytest.mark.parametrize("name", NOT_FOLLOWED)
def test_what_cannot_be_followed_is_refused(name: str, parts: Parts, tmp_path: Path) -> None:
    changed = NOT_FOLLOWED[name](dict(parts))
    assert changed != parts
    with pytest.raises(Unreadable) as refusal:
        read_file(packed(tmp_path / "other.xlsx", changed))
    assert refusal.value.finding.code == "unreadable_file"
