"""Why a file is not read, each in one sentence and with what to do; and what is said about files that are read all the
same.
"""

from __future__ import annotations

from typing import Any

from data.model.errors import Unreadable
from data.model.finding import Finding, Kind
from data.reading.limits import CELLS_MOST, COLUMNS_MOST

DAMAGED = Kind(
    "unreadable_file", "error", "{file} cannot be opened: it is damaged, or not a workbook.",
    "Open it in Excel, save it again, and load that; or export it again.",
)  # fmt: skip
UNPACKING = Kind("unreadable_archive", "error", "{file} cannot be unpacked: it is damaged.", "Export it again.")
ABSENT = Kind("file_missing", "error", "No such file: {file}.", "Check the name and the folder.")
EMPTY = Kind("empty_file", "error", "{file} is empty (0 bytes).", "Export it again.")
OTHER_KIND = Kind(
    "kind_not_read", "error", "{file} is of a kind that is not read.", "Save it as .xlsx or .csv. Read are: {kinds}."
)
PASSWORD = Kind(
    "password_protected", "error", "{file} is protected with a password, which is never asked for.",
    "Open it in Excel, save it again without a password, and load that.",
)  # fmt: skip
NOT_TEXT = Kind(
    "unknown_encoding", "error", "{file} is not text in UTF-8, UTF-16 or GB18030.", "Save it as CSV UTF-8, or as .xlsx."
)
BROKEN_TEXT = Kind(
    "damaged_text",
    "error",
    "{file} is text in UTF-8, but for damaged letters (the first in line {row}).",
    "Export it again; if only a few letters are damaged, write them anew and save it as CSV UTF-8.",
)
ENCODING_OPEN = Kind(
    "encoding_unclear",
    "error",
    "The file does not say its encoding, and several make sense of it: {readings}.",
    "Say which one is right (--answer encoding=NAME), or save it as CSV UTF-8.",
)
ENCODING_FOUND = Kind(
    "encoding_found",
    "note",
    "The file was read in the encoding {encoding}: “{shown}”.",
    "Nothing to do, unless these words are wrong; then say the encoding (--answer encoding=NAME).",
)
STRAY_QUOTES = Kind(
    "stray_quotation_marks",
    "warning",
    "{count} lines hold a quotation mark without a partner, which was left out: lines {lines}.",
    "Nothing to do, unless a text goes on over several lines there; then take the line ends out of it.",
)
QUOTES_UNCLEAR = Kind(
    "quotation_marks_unclear",
    "error",
    "Quotation marks do not pair in {count} lines, so that it cannot be told where their rows end: lines {lines}.",
    "Take the quotation marks out of these lines, or save the file as .xlsx.",
)
NOT_A_TABLE = Kind(
    "not_a_table",
    "error",
    "{file} cannot be read as a table: line {line} does not end where a line ends.",
    "Save it as .xlsx and load that.",
)
TOO_MANY_CELLS = Kind(
    "too_many_cells",
    "error",
    "{file} has {lines} lines and {marks} separators, which is more than any table that is read ({most} million "
    "cells).",
    "Take out empty lines and columns, split it by month, or save it as .xlsx.",
)
CELL_TOO_LONG = Kind(
    "cell_too_long",
    "error",
    "{file} cannot be read as a table: a cell in line {line} is longer than {most} characters.",
    "Shorten it, or look for a quotation mark that is never closed.",
)
BURSTING = Kind(
    "unpacks_too_large", "error", "{file} would unpack to {size} MB, {ratio} times its size; no spreadsheet does.",
    "If it is a real export, split it by month, or save it as CSV.",
)  # fmt: skip
TOO_MANY_PARTS = Kind(
    "too_many_parts", "error", "{file} holds {count} parts; at most {most} are read.", "Pack fewer files together."
)
TOO_WIDE = Kind(
    "too_many_columns", "error", "Sheet {sheet} of {file} has {count} columns; at most {most} are read.",
    "Take the columns out that are not needed.",
)  # fmt: skip
TOO_FAR = Kind(
    "cells_too_far_apart",
    "error",
    "Sheet {sheet} of {file} has a value in {cell}, so that it spans {count} million cells; at most {most} million "
    "are read.",
    "Delete the cells far below or beside the table, or split the sheet.",
)
NEVER_COMPUTED = Kind(
    "never_computed",
    "error",
    "More than {count} cells of sheet {sheet} hold formulas without a value or errors; the workbook was never "
    "computed.",
    "Open it in Excel, which computes it, save it, and load that.",
)
TOO_LONG = Kind(
    "text_too_long", "error", "{file} holds {size} MB of tags; at most {most} are read.", "Save it as .xlsx or .csv."
)
TOO_MANY_TAGS = Kind(
    "too_many_tags", "error", "{file} holds {count} tags; at most {most} are read.", "Save it as .xlsx or .csv."
)
TOO_MUCH_TEXT = Kind(
    "too_much_text",
    "error",
    "The cells of {file} show more than {most} MB of text, most of it the same again and again.",
    "Take out the long texts that many cells repeat.",
)
TOO_LARGE = Kind(
    "sheets_too_large",
    "error",
    "The sheets of {file} hold {size} MB; of this kind of file at most {most} are read.",
    "Save it as .xlsx or .csv.",
)
UNSAFE = Kind(
    "unsafe_file", "error", "{file} declares entities, as only files made to do harm do; it is not read.",
    "Save it as .xlsx in Excel and load that.",
)  # fmt: skip
NO_MEMBERS = Kind(
    "empty_archive", "error", "{file} holds no file that could be loaded.", "Pack the spreadsheets into it."
)
NESTED = Kind(
    "archive_in_archive",
    "error",
    "{file} is a zip inside a zip; only one is unpacked.",
    "Unpack it, and load what is in it.",
)
WRONG_ENDING = Kind(
    "wrong_extension",
    "note",
    "{file} is in truth {truth}; it was read as such.",
    "Nothing to do; its ending says something else.",
)
# Names of the kinds as spreadsheet programs show them: the same in every language.
FILE_TYPE_NAMES = {
    "xlsx": "Excel (.xlsx)",
    "xlsb": "Excel (.xlsb)",
    "xls": "Excel 97-2003 (.xls)",
    "ods": "OpenDocument (.ods)",
    "html": "HTML",
    "spreadsheetml": "XML Spreadsheet 2003",
    "text": "CSV",
    "compressed": "gzip, bzip2, xz, Zstandard",
    "zip": "ZIP",
}


def unreadable(kind: Kind, file: str, **params: Any) -> Unreadable:
    """The exception that says why `file` is not read."""
    return Unreadable(Finding(kind, file, params=params))


def refuse_beyond(rows: int, columns: int, sheet: str, file: str, cells_most: int = CELLS_MOST) -> None:
    """Unreadable if a sheet of so many rows and columns is wider, or has more cells, than any that is read."""
    if columns > COLUMNS_MOST:
        raise unreadable(TOO_WIDE, file, sheet=sheet, count=f"{columns:,}", most=f"{COLUMNS_MOST:,}")
    if rows * columns > cells_most:
        count, most = f"{rows * columns // 1_000_000:,}", cells_most // 1_000_000
        raise unreadable(TOO_FAR, file, sheet=sheet, cell=f"R{rows}C{columns}", count=count, most=most)
