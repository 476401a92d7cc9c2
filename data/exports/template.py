"""A workbook to fill in: header with notes, drop-down lists, an example row, and a sheet that explains the columns."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from data.feeds.labels import choice_word
from data.model.feed import Column, Feed
from locales import text

REQUIRED_FILL = PatternFill("solid", fgColor="1F4E79")
OPTIONAL_FILL = PatternFill("solid", fgColor="7F7F7F")
EXAMPLE_FONT = Font(italic=True, color="7F7F7F")
# Excel's own limit for a list written into the cell's rule.
LONGEST_LIST = 255
ROWS = 10_000


def write_template(feed: Feed, path: Path, lang: str = "en") -> Path:
    """Writes the template of `feed` in `lang` to `path` (.xlsx); filled in, it loads as it is.

    The example row is to be replaced.
    """
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = feed.title.to(lang)[:31].replace("/", "-")
    for place, column in enumerate(feed.columns, start=1):
        _column(sheet, place, column, lang)
    sheet.freeze_panes = "A2"
    sheet.row_dimensions[1].height = 22
    _explain(book.create_sheet(text(lang, "Columns")[:31]), feed, lang)
    book.save(path)
    return path


def _column(sheet: Worksheet, place: int, column: Column, lang: str) -> None:
    letter = get_column_letter(place)
    header = sheet.cell(1, place, column.title.to(lang) + ("*" if column.required else ""))
    header.font = Font(bold=True, color="FFFFFF")
    header.fill = REQUIRED_FILL if column.required else OPTIONAL_FILL
    header.alignment = Alignment(horizontal="center", vertical="center")
    header.comment = Comment(_note(column, lang), "Service Quality Dashboard", width=320, height=120)
    sheet.column_dimensions[letter].width = max(12, 2.2 * len(str(header.value)))
    example = sheet.cell(2, place, _example(column, lang))
    example.font = EXAMPLE_FONT
    if column.type in ("text", "unit", "month", "period"):
        # Text, so that 007 stays 007 and 2025-11 does not become a day: the whole column, and the cells that stand in
        # it already.
        sheet.column_dimensions[letter].number_format = "@"
        example.number_format = "@"
    words = ["是" if lang != "en" else "yes", "否" if lang != "en" else "no"] if column.type == "flag" else []
    words = words or [choice_word(column, code, lang) for code in column.choices or {}]
    listed = f'"{",".join(words)}"'
    if words and len(listed) <= LONGEST_LIST:
        rule = DataValidation(
            "list", formula1=listed, allow_blank=not column.required, showErrorMessage=not column.open_choices
        )
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{ROWS}")


def _example(column: Column, lang: str) -> str | float | None:
    if column.choices:
        codes = {word: code for code, spellings in column.choices.items() for word in (code, *spellings)}
        return choice_word(column, codes.get(str(column.example), next(iter(column.choices))), lang)
    return column.example


def _note(column: Column, lang: str) -> str:
    parts = [text(lang, "Required") if column.required else text(lang, "Optional"), text(lang, _KINDS[column.type])]
    if column.note:
        parts.append(column.note.to(lang))
    if column.minimum is not None and column.maximum is not None:
        parts.append(f"{column.minimum:g} – {column.maximum:g}")
    return "\n".join(parts)


_KINDS = {
    "text": "Text",
    "unit": "A unit: code, name or alias",
    "month": "A month, such as 2025-11",
    "period": "A year or a month, such as 2025 or 2025-11",
    "time": "A date, with or without a time",
    "count": "A whole number, 0 or more",
    "number": "A number",
    "share": "A figure from 0 to 100",
    "choice": "One of the list",
    "flag": "Yes or no",
}


def _explain(sheet: Worksheet, feed: Feed, lang: str) -> None:
    """The second sheet: each column, what it takes, and which other headers are understood."""
    titles = [
        text(lang, "Column"),
        text(lang, "Required"),
        text(lang, "What it takes"),
        text(lang, "Other headers that are understood"),
    ]
    sheet.append([feed.title.to(lang), "", feed.grain.to(lang)])
    sheet.append(titles)
    for cell in sheet[2]:
        cell.font = Font(bold=True)
    for column in feed.columns:
        mark = "✓" if column.required else ""
        sheet.append(
            [
                column.title.to(lang),
                mark,
                _note(column, lang).replace("\n", "; "),
                ", ".join(dict.fromkeys((*column.title, *column.headers))),
            ]
        )
    for letter, width in (("A", 24), ("B", 10), ("C", 60), ("D", 100)):
        sheet.column_dimensions[letter].width = width
