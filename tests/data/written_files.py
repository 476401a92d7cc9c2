"""Rows of cells as the bytes of a file: xlsx, ods, a web page, and text in every encoding and habit of quoting."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from html import escape
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

ENCODINGS = (
    *("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "big5", "big5hkscs", "shift_jis", "euc_kr"),
    *("cp1252", "cp1251"),
)
QUOTING: tuple[dict[str, Any], ...] = (
    {},
    {"quoting": csv.QUOTE_ALL},
    {"quoting": csv.QUOTE_NONNUMERIC},
    {"quoting": csv.QUOTE_NONE, "escapechar": "\\", "quotechar": None},
    {"doublequote": False, "escapechar": "\\"},
    {"quotechar": "'"},
    {"lineterminator": "\r"},
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def as_workbook(rows: list[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in rows:
        try:
            sheet.append([cell[:32_000] if isinstance(cell, str) else cell for cell in row])
        except (IllegalCharacterError, ValueError):
            sheet.append([])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_text(rows: list[list[Any]], chance: random.Random) -> bytes:
    """Lines of values in an encoding, with a mark between them and a habit of quoting, some of it broken."""
    out = io.StringIO()
    csv.writer(out, delimiter=chance.choice(",\t;|"), **chance.choice(QUOTING)).writerows(rows)
    text = out.getvalue().encode(chance.choice(ENCODINGS), "replace")
    return quoted_otherwise(text, chance) if chance.random() < 0.4 else text


def as_opendocument(rows: list[list[Any]]) -> bytes:
    """An ods with its cells typed as an office program types them."""
    lines = "".join(f"<table:table-row>{''.join(map(_opendocument_cell, row))}</table:table-row>" for row in rows)
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{lines}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        book.writestr("content.xml", content.encode("utf-8", "replace"))
    return out.getvalue()


def _opendocument_cell(cell: Any) -> str:
    if cell in (None, ""):
        return "<table:table-cell/>"
    shown = f"<text:p>{escape(CONTROL.sub('', str(cell)))}</text:p>"
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return f'<table:table-cell office:value-type="float" office:value="{cell}">{shown}</table:table-cell>'
    return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'


def as_page(rows: list[list[Any]]) -> bytes:
    """A web page with a table, as systems name it .xls."""
    lines = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>\n" for row in rows)
    return f'<html><meta charset="utf-8"><table border="1">\n{lines}</table></html>'.encode("utf-8", "replace")


def quoted_otherwise(text: bytes, chance: random.Random) -> bytes:
    """A text with quotation marks put in and taken out."""
    mangled = bytearray(text)
    for _ in range(chance.choice((1, 2, 5, 50))):
        place = chance.randrange(len(mangled) + 1)
        if chance.random() < 0.5 and (found := mangled.find(b'"', place)) >= 0:
            del mangled[found]
        else:
            mangled[place:place] = b'"'
    return bytes(mangled)
