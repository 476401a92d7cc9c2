"""Writing workbooks that come out the same, byte for byte, in every run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

_WRITTEN = (2025, 12, 5, 9, 0, 0)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_HEADER = PatternFill("solid", fgColor="DDEBF7")


@dataclass(frozen=True)
class OfficeSheet:
    """A sheet as an office writes it: title lines, a header, rows, perhaps a total row and notes below."""

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Any]]
    title: Sequence[str] = ()
    total: Sequence[Any] | None = None
    notes: Sequence[str] = ()


def workbook_bytes(*sheets: OfficeSheet) -> bytes:
    """The workbook as xlsx."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = f"A{len(sheet.title) + 2}"
        for number, header in enumerate(sheet.header, start=1):
            page.column_dimensions[get_column_letter(number)].width = max(11, 2 * len(header) + 4)
        for line in sheet.title:
            page.append([_styled(page, line, Font(bold=True, size=14))])
        page.append([_styled(page, header, Font(bold=True), _HEADER) for header in sheet.header])
        for row in sheet.rows:
            page.append(row)
        if sheet.total:
            page.append([_styled(page, value, Font(bold=True)) for value in sheet.total])
        for line in sheet.notes:
            page.append([line])
    raw = BytesIO()
    book.save(raw)
    return _timeless(raw)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Comma separated with Windows line ends; the values hold no comma."""
    return "".join(",".join("" if value is None else str(value) for value in row) + "\r\n" for row in [header, *rows])


def _styled(page: Any, value: Any, font: Font, fill: PatternFill | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, value)
    cell.font = font
    if fill:
        cell.fill, cell.alignment = fill, Alignment(horizontal="center")
    return cell


def _timeless(raw: BytesIO) -> bytes:
    """The archive with all times set to one moment, so that equal content gives equal bytes."""
    found = BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>2025-12-05T09:00:00Z\g<2>", content)
            entry = zipfile.ZipInfo(name, _WRITTEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content, compresslevel=9)
    return found.getvalue()
